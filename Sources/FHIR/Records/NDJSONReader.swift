/// Reads the lines of an NDJSON text one at a time, from memory or from a file in chunks: memory is bounded by the longest
/// line, not by the file.
///
/// Blank lines are passed over; a broken line is a failure of its own, and reading goes on after it.
public struct NDJSONReader: ~Copyable {
  /// The file, for messages.
  public let file: String
  /// Bytes and lines that have been read.
  public private(set) var position: (byte: Int, line: Int) = (0, 0)
  /// Bytes of the whole text.
  let size: Int
  private let source: FileReader?
  private var buffer: [UInt8]
  /// Where the rest of `buffer` begins that has not been handed out.
  private var used = 0

  static let chunkSize = 1 << 20

  /// The lines of a text in memory.
  public init(_ bytes: [UInt8], file: String) {
    self.file = file
    source = nil
    size = bytes.count
    buffer = bytes
  }

  /// The lines of a file.
  ///
  /// - Throws: that it cannot be opened.
  public init(path: String) throws(RecordError) {
    file = path
    let reader = try FileReader(path: path)
    source = reader
    size = reader.size
    buffer = []
  }

  /// The next line that is not blank, as a document whose places are those of the file; nil at the end.
  ///
  /// - Throws: that the file cannot be read, or that a line is longer than `JSONDocument.maximumBytes`.
  public mutating func next() throws(RecordError) -> Result<JSONDocument, JSONFault>? {
    while let (line, start) = try nextLine() {
      let isBlank = line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
      if isBlank { continue }
      do throws(JSONFault) {
        return .success(try JSONDocument(line, file: file, start: start))
      } catch {
        return .failure(error)
      }
    }
    return nil
  }

  private mutating func nextLine() throws(RecordError) -> (line: [UInt8], start: (byte: Int, line: Int))? {
    var searched = used
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) { return take(upTo: end, skipping: 1) }
      searched = buffer.count
      guard searched - used <= JSONDocument.maximumBytes else {
        throw RecordError([
          Problem(
            .error, "file-too-large",
            at: Place(file: file, line: position.line + 1, column: 1, byte: position.byte),
            "This line is longer than 256 MB, the limit for one JSON text.", remedy: "Write one resource a line.")
        ])
      }
      let chunk = try source?.next(NDJSONReader.chunkSize) ?? []
      if chunk.isEmpty { return used < buffer.count ? take(upTo: buffer.count, skipping: 0) : nil }
      buffer.removeSubrange(..<used)
      searched -= used
      used = 0
      buffer.append(contentsOf: chunk)
    }
  }

  private mutating func take(upTo end: Int, skipping newline: Int) -> (line: [UInt8], start: (byte: Int, line: Int)) {
    let line = Array(buffer[used..<end])
    let start = position
    position = (position.byte + end + newline - used, position.line + 1)
    used = end + newline
    return (line, start)
  }
}
