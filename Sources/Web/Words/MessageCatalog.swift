import Yams

/// The messages of the program: English as it stands in the pages, and by language what stands for it.
///
/// The English text is the key, so that a page reads as it is shown; a test reads every page's source and fails where a
/// language lacks a message, or has one that no page uses.
struct MessageCatalog: Sendable {
  let tables: [Language: [String: String]]

  /// The messages that the program ships with.
  static func shipped() throws -> MessageCatalog {
    MessageCatalog(tables: [.chinese: try table(PackageResources.zh_Hans_yaml)])
  }

  /// A message file: a YAML mapping from the English text to the text in the file's language.
  static func table(_ bytes: [UInt8]) throws -> [String: String] {
    try YAMLDecoder().decode([String: String].self, from: String(decoding: bytes, as: UTF8.self))
  }

  /// The messages of a language; those of English are the keys.
  subscript(_ language: Language) -> [String: String] { tables[language] ?? [:] }
}
