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
    /// One of these numbers in their order; another one between the first and the last is no step of the scale.
    case step([Decimal])
    /// One of these numbers, which are a choice and no levels.
    case choice([Int])
    /// Any text.
    case text
    /// A full date: `2026-03-01`.
    case date
    /// A date and a time of day on the clock of the place, without an offset: `2026-03-01T10:30`.
    case localTime
    /// So many numbers of a range, each of which may be null.
    case numbers(ClosedRange<Decimal>, count: Int)
    /// Any number of objects with these members, each of which may be null.
    case records([Item])
  }

  /// Its key in inputs and among missing items.
  public let key: String
  /// Its words for a person.
  public let words: String
  /// What an answer may be.
  public let answer: Answer
  /// Whether the instrument says nothing at all without it.
  public let isRequired: Bool
  /// The key of another answer that this one must not exceed.
  public let limit: String?

  /// An item.
  public init(_ key: String, _ words: String, _ answer: Answer, isRequired: Bool = false, limit: String? = nil) {
    self.key = key
    self.words = words
    self.answer = answer
    self.isRequired = isRequired
    self.limit = limit
  }

  /// A question answered by yes or no.
  public static func yesNo(_ key: String, _ words: String, isRequired: Bool = false) -> Item {
    Item(key, words, .yesNo, isRequired: isRequired)
  }
  /// A question answered by a whole number of a range.
  public static func whole(_ key: String, _ words: String, _ range: ClosedRange<Int>, limit: String? = nil) -> Item {
    Item(key, words, .whole(range), limit: limit)
  }
  static func level(_ key: String, _ words: String, _ levels: [Int]) -> Item { Item(key, words, .level(levels)) }
  /// A question answered by a number of a range, with its lowest end or above it.
  public static func number(
    _ key: String, _ words: String, _ range: ClosedRange<Int64>, above: Bool = false, limit: String? = nil
  ) -> Item {
    let range = Decimal(range.lowerBound)...Decimal(range.upperBound)
    return Item(key, words, .number(range, excludesLowest: above), limit: limit)
  }
  /// A question answered by one of some words; another word is an invalid value.
  public static func word(_ key: String, _ words: String, _ choices: [String]) -> Item {
    Item(key, words, .word(choices, otherwise: .invalidValue))
  }
  /// A number that cannot be negative, without an upper limit; `above`: nor 0.
  static func amount(_ key: String, _ words: String, above: Bool = false, limit: String? = nil) -> Item {
    Item(key, words, .number(0...Decimal.greatest, excludesLowest: above), limit: limit)
  }

  /// Whether an answer can be used, or is not recorded and need not be.
  public func accepts(_ answer: Datum) -> Bool { fault(in: answer) == nil }

  /// What is wrong with an answer; nil if it can be used or is not recorded.
  func fault(in answer: Datum) -> InputFault? {
    if answer == .null { return isRequired ? .required : nil }
    return self.answer.fault(in: answer)
  }
}

extension Item.Answer {
  /// What is wrong with an answer that is recorded.
  fileprivate func fault(in answer: Datum) -> InputFault? {
    switch (self, answer) {
    case (.yesNo, .bool), (.text, .text): return nil
    case (.whole(let range), .number(let number)):
      return number.wholeNumber.map { range.contains($0) } ?? false ? nil : .outOfRange
    case (.level(let levels), .number(let number)):
      return number.wholeNumber.map { levels.contains($0) } ?? false ? nil : .invalidLevel
    case (.number(let range, let excludesLowest), .number(let number)):
      return range.contains(number) && !(excludesLowest && number == range.lowerBound) ? nil : .outOfRange
    case (.step(let steps), .number(let number)):
      guard let first = steps.first, let last = steps.last, number >= first, number <= last else { return .outOfRange }
      return steps.contains(number) ? nil : .invalidStep
    case (.choice(let numbers), .number(let number)):
      return number.wholeNumber.map { numbers.contains($0) } ?? false ? nil : .invalidValue
    case (.word(let words, let otherwise), .text(let word)): return words.contains(word) ? nil : otherwise
    case (.date, .text(let text)): return CalendarDate(text)?.day == nil ? .invalidValue : nil
    case (.localTime, .text(let text)): return DateTime(local: text) == nil ? .invalidValue : nil
    case (.numbers(let range, let count), .list(let list)):
      if list.count != count { return .invalidLength }
      return Item.Answer.number(range, excludesLowest: false).firstFault(in: list)
    case (.records(let members), .list(let list)):
      for case .object(let record) in list {
        for member in members {
          if let fault = member.fault(in: record[member.key] ?? .null) { return fault }
        }
      }
      return list.allSatisfy(\.isRecord) ? nil : .invalidValue
    default: return .invalidValue
    }
  }

  /// The first fault among elements, each of which may be null.
  private func firstFault(in list: [Datum]) -> InputFault? {
    list.lazy.filter { $0 != .null }.compactMap { fault(in: $0) }.first
  }
}

extension Datum {
  /// Whether it may stand in a list of records.
  fileprivate var isRecord: Bool {
    switch self {
    case .null, .object: true
    default: false
    }
  }
}

extension DateTime {
  /// A date with a time of day to the minute at least, without an offset; seconds are dropped.
  fileprivate init?(local text: String) {
    guard let time = DateTime(text), time.precision >= .minute, time.offsetMinutes == nil else { return nil }
    self = time.truncated(to: .minute)
  }
}

/// What can be wrong with an answer.
public enum InputFault: String, Sendable {
  case outOfRange, invalidStep, invalidLevel, invalidValue, invalidUnit, invalidLength, required
}

/// Answers that passed the checks of their items.
public struct Answers: Sendable {
  private let input: [String: Datum]
  let items: [Item]

  init(_ input: [String: Datum], items: [Item]) {
    self.input = input
    self.items = items
  }

  /// Yes, no or not recorded.
  public subscript(yesNo key: String) -> Bool? {
    if case .bool(let answer)? = input[key] { answer } else { nil }
  }
  /// A whole number or level; nil if not recorded.
  public subscript(whole key: String) -> Int? {
    if case .number(let answer)? = input[key] { answer.wholeNumber } else { nil }
  }
  /// A number; nil if not recorded.
  public subscript(number key: String) -> Decimal? {
    if case .number(let answer)? = input[key] { answer } else { nil }
  }
  /// A word; nil if not recorded.
  public subscript(word key: String) -> String? {
    if case .text(let answer)? = input[key] { answer } else { nil }
  }

  /// A full date; nil if not recorded.
  subscript(date key: String) -> CalendarDate? { self[word: key].flatMap { CalendarDate($0) } }
  /// A date and time of day without an offset, to the minute; nil if not recorded.
  subscript(localTime key: String) -> DateTime? { self[word: key].flatMap { DateTime(local: $0) } }
  /// Numbers in their order, nil where one is not recorded; empty if the list is not.
  subscript(numbers key: String) -> [Decimal?] {
    guard case .list(let list)? = input[key] else { return [] }
    return list.map { if case .number(let number) = $0 { number } else { nil } }
  }
  /// The records of a list in their order; empty if the list is not recorded.
  public subscript(records key: String) -> [Answers] {
    guard case .list(let list)? = input[key],
      case .records(let members)? = items.first(where: { $0.key == key })?.answer
    else { return [] }
    return list.compactMap { element in
      guard case .object(let record) = element else { return nil }
      return Answers(
        Dictionary(record.values.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first }), items: members)
    }
  }

  /// The records of a list in their order; nil if the list is not recorded, or one of them is not.
  public subscript(allRecords key: String) -> [Answers]? {
    guard case .list(let list)? = input[key], !list.contains(.null) else { return nil }
    return self[records: key]
  }

  /// Keys without an answer, in the order of the items.
  public var missing: [String] { items.map(\.key).filter { (input[$0] ?? .null) == .null } }
}

extension Decimal {
  /// The number as an integer; nil if it has a fraction or is too large.
  var wholeNumber: Int? { Int64(exactly: self).map { Int($0) } }
}
