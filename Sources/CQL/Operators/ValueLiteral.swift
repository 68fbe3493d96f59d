import ClinicalValues

extension Value {
  /// The value as the language writes it: `Interval[1, 10]`, `{1, 2}`, `@2012-04-04T`, `5.0 'g'`, `1L`.
  ///
  /// A range of possible integers is written as the interval it is; a record of a data model as its class and origin.
  public var literal: String { literal { "\($0.className) \($0.origin.reference)" } }

  /// The value as the language writes it, with `text` for what it cannot write: a record of a data model, by itself or within a list or a
  /// tuple.
  public func literal(writing text: (any DataObject) -> String) -> String {
    switch self {
    case .null: "null"
    case .boolean(let it): it ? "true" : "false"
    case .integer(let it): String(it)
    case .long(let it): "\(it)L"
    case .decimal(let it): it.literal
    case .string(let it): it.quoted
    case .date(let it): it.literal
    case .dateTime(let it): it.literal
    case .time(let it): it.literal
    case .quantity(let it): it.text
    case .ratio(let it): "\(it.numerator.ratioText):\(it.denominator.ratioText)"
    case .code(let it): it.literal
    case .concept(let it): it.literal
    case .valueSet(let it):
      Value.literal("ValueSet", [("id", .string(it.id)), ("version", it.version.value), ("name", it.name.value)])
    case .codeSystem(let it):
      Value.literal("CodeSystem", [("id", .string(it.id)), ("version", it.version.value), ("name", it.name.value)])
    case .interval(let it):
      "Interval\(it.lowClosed ? "[" : "(")\(it.low.literal), \(it.high.literal)\(it.highClosed ? "]" : ")")"
    case .list(let elements): "{\(elements.map { $0.literal(writing: text) }.joined(separator: ", "))}"
    case .tuple(let it): it.literal(writing: text)
    case .object(let it): text(it)
    case .uncertain(let it): "Interval[\(it.lowerBound), \(it.upperBound)]"
    case .precision(let it): "\(it)"
    }
  }

  /// An instance of a class, its elements that are not null.
  fileprivate static func literal(_ className: String, _ elements: [(String, Value)]) -> String {
    let written = elements.filter { !$0.1.isNull }.map { "\($0.0): \($0.1.literal)" }
    return "\(className) { \(written.joined(separator: ", ")) }"
  }
}

extension TupleValue {
  /// `Tuple { id: 5, name: 'Chris' }`, or the class's name in place of `Tuple`.
  fileprivate func literal(writing text: (any DataObject) -> String) -> String {
    if names.isEmpty { return "\(className ?? "Tuple") { : }" }
    let elements = zip(names, values).map { "\($0.identifier): \($1.literal(writing: text))" }
    return "\(className ?? "Tuple") { \(elements.joined(separator: ", ")) }"
  }
}

extension Code {
  fileprivate var literal: String {
    Value.literal(
      "Code",
      [("code", .string(code)), ("system", system.value), ("version", version.value), ("display", display.value)])
  }
}

extension Concept {
  fileprivate var literal: String {
    let list = "{ \(codes.map { $0.literal }.joined(separator: ", ")) }"
    return display.map { "Concept { codes: \(list), display: \($0.quoted) }" } ?? "Concept { codes: \(list) }"
  }
}

extension Quantity {
  /// Within a ratio the unit 1 goes without saying.
  fileprivate var ratioText: String { unit == "1" ? value.description : text }
}

extension String {
  /// In single quotes, with the escapes of the language.
  var quoted: String {
    var result = "'"
    for scalar in unicodeScalars {
      switch scalar {
      case "'": result += "\\'"
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0C}": result += "\\f"
      case let control where control.value < 0x20:
        let digits = String(control.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }

  /// As a name: plain where it can be, else in double quotes.
  fileprivate var identifier: String {
    let isPlain =
      unicodeScalars.first.map { $0.isASCII && ($0.properties.isAlphabetic || $0 == "_") } == true
      && unicodeScalars.allSatisfy {
        $0.isASCII && ($0.properties.isAlphabetic || $0 == "_" || $0.properties.numericType != nil)
      }
    return isPlain ? self : "\"" + quoted.dropFirst().dropLast().replacing("\"", with: "\\\"") + "\""
  }
}
