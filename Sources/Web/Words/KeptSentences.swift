import Synchronization

/// Sentences as they were last made readable in a site's languages. Names, dates and units are found in them by patterns, which costs more than all
/// else of a page of events; the same sentence always reads the same, since neither the study's words nor a language change while a site runs.
final class KeptSentences: Sendable {
  /// What a reading follows from.
  struct Key: Sendable, Hashable {
    let language: Language
    /// The place of a phrase that the text fills; nil where it is a sentence.
    let place: String?
    let text: String
  }

  /// So many are kept; then it begins anew.
  private static let most = 20_000
  private let kept = Mutex<[Key: String]>([:])

  /// The reading of a text: the kept one, or that which is made now.
  func text(_ key: Key, make: () -> String) -> String {
    if let known = kept.withLock({ $0[key] }) { return known }
    let made = make()
    kept.withLock { kept in
      if kept.count >= KeptSentences.most { kept.removeAll() }
      kept[key] = made
    }
    return made
  }
}
