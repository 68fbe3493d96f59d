import StudyDesign

/// Reads a sentence of the trial backwards: from the English that it made to what stands for it in a language.
///
/// The trial puts sentences together from clauses, with names, numbers and what people wrote in them. A text is therefore read as a message,
/// as a phrase, as several of them in a row (`. ` and `; `), or as what it is about and what is said of it (`Bag 03-0007-L1-B2-X: thawed`).
struct PhraseReading {
  typealias Piece = Phrases.Piece

  private let phrases: Phrases
  private let study: Translation?

  /// - Parameter study: the study's own words.
  init(_ phrases: Phrases, study: Translation? = nil) {
    self.phrases = phrases
    self.study = study
  }

  /// What stands for a text. Where its beginning is known and its end is not, the end is what somebody wrote; nil where its beginning is unknown.
  func reading(of english: String) -> [Piece]? {
    if let pieces = line(english) ?? whole(english) { return pieces }
    let sentences = Self.sentences(english)
    if let first = sentence(sentences[0]) ?? begun(sentences[0]) {
      return first + sentences.dropFirst().flatMap { sentence($0) ?? [.written($0)] }
    }
    return about(english).map { head, rest in head + [.own("：")] + (reading(of: rest) ?? said(rest)) }
  }

  /// A line of what something rested on: how it came out, what it is, until when it held.
  private func line(_ english: String) -> [Piece]? {
    guard
      let match = english.wholeMatch(
        of: /(true|false|unknown|passed|failed)  (.+?)( \((?:until [^()]+|asked anew)\))?/),
      let outcome = phrases.known[String(match.1)]
    else { return nil }
    let rest = String(match.2)
    let note = match.3.flatMap {
      shaped(String($0.dropFirst()), as: .plain) ?? lookup(String($0.dropFirst())).map { [.own($0)] }
    }
    return [.own(outcome + " ")] + (reading(of: rest) ?? filling(rest, place: "")) + (note ?? [])
  }

  /// What is said of something, in words that are not known: data, or what somebody wrote.
  private func said(_ text: String) -> [Piece] {
    let isData = text.contains(where: \.isNumber) || Self.split(text, at: " ").count <= 3
    guard isData else { return [.written(text)] }
    return Self.split(text, at: "; ").enumerated().flatMap { place, part in
      (place == 0 ? [] : [.own("；")]) + (clause(part) ?? filling(part, place: "facts"))
    }
  }

  /// The same; nil where any of it is unknown.
  func whole(_ english: String) -> [Piece]? {
    if let pieces = single(english) { return pieces }
    let parts = Self.sentences(english).map(sentence)
    if !parts.contains(where: { $0 == nil }) { return parts.flatMap { $0 ?? [] } }
    return shaped(english, as: .withWriting)
  }

  // MARK: sentences and clauses

  /// One sentence, of whatever clauses.
  private func sentence(_ english: String) -> [Piece]? {
    single(english) ?? clauses(of: english)?.pieces ?? shaped(english, as: .withList)
      ?? shaped(english, as: .withWriting)
  }

  /// One message or phrase, or what it is about and what is said of it. What is known word by word goes before a shape.
  private func single(_ english: String) -> [Piece]? {
    if let known = lookup(english) { return [.own(known)] }
    if let pieces = noted(english) ?? told(english, of: aboutKnown) ?? shaped(english, as: .plain) { return pieces }
    return told(english, of: about)
  }

  private func told(_ english: String, of about: (String) -> (head: [Piece], rest: String)?) -> [Piece]? {
    guard let (head, rest) = about(english) else { return nil }
    return whole(rest).map { head + [.own("：")] + $0 }
  }

  /// A sentence whose first clause is known and whose others somebody may have written.
  private func begun(_ english: String) -> [Piece]? {
    let end = english.hasSuffix(".") ? "." : ""
    let clauses = clauses(in: english.dropLast(end.count))
    guard clauses.count > 1, let first = clause(clauses[0]) else { return nil }
    return first + clauses.dropFirst().flatMap { [.own("；")] + (clause($0) ?? said($0)) }
      + (end.isEmpty ? [] : [.own("。")])
  }

  private func clauses(of english: String) -> (pieces: [Piece], count: Int)? {
    let end = english.hasSuffix(".") ? "." : ""
    let clauses = clauses(in: english.dropLast(end.count))
    guard clauses.count > 1 || !end.isEmpty else { return nil }
    var pieces: [Piece] = []
    for english in clauses {
      guard let clause = clause(english) else { return nil }
      pieces += (pieces.isEmpty ? [] : [.own("；")]) + clause
    }
    return (pieces + (end.isEmpty ? [] : [.own("。")]), clauses.count)
  }

  /// A clause, which may be known as a sentence of its own.
  private func clause(_ english: String) -> [Piece]? {
    if let pieces = single(english) ?? shaped(english, as: .withWriting) ?? shaped(lowercased(english), as: .plain) {
      return pieces
    }
    guard !english.hasSuffix("."), var pieces = single(english + "."), case .own(let last) = pieces.last else {
      return nil
    }
    pieces[pieces.count - 1] = .own(last.hasSuffix("。") ? String(last.dropLast()) : last)
    return pieces
  }

  /// What a text is about: the number of a participant, or a known text or phrase before a colon.
  private func about(_ english: String) -> (head: [Piece], rest: String)? {
    aboutKnown(english) ?? about(english) { shaped($0, as: .plain) }
  }

  func aboutKnown(_ english: String) -> (head: [Piece], rest: String)? {
    about(english) { head in
      // A number of a participant, an id of an item.
      if head.allSatisfy({ $0.isNumber || $0.isUppercase || "-_".contains($0) }) {
        return [.value(head, place: "code")]
      }
      return lookup(head).map { [.own($0)] } ?? noted(head)
    }
  }

  private func about(_ english: String, as read: (String) -> [Piece]?) -> (head: [Piece], rest: String)? {
    let parts = Self.split(english, at: ": ")
    for count in 1..<max(parts.count, 1) {
      let head = parts[..<count].joined(separator: ": ")
      let rest = parts[count...].joined(separator: ": ")
      guard !head.isEmpty, !rest.isEmpty else { continue }
      if let pieces = read(head) { return (pieces, rest) }
    }
    return nil
  }

  /// A known text with a note behind it: `packed (Clean room B)`, `platelets at least 20 x 10*9/L (platelets 248 10*9/L, 2026-04-02)`.
  func noted(_ english: String) -> [Piece]? {
    guard english.hasSuffix(")") else { return nil }
    let openings = english.indices.filter { english[$0...].hasPrefix(" (") }
    for opening in openings.reversed() {
      let note = english[opening...].dropFirst(2).dropLast()
      guard Phrases.isBalanced(note), let known = lookup(String(english[..<opening])) else { continue }
      return [.own(known + "（")] + facts(String(note)) + [.own("）")]
    }
    return nil
  }

  /// Data in a note; where there are none, what is said in their place.
  private func facts(_ note: String) -> [Piece] {
    Self.split(note, at: "; ").enumerated().flatMap { place, fact -> [Piece] in
      let parts = Self.split(fact, at: ": ")
      let said = parts.count == 2 ? lookup(parts[1]).map { [.own($0)] } ?? noted(parts[1]) : nil
      let pieces = said.map { [.value(parts[0], place: "facts"), .own("：")] + $0 } ?? [.value(fact, place: "facts")]
      return (place == 0 ? [] : [.own("；")]) + pieces
    }
  }

  private func lowercased(_ english: String) -> String { english.prefix(1).lowercased() + english.dropFirst() }

  func lookup(_ english: String) -> String? {
    // As an answer; of a line of a gate it is said otherwise.
    if english == "true" || english == "false" { return phrases.known[english == "true" ? "yes" : "no"] }
    let capital = english.prefix(1).uppercased() + english.dropFirst()
    return phrases.known[english] ?? study?[english] ?? study?[capital] ?? phrases.known[capital]
  }

  // MARK: phrases

  /// What may fill the places of a phrase.
  private enum Filling {
    /// Parts of a clause.
    case plain
    /// Lists of clauses too.
    case withList
    /// What somebody wrote too.
    case withWriting
  }

  private func shaped(_ english: String, as filling: Filling) -> [Piece]? {
    for phrase in phrases.candidates(for: english) where phrase.holdsWriting == (filling == .withWriting) {
      guard let values = phrase.values(in: english), fits(values, phrase, filling) else { continue }
      let filled = Dictionary(zip(phrase.places, values)) { first, _ in first }
      return phrase.translation.flatMap { piece -> [Piece] in
        guard case .value(_, let place) = piece, let value = filled[place] else {
          return piece.text.isEmpty ? [] : [piece]
        }
        return Phrases.isWriting(place) ? written(value) : self.filling(value, place: place)
      }
    }
    return nil
  }

  /// What fills a place is part of a clause, never the beginning of another.
  private func fits(_ values: [String], _ phrase: Phrases.Phrase, _ filling: Filling) -> Bool {
    zip(phrase.places, values).allSatisfy { place, value in
      if Phrases.isWriting(place) { return true }
      guard Phrases.isBalanced(value), !value.hasSuffix(":"), Self.sentences(value).count == 1 else { return false }
      return filling == .withList || place == "title"
        || [": ", "; "].allSatisfy { Self.split(value, at: $0).count == 1 }
    }
  }

  /// What somebody wrote; or the software in somebody's place, in words that are known.
  private func written(_ text: String) -> [Piece] {
    if let pieces = whole(text) { return pieces }
    guard !text.hasSuffix("."), var pieces = whole(text + "."), case .own(let last) = pieces.last else {
      return [.written(text)]
    }
    pieces[pieces.count - 1] = .own(last.hasSuffix("。") ? String(last.dropLast()) : last)
    return pieces
  }

  // MARK: places

  /// What stands in a place: itself, with all of it that is known.
  private func filling(_ value: String, place: String) -> [Piece] {
    known(value, place) ?? [.value(value, place: place)]
  }

  private func known(_ value: String, _ place: String) -> [Piece]? {
    guard value.utf8.contains(where: { $0 | 0x20 >= UInt8(ascii: "a") && $0 | 0x20 <= UInt8(ascii: "z") }) else {
      return nil
    }
    if let known = lookup(value) { return [.own(known)] }
    let capital = value.prefix(1).uppercased() + value.dropFirst()
    if let pieces = shaped(value, as: .plain) ?? shaped(capital, as: .plain) ?? noted(value) { return pieces }
    return listed(value, place) ?? affixed(value, place)
  }

  /// A list whose parts are known, or codes, or names of people.
  private func listed(_ value: String, _ place: String) -> [Piece]? {
    for (separator, joined) in [("; ", "；"), (" and ", "和"), (", ", "、"), (": ", "：")] {
      let parts = self.parts(of: value, at: separator)
      let known = parts.count > 1 ? parts.map { self.known($0, place) } : []
      let areAtoms =
        parts.count > 1
        && (separator == " and " && parts.allSatisfy { $0.contains(where: \.isNumber) } || Self.areNames(value))
      guard areAtoms || known.contains(where: { $0 != nil }),
        zip(parts, known).allSatisfy({ $1 != nil || areAtoms || !$0.contains(" ") })
      else { continue }
      return zip(parts, known).enumerated().flatMap { index, part -> [Piece] in
        (index == 0 ? [] : [.own(joined)]) + (part.1 ?? [.value(part.0, place: place)])
      }
    }
    return nil
  }

  /// Whether a list is of people: `Tunde Adeyemi, Élodie Martin and Anna de Vries`.
  private static func areNames(_ list: String) -> Bool {
    let names = list.split(separator: /(?:, | and )/, omittingEmptySubsequences: false)
    return names.count > 1 && names.allSatisfy(isName)
  }

  /// Whether a text is a name of several words, in whichever letters: each begins with a capital, but for particles between.
  private static func isName(_ text: Substring) -> Bool {
    let words = text.split(separator: " ", omittingEmptySubsequences: false)
    return words.count > 1
      && words.enumerated().allSatisfy { place, word in
        let isBetween = place > 0 && place < words.count - 1
        let isCapital = word.first?.isUppercase == true && word.allSatisfy { $0.isLetter || "'’-".contains($0) }
        return isCapital || isBetween && particles.contains(String(word))
      }
  }

  /// Words that stand small within names of people.
  private static let particles: Set<String> = [
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "el", "la", "le", "ten", "ter", "van",
    "von", "y", "zu",
  ]

  /// A known text behind a number (`INC-5.1 Blood counts`), or before a value (`Viability 81 %`).
  private func affixed(_ value: String, _ place: String) -> [Piece]? {
    let spaces = value.indices.filter { value[$0] == " " }
    if let first = spaces.first, value[..<first].contains(where: \.isNumber),
      let known = lookup(String(value[value.index(after: first)...]))
    {
      return [.value(String(value[...first]), place: place), .own(known)]
    }
    for space in spaces.reversed() {
      let rest = String(value[value.index(after: space)...])
      guard let known = lookup(String(value[..<space])) else { continue }
      if let other = lookup(rest) { return [.own("\(known) \(other)")] }
      if rest.first?.isNumber == true { return [.own(known + " "), .value(rest, place: place)] }
    }
    return nil
  }
}
