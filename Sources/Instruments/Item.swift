public import ClinicalValues

/// A question of an instrument: its key, its words, and what an answer may be.
public struct Item: Sendable {
  /// What an answer may be.
  public enum Answer: Sendable {
    /// Yes or no.
    case yesNo
    /// A whole number of a range.
    case whole(ClosedRange<Int>)
    /// One of these levels.
    case level([Int])
    /// A number of a range; an end that is excluded is given apart.
    case number(ClosedRange<Decimal>, excludesLowest: Bool)
    /// One of these words; the code tells what kind of error another word is.
    case word([String], otherwise: InputFault)
  }

  /// Its key in inputs and among missing items.
  public let key: String
  /// Its words for a person.
  public let words: String
  /// What an answer may be.
  public let answer: Answer
  /// Whether the instrument says nothing at all without it.
  public let isRequired: Bool

  init(_ key: String, _ words: String, _ answer: Answer, isRequired: Bool = false) {
    self.key = key
    self.words = words
    self.answer = answer
    self.isRequired = isRequired
  }

  static func yesNo(_ key: String, _ words: String, isRequired: Bool = false) -> Item {
    Item(key, words, .yesNo, isRequired: isRequired)
  }
  static func whole(_ key: String, _ words: String, _ range: ClosedRange<Int>) -> Item {
    Item(key, words, .whole(range))
  }
  static func level(_ key: String, _ words: String, _ levels: [Int]) -> Item { Item(key, words, .level(levels)) }
  static func number(_ key: String, _ words: String, _ range: ClosedRange<Int64>, above: Bool = false) -> Item {
    Item(key, words, .number(Decimal(range.lowerBound)...Decimal(range.upperBound), excludesLowest: above))
  }

  /// What is wrong with an answer; nil if it can be used or is not recorded.
  func fault(in answer: Datum) -> InputFault? {
    if answer == .null { return isRequired ? .required : nil }
    switch (self.answer, answer) {
    case (.yesNo, .bool): return nil
    case (.whole(let range), .number(let number)):
      return number.wholeNumber.map { range.contains($0) } ?? false ? nil : .outOfRange
    case (.level(let levels), .number(let number)):
      return number.wholeNumber.map { levels.contains($0) } ?? false ? nil : .invalidLevel
    case (.number(let range, let excludesLowest), .number(let number)):
      return range.contains(number) && !(excludesLowest && number == range.lowerBound) ? nil : .outOfRange
    case (.word(let words, let otherwise), .text(let word)): return words.contains(word) ? nil : otherwise
    default: return .invalidValue
    }
  }
}

/// What can be wrong with an answer.
public enum InputFault: String, Sendable {
  case outOfRange, invalidStep, invalidLevel, invalidValue, invalidUnit, invalidLength, required
}

/// Answers that passed the checks of their items.
struct Answers: Sendable {
  private let input: [String: Datum]
  private let items: [Item]

  init(_ input: [String: Datum], items: [Item]) {
    self.input = input
    self.items = items
  }

  /// Yes, no or not recorded.
  subscript(yesNo key: String) -> Bool? {
    if case .bool(let answer)? = input[key] { answer } else { nil }
  }
  /// A whole number or level; nil if not recorded.
  subscript(whole key: String) -> Int? {
    if case .number(let answer)? = input[key] { answer.wholeNumber } else { nil }
  }
  /// A number; nil if not recorded.
  subscript(number key: String) -> Decimal? {
    if case .number(let answer)? = input[key] { answer } else { nil }
  }
  /// A word; nil if not recorded.
  subscript(word key: String) -> String? {
    if case .text(let answer)? = input[key] { answer } else { nil }
  }

  /// Keys without an answer, in the order of the items.
  var missing: [String] { items.map(\.key).filter { (input[$0] ?? .null) == .null } }
}

extension Decimal {
  /// The number as an integer; nil if it has a fraction or is too large.
  var wholeNumber: Int? { Int64(exactly: self).map { Int($0) } }
}
