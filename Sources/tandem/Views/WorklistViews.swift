import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Trial

/// `tandem study tasks`
struct StudyTasks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks",
    abstract: "What waits for you in your role, the most urgent first; each disappears by the deed that settles it.")

  @Flag(help: "What waits for others too, with the roles that can do it.") var all = false
  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.openToRead()
      let work = try await visit.work()
      let tasks = all ? work.tasks : work.worklist.tasks(for: visit.actor.role, at: visit.actor.site)
      return .view(
        text: { TaskText.text(tasks, of: work.worklist, withRoles: all) },
        json: { marked(work.state, [("tasks", .array(tasks.map { TaskText.json($0, of: work.worklist) }))]) })
    }
  }
}

/// What waits for anybody, as far as whoever looks may see it.
struct VisibleWork: Sendable {
  let state: TrialState
  let worklist: Worklist
  let tasks: [StudyTask]
}

extension Visit {
  /// What waits for anybody, the most urgent first.
  func work() async throws -> VisibleWork {
    let state = try await running.live.state()
    let seen = Set(state.participants.values.filter { sees($0.way.site) }.map(\.id))
    let worklist = try await running.live.worklist(of: seen, by: actor)
    return VisibleWork(
      state: state, worklist: worklist,
      tasks: worklist.tasks.filter { $0.participant.map(seen.contains) ?? ($0.site.map(sees) ?? true) })
  }
}

/// `tandem study watch`
struct StudyWatch: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Record what time alone has led to: missed visits, late reports, questions, holds. Usually hourly.",
    discussion: "Whoever runs the machine calls it, and needs no account: it records in the name of the system. After "
      + "each command it is done for whom the command was about, and as long as the site is served for everybody. What "
      + "is recorded already is not recorded again.")

  @OptionGroup var place: PlaceOptions

  func run() async throws {
    try await Answer.printing(place.format) {
      let running = try await place.open()
      let recorded = try await running.live.watch()
      return .view(
        text: {
          recorded.isEmpty
            ? "Nothing has come of time.\n"
            : recorded.map { EventText.plain.sentence($0) + "\n" }.joined()
        },
        json: { .object([("events", .array(recorded.map { EventText.plain.json($0) }))]) })
    }
  }
}

/// Tasks, for people and for programs.
enum TaskText {
  static func text(_ tasks: [StudyTask], of worklist: Worklist, withRoles: Bool) -> String {
    guard !tasks.isEmpty else { return "Nothing is left to do.\n" }
    var page = Page()
    for task in tasks {
      let who = withRoles ? " By \(task.roles.map(\.title).joined(separator: ", "))." : ""
      page.entry(
        worklist.isLate(task) ? "LATE" : task.waits == nil ? "due" : "waits",
        task.title + who + (deadline(task).map { " \($0)" } ?? "") + (task.waits.map { " \($0)" } ?? ""), labelWidth: 5)
    }
    return page.text
  }

  /// Until when, in words.
  static func deadline(_ task: StudyTask) -> String? {
    switch task.deadline {
    case .at(let instant): "Until \(EventText.clock(instant))."
    case .through(let date): "Through \(date)."
    case .before(let activity): "Before \(activity.rawValue)."
    case nil: nil
    }
  }

  static func json(_ task: StudyTask, of worklist: Worklist) -> JSON {
    .object([
      ("kind", .string(task.kind.rawValue)), ("title", .string(task.title)),
      ("roles", .strings(task.roles.map(\.rawValue))), ("site", JSON(task.site?.description)),
      ("participant", JSON(task.participant?.description)), ("since", .string(task.since.description)),
      ("deadline", JSON(deadline(task))), ("late", .boolean(worklist.isLate(task))), ("waits", JSON(task.waits)),
    ])
  }
}
