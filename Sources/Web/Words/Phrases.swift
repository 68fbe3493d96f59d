/// Sentences of the trial with places to be filled, such as `{participant} is of age.`, in a language.
///
/// A message whose key has places in braces matches every sentence of that shape. What fills a place whose name begins with `text` is what
/// somebody wrote: it stands as it is, however many sentences it has. `PhraseReading` reads sentences by them.
struct Phrases: Sendable {
  /// A part of a translated sentence.
  enum Piece: Sendable, Hashable {
    /// Words of the language.
    case own(String)
    /// A name, number or date that filled a place; `place` is what the place is called.
    case value(String, place: String)
    /// What somebody wrote.
    case written(String)

    /// As it stands.
    var text: String {
      switch self {
      case .own(let text), .value(let text, _), .written(let text): text
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
    let holdsWriting: Bool
    /// Of each place whether it takes one word only.
    let isOfOneWord: [Bool]
    /// The longest word of its fixed texts; empty where there is none.
    let word: String
  }

  /// Texts without places.
  let known: [String: String]
  /// The phrases, the heaviest first.
  private let phrases: [Phrase]
  /// Where phrases stand that have a word in their fixed texts: the longest of theirs.
  private let byWord: [String: [Int]]

  /// Messages of a language.
  ///
  /// - Parameter others: texts that can fill a place besides.
  init(_ messages: [String: String], others: [String: String] = [:]) {
    known = messages.merging(others) { _, other in other }
    phrases = messages.compactMap { Phrases.phrase($0.key, $0.value) }
      .sorted { ($0.weight, $0.literals[0]) > ($1.weight, $1.literals[0]) }
    byWord = Dictionary(grouping: phrases.indices) { [phrases] in phrases[$0].word }
  }

  /// What stands for a sentence; nil where some of it is unknown.
  func translated(_ english: String) -> String? {
    PhraseReading(self).whole(english)?.map(\.text).joined()
  }

  /// The phrases that a text can be of, the heaviest first: those with a word of the text, and those with none of their own.
  func candidates(for english: String) -> [Phrase] {
    Set(Phrases.words(in: english) + [""]).flatMap { byWord[$0] ?? [] }.sorted().map { phrases[$0] }
  }

  /// Whether every parenthesis and quotation mark has its other one.
  static func isBalanced(_ text: some StringProtocol) -> Bool {
    var depth = text.count { $0 == "“" } == text.count { $0 == "”" } ? 0 : -1
    for byte in text.utf8 where depth >= 0 {
      if byte == UInt8(ascii: "(") { depth += 1 }
      if byte == UInt8(ascii: ")") { depth -= 1 }
    }
    return depth == 0
  }

  static func isWriting(_ place: String) -> Bool { place.hasPrefix("text") }

  // MARK: shapes

  /// The words of a text: letters between other characters.
  private static func words(in text: String) -> [String] {
    text.utf8.split { !isLetter($0) }.map { String($0) ?? "" }
  }

  /// The longest word of texts between places; those beside a place may be part of a longer one.
  private static func longestWord(in literals: [String]) -> String {
    let whole = literals.enumerated().flatMap { place, literal -> [String] in
      let isOpen = (
        place > 0 && literal.utf8.first.map(isLetter) ?? true,
        place < literals.count - 1 && literal.utf8.last.map(isLetter) ?? true
      )
      return words(in: literal).dropFirst(isOpen.0 ? 1 : 0).dropLast(isOpen.1 ? 1 : 0).map { $0 }
    }
    return whole.max { ($0.utf8.count, $0) < ($1.utf8.count, $1) } ?? ""
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
  }

  private static func phrase(_ english: String, _ translation: String) -> Phrase? {
    guard let (literals, places) = pieces(of: english), !places.isEmpty,
      let (texts, filled) = pieces(of: translation)
    else { return nil }
    let weight = literals.reduce(0) { $0 + $1.count { $0.isLetter } }
    // A shape of places alone would match anything.
    guard weight >= 2 else { return nil }
    var parts: [Piece] = [.own(texts[0])]
    for (place, text) in zip(filled, texts.dropFirst()) { parts += [.value("", place: place), .own(text)] }
    return Phrase(
      literals: literals, places: places, translation: parts, weight: weight,
      holdsWriting: places.contains(where: isWriting), isOfOneWord: places.map(Phrase.ofOneWord.contains),
      word: longestWord(in: literals))
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
  fileprivate static let ofOneWord: Set<String> = [
    "all", "code", "count", "daily", "day", "days", "dose", "entry", "first", "free", "given", "grade", "hours", "id",
    "key", "kg", "largest",
    "last", "least", "minutes", "months", "number", "participant", "percent", "question", "round", "row", "status",
    "version",
  ]

  /// What stands in the places of a text; nil where it has not this shape. The first filling that fits is taken.
  func values(in text: String) -> [String]? {
    guard let first = literals.first, let last = literals.last, text.utf8.starts(with: first.utf8) else { return nil }
    let rest = Substring(text.utf8.dropFirst(first.utf8.count))
    return rest.hasEnd(last) ? values(from: 0, in: rest) : nil
  }

  /// What stands in the places from one on, in what is left of a text.
  private func values(from place: Int, in rest: Substring) -> [String]? {
    let literal = literals[place + 1]
    if place == places.count - 1 {
      guard rest.utf8.count > literal.utf8.count, rest.hasEnd(literal) else { return nil }
      let value = Substring(rest.utf8.dropLast(literal.utf8.count))
      return fits(value, place) ? [String(value)] : nil
    }
    guard let start = literal.utf8.first else { return nil }
    var searched = rest.utf8.dropFirst()
    while let found = searched.firstIndex(of: start) {
      let value = rest[..<found]
      // A longer value has no fewer words.
      guard fits(value, place) else { return nil }
      if rest.utf8[found...].starts(with: literal.utf8), Phrases.isBalanced(value) {
        let behind = rest.utf8.index(found, offsetBy: literal.utf8.count)
        if let others = values(from: place + 1, in: rest[behind...]) { return [String(value)] + others }
      }
      searched = rest.utf8[rest.utf8.index(after: found)...]
    }
    return nil
  }

  private func fits(_ value: Substring, _ place: Int) -> Bool {
    !isOfOneWord[place] || !value.utf8.contains(UInt8(ascii: " "))
  }
}

extension Substring {
  /// Whether it ends so, byte by byte: sentences are put together from the same texts, so that equal ones are the same bytes.
  fileprivate func hasEnd(_ end: String) -> Bool {
    utf8.count >= end.utf8.count && utf8.suffix(end.utf8.count).elementsEqual(end.utf8)
  }
}
