/// A site, two digits: `03`.
public struct SiteID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The two digits: `03`.
  public let description: String

  /// A site's number; throws unless it is two digits.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    guard text.utf8.count == 2, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
      throw InvalidCode(String(text), expected: "a site's number of two digits, such as 03")
    }
    self.description = String(text)
  }

  /// By number.
  public static func < (a: SiteID, b: SiteID) -> Bool { a.description < b.description }
}

/// A participant, numbered by the site that registered the candidate: `03-0007`. Kept for ever, also when the
/// participant changes site.
public struct ParticipantID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The site that gave the number.
  public let site: SiteID
  /// 1 to 9999.
  public let number: Int

  /// The number that a site gives; throws unless it is 1 to 9999.
  public init(site: SiteID, number: Int) throws(InvalidCode) {
    guard (1...9999).contains(number) else {
      throw InvalidCode("\(number)", expected: "a participant's number from 1 to 9999")
    }
    self.site = site
    self.number = number
  }

  /// The number as people write it, with or without its check character.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let expected = "a participant's number such as 03-0007"
    let printed = normalized(text)
    let body =
      printed.split(separator: "-").count == 3
      ? try CheckCharacter.verified(printed, expected: expected) : printed[...]
    let parts = body.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, parts[1].utf8.count == 4, let number = Int(parts[1]) else {
      throw InvalidCode(printed, expected: expected)
    }
    try self.init(site: try SiteID(parts[0]), number: number)
  }

  /// `03-0007`.
  public var description: String {
    let digits = String(number)
    return "\(site)-" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  /// As on labels and wristbands, with its check character: `03-0007-K`.
  public var printed: String { completed(description) }

  /// By site, then by number.
  public static func < (a: ParticipantID, b: ParticipantID) -> Bool { a.description < b.description }
}

/// The chain-of-identity identifier: whose cells these are. One a participant, the same for every collection and lot,
/// unique across sites: eight characters that do not look alike and a check character, `COI-7KQ2-M4XD-R`.
public struct ChainOfIdentity: Hashable, Sendable, CustomStringConvertible {
  /// The identifier without its check character.
  private let body: String

  /// Digits and capital letters without I, L, O and U (Crockford's base 32).
  private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)

  /// The identifier that a random number gives; only its lowest 40 bits are used.
  public init(random bits: UInt64) {
    let characters = (0..<8).map { Character(UnicodeScalar(Self.alphabet[Int(bits >> (35 - 5 * UInt64($0)) & 31)])) }
    self.body = "COI-" + String(characters[..<4]) + "-" + String(characters[4...])
  }

  /// The identifier as read from a label.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let expected = "a chain-of-identity identifier such as COI-7KQ2-M4XD-R"
    let printed = normalized(text)
    let parts = printed.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 4, parts[0] == "COI", parts[1].count == 4, parts[2].count == 4,
      (parts[1] + parts[2]).utf8.allSatisfy({ Self.alphabet.contains($0) })
    else { throw InvalidCode(printed, expected: expected) }
    self.body = String(try CheckCharacter.verified(printed, expected: expected))
  }

  /// With its check character.
  public var description: String { completed(body) }
}

/// A collection of a participant's cells: `03-0007-C1-X`.
public struct CollectionNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Whose cells are collected.
  public let participant: ParticipantID
  /// The first is 1.
  public let collection: Int

  /// The participant's collection of that number, from 1 on.
  public init(participant: ParticipantID, collection: Int) {
    self.participant = participant
    self.collection = collection
  }

  /// The number as read from a label.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let (participant, numbers) = try numbers(
      in: text, after: ["C"], expected: "a collection's number such as 03-0007-C1-X")
    self.init(participant: participant, collection: numbers[0])
  }

  /// With its check character.
  public var description: String { completed("\(participant)-C\(collection)") }

  /// By participant, then by number.
  public static func < (a: CollectionNumber, b: CollectionNumber) -> Bool {
    (a.participant, a.collection) < (b.participant, b.collection)
  }
}

/// A manufacturing run from a participant's cells: `03-0007-L1-X`.
public struct LotNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Whose cells it is made from.
  public let participant: ParticipantID
  /// The first is 1.
  public let lot: Int

  /// The participant's lot of that number, from 1 on.
  public init(participant: ParticipantID, lot: Int) {
    self.participant = participant
    self.lot = lot
  }

  /// The number as read from a label.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let (participant, numbers) = try numbers(in: text, after: ["L"], expected: "a lot's number such as 03-0007-L1-X")
    self.init(participant: participant, lot: numbers[0])
  }

  /// With its check character.
  public var description: String { completed("\(participant)-L\(lot)") }

  /// By participant, then by number.
  public static func < (a: LotNumber, b: LotNumber) -> Bool { (a.participant, a.lot) < (b.participant, b.lot) }
}

/// A bag of a lot: says which cells these are: `03-0007-L1-B2-X`.
public struct BagNumber: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The lot that it was filled from.
  public let lot: LotNumber
  /// The first is 1.
  public let bag: Int

  /// The lot's bag of that number, from 1 on.
  public init(lot: LotNumber, bag: Int) {
    self.lot = lot
    self.bag = bag
  }

  /// The number as read from a label.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let (participant, numbers) = try numbers(
      in: text, after: ["L", "B"], expected: "a bag's number such as 03-0007-L1-B2-X")
    self.init(lot: LotNumber(participant: participant, lot: numbers[0]), bag: numbers[1])
  }

  /// With its check character.
  public var description: String { completed("\(lot.participant)-L\(lot.lot)-B\(bag)") }

  /// By lot, then by number.
  public static func < (a: BagNumber, b: BagNumber) -> Bool { (a.lot, a.bag) < (b.lot, b.bag) }
}

/// An account's id, unique for ever: 2 to 40 lower-case letters, digits, `.`, `-` or `_`, a letter first.
public struct AccountID: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The id as it is typed and stored.
  public let description: String

  /// The id that a text writes; throws unless it has exactly that form: nothing is trimmed or lower-cased.
  public init(_ text: some StringProtocol) throws(InvalidCode) {
    let allowed = Set("abcdefghijklmnopqrstuvwxyz0123456789.-_".utf8)
    guard (2...40).contains(text.utf8.count), let first = text.utf8.first, (97...122).contains(first),
      text.utf8.allSatisfy(allowed.contains)
    else {
      throw InvalidCode(
        String(text),
        expected: "an account's name of 2 to 40 lower-case letters, digits, '.', '-' or '_', a letter first")
    }
    self.description = String(text)
  }

  /// By the text, in the order of its characters.
  public static func < (a: AccountID, b: AccountID) -> Bool { a.description < b.description }
}

/// As a person means it: without blanks around, in capitals.
private func normalized(_ text: some StringProtocol) -> String {
  String(text.drop(while: \.isWhitespace)).uppercased().reversed().drop(while: \.isWhitespace).reversed()
    .reduce(into: "") { $0.append($1) }
}

/// A code with its check character after a hyphen.
func completed(_ body: String) -> String { body + "-" + (CheckCharacter.of(body).map(String.init) ?? "?") }

/// The participant and the numbers behind the letters of a code such as `03-0007-L1-B2-X`.
func numbers(
  in text: some StringProtocol, after letters: [Character], expected: String
) throws(InvalidCode) -> (ParticipantID, [Int]) {
  let printed = normalized(text)
  let parts = try CheckCharacter.verified(printed, expected: expected)
    .split(separator: "-", omittingEmptySubsequences: false)
  guard parts.count == 2 + letters.count else { throw InvalidCode(printed, expected: expected) }
  let participant = try ParticipantID("\(parts[0])-\(parts[1])")
  var numbers: [Int] = []
  for (part, letter) in zip(parts[2...], letters) {
    guard part.first == letter, let number = Int(part.dropFirst()), (1...99).contains(number),
      String(number) == part.dropFirst()
    else { throw InvalidCode(printed, expected: expected) }
    numbers.append(number)
  }
  return (participant, numbers)
}
