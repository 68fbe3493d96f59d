internal import ClinicalValues
public import Ledger

/// What every store must keep to. A test runs all clauses against each store: a new store adds only its name.
public struct EventStoreContract: Sendable, CustomStringConvertible {
  /// The clause, as a sentence.
  public let description: String
  /// Checks it on a new, empty store.
  ///
  /// - Throws: `Breach` where the store breaks it.
  public let check: @Sendable (any EventStore) async throws -> Void

  /// Where a store does not keep to the contract.
  public struct Breach: Error, CustomStringConvertible {
    /// What the store did not keep to.
    public let description: String
  }

  private init(_ description: String, _ check: @escaping @Sendable (any EventStore) async throws -> Void) {
    self.description = description
    self.check = check
  }

  private static func expect(_ holds: Bool, _ what: @autoclosure () -> String) throws {
    guard holds else { throw Breach(description: what()) }
  }

  private static func conflict(_ body: () async throws -> Void) async throws -> Conflict {
    do { try await body() } catch let conflict as Conflict { return conflict }
    throw Breach(description: "expected a conflict")
  }

  private static func refusal(_ body: () async throws -> Void) async throws -> StoreFailure {
    do { try await body() } catch let failure as StoreFailure { return failure }
    throw Breach(description: "expected a refusal")
  }

  /// Every clause.
  public static let all: [EventStoreContract] = writing + deciding + reading + following

  private static let a = Facts.stream("participant/01-0001")
  private static let b = Facts.stream("participant/01-0002")

  private static let writing = [
    EventStoreContract("an empty ledger has position 0, the root of the empty tree, and no events") { store in
      try expect(try await store.head() == Head(position: 0, root: MerkleTree.emptyRoot), "head")
      try expect(try await store.events(after: 0, limit: 10).isEmpty, "events")
      try expect(try await store.events(of: a, after: 0).isEmpty, "stream")
      try expect(try await store.attachment(Digest(of: "none")) == nil, "attachment")
    },
    EventStoreContract("an append returns its events as they are read back, in their places") { store in
      let append = Append(
        expected: [a: 0, b: 0],
        events: [Facts.event("\(a)", "1"), Facts.event("\(b)", "2"), Facts.event("\(a)", "3")], recorded: Facts.time)
      let written = try await store.append(append)
      try expect(written.map(\.position) == [1, 2, 3], "positions \(written.map(\.position))")
      try expect(written.map(\.version) == [1, 1, 2], "versions \(written.map(\.version))")
      try expect(written.map(\.event) == append.events, "events")
      try expect(written.allSatisfy { $0.recorded == Facts.time }, "recorded")
      try expect(Set(written.map(\.id)).count == 3, "ids")
      try expect(try await store.events(after: 0, limit: 10) == written, "read back")
      try expect(try await store.head().root == MerkleTree.root(of: written.map(\.hash)), "root")
      try expect(try await store.leaves(upTo: 3) == written.map(\.hash), "leaves")
    },
    EventStoreContract("attachments are stored with the event that names them") { store in
      let bytes = Array("a record as it was".utf8)
      let written = try await store.append(Facts.append("\(a)", at: 0, attachments: [bytes, bytes]))
      try expect(written[0].attachments == [Digest(of: bytes)], "named")
      try expect(try await store.attachment(Digest(of: bytes)) == bytes, "bytes")
      let again = try await store.append(Facts.append("\(a)", at: 1, attachments: [bytes]))
      try expect(again[0].attachments == [Digest(of: bytes)], "named again")
    },
    EventStoreContract("what cannot be appended is refused and leaves nothing") { store in
      var loose = Facts.append("\(a)", at: 0)
      loose.attachments = [[1, 2, 3]]
      var unexpected = Facts.append("\(a)", at: 0)
      unexpected.expected = [b: 0]
      for append in [loose, unexpected, Facts.append("\(a)", at: -1)] {
        let failure = try await refusal { _ = try await store.append(append) }
        try expect(failure.reason == .invalidAppend, "\(failure)")
      }
      try expect(try await store.head().position == 0, "something was written")
    },
  ]

  private static let deciding = [
    EventStoreContract("an append whose time lies before the last event's is refused, but for what clocks explain") {
      store in
      func append(_ stream: StreamID, _ seconds: Int) async throws {
        var append = Facts.append("\(stream)", at: 0)
        append.recorded = Facts.time.adding(seconds: seconds)
        _ = try await store.append(append)
      }
      try await append(a, 3600)
      let failure = try await refusal { try await append(b, 3600 - RecordedTime.toleranceSeconds - 1) }
      try expect(failure.reason == .clockBehind && failure.place?.position == 1, "\(failure)")
      try expect(try await store.head().position == 1, "something was written")
      try await append(b, 3600 - RecordedTime.toleranceSeconds)
      try expect(try await store.verify().regressions.isEmpty, "told as set back")
    },
    EventStoreContract("one append says that the clock was set right, and times go on from it") { store in
      let c = Facts.stream("site/1")
      func append(_ stream: StreamID, _ seconds: Int, setsClockRight: Bool = false) async throws {
        var append = Facts.append("\(stream)", at: 0)
        append.recorded = Facts.time.adding(seconds: seconds)
        append.setsClockRight = setsClockRight
        _ = try await store.append(append)
      }
      try await append(a, 7200)
      try await append(b, 3600, setsClockRight: true)
      let failure = try await refusal { try await append(c, 3500) }
      try expect(failure.reason == .clockBehind && failure.place?.position == 2, "\(failure)")
      try await append(c, 3601)
      try expect(try await store.verify().regressions.map(\.position) == [2], "told otherwise")
    },
    EventStoreContract("an append whose stream has moved on is refused, and the conflict says who moved") { store in
      _ = try await store.append(Facts.append("\(a)", at: 0))
      let found = try await conflict { _ = try await store.append(Facts.append("\(a)", at: 0)) }
      try expect(found.moved == [a: 1], "\(found)")
      let ahead = try await conflict { _ = try await store.append(Facts.append("\(a)", at: 5)) }
      try expect(ahead.moved == [a: 1], "\(ahead)")
      try expect(try await store.head().position == 1, "something was written")
    },
    EventStoreContract("a stream that was only read is checked, too") { store in
      _ = try await store.append(Facts.append("\(b)", at: 0))
      var append = Facts.append("\(a)", at: 0)
      append.expected[b] = 0
      let stale = append
      let found = try await conflict { _ = try await store.append(stale) }
      try expect(found.moved == [b: 1], "\(found)")
      append.expected[b] = 1
      _ = try await store.append(append)
    },
    EventStoreContract("an append to several streams is whole or not at all") { store in
      _ = try await store.append(Facts.append("\(b)", at: 0))
      let append = Append(
        expected: [a: 0, b: 0], events: [Facts.event("\(a)"), Facts.event("\(b)")], recorded: Facts.time)
      _ = try await conflict { _ = try await store.append(append) }
      try expect(try await store.events(of: a, after: 0).isEmpty, "half of it was written")
    },
    EventStoreContract("an append without events only checks versions") { store in
      try expect(try await store.append(Append(expected: [a: 0], events: [], recorded: Facts.time)).isEmpty, "events")
      _ = try await conflict { _ = try await store.append(Append(expected: [a: 1], events: [], recorded: Facts.time)) }
    },
    EventStoreContract("of many who write at the same version exactly one wins") { store in
      for round in 0..<8 {
        let won = try await withThrowingTaskGroup(of: Bool.self) { group in
          for writer in 0..<8 {
            group.addTask {
              do {
                _ = try await store.append(Facts.append("\(a)", at: round, "writer \(writer)"))
                return true
              } catch let conflict as Conflict {
                try expect((conflict.moved[a] ?? 0) > round, "\(conflict)")
                return false
              }
            }
          }
          return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        try expect(won == 1, "\(won) writers won")
      }
      try expect(try await store.head().position == 8, "count")
    },
    EventStoreContract("many who write to their own streams all succeed") { store in
      try await withThrowingTaskGroup(of: Void.self) { group in
        for writer in 0..<16 {
          group.addTask {
            for version in 0..<5 { _ = try await store.append(Facts.append("site/\(writer)", at: version)) }
          }
        }
        try await group.waitForAll()
      }
      let all = try await store.events(after: 0, limit: 1000)
      try expect(all.map(\.position) == Array(1...80), "positions")
      _ = try await store.verify()
    },
  ]

  private static let reading = [
    EventStoreContract("the ledger is read in order, in parts of a limit") { store in
      try await Facts.fill(store, streams: ["study", "site/01"], count: 9)
      let all = try await store.events(after: 0, limit: .max)
      try expect(all.map(\.position) == Array(1...9), "order")
      try expect(try await store.events(after: 3, limit: 2).map(\.position) == [4, 5], "part")
      try expect(try await store.events(after: 9, limit: 2).isEmpty, "past the end")
      try expect(try await store.events(after: 0, limit: 0).isEmpty, "limit 0")
      try expect(try await store.events(after: -5, limit: -1).isEmpty, "limit -1")
    },
    EventStoreContract("a stream is read in order, after a version") { store in
      try await Facts.fill(store, streams: ["study", "site/01"], count: 9)
      let study = try await store.events(of: Facts.stream("study"), after: 0)
      try expect(study.map(\.version) == Array(1...5), "versions")
      try expect(study.map(\.position) == [1, 3, 5, 7, 9], "positions")
      try expect(try await store.events(of: Facts.stream("study"), after: 3).map(\.version) == [4, 5], "after 3")
    },
    EventStoreContract("proofs show an event to be in the ledger, and one head to be the beginning of another") {
      store in
      try await Facts.fill(store, streams: ["study"], count: 11)
      let head = try await store.head()
      let events = try await store.events(after: 0, limit: 100)
      for envelope in events {
        let proof = try await store.inclusionProof(of: envelope.position, size: 11) ?? []
        try expect(
          MerkleTree.verifyInclusion(
            of: envelope.hash, at: envelope.position - 1, size: 11, root: head.root, proof: proof), "inclusion")
        let earlier = Head(
          position: envelope.position, root: MerkleTree.root(of: events.prefix(envelope.position).map(\.hash)))
        let chain = try await store.consistencyProof(from: envelope.position, to: 11) ?? []
        try expect(MerkleTree.verifyConsistency(from: earlier, to: head, proof: chain), "consistency")
      }
      try expect(try await store.inclusionProof(of: 12, size: 11) == nil, "no such event")
      try expect(try await store.consistencyProof(from: 3, to: 12) == nil, "no such size")
    },
    EventStoreContract("checkpoints are kept in order, but none that the ledger never was at") { store in
      let key = try SigningKey(name: "ledger.example/kept", seed: [UInt8](repeating: 7, count: 32))
      let before = try await store.checkpoints().count
      try await Facts.fill(store, streams: ["study"], count: 3)
      let middle = try await store.head()
      try await Facts.fill(store, streams: ["site/01"], count: 2)
      let end = try await store.head()
      try await store.keep(Checkpoint(origin: key.name, head: end).signed(with: key))
      try await store.keep(Checkpoint(origin: key.name, head: middle).signed(with: key))
      let kept = try await store.checkpoints().filter { $0.isSigned(by: key.verifier) }
      try expect(before == 0 && kept.map(\.checkpoint.head) == [middle, end], "\(kept)")
      for wrong in [Head(position: 4, root: end.root), Head(position: 6, root: end.root)] {
        let checkpoint = try Checkpoint(origin: key.name, head: wrong).signed(with: key)
        _ = try await refusal { try await store.keep(checkpoint) }
      }
      _ = try await store.verify()
    },
  ]

  private static let following = [
    EventStoreContract("a subscription gives what is there, then what comes, each once and in order") { store in
      try await Facts.fill(store, streams: ["study"], count: 3)
      let following = Task {
        var seen: [Position] = []
        for try await envelope in store.subscribe(after: 1) {
          seen.append(envelope.position)
          if envelope.position == 6 { break }
        }
        return seen
      }
      for version in 3..<6 { _ = try await store.append(Facts.append("study", at: version)) }
      let seen = try await following.value
      try expect(seen == [2, 3, 4, 5, 6], "\(seen)")
    },
    EventStoreContract("a subscription ends when its task is canceled") { store in
      let following = Task {
        var count = 0
        for try await _ in store.subscribe(after: 0) { count += 1 }
        return count
      }
      following.cancel()
      try expect(try await following.value == 0, "it went on")
    },
  ]
}
