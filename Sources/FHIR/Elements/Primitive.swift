public import ClinicalValues

/// The value of a primitive element.
public enum PrimitiveValue: Hashable, Sendable {
  /// `boolean`.
  case boolean(Bool)
  /// `integer`, `positiveInt`, `unsignedInt`.
  case integer(Int32)
  /// `decimal`, exactly as written.
  case decimal(Decimal)
  /// `date`.
  case date(CalendarDate)
  /// `dateTime`, `instant`.
  case dateTime(DateTime)
  /// `time`.
  case time(TimeOfDay)
  /// All others: `string`, `code`, `uri` ...
  case text(String)
}

extension Primitive {
  /// Whether a node gives a value; the same as asking for it, without making it.
  func accepts(_ node: JSONNode, in document: JSONDocument) -> Bool {
    let bytes = node.offset..<node.offset + Int(node.word)
    return switch self {
    case .boolean: node.kind == .true || node.kind == .false
    case .text: (node.kind == .string || node.kind == .escapedString) && !bytes.isEmpty
    case .integer: node.kind == .number && integer(document.bytes[bytes], from: .min) != nil
    case .unsignedInt: node.kind == .number && integer(document.bytes[bytes], from: 0) != nil
    case .positiveInt: node.kind == .number && integer(document.bytes[bytes], from: 1) != nil
    case .decimal: node.kind == .number && Decimal(exactlyUTF8: document.bytes[bytes]) != nil
    case .date, .dateTime, .instant, .time: node.kind == .string && moment(document.bytes[bytes]) != nil
    }
  }

  /// The value that a JSON value writes; nil where it cannot be used, and `fault(in:)` says why.
  func value(_ json: JSON) -> PrimitiveValue? {
    let node = json.node
    switch (self, node.kind) {
    case (.boolean, .true): return .boolean(true)
    case (.boolean, .false): return .boolean(false)
    case (.integer, .number): return integer(json.scalarBytes, from: .min)
    case (.unsignedInt, .number): return integer(json.scalarBytes, from: 0)
    case (.positiveInt, .number): return integer(json.scalarBytes, from: 1)
    case (.decimal, .number): return Decimal(exactlyUTF8: json.scalarBytes).map(PrimitiveValue.decimal)
    case (.text, .string), (.text, .escapedString):
      return node.word == 0 ? nil : json.string.map(PrimitiveValue.text)
    case (.date, .string), (.dateTime, .string), (.instant, .string), (.time, .string): return moment(json.scalarBytes)
    default: return nil
    }
  }

  private func moment(_ bytes: ArraySlice<UInt8>) -> PrimitiveValue? {
    switch self {
    case .time: return TimeOfDay(utf8: bytes).map(PrimitiveValue.time)
    case .date:
      guard let date = CalendarDate(utf8: bytes), Primitive.lifetimes.contains(date.year) else { return nil }
      return .date(date)
    default:
      guard let moment = DateTime(utf8: bytes), moment.date.year >= Primitive.lifetimes.lowerBound,
        self != .instant || moment.time != nil
      else { return nil }
      return .dateTime(moment)
    }
  }

  /// The years in which the people of records live. Exports write 0001-01-01 where they know no date, and 9999-12-31 for
  /// what goes on, which is a date-time's to say and no birth date's.
  private static let lifetimes = 1800...2199

  /// A whole number without exponent, as R4 writes it.
  private func integer(_ bytes: ArraySlice<UInt8>, from least: Int32) -> PrimitiveValue? {
    let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
    guard digits.count <= 10, digits.allSatisfy(isDigit) else { return nil }
    let magnitude = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    guard let value = Int32(exactly: digits.count < bytes.count ? -magnitude : magnitude), value >= least else {
      return nil
    }
    return .integer(value)
  }

  /// What is wrong with a JSON value that gives no value.
  func fault(in json: JSON) -> (id: String, message: String) {
    switch self {
    case .boolean: return ("wrong-type", "is \(json.article), expected true or false")
    case .integer: return number(json, "a whole number from -2147483648 to 2147483647")
    case .unsignedInt: return number(json, "a whole number from 0 to 2147483647")
    case .positiveInt: return number(json, "a whole number from 1 to 2147483647")
    case .decimal:
      guard let text = json.number else { return ("wrong-type", "is \(json.article), expected a number") }
      return (
        "inexact-number",
        "is \(shortened(text)), which cannot be held exactly in 28 digits and 8 decimals, and is never rounded"
      )
    case .text:
      guard json.string == nil else { return ("empty-text", "is an empty text") }
      return ("wrong-type", "is \(json.article), expected a text")
    case .date, .dateTime, .instant, .time:
      guard let text = json.string else { return ("wrong-type", "is \(json.article), expected a text") }
      return ("impossible-date", "is “\(shortened(text))”, which is no \(expectedMoment)")
    }
  }

  /// What reading on makes of a JSON value that gives no value: a number with too many digits still lies between two that can be held.
  func effect(of json: JSON) -> String {
    guard self == .decimal, let (below, above) = json.number.flatMap({ ExactNumber($0)?.neighbors }) else {
      return Inspector.absent
    }
    return "it is read as between \(below.trimmed) and \(above.trimmed), and as absent where one number is asked for"
  }

  private func number(_ json: JSON, _ expected: String) -> (id: String, message: String) {
    guard let text = json.number else { return ("wrong-type", "is \(json.article), expected a number") }
    return ("wrong-number", "is \(shortened(text)), expected \(expected)")
  }

  private var expectedMoment: String {
    switch self {
    case .date: "date that exists in the years 1800 to 2199 (YYYY, YYYY-MM or YYYY-MM-DD)"
    case .time: "time of day that exists (hh:mm:ss)"
    case .instant: "moment that exists (YYYY-MM-DDThh:mm:ss with its offset from UTC)"
    default:
      "date or date-time that exists, from 1800 on (YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with its offset from UTC)"
    }
  }
}

extension JSON {
  /// What kind of value it is, for a message.
  var article: String {
    switch kind {
    case .object: "an object"
    case .array: "an array"
    case .string: "a text"
    case .number: "a number"
    case .boolean: "true or false"
    case .null: "null"
    }
  }
}

/// At most 60 characters of a text, for a message.
func shortened(_ text: String) -> String {
  text.count > 60 ? text.prefix(60) + "..." : text
}
