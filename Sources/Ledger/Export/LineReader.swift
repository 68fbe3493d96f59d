/// Cuts bytes that come in pieces into lines. Memory: one piece and one line.
public struct LineReader {
  /// How long a line may be: an attachment of the greatest size, in base 64.
  static let greatestLine = Append.greatestAttachment / 3 * 4 + 4096

  private let piece: () throws -> [UInt8]
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// A reader of pieces.
  ///
  /// - Parameter piece: gives the next bytes, none at the end.
  public init(_ piece: @escaping () throws -> [UInt8]) { self.piece = piece }

  /// A reader of bytes that are all there.
  public init(_ bytes: [UInt8]) {
    var rest: [UInt8]? = bytes
    self.init {
      defer { rest = nil }
      return rest ?? []
    }
  }

  /// The next line without its line feed; nil at the end.
  ///
  /// - Throws: `LedgerFault` if a line is too long to be one of an export, or the last one has no line feed.
  public mutating func next() throws -> [UInt8]? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) {
        defer { start = end + 1 }
        return Array(buffer[start..<end])
      }
      searched = buffer.count
      guard buffer.count - start <= LineReader.greatestLine else {
        throw LedgerFault(.inserted, .line, "a line of more than \(LineReader.greatestLine) bytes.")
      }
      guard !isAtEnd else {
        guard start < buffer.count else { return nil }
        defer { start = buffer.count }
        return Array(buffer[start...])
      }
      let more = try piece()
      isAtEnd = more.isEmpty
      if start > 0 {
        buffer.removeFirst(start)
        searched -= start
        start = 0
      }
      buffer += more
    }
  }
}
