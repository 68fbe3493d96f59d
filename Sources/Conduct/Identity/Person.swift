public import ClinicalValues
internal import Foundation

/// Who a participant is. It is kept apart from study data and encrypted, and appears in no event.
public struct Person: Sendable, Hashable, Codable {
  /// Family and given names, as in the identity document.
  public var name: String
  /// The day of birth.
  public var birthDate: CalendarDate
  /// Sex at birth, as the identity document or the record says.
  public var sexAtBirth: String?
  /// Telephone, address or other ways to reach the person.
  public var contact: String?
  /// The number of an identity document, with its kind if there are several (`passport X1234567`).
  public var document: String?

  /// A person.
  public init(
    name: String, birthDate: CalendarDate, sexAtBirth: String? = nil, contact: String? = nil, document: String? = nil
  ) {
    self.name = name
    self.birthDate = birthDate
    self.sexAtBirth = sexAtBirth
    self.contact = contact
    self.document = document
  }
}

/// By what two entries can be seen to be one person.
public enum IdentityTrait: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  /// The number of an identity document.
  case document
  /// Name and day of birth.
  case nameAndBirthDate

  /// In the order of their names.
  public static func < (a: IdentityTrait, b: IdentityTrait) -> Bool { a.rawValue < b.rawValue }
}

extension Person {
  /// What is hashed of a person, by trait: the same for the different ways in which one person is written.
  var traits: [IdentityTrait: String] {
    var traits: [IdentityTrait: String] = [.nameAndBirthDate: Person.key(ofName: name) + "|" + birthDate.description]
    if let number = document.map(Person.key(ofDocument:)), number.count >= 4 { traits[.document] = number }
    return traits
  }

  /// What somebody is looked for by: the traits, and a document's number as former releases folded it, by which older stores hold it.
  var sought: [(trait: IdentityTrait, value: String)] {
    let traits = traits
    let former = document.map(Person.formerKey(ofDocument:)).flatMap {
      $0.count >= 4 && $0 != traits[.document] ? $0 : nil
    }
    return traits.map { (trait: $0.key, value: $0.value) } + (former.map { [(trait: .document, value: $0)] } ?? [])
  }

  /// The number of a document, without the words for its kind, blanks and separators: "护照E1234567", "passport: e-123 4567" and
  /// full-width digits are one. Kinds are written in many ways, also against the number; it is ASCII that counts in it, and a word
  /// without a digit belongs to it only where it is one letter.
  static func key(ofDocument document: String) -> String {
    document.replacingOccurrences(of: "№", with: " ").precomposedStringWithCompatibilityMapping.uppercased()
      .split { $0.isWhitespace || $0 == ":" }
      .filter { $0.contains(where: \.isNumber) || $0.count == 1 }
      .joined().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
  }

  private static func formerKey(ofDocument document: String) -> String {
    document.uppercased().split(whereSeparator: \.isWhitespace).filter { $0.contains(where: \.isNumber) }
      .joined().filter { $0.isLetter || $0.isNumber }
  }

  /// The letters of a name in alphabetical order, without case, accents and separators: so "Müller, Anne-Marie",
  /// "ANNEMARIE MUELLER" and "Anne Marie Muller" are one. It also takes rare anagrams for one; a match is looked at by a
  /// person, and a match too many costs less than one too few.
  static func key(ofName name: String) -> String { String(folded(name).sorted()) }

  /// The letters of a name, without case, accents and separators.
  static func folded(_ name: String) -> String {
    var folded = name.lowercased()
    for (written, plain) in foldings { folded = folded.replacingOccurrences(of: written, with: plain) }
    let plain = folded.decomposedStringWithCompatibilityMapping.lowercased().filter(\.isLetter)
    let bare = String(String.UnicodeScalarView(plain.unicodeScalars.filter { !$0.properties.isDiacritic }))
    return String(
      String.UnicodeScalarView(bare.unicodeScalars.filter { $0.properties.generalCategory != .nonspacingMark }))
  }

  /// Letters that decomposition leaves as they are, and the two ways to write an umlaut.
  private static let foldings = [
    ("ä", "a"), ("ö", "o"), ("ü", "u"), ("æ", "a"), ("ø", "o"), ("œ", "o"), ("å", "a"), ("ß", "ss"), ("đ", "d"),
    ("ł", "l"), ("ı", "i"), ("þ", "th"), ("ð", "d"), ("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"),
  ]
}
