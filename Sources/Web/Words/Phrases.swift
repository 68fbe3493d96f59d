/// Sentences of the trial with places to be filled, such as `{participant} is of age.`, in a language.
///
/// A message whose key has places in braces matches every sentence of that shape. What fills a place whose name begins with `text` is what
/// somebody wrote: it stands as it is, however many sentences it has. `PhraseReading` reads sentences by them.
struct Phrases: Sendable {
  /// A part of a translated sentence.
  enum Piece: Sendable, Hashable {
    /// Words of the language.
    case words(String)
    /// A name, number or date that filled a place; `place` is what the place is called.
    case value(String, place: String)
    /// What somebody wrote.
    case written(String)

    /// As it stands.
    var text: String {
      switch self {
      case .words(let text), .value(let text, _), .written(let text): text
      }
    }
  }

  /// A shape of sentences.
  struct Phrase: Sendable {
    /// The texts between the places, in order: one more than there are places.
    let literals: [String]
    let places: [String]
    /// The translation: texts, with the index of a place between one and the next.
    let translation: [Piece]
    /// Characters that are fixed: of two that match, the one with more says more.
    let weight: Int

    /// Whether something that somebody wrote stands in it.
    var holdsWriting: Bool { places.contains(where: Phrases.isWriting) }
  }

  /// Texts without places.
  let known: [String: String]
  /// The phrases that a text can be of by the word that it begins with, the heaviest first.
  private let phrases: [String: [Phrase]]
  /// Those that begin with a place.
  private let open: [Phrase]

  /// The messages of a language.
  init(_ messages: [String: String]) {
    known = messages
    let phrases = messages.compactMap { Phrases.phrase($0.key, $0.value) }
      .sorted { ($0.weight, $0.literals[0]) > ($1.weight, $1.literals[0]) }
    let words = Set(phrases.map { Phrases.firstWord($0.literals[0]) })
    open = phrases.filter { Phrases.firstWord($0.literals[0]).isEmpty }
    self.phrases = Dictionary(uniqueKeysWithValues: words.map { word in
      (word, phrases.filter { ["", word].contains(Phrases.firstWord($0.literals[0])) })
    })
  }

  /// What stands for a sentence; nil where some of it is unknown.
  func translated(_ english: String) -> String? {
    PhraseReading(self).whole(english)?.map(\.text).joined()
  }

  /// The phrases that a sentence can be of, the heaviest first.
  func candidates(for english: String) -> [Phrase] { phrases[Phrases.firstWord(english)] ?? open }

  static func isWriting(_ place: String) -> Bool { place.hasPrefix("text") }

  // MARK: shapes

  /// The word that a text begins with, where another follows.
  private static func firstWord(_ text: String) -> String {
    text.firstIndex(of: " ").map { String(text[..<$0]) } ?? ""
  }

  private static func phrase(_ english: String, _ translation: String) -> Phrase? {
    guard let (literals, places) = pieces(of: english), !places.isEmpty,
      let (texts, filled) = pieces(of: translation)
    else { return nil }
    let weight = literals.reduce(0) { $0 + $1.count { $0.isLetter } }
    // A shape of places alone would match anything.
    guard weight >= 2 else { return nil }
    var parts: [Piece] = [.words(texts[0])]
    for (place, text) in zip(filled, texts.dropFirst()) { parts += [.value("", place: place), .words(text)] }
    return Phrase(literals: literals, places: places, translation: parts, weight: weight)
  }

  /// The texts between places, and what the places are called; nil where braces stand for something else.
  private static func pieces(of text: String) -> (literals: [String], places: [String])? {
    let pieces = text.split(separator: "{", omittingEmptySubsequences: false)
    var literals = [String(pieces[0])]
    var places: [String] = []
    for piece in pieces.dropFirst() {
      let halves = piece.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
      guard halves.count == 2, halves[0].allSatisfy(\.isLetter) else { return nil }
      places.append(String(halves[0]))
      literals.append(String(halves[1]))
    }
    return (literals, places)
  }
}

extension Phrases.Phrase {
  /// Places of one word: a number, a participant, a code. A sentence that has more there is another one.
  private static let ofOneWord: Set<String> = [
    "all", "count", "day", "days", "dose", "free", "given", "grade", "hours", "id", "key", "kg", "minutes", "months", "number",
    "participant", "question", "round", "row", "status", "version",
  ]

  /// What stands in the places of a text; nil where it has not this shape. The first filling that fits is taken.
  func values(in text: String) -> [String]? {
    guard let first = literals.first, let last = literals.last, text.hasPrefix(first) else { return nil }
    let rest = text.dropFirst(first.count)
    return rest.hasSuffix(last) ? values(from: 0, in: rest) : nil
  }

  /// What stands in the places from one on, in what is left of a text.
  private func values(from place: Int, in rest: Substring) -> [String]? {
    let literal = literals[place + 1]
    if place == places.count - 1 {
      guard rest.count > literal.count, rest.hasSuffix(literal) else { return nil }
      let value = String(rest.dropLast(literal.count))
      return fits(value, place) ? [value] : nil
    }
    guard !literal.isEmpty else { return nil }
    var searched = rest.dropFirst()
    while let found = searched.firstRange(of: literal) {
      let value = String(rest[..<found.lowerBound])
      // A longer value has no fewer words.
      guard fits(value, place) else { return nil }
      if let others = values(from: place + 1, in: rest[found.upperBound...]) { return [value] + others }
      searched = rest[rest.index(after: found.lowerBound)...]
    }
    return nil
  }

  private func fits(_ value: String, _ place: Int) -> Bool {
    !Self.ofOneWord.contains(places[place]) || !value.contains(" ")
  }
}
