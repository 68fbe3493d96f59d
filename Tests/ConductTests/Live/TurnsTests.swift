import Ledger
import StudyDesign
import Synchronization
import Testing
import Trial

@testable import Conduct

/// Who writes at once into one casebook takes turns, and who writes into others does not wait for them.
struct TurnsTests {
  /// What came, in its order.
  private final class Came: Sendable {
    private let names = Mutex<[String]>([])
    var all: [String] { names.withLock { $0 } }
    func append(_ name: String) { names.withLock { $0.append(name) } }
  }

  /// Starts somebody and comes back when they wait for their turn, or have had it.
  private func start(
    _ name: String, at participants: Set<ParticipantID>, _ turns: Turns, _ came: Came
  ) async -> Task<Void, Never> {
    let waiting = turns.waiting
    let task = Task {
      await turns.take(participants)
      came.append(name)
    }
    while turns.waiting == waiting, !came.all.contains(name) { await Task.yield() }
    return task
  }

  @Test func `turns at one participant follow in the order in which they were asked for`() async {
    let (turns, came) = (Turns(), Came())
    await turns.take([.first])
    var tasks: [Task<Void, Never>] = []
    for name in ["a", "b", "c"] { tasks.append(await start(name, at: [.first], turns, came)) }
    #expect(came.all == [])
    for (number, task) in tasks.enumerated() {
      turns.leave([.first])
      await task.value
      #expect(came.all == Array(["a", "b", "c"].prefix(number + 1)))
    }
    turns.leave([.first])
    #expect(turns.waiting == 0)
  }

  @Test func `nobody waits for a turn at somebody else`() async {
    let turns = Turns()
    await turns.take([.first])
    await turns.take([.second])
    await turns.take([])
    #expect(turns.waiting == 0)
  }

  @Test func `one who waits for two is not overtaken by those who want one of them`() async {
    let (turns, came) = (Turns(), Came())
    await turns.take([.first])
    let both = await start("both", at: [.first, .second], turns, came)
    let second = await start("second", at: [.second], turns, came)
    #expect(came.all == [])
    turns.leave([.first])
    await both.value
    #expect(came.all == ["both"])
    turns.leave([.first, .second])
    await second.value
    #expect(came.all == ["both", "second"])
  }

  @Test func `all of many entries at once into one casebook are kept`() async throws {
    let live = try await AskingStage.delegated().live
    let nurse = Acting(account: .anna, role: .nurse, site: ParticipantID.first.site)
    let count = 30
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 1...count {
        let save = SaveForm(
          participant: .first, form: try FormKey("log/1/medicalHistory/\(number)"),
          entries: [Entry("MHTERM", .value("Fracture \(number)")), Entry("MHDTC", .value("2025-11-03"))].map {
            ReadEntry($0)
          }, source: .hospitalRecord)
        group.addTask { try await live.perform(Request(save, by: nurse, origin: .web)) { _ in [] } }
      }
      try await group.waitForAll()
    }
    let forms = try await live.state().participants[.first]?.casebook.forms.keys.filter { $0.form == "medicalHistory" }
    #expect(forms?.count == count)
  }
}
