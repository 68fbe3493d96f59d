/// The study's own words in a further language. Read from `translations/<language>.yaml`; the words themselves stay beside them.
public struct Translation: Sendable {
  /// Which language, as a tag of BCP 47: `zh-Hans`.
  public let language: String
  private let entries: [String: String]

  init(language: String, entries: [String: String]) {
    self.language = language
    self.entries = entries
  }

  /// The words of the study in this language; nil where it has no such words.
  public subscript(_ words: String) -> String? { entries[words] }
}

extension Study {
  /// The translation into a language; nil where the study has none.
  public func translation(into language: String) -> Translation? { translations.first { $0.language == language } }

  /// Words of the study in a language; nil where the study is not translated into it, or has no such words.
  public func words(_ words: String, in language: String) -> String? { translation(into: language)?[words] }
}
