import ClinicalValues

@testable import CQL

extension Node {
  /// The typed tree in one line: `Add(ToDecimal(1), 2.0)`.
  var compact: String {
    switch kind {
    case .literal(let value): value.compact
    case .apply(let name, _, let operands): call(name, operands)
    case .definition(let library, let index): "definition \(library).\(index)"
    case .parameter(let library, let index): "parameter \(library).\(index)"
    case .call(let library, let index, let arguments): call("function \(library).\(index)", arguments)
    case .slot(let slot): "$\(slot)"
    case .retrieve(let name, let path, let terminology):
      "[\(name)" + (terminology.map { ": \(path ?? "?") in \($0.compact)" } ?? "") + "]"
    case .property(let node, let name): "\(node.compact).\(name)"
    case .list(let elements): "{\(elements.map(\.compact).joined(separator: ", "))}"
    case .tuple(let elements): "Tuple\(fields(elements))"
    case .instance(let name, let elements): "\(name)\(fields(elements))"
    case .interval(let low, let lowClosed, let high, let highClosed):
      "Interval\(mark(lowClosed, "[", "("))\(low.compact), \(high.compact)\(mark(highClosed, "]", ")"))"
    case .ifThenElse(let condition, let then, let otherwise): call("if", [condition, then, otherwise])
    case .caseOf(let comparand, let items, let otherwise):
      call("case", (comparand.map { [$0] } ?? []) + items.flatMap { [$0.when, $0.then] } + [otherwise])
    case .isType(let node, let type): "(\(node.compact) is \(type))"
    case .asType(let node, let type, let strict): "(\(node.compact) \(strict ? "cast" : "as") \(type))"
    case .query(let query): query.compact
    }
  }

  private func call(_ name: String, _ operands: [Node]) -> String {
    "\(name)(\(operands.map(\.compact).joined(separator: ", ")))"
  }

  private func fields(_ elements: [(name: String, value: Node)]) -> String {
    "{\(elements.map { "\($0.name): \($0.value.compact)" }.joined(separator: ", "))}"
  }

  private func mark(_ closedness: Closedness, _ closed: String, _ open: String) -> String {
    switch closedness {
    case .fixed(let isClosed): isClosed ? closed : open
    case .computed(let node): "<\(node.compact)>"
    }
  }
}

extension Query {
  fileprivate var compact: String {
    var parts = sources.map { "$\($0.slot) \($0.isList ? "of" : "=") \($0.source.compact)" }
    parts += lets.map { "let $\($0.slot) = \($0.value.compact)" }
    parts += relationships.map {
      "\($0.isNegated ? "without" : "with") $\($0.slot) of \($0.source.compact): \($0.condition.compact)"
    }
    if let filter { parts.append("where \(filter.compact)") }
    if let result { parts.append("return\(isDistinct ? " distinct" : "") \(result.compact)") }
    if let aggregate {
      parts.append(
        "aggregate\(aggregate.isDistinct ? " distinct" : "") $\(aggregate.slot) = \(aggregate.start.compact): \(aggregate.step.compact)"
      )
    }
    parts += sort.map { "sort $\($0.slot)\($0.key.map { " by " + $0.compact } ?? "")\($0.isDescending ? " desc" : "")" }
    return "(" + parts.joined(separator: "; ") + ")"
  }
}

extension Value {
  fileprivate var compact: String {
    switch self {
    case .null: "null"
    case .boolean(let value): "\(value)"
    case .integer(let value): "\(value)"
    case .long(let value): "\(value)L"
    case .decimal(let value): value.description
    case .string(let text): "'\(text)'"
    case .date(let date): date.literal
    case .dateTime(let dateTime): dateTime.literal
    case .time(let time): time.literal
    case .quantity(let quantity): "\(quantity.value)'\(quantity.unit)'"
    case .code(let code): "code \(code.code)|\(code.system ?? "")"
    case .concept(let concept): "concept \(concept.codes.map(\.code).joined(separator: "|"))"
    case .valueSet(let set): "valueset \(set.id)"
    case .codeSystem(let system): "codesystem \(system.id)"
    case .precision(let precision): "\(precision)"
    default: "?"
    }
  }
}
