/// Sentences of the trial with places to be filled, such as `{participant} is of age.`, read backwards: from the English sentence that the
/// trial made to what stands for it in a language.
///
/// The trial makes its sentences in English, with names and numbers in them. A message whose key has places in braces matches every sentence
/// of that shape; what stands in its places is put into the translation, itself translated where it is a known text or a list of such.
struct Phrases: Sendable {
  private struct Phrase: Sendable {
    /// The texts between the places, in order: one more than there are places.
    let literals: [String]
    let places: [String]
    let translation: String
    /// Characters that are fixed: of two that match, the one with more says more.
    let weight: Int
  }

  private let known: [String: String]
  /// The phrases, by weight, the heaviest first.
  private let phrases: [Phrase]

  /// The messages of a language.
  init(_ messages: [String: String]) {
    known = messages
    phrases = messages.compactMap { Phrases.phrase($0.key, $0.value) }.sorted {
      ($0.weight, $0.translation) > ($1.weight, $1.translation)
    }
  }

  /// What stands for a sentence: itself a message, of the shape of one, or several of them in a row; nil where some of it is unknown.
  func translated(_ english: String) -> String? {
    if let known = known[english] ?? shaped(english) ?? ofSubject(english) { return known }
    let sentences = Phrases.split(english)
    guard sentences.count > 1 else { return nil }
    let parts = sentences.compactMap { known[$0] ?? shaped($0) }
    return parts.count == sentences.count ? parts.joined() : nil
  }

  /// A sentence behind the number of the participant whom it is about.
  private func ofSubject(_ english: String) -> String? {
    guard let colon = english.firstRange(of: ": ") else { return nil }
    let subject = english[..<colon.lowerBound]
    guard !subject.isEmpty, subject.allSatisfy({ $0.isNumber || $0 == "-" }) else { return nil }
    return translated(String(english[colon.upperBound...])).map { "\(subject)：\($0)" }
  }

  private func shaped(_ english: String) -> String? {
    for phrase in phrases {
      // What fills a place is part of a sentence, never the beginning of another.
      guard let values = Phrases.values(of: english, in: phrase.literals),
        !values.contains(where: { $0.contains(". ") })
      else { continue }
      var text = phrase.translation
      for (place, value) in zip(phrase.places, values) { text = text.replacing("{\(place)}", with: filling(value)) }
      return text
    }
    return nil
  }

  /// What stands in a place: a known text, a list of known texts, or itself.
  private func filling(_ value: String) -> String {
    if let known = known[value] { return known }
    for (separator, joined) in [("; ", "；"), (", ", "、")] where value.contains(separator) {
      let parts = Phrases.split(value, at: separator)
      let translated = parts.map { known[$0] ?? shaped($0) }
      if translated.contains(where: { $0 != nil }) {
        return zip(parts, translated).map { $1 ?? $0 }.joined(separator: joined)
      }
    }
    return value
  }

  // MARK: shapes

  private static func phrase(_ english: String, _ translation: String) -> Phrase? {
    let pieces = english.split(separator: "{", omittingEmptySubsequences: false)
    guard pieces.count > 1 else { return nil }
    var literals = [String(pieces[0])]
    var places: [String] = []
    for piece in pieces.dropFirst() {
      let halves = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, halves[0].allSatisfy(\.isLetter) else { return nil }
      places.append(String(halves[0]))
      literals.append(String(halves[1]))
    }
    let weight = literals.reduce(0) { $0 + $1.count { $0.isLetter } }
    // A shape of places alone would match anything.
    return weight < 2 ? nil : Phrase(literals: literals, places: places, translation: translation, weight: weight)
  }

  /// What stands between literals in a text; nil where it has not that shape. The first place that fits is taken.
  private static func values(of text: String, in literals: [String]) -> [String]? {
    guard let first = literals.first, let last = literals.last, text.hasPrefix(first) else { return nil }
    var rest = text.dropFirst(first.count)
    var values: [String] = []
    for literal in literals.dropFirst().dropLast() {
      guard let found = rest.firstRange(of: literal), found.lowerBound > rest.startIndex else { return nil }
      values.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    guard rest.count > last.count, rest.hasSuffix(last) else { return nil }
    return values + [String(rest.dropLast(last.count))]
  }

  /// Sentences in a row.
  private static func split(_ text: String) -> [String] {
    var parts = split(text, at: ". ")
    for place in parts.indices.dropLast() { parts[place] += "." }
    return parts
  }

  private static func split(_ text: String, at separator: String) -> [String] {
    var parts: [String] = []
    var rest = text[...]
    while let found = rest.firstRange(of: separator) {
      parts.append(String(rest[..<found.lowerBound]))
      rest = rest[found.upperBound...]
    }
    return parts + [String(rest)]
  }
}
