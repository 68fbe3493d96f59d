/// Cuts a library's text into tokens.
///
/// Lines end with LF, CR or CRLF; columns count characters (Unicode scalars) from 1.
struct Lexer {
  private let bytes: [UInt8]
  private let file: String
  private var offset = 0
  /// Where reading stops: at the end of the text, or where there are too many errors for it to be one.
  private var end: Int
  private var line = 1
  private var column = 1
  private var startsLine = true
  private var comments: [String] = []
  private var tokens: [Token] = []
  private var diagnostics: [Diagnostic] = []

  private init(_ source: LibrarySource) {
    bytes = Array(source.text.utf8)
    end = bytes.count
    file = source.file
  }

  /// The tokens of a text, the last of them `.end`, and what could not be read.
  static func tokens(of source: LibrarySource) -> ([Token], [Diagnostic]) {
    var lexer = Lexer(source)
    lexer.run()
    return (lexer.tokens, lexer.diagnostics)
  }

  private mutating func run() {
    while true {
      let before = offset
      skipSpace()
      let isAttached = offset == before && !tokens.isEmpty
      let location = here
      let start = (startsLine, comments)
      guard let byte = peek() else {
        tokens.append(
          Token(kind: .end, location: location, startsLine: true, isAttached: false, comments: comments))
        return
      }
      if let kind = next(byte, at: location) {
        tokens.append(
          Token(
            kind: kind, location: location, startsLine: start.0, isAttached: isAttached, comments: start.1))
        startsLine = false
        comments = []
      }
    }
  }

  private mutating func next(_ byte: UInt8, at location: SourceLocation) -> Token.Kind? {
    switch byte {
    case _ where Lexer.isLetter(byte): return .word(take(while: Lexer.isWordByte))
    case _ where Lexer.isDigit(byte): return number()
    case UInt8(ascii: "'"): return delimited(by: byte, at: location).map { .string($0) }
    case UInt8(ascii: "\""), UInt8(ascii: "`"): return delimited(by: byte, at: location).map { .quoted($0) }
    case UInt8(ascii: "@"): return dateOrTime(at: location)
    case UInt8(ascii: "$"):
      advance()
      let name = "$" + take(while: Lexer.isWordByte)
      if ["$this", "$index", "$total"].contains(name) { return .special(name) }
      report("'\(name)' is not part of the language", "Use $this, $index or $total.", at: location)
      return nil
    default: return symbol(byte, at: location)
    }
  }

  private mutating func symbol(_ byte: UInt8, at location: SourceLocation) -> Token.Kind? {
    let following = peek(1)
    for pair in ["<=", ">=", "!=", "!~", "->"] {
      let wanted = Array(pair.utf8)
      if byte == wanted[0], following == wanted[1] {
        advance()
        advance()
        return .symbol(pair)
      }
    }
    if "()[]{}<>,:.+-*/^=~|&%;".utf8.contains(byte) {
      advance()
      return .symbol(String(decoding: [byte], as: UTF8.self))
    }
    let start = offset
    advance()
    while let byte = peek(), byte & 0xC0 == 0x80 { advance() }
    let character = String(decoding: bytes[start..<offset], as: UTF8.self)
    report(
      "'\(character)' is not part of the language", "Remove it, or put it in quotes if it belongs to a name.",
      at: location)
    return nil
  }

  private mutating func number() -> Token.Kind {
    var text = take(while: Lexer.isDigit)
    if peek() == UInt8(ascii: "."), let digit = peek(1), Lexer.isDigit(digit) {
      advance()
      text += "." + take(while: Lexer.isDigit)
    } else if peek() == UInt8(ascii: "L"), !(peek(1).map(Lexer.isWordByte) ?? false) {
      advance()
      return .long(text)
    }
    return .number(text)
  }

  // MARK: Strings and quoted names

  private mutating func delimited(by delimiter: UInt8, at location: SourceLocation) -> String? {
    advance()
    var text: [UInt8] = []
    while let byte = peek() {
      if byte == delimiter {
        advance()
        return String(decoding: text, as: UTF8.self)
      }
      if byte == UInt8(ascii: "\\") {
        escape(into: &text)
      } else {
        text.append(byte)
        advance()
      }
    }
    let sign = String(decoding: [delimiter], as: UTF8.self)
    report("This text in quotes never ends", "Close it with \(sign).", at: location)
    return nil
  }

  private mutating func escape(into text: inout [UInt8]) {
    let location = here
    advance()
    guard let byte = peek() else { return }
    let simple: [UInt8: UInt8] = [
      UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]
    if let control = simple[byte] {
      text.append(control)
      advance()
    } else if "'\"`\\/".utf8.contains(byte) {
      text.append(byte)
      advance()
    } else if byte == UInt8(ascii: "u") {
      advance()
      guard let unit = hexadecimal() else {
        report("'\\u' is not followed by four hexadecimal digits", "Write it like '\\u0027'.", at: location)
        return
      }
      appendScalar(unit, to: &text, at: location)
    } else {
      // The grammar lets any character follow a backslash (regular expressions rely on it); both are kept.
      text.append(UInt8(ascii: "\\"))
    }
  }

  /// A UTF-16 unit of an escape, together with the escape of its second half where it is the first of a pair.
  private mutating func appendScalar(_ unit: UInt32, to text: inout [UInt8], at location: SourceLocation) {
    var value = unit
    if (0xD800..<0xDC00).contains(unit), peek() == UInt8(ascii: "\\"), peek(1) == UInt8(ascii: "u") {
      advance()
      advance()
      if let low = hexadecimal(), (0xDC00..<0xE000).contains(low) {
        value = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00)
      }
    }
    guard let scalar = Unicode.Scalar(value) else {
      report("This '\\u' escape is half of a character", "Write both halves, or the character itself.", at: location)
      return
    }
    text.append(contentsOf: Array(String(Character(scalar)).utf8))
  }

  private mutating func hexadecimal() -> UInt32? {
    guard offset + 4 <= end,
      bytes[offset..<offset + 4].allSatisfy({ Lexer.isDigit($0) || (0x61...0x66).contains($0 | 0x20) })
    else { return nil }
    let text = String(decoding: bytes[offset..<offset + 4], as: UTF8.self)
    for _ in 0..<4 { advance() }
    return UInt32(text, radix: 16)
  }

  // MARK: Dates and times

  private mutating func dateOrTime(at location: SourceLocation) -> Token.Kind? {
    advance()
    if peek() == UInt8(ascii: "T") {
      advance()
      let text = clock()
      if peek() == UInt8(ascii: "Z") {
        advance()
        report("A time of day has no time zone", "Remove the 'Z'.", at: location)
      }
      return .time(text)
    }
    var text = digits(4)
    guard text.count == 4 else {
      report("'@' does not begin a date", "Write a date like @2025-03-07 or a time like @T10:30.", at: location)
      return nil
    }
    for _ in 0..<2 where peek() == UInt8(ascii: "-") && (peek(1).map(Lexer.isDigit) ?? false) {
      advance()
      text += "-" + digits(2)
    }
    guard peek() == UInt8(ascii: "T") else { return .date(text) }
    advance()
    text += "T" + clock()
    if peek() == UInt8(ascii: "Z") {
      advance()
      return .dateTime(text + "Z")
    }
    if let sign = peek(), "+-".utf8.contains(sign), peek(3) == UInt8(ascii: ":"),
      [1, 2, 4, 5].allSatisfy({ peek($0).map(Lexer.isDigit) ?? false })
    {
      let start = offset
      for _ in 0..<6 { advance() }
      text += String(decoding: bytes[start..<offset], as: UTF8.self)
    }
    return .dateTime(text)
  }

  /// `10`, `10:30`, `10:30:15`, `10:30:15.250`, or nothing.
  private mutating func clock() -> String {
    var text = digits(2)
    for _ in 0..<2
    where !text.isEmpty && peek() == UInt8(ascii: ":") && (peek(1).map(Lexer.isDigit) ?? false) {
      advance()
      text += ":" + digits(2)
    }
    if text.utf8.count == 8, peek() == UInt8(ascii: "."), peek(1).map(Lexer.isDigit) ?? false {
      advance()
      text += "." + take(while: Lexer.isDigit)
    }
    return text
  }

  private mutating func digits(_ most: Int) -> String {
    var text = ""
    while text.utf8.count < most, let byte = peek(), Lexer.isDigit(byte) {
      text.unicodeScalars.append(Unicode.Scalar(byte))
      advance()
    }
    return text
  }

  // MARK: Space and comments

  private mutating func skipSpace() {
    while let byte = peek() {
      if byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D {
        advance()
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
        advance()
        advance()
        comments.append(take { $0 != 0x0A && $0 != 0x0D })
      } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        blockComment()
      } else {
        return
      }
    }
  }

  private mutating func blockComment() {
    let location = here
    advance()
    advance()
    let start = offset
    while let byte = peek() {
      if byte == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
        comments.append(String(decoding: bytes[start..<offset], as: UTF8.self))
        advance()
        advance()
        return
      }
      advance()
    }
    report("This comment never ends", "Close it with */.", at: location)
  }

  // MARK: Bytes

  private var here: SourceLocation { SourceLocation(file: file, line: line, column: column) }

  private func peek(_ distance: Int = 0) -> UInt8? {
    offset + distance < end ? bytes[offset + distance] : nil
  }

  private mutating func advance() {
    let byte = bytes[offset]
    offset += 1
    if byte == 0x0A || (byte == 0x0D && peek() != 0x0A) {
      line += 1
      column = 1
      startsLine = true
    } else if byte & 0xC0 != 0x80 {
      column += 1
    }
  }

  private mutating func take(while belongs: (UInt8) -> Bool) -> String {
    let start = offset
    while let byte = peek(), belongs(byte) { advance() }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func report(_ message: String, _ remedy: String, at location: SourceLocation) {
    diagnostics.append(Diagnostic(message, remedy: remedy, at: location))
    if diagnostics.count >= 100 { end = offset }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F }
  private static func isWordByte(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
}
