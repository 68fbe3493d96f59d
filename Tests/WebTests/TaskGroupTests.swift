import ClinicalValues
import Markup
import Testing

@testable import Trial
@testable import Web

/// What waits is counted by kind, and each count opens its tasks.
struct TaskGroupTests {
  private static let words = Words(.english, messages: [:])

  private func tasks(_ kinds: [StudyTask.Kind]) throws -> [StudyTask] {
    let day = try #require(CalendarDate("2026-01-05"))
    return kinds.map { StudyTask($0, "Do it.", roles: [.nurse], since: day) }
  }

  @Test func `tasks are counted by kind, and those of one kind are shown alone`() throws {
    let all = try tasks([.answerQuery, .submitReport, .holdVisit, .answerQuery])
    let groups = TaskGroups(all, Fields())
    #expect(groups.shown == all)
    let printed = groups.markup("/", Self.words).printed(as: .html)
    #expect(printed.contains(#"href="/?tasks=queries">Queries (2)"#))
    #expect(printed.contains("All (4)") && printed.contains("Safety and clocks (1)") && !printed.contains("Cells"))
    let queries = TaskGroups(all, Fields([(name: "tasks", value: "queries")]))
    #expect(queries.shown.map(\.kind) == [.answerQuery, .answerQuery])
  }

  @Test func `where all is of one kind nothing is counted, and a kind that there is not shows all`() throws {
    let all = try tasks([.holdVisit, .completeForms])
    #expect(TaskGroups(all, Fields()).markup("/", Self.words).printed(as: .html).isEmpty)
    #expect(TaskGroups(all, Fields([(name: "tasks", value: "everything")])).shown == all)
  }

  @Test(arguments: StudyTask.Kind.allCases)
  func `what is of safety is counted there`(kind: StudyTask.Kind) {
    #expect(!kind.isOfSafety || TaskGroup(kind) == .safety)
  }
}
