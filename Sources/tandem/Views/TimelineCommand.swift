import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// `tandem timeline`: a participant's way, in sentences.
struct TimelineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timeline",
    abstract: "A participant's way in sentences: when it happened, what, who, signed by whom.",
    discussion: """
      Holds, DLT questions about the participant, the safety board and the intervals between infusions stand in it, \
      marked "study". Steps in a row that are about the same thing stand together.
      """)

  @Argument(help: "The participant's number, 03-0007.") var participant: String
  @Flag(help: "Show what each sentence rests on: every line of a gate, every criterion, every test.") var detail = false
  @OptionGroup var view: PastViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let known = try await view.openToRead()
      let found = try await known.participant(participant)
      let words = try await known.visit.eventText()
      let edition = try known.visit.running.live.shelf.edition(of: found.id, at: known.now, in: known.state)
      let timeline = ParticipantTimeline(
        of: found.id, in: try await known.events(), by: words.telling, safety: edition.study.conduct.safety)
      let page = TimelinePage(timeline, of: found, words: words, showsDetail: detail)
      return known.view(
        text: { page.text },
        members: { [("participant", .string(found.id.description)), ("events", .array(page.json))] })
    }
  }
}

/// A participant's way laid out: days, times, paragraphs.
struct TimelinePage: Sendable {
  private let timeline: ParticipantTimeline
  private let participant: ParticipantState
  private let words: EventText
  private let showsDetail: Bool
  private static let timeWidth = 11

  init(_ timeline: ParticipantTimeline, of participant: ParticipantState, words: EventText, showsDetail: Bool) {
    self.timeline = timeline
    self.participant = participant
    self.words = words
    self.showsDetail = showsDetail
  }

  /// Every event with all that is stored, its sentence, and what that rests on.
  var json: [JSON] {
    timeline.entries.map { entry in
      .object(
        words.members(entry.recorded).map { $0.0 == "text" ? ("text", .string(entry.told.sentence)) : $0 } + [
          ("of", .string(entry.subject.rawValue)), ("detail", .strings(entry.told.detail)),
        ])
    }
  }

  var text: String {
    var page = Page()
    page.line("Participant \(participant.id)")
    var heading = ""
    for paragraph in timeline.paragraphs {
      guard let first = paragraph.first, let last = paragraph.last else { continue }
      let day = day(first.recorded.happened)
      if day != heading {
        page.line()
        page.line(day)
        heading = day
      }
      let (from, to) = (Self.time(first.recorded.happened), Self.time(last.recorded.happened))
      page.entry("  " + (from == to ? from : "\(from)-\(to)"), text(of: paragraph), labelWidth: Self.timeWidth + 2)
      guard showsDetail else { continue }
      for line in paragraph.flatMap(\.told.detail) { page.entry("", "  " + line, labelWidth: Self.timeWidth + 4) }
    }
    return page.text
  }

  /// The date, the zone, and the day counted from the infusion.
  private func day(_ moment: Moment) -> String {
    let relative = participant.product.infusion.map { infusion in
      let days = moment.day - infusion.begun.day
      return days == 0 ? ", Day 0" : ", Day \(days > 0 ? "+" : "")\(days)"
    }
    return "\(moment.date) \(moment.zone)\(relative ?? "")"
  }

  private static func time(_ moment: Moment) -> String {
    String(moment.dateTime.description.dropFirst(11).prefix(5))
  }

  /// A sentence, or several about the same; who did it stands once where it is the same for all.
  private func text(of paragraph: [ParticipantTimeline.Entry]) -> String {
    guard let first = paragraph.first, paragraph.count > 1, let about = first.told.about else {
      return paragraph.map { entry in
        let mark = entry.subject == .participant ? "" : entry.subject == .site ? "Site: " : "Study: "
        return "\(mark)\(entry.told.sentence) [\(attribution(of: entry)), event \(entry.recorded.position)]"
      }.joined()
    }
    let notes = paragraph.map { attribution(of: $0) }
    var parts: [String] = []
    for (index, entry) in paragraph.enumerated() {
      let isNew = index == 0 || Self.time(entry.recorded.happened) != Self.time(paragraph[index - 1].recorded.happened)
      let time = isNew ? "\(Self.time(entry.recorded.happened)) " : ""
      let isLastOfPerson = index == paragraph.count - 1 || notes[index] != notes[index + 1]
      parts.append("\(time)\(entry.told.words)" + (isLastOfPerson ? " [\(notes[index])]" : ""))
    }
    let positions = paragraph.map(\.recorded.position)
    return "\(about): \(parts.joined(separator: "; ")). [events \(positions.min() ?? 0)-\(positions.max() ?? 0)]"
  }

  /// Who did it and who signed; when it was recorded, where that was long after; why.
  private func attribution(of entry: ParticipantTimeline.Entry) -> String {
    let recorded = entry.recorded
    var parts = [words.attribution(recorded)]
    if recorded.recorded.milliseconds(since: recorded.happened.instant) > 86_400_000 {
      parts.append("recorded \(EventText.clock(recorded.recorded))")
    }
    if let reason = recorded.reason { parts.append("because: \(reason)") }
    return parts.joined(separator: "; ")
  }
}
