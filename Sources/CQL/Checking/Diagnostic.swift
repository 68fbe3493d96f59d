/// What is wrong with a library, where, and what to do about it.
public struct Diagnostic: Error, Sendable, Equatable, CustomStringConvertible {
  /// How much it matters.
  public enum Severity: String, Sendable {
    /// The library cannot be used.
    case error
    /// The library can be used, but probably does not say what was meant.
    case warning
  }

  /// Where it is.
  public let location: SourceLocation
  /// What was found and what was expected: a sentence without its period.
  public let message: String
  /// What to do: whole sentences.
  public let remedy: String?
  /// How much it matters.
  public let severity: Severity

  /// A diagnostic.
  public init(_ message: String, remedy: String? = nil, severity: Severity = .error, at location: SourceLocation) {
    self.message = message
    self.remedy = remedy
    self.severity = severity
    self.location = location
  }

  /// `file:line:column: message. remedy`.
  public var description: String {
    "\(location): \(severity == .warning ? "warning: " : "")\(message)." + (remedy.map { " \($0)" } ?? "")
  }
}

/// The text of a library and where it came from.
public struct LibrarySource: Sendable {
  /// The file, for messages.
  public let file: String
  /// The text.
  public let text: String

  /// A library's text.
  public init(file: String, text: String) {
    self.file = file
    self.text = text
  }

  /// A library's text from the bytes of a file; throws where they are not UTF-8.
  public init(file: String, utf8 bytes: [UInt8]) throws(Diagnostic) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Diagnostic(
        "The text is not valid UTF-8", remedy: "Save it as UTF-8.",
        at: LibrarySource.firstFault(in: bytes, file: file))
    }
    // A byte order mark says nothing in UTF-8.
    self.init(
      file: file, text: text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text)
  }

  /// Where valid UTF-8 ends.
  private static func firstFault(in bytes: [UInt8], file: String) -> SourceLocation {
    var location = (line: 1, column: 1)
    var iterator = bytes.makeIterator()
    var decoder = UTF8()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      location = scalar == "\n" ? (location.line + 1, 1) : (location.line, location.column + 1)
    }
    return SourceLocation(file: file, line: location.line, column: location.column)
  }
}
