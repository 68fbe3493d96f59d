/// Where sealed bytes rest, apart from the ledger: what may be changed and destroyed (credentials, identities, keys).
///
/// The store sees only a name and bytes; whoever puts them there has encrypted them. It knows no history: what is
/// replaced or removed is gone. Every store passes the same suite.
public protocol SealedStore: Sendable {
  /// The bytes under a name; nil if there are none.
  ///
  /// - Throws: `StoreFailure` if the store cannot be read.
  func bytes(_ name: SealedName) async throws -> [UInt8]?

  /// Every name of a kind, in order.
  ///
  /// - Throws: `StoreFailure` if the store cannot be read.
  func names(of kind: String) async throws -> [SealedName]

  /// Makes all changes, or none; returns when they are durable.
  ///
  /// - Parameter expected: what must stand under some names beforehand (nil: nothing), as the decision read it.
  /// - Returns: false, with nothing changed, if something else stands there: somebody else came first.
  /// - Throws: `StoreFailure` if the store cannot be written.
  func write(_ changes: [SealedChange], expecting expected: [SealedName: [UInt8]?]) async throws -> Bool
}

/// What bytes are kept under: a kind, and a key that is unique in it.
public struct SealedName: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// What kind of thing it is, such as `credential`.
  public let kind: String
  /// Which one.
  public let key: String

  /// A name of a kind.
  public init(_ kind: String, _ key: String) {
    self.kind = kind
    self.key = key
  }

  /// `kind/key`; what is sealed under a name is bound to this text.
  public var description: String { "\(kind)/\(key)" }

  /// By kind, then by key.
  public static func < (a: SealedName, b: SealedName) -> Bool { (a.kind, a.key) < (b.kind, b.key) }
}

/// A change of a sealed store.
public enum SealedChange: Sendable, Hashable {
  /// Puts bytes under a name, in the place of what is there.
  case put([UInt8], SealedName)
  /// Removes what is under a name, so that its bytes are no longer in the store's file; nothing there is no error.
  case remove(SealedName)

  /// The name that it changes.
  public var name: SealedName {
    switch self {
    case .put(_, let name), .remove(let name): name
    }
  }
}

extension SealedStore {
  /// Makes all changes, or none, whatever stands there.
  public func write(_ changes: [SealedChange]) async throws {
    _ = try await write(changes, expecting: [:])
  }
}
