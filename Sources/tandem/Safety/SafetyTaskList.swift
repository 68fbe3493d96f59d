import ArgumentParser
import Trial

/// `tandem safety tasks`
struct SafetyTaskList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tasks",
    abstract:
      "What safety waits for, of whatever role: reports whose clocks run, judgments, follow-up, grades, coding.",
    discussion: "The same tasks stand in the worklist of whoever can settle them: 'tandem study tasks'.")

  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let work = try await view.openToRead().work()
      let tasks = work.tasks.filter(\.kind.isOfSafety)
      return .view(
        text: { TaskText.text(tasks, of: work.worklist, withRoles: true) },
        json: { marked(work.state, [("tasks", .array(tasks.map { TaskText.json($0, of: work.worklist) }))]) })
    }
  }
}
