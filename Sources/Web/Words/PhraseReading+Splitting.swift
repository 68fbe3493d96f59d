// Sentences and their parts: where one ends and the next begins.

extension PhraseReading {
  /// Clauses between semicolons.
  func clauses(in text: some StringProtocol) -> [String] { parts(of: text, at: "; ") }

  /// Parts between separators. What is known as a whole stays whole, though it has separators of its own: words of the study do.
  func parts(of text: some StringProtocol, at separator: String) -> [String] {
    let parts = Self.split(text, at: separator)
    var known: [String] = []
    var start = 0
    while start < parts.count {
      let ends = stride(from: parts.count, to: start + 1, by: -1)
      let end = ends.first { isWhole(parts[start..<$0].joined(separator: separator), at: separator) } ?? start + 1
      known.append(parts[start..<end].joined(separator: separator))
      start = end
    }
    return known
  }

  /// Whether a text is known as a whole; a clause also with what it is said of before it and a note behind it.
  private func isWhole(_ text: String, at separator: String) -> Bool {
    if lookup(text) != nil { return true }
    guard separator == "; " else { return false }
    return noted(text) != nil || aboutKnown(text).map { isWhole($0.rest, at: separator) } ?? false
  }

  /// Sentences in a row.
  static func sentences(_ text: String) -> [String] {
    var sentences: [String] = []
    var isInitial = false
    for part in split(text, at: ". ") {
      // `A. Driver` is a person.
      if isInitial { sentences[sentences.count - 1] += " " + part } else { sentences.append(part) }
      isInitial = part.wholeMatch(of: /(.*\s)?[A-Z]/) != nil
      sentences[sentences.count - 1] += "."
    }
    if let last = sentences.last { sentences[sentences.count - 1] = String(last.dropLast()) }
    return sentences
  }

  /// Parts of a text between separators that stand in no parentheses or quotation marks.
  static func split(_ text: some StringProtocol, at separator: String) -> [String] {
    var parts: [String] = []
    var part = text.startIndex
    var place = text.startIndex
    var depth = 0
    while place < text.endIndex {
      let byte = text.utf8[place]
      if byte == UInt8(ascii: "(") || text.utf8[place...].starts(with: "“".utf8) { depth += 1 }
      if byte == UInt8(ascii: ")") || text.utf8[place...].starts(with: "”".utf8) { depth = max(0, depth - 1) }
      if depth == 0, text.utf8[place...].starts(with: separator.utf8) {
        parts.append(String(text[part..<place]))
        place = text.utf8.index(place, offsetBy: separator.utf8.count)
        part = place
      } else {
        place = text.utf8.index(after: place)
      }
    }
    return parts + [String(text[part...])]
  }
}
