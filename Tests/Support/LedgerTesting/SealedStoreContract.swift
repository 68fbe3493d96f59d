public import Ledger

/// What every sealed store must keep to. A test runs all clauses against each store: a new store adds only its name.
public struct SealedStoreContract: Sendable, CustomStringConvertible {
  /// The clause, as a sentence.
  public let description: String
  /// Checks it on a new, empty store; false where the store breaks it.
  public let holds: @Sendable (any SealedStore) async throws -> Bool

  private init(_ description: String, _ holds: @escaping @Sendable (any SealedStore) async throws -> Bool) {
    self.description = description
    self.holds = holds
  }

  private static let first = SealedName("kind", "first")
  private static let second = SealedName("kind", "second")
  private static let other = SealedName("other", "first")

  /// Every clause.
  public static let all: [SealedStoreContract] = [
    SealedStoreContract("what was put is read, byte by byte") { store in
      let bytes = (0...255).map(UInt8.init)
      try await store.write([.put(bytes, first), .put([], second)])
      let read = try await store.bytes(first)
      let empty = try await store.bytes(second)
      let absent = try await store.bytes(other)
      return read == bytes && empty == [] && absent == nil
    },
    SealedStoreContract("what is put again stands in the place of the old") { store in
      try await store.write([.put([1], first)])
      try await store.write([.put([2], first)])
      return try await store.bytes(first) == [2]
    },
    SealedStoreContract("what is removed is gone, and removing nothing is no error") { store in
      try await store.write([.put([1], first)])
      try await store.write([.remove(first), .remove(second)])
      return try await store.bytes(first) == nil
    },
    SealedStoreContract("names are those of the kind, in order") { store in
      try await store.write([.put([1], second), .put([1], first), .put([1], other)])
      let names = try await store.names(of: "kind")
      let none = try await store.names(of: "none")
      return names == [first, second] && none.isEmpty
    },
    SealedStoreContract("a write whose expectation fails changes nothing") { store in
      try await store.write([.put([1], first)])
      let late = try await store.write([.put([2], first), .put([2], second)], expecting: [first: [9]])
      let absent = try await store.write([.put([2], second)], expecting: [first: nil])
      let first = try await store.bytes(first)
      let second = try await store.bytes(second)
      return !late && !absent && first == [1] && second == nil
    },
    SealedStoreContract("a write whose expectation holds is made") { store in
      let new = try await store.write([.put([1], first)], expecting: [first: nil])
      let next = try await store.write([.put([2], first)], expecting: [first: [1]])
      return try await store.bytes(first) == [2] && new && next
    },
    SealedStoreContract("of many who replace the same bytes one wins") { store in
      try await store.write([.put([0], first)])
      let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
        for value in 1...16 {
          group.addTask { try await store.write([.put([UInt8(value)], first)], expecting: [first: [0]]) }
        }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      return wins == 1
    },
  ]
}
