/// A translation as the text of its file: a section a file of the study, in the study's order, with every word of the study, those
/// that have no translation yet with an empty one. Translators begin with it, and an amendment is brought up to date by it.
struct TranslationText {
  /// Longest key of YAML that may stand before a colon (YAML 1.2.2, section 8.2.2); a longer one needs a question mark.
  private static let longestKey = 1_000
  /// Entries up to this length stand on one line.
  private static let longestLine = 100

  let text: String

  init(of sections: [WordSection], by translation: Translation, heading: String) {
    var lines = heading.split(separator: "\n").map { "# \($0)" }
    for section in sections {
      lines += ["", "\(section.file):"]
      for words in section.words { lines += TranslationText.entry(words, translation[words] ?? "") }
    }
    text = lines.joined(separator: "\n") + "\n"
  }

  private static func entry(_ words: String, _ translation: String) -> [String] {
    let (key, value) = (quoted(words), quoted(translation))
    if key.count > longestKey { return ["  ? \(key)", "  : \(value)"] }
    // A character of Chinese is as wide as two of English.
    guard key.count + 2 * value.count <= longestLine else { return ["  \(key):", "    \(value)"] }
    return ["  \(key): \(value)"]
  }

  private static func quoted(_ text: String) -> String {
    let escaped = text.map { character in
      switch character {
      case "\\": "\\\\"
      case "\"": "\\\""
      case "\n": "\\n"
      case "\t": "\\t"
      default: String(character)
      }
    }
    return "\"\(escaped.joined())\""
  }
}
