import ClinicalValues
import Testing

@testable import CQL

// Calls operators on values, without parser and checker: operands are written as literals, the overload is the first
// whose operand types admit them.

/// A row of a table of calls: operator, operands, result as literals; `error` stands for an error of execution.
struct Call: CustomStringConvertible, Sendable {
  let name: String
  let operands: [String]
  let result: String

  init(_ name: String, _ operands: String..., gives result: String) {
    self.name = name
    self.operands = operands
    self.result = result
  }

  var description: String { "\(name)(\(operands.joined(separator: ", ")))" }

  /// What the call gives, as a literal.
  func run(at now: String = "2024-05-06T07:08:09.010Z") throws -> String {
    let values = try operands.map { try Literal.value($0) }
    let entry = try #require(Operator.named[name], "no operator \(name)")
    let overload = try #require(
      entry.overloads.first { $0.admits(values) }, "no overload of \(self)")
    let environment = Environment(
      now: try #require(DateTime(now)), terminology: FewCodes(), models: [],
      message: { _, _, _ in })
    do {
      return try overload.apply(values, environment).literal
    } catch {
      return "error"
    }
  }
}

/// Terminology with one value set of one code.
struct FewCodes: Terminology {
  func contains(_ code: Code, in valueSet: ValueSetName) -> Bool? {
    valueSet.id == "few" ? code.code == "a" : nil
  }
  func expansion(of valueSet: ValueSetName) -> [Code]? { valueSet.id == "few" ? [Code("a")] : nil }
  func contains(_ code: Code, in codeSystem: CodeSystemName) -> Bool? { codeSystem.id == "abc" ? true : nil }
}

extension Overload {
  /// Whether values may be its operands; null may be anything, type variables agree.
  func admits(_ values: [Value]) -> Bool {
    guard values.count == operands.count else { return false }
    var bound: [String: CQLType] = [:]
    return zip(operands, values).allSatisfy { Overload.admits($0, $1, &bound) }
  }

  private static func admits(_ type: CQLType, _ value: Value, _ bound: inout [String: CQLType]) -> Bool {
    switch (type, value) {
    case (.any, _), (_, .null): return true
    case (.variable(let name), _):
      let actual = value.typeName
      return bound.updateValue(actual, forKey: name).map { $0 == actual } ?? true
    case (.list(let inner), .list(let elements)):
      return elements.allSatisfy { admits(inner, $0, &bound) }
    case (.interval(let inner), .interval(let it)):
      return admits(inner, it.low, &bound) && admits(inner, it.high, &bound)
    case (.uncertainInteger, .uncertain): return true
    default: return type == value.typeName
    }
  }
}

extension Value {
  /// The type of a value, as far as its outermost shape.
  var typeName: CQLType {
    switch self {
    case .null: .any
    case .boolean: .boolean
    case .integer: .integer
    case .long: .long
    case .decimal: .decimal
    case .string: .string
    case .date: .date
    case .dateTime: .dateTime
    case .time: .time
    case .quantity: .quantity
    case .ratio: .ratio
    case .code: .code
    case .concept: .concept
    case .valueSet: .valueSet
    case .codeSystem: .codeSystem
    case .interval: .interval(.any)
    case .list: .list(.any)
    case .tuple: .tuple([:])
    case .object: .any
    case .uncertain: .uncertainInteger
    case .precision: .precision
    }
  }
}

/// Reads literals of the language: enough of them to write tables of values.
struct Literal {
  private var rest: Substring

  static func value(_ text: String) throws -> Value {
    var reader = Literal(rest: text[...])
    let value = try reader.value()
    reader.skipSpace()
    try #require(reader.rest.isEmpty, "'\(reader.rest)' is left of \(text)")
    return value
  }

  private mutating func skipSpace() { rest = rest.drop { $0.isWhitespace } }

  private mutating func take(_ prefix: String) -> Bool {
    skipSpace()
    guard rest.hasPrefix(prefix) else { return false }
    rest = rest.dropFirst(prefix.count)
    return true
  }

  private mutating func word() -> String {
    skipSpace()
    let word = rest.prefix { $0.isLetter }
    rest = rest.dropFirst(word.count)
    return String(word)
  }

  private mutating func value() throws -> Value {
    skipSpace()
    switch try #require(rest.first, "no literal") {
    case "{": return .list(try elements(until: "}"))
    case "'": return .string(try string())
    case "@": return try moment()
    case "-", "0"..."9": return try number()
    default: return try named()
    }
  }

  private mutating func elements(until end: String) throws -> [Value] {
    rest = rest.dropFirst()
    var elements: [Value] = []
    while !take(end) {
      elements.append(try value())
      _ = take(",")
    }
    return elements
  }

  private mutating func string() throws -> String {
    rest = rest.dropFirst()
    let text = rest.prefix { $0 != "'" }
    rest = rest.dropFirst(text.count + 1)
    return String(text)
  }

  private mutating func moment() throws -> Value {
    let text = rest.dropFirst().prefix { !" ,])}".contains($0) }
    rest = rest.dropFirst(text.count + 1)
    if text.first == "T" { return .time(try #require(TimeOfDay(text))) }
    return text.contains("T") ? .dateTime(try #require(DateTime(text))) : .date(try #require(CalendarDate(text)))
  }

  private mutating func number() throws -> Value {
    let text = rest.prefix { $0 == "-" || $0 == "." || $0.isNumber }
    rest = rest.dropFirst(text.count)
    if rest.first == "L" {
      rest = rest.dropFirst()
      return .long(try #require(Int64(text)))
    }
    if rest.hasPrefix(" '") {
      rest = rest.dropFirst()
      return .quantity(Quantity(try #require(Decimal(text)), try string()))
    }
    if let letter = rest.dropFirst().first, rest.first == " ", letter.isLetter {
      return .quantity(Quantity(try #require(Decimal(text)), word()))
    }
    if text.contains(".") { return .decimal(try #require(Decimal(text))) }
    return .integer(try #require(Int32(text)))
  }

  private mutating func named() throws -> Value {
    let name = word()
    switch name {
    case "null": return .null
    case "true", "false": return .boolean(name == "true")
    case "Interval": return try interval()
    case "Uncertain":
      let bounds = try elements(until: "]")
      guard case .integer(let low) = bounds[0], case .integer(let high) = bounds[1] else { return .null }
      return .uncertain(Int64(low)...Int64(high))
    case "Code": return .code(Code(try string(), system: "s"))
    case "ValueSet": return .valueSet(ValueSetName(id: try string()))
    case "Tuple": return try tuple()
    default: return .precision(try #require(Precision.allCases.first { "\($0)" == name }, "what is \(name)?"))
    }
  }

  private mutating func interval() throws -> Value {
    let lowClosed = rest.first == "["
    rest = rest.dropFirst()
    let low = try value()
    _ = take(",")
    let high = try value()
    // `Interval[null, null Integer]`: a word after the bounds is the type of the points.
    let isOfIntegers = take("Integer")
    skipSpace()
    let highClosed = rest.first == "]"
    rest = rest.dropFirst()
    let known = low.isNull ? high : low
    let type = isOfIntegers ? CQLType.integer : known.isNull ? .any : known.typeName
    return .interval(
      IntervalValue(low: low, lowClosed: lowClosed, high: high, highClosed: highClosed, pointType: type))
  }

  private mutating func tuple() throws -> Value {
    _ = take("{")
    var names: [String] = []
    var values: [Value] = []
    while !take("}") {
      names.append(word())
      _ = take(":")
      values.append(try value())
      _ = take(",")
    }
    return .tuple(TupleValue(names: names, values: values))
  }
}
