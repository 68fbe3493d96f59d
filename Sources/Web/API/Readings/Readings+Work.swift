import ClinicalValues
import Ledger
import Trial

/// A task, and whether it is late where it is done.
struct TaskReading: Sendable {
  let task: StudyTask
  let isLate: Bool
}

extension Readings {
  /// Something that waits.
  static let task = Shape<TaskReading>.object(
    "Task", "Something that waits; it disappears by the deed that settles it.",
    [
      .choice("kind", of: StudyTask.Kind.allCases.map(\.rawValue)) { $0.task.kind.rawValue },
      .text("title") { $0.task.title }, .texts("roles", "Who can do it.") { $0.task.roles.map(\.rawValue) },
      .textOrNull("site") { $0.task.site?.description },
      .textOrNull("participant") { $0.task.participant?.description },
      .text("since") { $0.task.since.description }, .objectOrNull("deadline", deadline) { $0.task.deadline },
      .truth("late") { $0.isLate }, .textOrNull("waits", "For what it waits itself.") { $0.task.waits },
    ])

  private static let deadline = Shape<StudyTask.Deadline>.object(
    "Deadline", "Until when: an instant, the end of a day, or an activity before which it is done.",
    [
      .instant("at") { if case .at(let instant) = $0 { instant } else { nil } },
      .textOrNull("through") { if case .through(let date) = $0 { date.description } else { nil } },
      .textOrNull("before") { if case .before(let activity) = $0 { activity.rawValue } else { nil } },
    ])

  /// What waits for a role, the most urgent first.
  static let worklist = Shape<[TaskReading]>.object(
    "Worklist", "What waits, the most urgent first.", [.list("tasks", task) { $0 }])
}

extension Worklist {
  /// Tasks as they are told.
  func readings(_ tasks: [StudyTask]) -> [TaskReading] { tasks.map { TaskReading(task: $0, isLate: isLate($0)) } }
}
