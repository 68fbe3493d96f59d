import Yams

/// The messages of the program: English as it stands in the pages, and by language what stands for it.
///
/// The English text is the key, so that a page reads as it is shown; a test reads every page's source and fails where a
/// language lacks a message, or has one that no page uses.
struct MessageCatalog: Sendable {
  let tables: [Language: [String: String]]
  /// The same, for sentences that the trial made.
  let phrases: [Language: Phrases]

  /// - Parameters:
  ///   - pages: what pages say, by language.
  ///   - trial: what the trial says; where both have a text, that of the pages holds.
  ///   - terms: what adverse events are called; where the others have a text, theirs holds.
  init(
    pages: [Language: [String: String]], trial: [Language: [String: String]],
    terms: [Language: [String: String]] = [:]
  ) {
    tables = Self.joined(Self.joined(terms, trial), pages)
    let others = Self.joined(terms, pages)
    phrases = trial.reduce(into: [:]) { found, trial in
      found[trial.key] = Phrases(trial.value, others: others[trial.key] ?? [:])
    }
  }

  /// Tables of each language as one; of two texts for one the later holds.
  private static func joined(
    _ earlier: [Language: [String: String]], _ later: [Language: [String: String]]
  ) -> [Language: [String: String]] {
    earlier.merging(later) { earlier, later in earlier.merging(later) { _, later in later } }
  }

  /// The messages that the program ships with: what pages say, and what the trial says of itself (its commands, gates and refusals),
  /// and the terms of CTCAE.
  static func shipped() throws -> MessageCatalog {
    let pages = try table(PackageResources.zh_Hans_yaml)
    let trial = try table(PackageResources.trial_zh_Hans_yaml)
    let terms = try table(PackageResources.ctcae_zh_Hans_yaml)
    return MessageCatalog(pages: [.chinese: pages], trial: [.chinese: trial], terms: [.chinese: terms])
  }

  /// A message file: a YAML mapping from the English text to the text in the file's language.
  static func table(_ bytes: [UInt8]) throws -> [String: String] {
    try YAMLDecoder().decode([String: String].self, from: String(decoding: bytes, as: UTF8.self))
  }

  /// The messages of a language; those of English are the keys.
  subscript(_ language: Language) -> [String: String] { tables[language] ?? [:] }
}
