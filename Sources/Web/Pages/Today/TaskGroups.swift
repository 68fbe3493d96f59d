import Markup
import Trial

/// What a task is of, so that somebody sees at a glance how much waits of what.
enum TaskGroup: String, CaseIterable {
  case safety, queries, visits, signatures, cells, decisions

  init(_ kind: StudyTask.Kind) {
    self =
      switch kind {
      case _ where kind.isOfSafety: .safety
      case .reviewStudy, .acceptLift: .safety
      case .answerQuery, .reviewAnswer, .seeUnlock: .queries
      case .bookDayZero, .holdVisit, .completeForms: .visits
      case .signForm, .recordConsent, .signConsentAnew, .signOutsideGate: .signatures
      case .takeCustodyStep, .resolveQuarantine, .enterFinalResult: .cells
      default: .decisions
      }
  }
}

extension TaskGroup: Titled {
  var title: String {
    switch self {
    case .safety: "Safety and clocks"
    case .queries: "Queries"
    case .visits: "Visits and forms"
    case .signatures: "Signatures"
    case .cells: "Cells"
    case .decisions: "Gates and decisions"
    }
  }
}

/// The tasks of somebody by group: how many there are of each, and those of the one that is asked for.
struct TaskGroups {
  private let all: [StudyTask]
  private let chosen: TaskGroup?

  init(_ all: [StudyTask], _ query: Fields) {
    self.all = all
    chosen = query.text("tasks").flatMap { TaskGroup(rawValue: $0) }
  }

  /// The tasks that are shown, in their order.
  var shown: [StudyTask] { chosen.map { group in all.filter { TaskGroup($0.kind) == group } } ?? all }

  /// The counts, each with the way to its tasks; nothing where all are of one group.
  func markup(_ path: String, _ words: Words) -> Markup {
    let counts = Dictionary(grouping: all) { TaskGroup($0.kind) }.mapValues(\.count)
    guard counts.count > 1 || chosen != nil else { return .fragment([]) }
    func entry(_ group: TaskGroup?, _ title: String, _ count: Int) -> (path: String, title: String) {
      (address(group, path), "\(title) (\(count))")
    }
    let groups = TaskGroup.allCases.filter { counts[$0] != nil || $0 == chosen }
    return TabRow.markup(
      [entry(nil, words["All"], all.count)]
        + groups.map { entry($0, words.title($0), counts[$0] ?? 0) },
      current: address(chosen, path), label: words["What waits, by kind"])
  }

  private func address(_ group: TaskGroup?, _ path: String) -> String {
    group.map { path + "?" + Fields([(name: "tasks", value: $0.rawValue)]).encoded } ?? path
  }
}
