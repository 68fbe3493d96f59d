/// The string literals of a Swift source, as the sentences that they can make.
///
/// A literal that is put together with the next one by `+` is one with it. What is put into a literal stands as a sample; of two texts that
/// are chosen between (`\(isOpen ? "open" : "closed")`) both are taken.
struct SwiftLiterals {
  /// A literal: the line that it stands on, and every text that it can be.
  struct Literal {
    let line: Substring
    let texts: [String]
  }

  private enum Part {
    case text(String)
    case value(String)
  }

  private let source: [Character]
  private var place = 0

  /// All literals of a source but those of several lines.
  static func all(in source: String) -> [Literal] {
    var reader = SwiftLiterals(source: Array(source))
    return reader.literals()
  }

  private init(source: [Character]) { self.source = source }

  private mutating func literals() -> [Literal] {
    var found: [Literal] = []
    var pending: (start: Int, parts: [Part])?
    while place < source.count {
      if starts("//") {
        while place < source.count, source[place] != "\n" { place += 1 }
      } else if starts("\"\"\"") {
        place += 3
        while place < source.count, !starts("\"\"\"") { place += 1 }
        place += 3
      } else if source[place] == "\"" {
        let start = place
        let parts = literal()
        pending = (pending?.start ?? start, (pending?.parts ?? []) + parts)
        if !goesOn() {
          found.append(Literal(line: line(at: pending?.start ?? start), texts: Self.texts(pending?.parts ?? [])))
          pending = nil
        }
      } else {
        place += 1
      }
    }
    return found
  }

  private func starts(_ text: String) -> Bool {
    let characters = Array(text)
    return place + characters.count <= source.count && Array(source[place..<place + characters.count]) == characters
  }

  /// Whether a `+` and another literal follow; the place is then at that literal.
  private mutating func goesOn() -> Bool {
    var next = place
    while next < source.count, source[next].isWhitespace { next += 1 }
    guard next < source.count, source[next] == "+" else { return false }
    next += 1
    while next < source.count, source[next].isWhitespace { next += 1 }
    guard next < source.count, source[next] == "\"" else { return false }
    place = next
    return true
  }

  private func line(at place: Int) -> Substring {
    let first = source[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
    let last = source[place...].firstIndex(of: "\n") ?? source.count
    return Substring(String(source[first..<last]))
  }

  /// A literal from its opening quotation mark; the place is behind its closing one.
  private mutating func literal() -> [Part] {
    var parts: [Part] = []
    var text = ""
    place += 1
    while place < source.count, source[place] != "\"" {
      guard source[place] == "\\", place + 1 < source.count else {
        text.append(source[place])
        place += 1
        continue
      }
      guard source[place + 1] == "(" else {
        text.append(source[place + 1] == "n" ? "\n" : source[place + 1])
        place += 2
        continue
      }
      parts.append(.text(text))
      text = ""
      parts.append(.value(interpolation()))
    }
    place += 1
    return parts + [.text(text)]
  }

  /// What is put in, from its backslash; the place is behind its closing parenthesis.
  private mutating func interpolation() -> String {
    let start = place + 2
    place = start
    var depth = 1
    while place < source.count, depth > 0 {
      if source[place] == "\"" {
        _ = literal()
        continue
      }
      if source[place] == "(" { depth += 1 }
      if source[place] == ")" { depth -= 1 }
      place += 1
    }
    return String(source[start..<place - 1])
  }

  private static func texts(_ parts: [Part]) -> [String] {
    var texts = [""]
    var number = 0
    for part in parts {
      switch part {
      case .text(let text): texts = texts.map { $0 + text }
      // Another sentence in front is read by itself.
      case .value(let expression) where expression.hasSuffix(".sentence"): break
      case .value(let expression):
        number += 1
        let choices =
          expression.firstMatch(of: /\? "([^"\\]*)" : "([^"\\]*)"$/).map { [String($0.1), String($0.2)] } ?? [
            "X\(number)"
          ]
        texts = texts.flatMap { text in choices.map { text + $0 } }
      }
    }
    return texts.map { String($0.trimmingPrefix(" ")) }
  }
}
