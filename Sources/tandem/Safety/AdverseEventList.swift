import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// `tandem safety events`
struct AdverseEventList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events", abstract: "Adverse events, with what they call for.")

  @Argument(help: "The participant's number, 03-0007; everybody without it.") var participant: String?
  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.open()
      try await visit.requireReader()
      let state = try await visit.running.live.state()
      let plan = try visit.edition(in: state, at: try await visit.now()).study.conduct.safety
      let shown =
        if let participant { [try await visit.participant(participant)] } else {
          state.participants.values.filter { visit.sees($0.way.site) }.sorted { $0.id < $1.id }
        }
      let lines = shown.flatMap { someone in
        someone.adverseEvents(by: plan).map { (event: $0, clocks: someone.clocks(of: $0)) }
      }
      return .view(
        text: {
          var table = Table("participant", "event", "term", "grade", "first day", "last day", "serious", "report due")
          for (event, clocks) in lines {
            table.add(
              event.participant.description, String(event.number), event.title,
              event.worstGrade.map(String.init) ?? "?", event.start?.description ?? "?",
              event.end?.description ?? (event.isResolved == true ? "?" : "goes on"), word(event.isSerious),
              clocks.filter { $0.submitted == nil }.map { "\($0.clock) \(EventText.clock($0.due))" }
                .joined(separator: "; "))
          }
          return table.text(whenEmpty: "No adverse event is recorded.")
        },
        json: { marked(state, [("events", .array(lines.map { json($0.event, $0.clocks) }))]) })
    }
  }

  private func word(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "unknown" }

  private func json(_ event: AdverseEvent, _ clocks: [ClockState]) -> JSON {
    .object([
      ("participant", .string(event.participant.description)), ("event", .integer(event.number)),
      ("term", JSON(event.term)), ("title", .string(event.title)),
      ("grade", event.worstGrade.map { .integer($0) } ?? .null), ("start", JSON(event.start?.description)),
      ("end", JSON(event.end?.description)), ("serious", .string(word(event.isSerious))),
      ("suspectedUnexpected", .string(word(event.isSUSAR))), ("specialInterest", JSON(event.specialInterest)),
      ("outcome", JSON(event.outcome?.rawValue)),
      (
        "clocks",
        .array(
          clocks.map { clock in
            .object([
              ("number", .integer(clock.number)), ("clock", .string(clock.clock)),
              ("due", .string(clock.due.description)), ("submitted", JSON(clock.submitted?.description)),
            ])
          })
      ),
    ])
  }
}

/// `tandem safety tasks`
struct SafetyTaskList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks",
    abstract: "What safety waits for: judgments, follow-up, events without an end, what does not agree, coding.")

  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.open()
      try await visit.requireReader()
      let state = try await visit.running.live.state()
      let edition = try visit.edition(in: state, at: try await visit.now())
      let tasks = state.safetyTasks(plan: edition.study.conduct.safety, book: edition.book)
        .filter { task in visit.sees(task.participant.flatMap { state.participants[$0]?.way.site }) }
      return .view(
        text: {
          var page = Page()
          for task in tasks {
            page.entry(
              task.since == .least ? "-" : task.since.description,
              "\(task.title) By \(task.roles.map(\.title).joined(separator: " or ")).", labelWidth: 12)
          }
          return tasks.isEmpty ? "Nothing waits.\n" : page.text
        },
        json: {
          marked(
            state,
            [("tasks", .array(tasks.map { JSON((try? CanonicalJSON(encoding: $0))?.value ?? .null) }))])
        })
    }
  }
}

extension Visit {
  /// The protocol version that is in force at a moment, else the newest.
  func edition(in state: TrialState, at now: Moment) throws -> ProtocolShelf.Edition {
    let inForce = state.study.version(at: now)
    let editions = running.live.shelf.editions
    guard let edition = editions.first(where: { $0.version.version == inForce?.version }) ?? editions.last else {
      throw Unusable("The study has no protocol version.")
    }
    return edition
  }
}
