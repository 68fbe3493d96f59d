/// A JSON document in the one form that RFC 8785 (JSON Canonicalization Scheme) gives it, so that equal documents have
/// equal bytes and equal hashes.
///
/// Numbers are integers of magnitude up to 2^53 - 1: nothing clinical passes through binary floating point, a decimal
/// travels as a string. Equality and hashing are those of the bytes.
public struct CanonicalJSON: Hashable, Sendable, CustomStringConvertible {
  /// The document, UTF-8.
  public let bytes: [UInt8]

  /// Bytes that are known to be canonical: a document that was printed here, or a part of one.
  package init(canonical bytes: [UInt8]) { self.bytes = bytes }

  /// The canonical form of a tree.
  ///
  /// - Throws: `InvalidJSON` if it holds an integer beyond 2^53 - 1 or is nested more than 100 deep.
  public init(_ value: Value) throws(InvalidJSON) {
    var writer = CanonicalWriter()
    try writer.write(value, depth: 0)
    self.bytes = writer.bytes
  }

  /// The canonical form of anything that encodes itself into objects, arrays, strings, integers, Booleans and null.
  ///
  /// - Throws: `EncodingError` for floating point; `InvalidJSON` as above.
  public init(encoding value: some Encodable) throws {
    try self.init(CanonicalEncoder.tree(of: value))
  }

  /// The canonical form of a JSON text, however it is spaced and ordered.
  ///
  /// - Throws: `InvalidJSON` with the place, if it is no JSON, repeats a member, or holds a number that is no integer.
  public init(parsing text: some Collection<UInt8>) throws(InvalidJSON) {
    try self.init(CanonicalReader.read(Array(text)))
  }

  /// The canonical form of a JSON text, however it is spaced and ordered.
  public init(parsing text: some StringProtocol) throws(InvalidJSON) {
    try self.init(parsing: Array(text.utf8))
  }

  /// The document as text.
  public var description: String { String(decoding: bytes, as: UTF8.self) }

  /// The document as a tree, for upcasting and for looking into it.
  public var value: Value {
    // What is canonical parses; `null` could only come of a mistake in this module.
    (try? CanonicalReader.read(bytes)) ?? .null
  }

  /// The value that the document encodes.
  ///
  /// - Throws: `DecodingError` with the coding path.
  public func decode<T: Decodable>(_ type: T.Type = T.self) throws -> T {
    try CanonicalDecoder.decode(type, from: value)
  }

  /// A JSON document as a tree.
  public enum Value: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int)
    case string(String)
    case array([Value])
    case object([String: Value])

    /// The member of an object; nil if this is none or has none of that name.
    public subscript(_ name: String) -> Value? {
      get { if case .object(let members) = self { members[name] } else { nil } }
      set {
        guard case .object(var members) = self else { return }
        members[name] = newValue
        self = .object(members)
      }
    }

    /// The text, if this is one.
    public var string: String? { if case .string(let text) = self { text } else { nil } }

    /// The integer, if this is one.
    public var integer: Int? { if case .integer(let number) = self { number } else { nil } }

    /// The elements, if this is an array.
    public var array: [Value]? { if case .array(let elements) = self { elements } else { nil } }
  }

  /// The greatest magnitude of an integer: beyond it, readers that use IEEE 754 doubles (as RFC 8785 supposes) err.
  public static let greatestInteger = 9_007_199_254_740_991

  /// How deep objects and arrays may be nested.
  static let greatestDepth = 100
}

/// Why a text or a tree has no canonical form.
public struct InvalidJSON: Error, Hashable, Sendable, CustomStringConvertible {
  /// The byte where reading stopped, from 0; nil for a tree.
  public let offset: Int?
  /// What was found, and what was expected.
  public let problem: String

  init(at offset: Int? = nil, _ problem: String) {
    self.offset = offset
    self.problem = problem
  }

  /// The place and the problem, in a sentence.
  public var description: String {
    offset.map { "ledger-json: at byte \($0): \(problem)" } ?? "ledger-json: \(problem)"
  }
}
