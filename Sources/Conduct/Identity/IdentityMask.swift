import ClinicalValues
internal import Foundation

/// Finds in free text what would say who a participant is, and puts a mark in its place: names, initials, the birth date,
/// the number of a document, a telephone number.
///
/// Used where words that people wrote leave the site, such as the report of a serious adverse event: the report is not held
/// up, its clock runs, and nobody learns from it who the person is. What is recorded is not touched; the site corrects it.
/// It rather masks a word too many (a name that is an everyday word, initials that are an abbreviation): a mask is seen and
/// can be asked about, a name that left cannot be called back.
struct IdentityMask: Sendable {
  /// What stands in the place of what was found.
  static let mark = "[masked]"

  private let names: Set<String>
  private let patterns: [String]
  private let numbers: Set<String>

  /// What names a person.
  init(_ person: Person) {
    let parts = Self.words(person.name)
    names = Set(parts.map(Person.folded).filter { !$0.isEmpty && !Self.particles.contains($0) })
    // A name in a script without spaces is found wherever it stands.
    let unspaced = parts.filter { part in part.count > 1 && part.unicodeScalars.allSatisfy { $0.value >= 0x2E80 } }
    patterns =
      unspaced.map(NSRegularExpression.escapedPattern) + Self.initials(of: parts) + Self.dates(person.birthDate)
    numbers = Set([person.document, person.contact].compactMap(\.self).flatMap(Self.tails))
  }

  /// A text with marks in the place of what names the person, and how many.
  func masked(_ text: String) -> (text: String, count: Int) {
    var (result, count) = (text, 0)
    for pattern in patterns { count += Self.replace(pattern, in: &result) { _ in true } }
    count += Self.replace(Self.number, in: &result) { numbers.contains(Self.tail($0)) }
    count += Self.replace(#"[\p{L}\p{M}]+"#, in: &result) { isName($0) }
    return (result, count)
  }

  private func isName(_ word: String) -> Bool {
    let folded = Person.folded(word)
    let isNamed = names.contains(folded) || folded.hasSuffix("s") && names.contains(String(folded.dropLast()))
    // A short name is a word of many languages: only where it is written as a name.
    return isNamed && (folded.count > 3 || word.first?.isUppercase == true)
  }

  /// Replaces what a pattern finds and is taken, from the end, so that places stay right.
  private static func replace(_ pattern: String, in text: inout String, where isTaken: (String) -> Bool) -> Int {
    guard let expression = try? NSRegularExpression(pattern: pattern) else { return 0 }
    let found = expression.matches(in: text, range: NSRange(text.startIndex..., in: text))
      .compactMap { Range($0.range, in: text) }.filter { isTaken(String(text[$0])) }
    for range in found.reversed() { text.replaceSubrange(range, with: mark) }
    return found.count
  }
}

extension IdentityMask {
  private static func words(_ name: String) -> [String] {
    name.split {
      !$0.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0.properties.generalCategory == .nonspacingMark }
    }
    .map(String.init)
  }

  /// Parts of names that are everyday words.
  private static let particles: Set<String> = [
    "al", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "van",
    "von",
    "y", "zu", "jr", "sr", "dr",
  ]

  /// The first letters of a name in both orders, and any two of them, with or without points: `D.H.`, `HD`.
  private static func initials(of parts: [String]) -> [String] {
    let letters = parts.compactMap(\.first).filter { $0.isUppercase && $0.isASCII }.map(String.init)
    guard letters.count > 1 else { return [] }
    let pairs = letters.indices.flatMap { a in letters.indices.filter { $0 != a }.map { [letters[a], letters[$0]] } }
    let orders = Set([letters, letters.reversed()] + pairs)
    return orders.map { alone($0.joined(separator: #"\.?[ -]?"#) + #"\.?"#) }.sorted()
  }

  /// The ways in which a day is written.
  private static func dates(_ day: CalendarDate) -> [String] {
    guard let month = day.month, let number = day.day, months.indices.contains(month - 1) else { return [] }
    let year = "\(day.year)"
    let (m, d, short) = ("0?\(month)", "0?\(number)", "(?:\(year)|\(year.suffix(2)))")
    let name = "(?i:\(months[month - 1])|\(months[month - 1].prefix(3)))\\.?"
    let nth = "\(d)(?:st|nd|rd|th)?"
    return [
      "\(year)[-./ ]?\(m)[-./ ]?\(d)", "\(d)[-./] ?\(m)[-./] ?\(short)", "\(m)[-./]\(d)[-./]\(short)",
      "\(nth)\\.?[ -]\(name),?[ -]\(short)", "\(name) \(nth),? \(year)", "\(year)年\(m)月\(d)日?",
    ].map(alone)
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// A pattern with no letter and no digit beside it.
  private static func alone(_ pattern: String) -> String { #"(?<![\p{L}\p{N}])(?:"# + pattern + #")(?![\p{L}\p{N}])"# }

  /// What may be a number of a document or a telephone.
  private static let number = #"\+?[0-9][0-9 ()/.-]{4,}[0-9]"#

  /// The last digits of the numbers in a text: what is written before them, such as a country's code, differs.
  private static func tails(in text: String) -> [String] {
    text.split { !($0.isNumber || " ()/.-".contains($0)) }.map { tail(String($0)) }.filter { $0.count >= 6 }
  }

  private static func tail(_ number: String) -> String { String(number.filter(\.isNumber).suffix(7)) }
}
