public import ClinicalValues
public import Ledger

/// What was answered to an item.
public enum Answer: Sendable, Hashable {
  /// A value in its canonical text (`true`, `12`, `4.48`, `<0.1`, `2026-03-13`, a code), with its UCUM unit where it is
  /// a quantity.
  case value(String, unit: String?)
  /// There is none, and why.
  case absent(NoAnswer)
  /// What stood there was taken back: it had been entered in error.
  case cleared

  /// A value without a unit.
  public static func value(_ text: String) -> Answer { .value(text, unit: nil) }

  /// The text of a value; nil where there is none.
  public var text: String? { if case .value(let text, _) = self { text } else { nil } }
  /// The unit of a value.
  public var unit: String? { if case .value(_, let unit) = self { unit } else { nil } }
}

/// Why an item has no value.
public enum NoAnswer: String, Sendable, Hashable, Codable, CaseIterable { case notDone, unknown, notApplicable }

extension Answer: CustomStringConvertible {
  /// As a person reads it.
  public var description: String {
    switch self {
    case .value(let text, let unit): text + (unit.map { " \($0)" } ?? "")
    case .absent(.notDone): "not done"
    case .absent(.unknown): "unknown"
    case .absent(.notApplicable): "not applicable"
    case .cleared: "no answer"
    }
  }
}

/// An answer to one item, with what the laboratory gave beside it.
///
/// In JSON it is flat: `{"item", "value", "unit"?, "low"?, "high"?, "laboratory"?}`, `{"item", "absent"}` or
/// `{"item", "cleared": true}`.
public struct Entry: Sendable, Hashable {
  /// The item's id in its form.
  public let item: String
  /// What was answered.
  public let answer: Answer
  /// The lower limit of normal that the laboratory printed beside the value, in the value's unit.
  public let low: Decimal?
  /// The upper limit of normal that the laboratory printed beside the value, in the value's unit.
  public let high: Decimal?
  /// The laboratory that measured; nil: the site's own.
  public let laboratory: String?

  /// An answer to an item.
  public init(
    _ item: String, _ answer: Answer, low: Decimal? = nil, high: Decimal? = nil, laboratory: String? = nil
  ) {
    self.item = item
    self.answer = answer
    self.low = low
    self.high = high
    self.laboratory = laboratory
  }
}

extension Entry: Codable {
  private enum Key: String, CodingKey { case item, value, unit, absent, cleared, low, high, laboratory }

  /// Reads the flat form; exactly one of `value`, `absent` and `cleared` stands there.
  public init(from decoder: any Decoder) throws {
    let members = try decoder.container(keyedBy: Key.self)
    let value = try members.decodeIfPresent(String.self, forKey: .value)
    let absent = try members.decodeIfPresent(NoAnswer.self, forKey: .absent)
    let cleared = try members.decodeIfPresent(Bool.self, forKey: .cleared) ?? false
    let answer: Answer
    switch (value, absent, cleared) {
    case (let text?, nil, false):
      answer = .value(text, unit: try members.decodeIfPresent(String.self, forKey: .unit))
    case (nil, let reason?, false): answer = .absent(reason)
    case (nil, nil, true): answer = .cleared
    default:
      throw DecodingError.dataCorruptedError(
        forKey: .value, in: members,
        debugDescription: "an entry has one of ‘value’, ‘absent’ (notDone, unknown, notApplicable) and ‘cleared’ (true)"
      )
    }
    self.init(
      try members.decode(String.self, forKey: .item), answer,
      low: try members.decodeIfPresent(Decimal.self, forKey: .low),
      high: try members.decodeIfPresent(Decimal.self, forKey: .high),
      laboratory: try members.decodeIfPresent(String.self, forKey: .laboratory))
  }

  /// Writes the flat form.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(item, forKey: .item)
    switch answer {
    case .value(let text, let unit):
      try members.encode(text, forKey: .value)
      try members.encodeIfPresent(unit, forKey: .unit)
    case .absent(let reason): try members.encode(reason, forKey: .absent)
    case .cleared: try members.encode(true, forKey: .cleared)
    }
    try members.encodeIfPresent(low, forKey: .low)
    try members.encodeIfPresent(high, forKey: .high)
    try members.encodeIfPresent(laboratory, forKey: .laboratory)
  }
}

/// An entry as somebody means to save it, with the version of the item that they had before them.
///
/// In JSON an entry with one more member, `read`.
public struct ReadEntry: Sendable, Hashable, Codable {
  /// What is to be saved.
  public let entry: Entry
  /// The ledger position of the item's last entry when it was read; 0 where it had none.
  public let read: Position

  /// An entry to be saved by somebody who had read the item at a version.
  public init(_ entry: Entry, read: Position = 0) {
    self.entry = entry
    self.read = read
  }

  private enum Key: String, CodingKey { case read }

  /// Reads the flat form; without `read` the item is taken as one that had no entry.
  public init(from decoder: any Decoder) throws {
    self.entry = try Entry(from: decoder)
    self.read = try decoder.container(keyedBy: Key.self).decodeIfPresent(Position.self, forKey: .read) ?? 0
  }

  /// Writes the flat form.
  public func encode(to encoder: any Encoder) throws {
    try entry.encode(to: encoder)
    var members = encoder.container(keyedBy: Key.self)
    try members.encode(read, forKey: .read)
  }
}
