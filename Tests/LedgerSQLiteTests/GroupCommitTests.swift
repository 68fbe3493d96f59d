import GRDB
import Ledger
import LedgerTesting
import Testing

@testable import LedgerSQLite

struct GroupCommitTests {
  /// Puts all appends into the queue, and only then lets the writer have them.
  static func appendTogether(_ appends: [Append], to store: SQLiteEventStore) async throws -> [Result<Int, any Error>] {
    let writer = store.writer
    return try await withThrowingTaskGroup(of: (Int, Result<Int, any Error>).self) { group in
      for (index, append) in appends.enumerated() {
        group.addTask {
          do {
            let written = try await withCheckedThrowingContinuation { _ = writer.enqueue(append, $0) }
            return (index, .success(written.count))
          } catch { return (index, .failure(error)) }
        }
      }
      while writer.waiting < appends.count { await Task.yield() }
      let isMoreWaiting = try await store.pool.writeWithoutTransaction { writer.drain($0, CommitSignal()) }
      #expect(!isMoreWaiting)
      var outcomes = [Result<Int, any Error>](repeating: .success(0), count: appends.count)
      for try await (index, outcome) in group { outcomes[index] = outcome }
      return outcomes
    }
  }

  @Test func `appends that wait together share one commit`() async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger, sealing: try loadKey())
      let outcomes = try await Self.appendTogether((0..<20).map { Facts.append("site/\($0)", at: 0) }, to: store)
      #expect(outcomes.allSatisfy { (try? $0.get()) == 1 })
      // A checkpoint is signed with every commit: there is one.
      #expect(try await store.checkpoints().map(\.checkpoint.head.position) == [20])
    }
  }

  @Test func `in a shared commit each append has its own check of versions`() async throws {
    try await withFolder { folder in
      let store = try SQLiteEventStore(path: folder.ledger, sealing: try loadKey())
      let appends = (0..<12).map { Facts.append($0 % 3 == 0 ? "study" : "site/\($0)", at: 0, "writer \($0)") }
      let outcomes = try await Self.appendTogether(appends, to: store)
      let study = outcomes.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
      #expect(study.count { (try? $0.get()) != nil } == 1)
      for case .failure(let error) in study { #expect((error as? Conflict)?.moved == [Facts.stream("study"): 1]) }
      #expect(outcomes.count { (try? $0.get()) != nil } == 9)
      #expect(try await store.verifyFully().head.position == 9)
    }
  }
}
