/// A sealed store that lasts as long as the process, for tests and trials.
public actor InMemorySealedStore: SealedStore {
  private var rows: [SealedName: [UInt8]] = [:]

  /// An empty store.
  public init() {}

  /// The bytes under a name.
  public func bytes(_ name: SealedName) -> [UInt8]? { rows[name] }

  /// Every name of a kind, in order.
  public func names(of kind: String) -> [SealedName] { rows.keys.filter { $0.kind == kind }.sorted() }

  /// Makes all changes, or none.
  public func write(_ changes: [SealedChange], expecting expected: [SealedName: [UInt8]?]) -> Bool {
    for (name, bytes) in expected where rows[name] != bytes { return false }
    for change in changes {
      switch change {
      case .put(let bytes, let name): rows[name] = bytes
      case .remove(let name): rows[name] = nil
      }
    }
    return true
  }

  /// Everything that it holds, as a thief of the file would find it.
  public var dump: [UInt8] {
    rows.sorted { $0.key < $1.key }.flatMap { Array($0.key.description.utf8) + $0.value }
  }
}
