import ClinicalValues
import Ledger

/// What is wrong with a value that was sent, and where: a JSON Pointer (RFC 6901) into the body, or the name of a parameter.
struct ValueFault: Sendable, Hashable {
  let place: String
  let words: String
}

extension Schema {
  /// Everything in a value that is not as it must be; nothing where all is. Cost: linear in the value.
  func faults(in value: CanonicalJSON.Value, at place: String = "") -> [ValueFault] {
    switch (self, value) {
    case (.orNull, .null), (.truth, .bool): []
    case (.text, .string(let text)) where text.unicodeScalars.contains("\0"):
      [ValueFault(place: place, words: Schema.noText)]
    case (.text(nil), .string): []
    case (.orNull(let schema), _): schema.faults(in: value, at: place)
    case (.text, .string(let text)): isWritten(text) ? [] : [ValueFault(place: place, words: "This is \(expected).")]
    case (.choice(let values), .string(let text)) where values.contains(text): []
    case (.integer(let least), .integer(let number)) where (least...CanonicalJSON.greatestInteger).contains(number): []
    case (.list(let element), .array(let elements)):
      elements.enumerated().flatMap { element.faults(in: $1, at: "\(place)/\($0)") }
    case (.map(let schema), .object(let members)):
      members.sorted { $0.key < $1.key }.flatMap { schema.faults(in: $1, at: "\(place)/\(Schema.escaped($0))") }
    case (.object(_, _, let members), .object(let given)): Schema.faults(of: members, in: given, at: place)
    default: [ValueFault(place: place, words: "This must be \(expected).")]
    }
  }

  /// The value that a text of a query stands for.
  func value(of text: String) -> CanonicalJSON.Value {
    switch self {
    case .integer: Int(text).map { .integer($0) } ?? .string(text)
    case .truth: text == "true" ? .bool(true) : text == "false" ? .bool(false) : .string(text)
    default: .string(text)
    }
  }

  private static func faults(
    of members: [Member], in given: [String: CanonicalJSON.Value], at place: String
  ) -> [ValueFault] {
    let known = Set(members.map(\.name))
    let unknown = given.keys.filter { !known.contains($0) }.sorted()
      .map { ValueFault(place: "\(place)/\(escaped($0))", words: "This is not asked for here.") }
    return unknown
      + members.flatMap { member -> [ValueFault] in
        let place = "\(place)/\(escaped(member.name))"
        guard let value = given[member.name] else {
          return member.isRequired ? [ValueFault(place: place, words: "This is missing.")] : []
        }
        return member.schema.faults(in: value, at: place)
      }
  }

  private func isWritten(_ text: String) -> Bool {
    switch self {
    case .text("date"): CalendarDate(text).map { $0.precision == .day } ?? false
    case .text("date-time"):
      // RFC 3339, section 5.6
      text.wholeMatch(of: /([0-9-]{10})[Tt][0-9]{2}(:[0-9]{2}){2}(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})/)
        .map { CalendarDate($0.1)?.precision == .day } ?? false
    default: true
    }
  }

  private var expected: String {
    switch self {
    case .text("date"): "a whole date such as 2026-03-07"
    case .text("date-time"): "a date and time with its offset such as 2026-03-07T10:30:00+01:00"
    case .text: "a text"
    case .choice(let values): "one of " + values.joined(separator: ", ")
    case .integer: "a whole number"
    case .truth: "true or false"
    case .list: "a list"
    case .object, .map: "an object"
    case .orNull(let schema): "null, or \(schema.expected)"
    }
  }

  /// What is wrong with a text that has U+0000 in it.
  static let noText = "U+0000 is a character that no text has."

  /// A name as a step of a JSON Pointer.
  static func escaped(_ name: String) -> String { name.replacing("~", with: "~0").replacing("/", with: "~1") }
}
