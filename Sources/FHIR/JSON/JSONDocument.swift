/// One JSON text, read once into a flat list of nodes over its own bytes: no tree of objects, nothing decoded before it
/// is asked for.
///
/// A value is a `JSON`, which names a node here. Grammar: RFC 8259, strictly; on top of it no key twice in one object,
/// valid UTF-8 only, at most `maximumDepth` levels. A byte order mark is passed over.
public final class JSONDocument: Sendable {
  /// Largest text that is read at once, in bytes: 256 MB (offsets are kept in 28 bits).
  public static let maximumBytes = 1 << 28 - 1
  /// Most levels of arrays and objects inside each other.
  public static let maximumDepth = 512

  /// Where the text came from, for messages.
  public let file: String
  let bytes: [UInt8]
  let nodes: [JSONNode]
  let symbols: SymbolTable
  /// Bytes and lines of the file before this text, for a line of NDJSON.
  let start: (byte: Int, line: Int)

  /// Reads one JSON text that fills `bytes`.
  ///
  /// `start` is how many bytes and lines of the file come before it, where it is a line of NDJSON.
  public init(_ bytes: [UInt8], file: String, start: (byte: Int, line: Int) = (0, 0)) throws(JSONFault) {
    var scanner = JSONScanner()
    do throws(JSONScanner.Stop) {
      try scanner.scan(bytes.span)
    } catch {
      throw JSONFault(error, place: Self.place(of: error.at, in: bytes, file: file, start: start))
    }
    self.file = file
    self.bytes = bytes
    self.nodes = scanner.nodes
    self.symbols = scanner.symbols
    self.start = start
  }

  /// The value that the text is.
  public var root: JSON { JSON(document: self, index: 0) }

  /// Where a byte of this text stands in its file.
  func place(of byte: Int) -> Place { Self.place(of: byte, in: bytes, file: file, start: start) }

  private static func place(of byte: Int, in bytes: [UInt8], file: String, start: (byte: Int, line: Int)) -> Place {
    var line = 1
    var column = 1
    for b in bytes.prefix(byte) {
      if b == UInt8(ascii: "\n") {
        line += 1
        column = 1
      } else if b & 0xC0 != 0x80 {
        column += 1
      }
    }
    return Place(file: file, line: line + start.line, column: column, byte: byte + start.byte)
  }
}

/// A place in a file: line and column count from 1 (columns in characters), bytes from 0.
public struct Place: Hashable, Sendable, CustomStringConvertible {
  /// The file as it was named to the reader.
  public let file: String
  /// Line, from 1.
  public let line: Int
  /// Column, from 1.
  public let column: Int
  /// Offset in bytes from the start of the file.
  public let byte: Int

  /// A place in a file.
  public init(file: String, line: Int, column: Int, byte: Int) {
    self.file = file
    self.line = line
    self.column = column
    self.byte = byte
  }

  /// `file:line:column`.
  public var description: String { "\(file):\(line):\(column)" }
}

/// One token of a document: a value, or the key before one. Eight bytes.
///
/// A container is followed by its content; `word` is the index of the node after it. A key is followed by its value;
/// `word` is its symbol. For a string or number `word` is its length in bytes.
struct JSONNode {
  enum Kind: UInt32 {
    case object, array, string, escapedString, number, `true`, `false`, null, key
  }
  private let packed: UInt32
  var word: UInt32

  init(_ kind: Kind, at offset: Int, word: Int = 0) {
    packed = kind.rawValue << 28 | UInt32(truncatingIfNeeded: offset)
    self.word = UInt32(truncatingIfNeeded: word)
  }

  var kind: Kind { Kind(rawValue: packed >> 28) ?? .null }
  /// Offset of its first byte: the bracket, the first byte after the quote, the first digit.
  var offset: Int { Int(packed & 0xFFF_FFFF) }
}
