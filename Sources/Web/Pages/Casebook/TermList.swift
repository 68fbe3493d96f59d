import Instruments
import Ledger

/// The terms of CTCAE that a field offers while somebody types: each with what it is called in the reader's language. A file of
/// its own, fetched by who comes to the field, since a page with all of them would be twice as long.
enum TermList {
  /// What the file of a language is called among the assets.
  static func name(_ language: Language) -> String { "terms.\(language.tag).json" }

  /// An array of terms, each an array of the term and its words.
  static func bytes(_ messages: [String: String]) -> [UInt8] {
    let terms = CTCAE.terms.map { term in
      CanonicalJSON.Value.array([.string(term.name), .string(messages[term.name] ?? term.name)])
    }
    return (try? CanonicalJSON(.array(terms)).bytes) ?? []
  }
}
