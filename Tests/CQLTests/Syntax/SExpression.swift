@testable import CQL

extension Expression {
  /// The tree in one line: `(Add 1 (Negate x))`; strings in single quotes, names bare.
  var compact: String {
    switch kind {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .string(let text): "'\(text)'"
    case .number(let digits): digits
    case .long(let digits): digits + "L"
    case .date(let text), .dateTime(let text): "@" + text
    case .time(let text): "@T" + text
    case .quantity(let digits, let unit): "\(digits)'\(unit)'"
    case .ratio(let a, let b): form("ratio", [a, b])
    case .name(let name), .special(let name): name
    case .member(let target, let name): "\(target.compact).\(name)"
    case .call(let target, let name, let arguments):
      form("call " + (target.map { $0.compact + "." } ?? "") + name, arguments)
    case .operation(let name, let operands, let precision): form(name + (precision.map { ":\($0)" } ?? ""), operands)
    case .timing(let phrase, let a, let b): form(phrase.compact, [a, b])
    case .between(let a, let low, let high, let isProper): form(isProper ? "properBetween" : "between", [a, low, high])
    case .span(let name, let precision, let a, let b): form("\(name):\(precision)", [a, b])
    case .spanOf(let name, let precision, let a): form("\(name)Of:\(precision)", [a])
    case .isType(let a, let type): "(is \(a.compact) \(type.compact))"
    case .asType(let a, let type, let strict): "(\(strict ? "cast" : "as") \(a.compact) \(type.compact))"
    case .convert(let a, let type): "(convert \(a.compact) \(type.compact))"
    case .convertUnit(let a, let unit): "(convert \(a.compact) '\(unit)')"
    case .extreme(let type, let isMaximum): "(\(isMaximum ? "maximum" : "minimum") \(type.compact))"
    case .ifThenElse(let a, let b, let c): form("if", [a, b, c])
    case .caseOf(let comparand, let items, let otherwise):
      form("case", (comparand.map { [$0] } ?? []) + items.flatMap { [$0.when, $0.then] } + [otherwise])
    case .interval(let low, let lowClosed, let high, let highClosed):
      "Interval\(lowClosed ? "[" : "(")\(low.compact) \(high.compact)\(highClosed ? "]" : ")")"
    case .list(let type, let elements): form(type.map { "list<\($0.compact)>" } ?? "list", elements)
    case .tuple(let elements): "(tuple\(elements.compact))"
    case .instance(let type, let elements): "(instance \(type.compact)\(elements.compact))"
    case .code(let code): code.compact
    case .concept(let codes, let display):
      "(concept " + codes.map(\.compact).joined(separator: " ") + (display.map { " '\($0)'" } ?? "") + ")"
    case .retrieve(let retrieve): retrieve.compact
    case .query(let query): query.compact
    }
  }

  private func form(_ head: String, _ parts: [Expression]) -> String {
    "(" + ([head] + parts.map(\.compact)).joined(separator: " ") + ")"
  }
}

extension [Expression.Element] {
  fileprivate var compact: String { map { " \($0.name):\($0.value.compact)" }.joined() }
}

extension CodeSelector {
  fileprivate var compact: String { "(code '\(code)' \(system.text)" + (display.map { " '\($0)'" } ?? "") + ")" }
}

extension TypeSpecifier {
  var compact: String {
    switch kind {
    case .named(let name): name.text
    case .list(let inner): "List<\(inner.compact)>"
    case .interval(let inner): "Interval<\(inner.compact)>"
    case .choice(let types): "Choice<\(types.map(\.compact).joined(separator: ","))>"
    case .tuple(let elements): "Tuple{\(elements.map { "\($0.name) \($0.type.compact)" }.joined(separator: ","))}"
    }
  }
}

extension TimingPhrase {
  fileprivate var compact: String {
    let parts: [String?] = [
      left.map { "\($0)s" }, relation.compact, precision.map { ":\($0)" }, right.map { "\($0)" },
    ]
    return parts.compactMap(\.self).joined(separator: " ")
  }
}

extension TimingPhrase.Relation {
  fileprivate var compact: String {
    switch self {
    case .same(let name), .other(let name): name
    case .includes(let isProper): isProper ? "properly includes" : "includes"
    case .includedIn(let isProper): isProper ? "properly in" : "in"
    case .within(let quantity, let isProper): (isProper ? "properly " : "") + "within \(quantity.compact)"
    case .beforeOrAfter(let isBefore, let isInclusive, let offset):
      (offset.map { "\($0.kind) \($0.quantity.compact) " } ?? "") + (isInclusive ? "onOr" : "")
        + (isBefore ? "before" : "after")
    }
  }
}

extension RetrieveSyntax {
  fileprivate var compact: String {
    var text = "[" + (context.map { $0.compact + "->" } ?? "") + type.text
    if let terminology {
      text += ":" + (codePath.map { $0 + " " + (comparator ?? "") + " " } ?? "") + terminology.compact
    }
    return text + "]"
  }
}

extension QuerySyntax {
  fileprivate var compact: String {
    var parts = ["query"] + sources.map { "\($0.alias)<-\($0.expression.compact)" }
    parts += lets.map { "let \($0.name):\($0.value.compact)" }
    parts += relationships.map {
      "\($0.isNegated ? "without" : "with") \($0.source.alias)<-\($0.source.expression.compact) \($0.condition.compact)"
    }
    if let filter { parts.append("where \(filter.compact)") }
    if let result { parts.append("return\(duplicates == .unsaid ? "" : " \(duplicates)") \(result.compact)") }
    if let aggregate {
      parts.append(
        "aggregate\(aggregate.isDistinct ? " distinct" : "") \(aggregate.name)"
          + (aggregate.start.map { "=\($0.compact)" } ?? "") + " \(aggregate.step.compact)")
    }
    parts += sort.map { "sort \($0.key?.compact ?? "$this")\($0.isDescending ? " desc" : "")" }
    return "(" + parts.joined(separator: " ") + ")"
  }
}
