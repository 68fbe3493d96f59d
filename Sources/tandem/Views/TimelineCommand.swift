import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Trial

/// `tandem timeline`: a participant's way, event by event.
struct TimelineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "A participant's way, event by event: when it happened, what, who, signed by whom.")

  @Argument(help: "The participant's number, 03-0007.") var participant: String
  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.open()
      try await visit.requireReader()
      let found = try await visit.participant(participant)
      let state = try await visit.running.live.state()
      // In the order in which it happened; what happened at one moment stays in the order of the ledger.
      let events = try await visit.events(of: .participant(found.id))
        .sorted { ($0.happened.instant, $0.position) < ($1.happened.instant, $1.position) }
      return .view(
        text: { TimelineCommand.text(events, of: found) },
        json: {
          marked(
            state,
            [
              ("participant", .string(found.id.description)), ("events", .array(events.map { EventText.json($0) })),
            ])
        })
    }
  }

  private static func text(_ events: [Recorded<TrialEvent>], of participant: ParticipantState) -> String {
    var page = Page()
    let dayZero = participant.product.infusion?.begun.day
    page.line("Participant \(participant.id)")
    var day: CalendarDate?
    for recorded in events {
      if recorded.happened.date != day {
        day = recorded.happened.date
        let relative = dayZero.map { zero in
          let difference = recorded.happened.day - zero
          return difference == 0 ? ", Day 0" : ", Day \(difference > 0 ? "+" : "")\(difference)"
        }
        page.line()
        page.line("\(recorded.happened.date) \(recorded.happened.zone)\(relative ?? "")")
      }
      let time = recorded.happened.dateTime.description.dropFirst(11).prefix(5)
      page.entry("  \(time)", text(recorded, of: participant.id), labelWidth: 7)
    }
    return page.text
  }

  private static func text(_ recorded: Recorded<TrialEvent>, of participant: ParticipantID) -> String {
    var text = EventText.words(recorded.event)
    let start = "\(participant): "
    if text.hasPrefix(start) { text = String(text.dropFirst(start.count)) }
    let actor = recorded.actor.account + (recorded.actor.role.isEmpty ? "" : " as \(recorded.actor.role)")
    var parts = ["by \(actor)"]
    if !recorded.signatures.isEmpty {
      parts.append("signed by " + recorded.signatures.map(\.name).joined(separator: " and "))
    }
    // An entry long after the fact shows both times.
    if recorded.recorded.milliseconds(since: recorded.happened.instant) > 86_400_000 {
      parts.append("recorded \(EventText.clock(recorded.recorded))")
    }
    if let reason = recorded.reason { parts.append("because: \(reason)") }
    return "\(text) [\(parts.joined(separator: "; ")); event \(recorded.position)]"
  }
}
