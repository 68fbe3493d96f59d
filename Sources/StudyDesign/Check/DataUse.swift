import CQL
import ClinicalValues

/// What data a definition asks for, found by following its program through definitions and calls.
///
/// Functions of the library take the concept as an operand (`AtLeast("hemoglobin", 60 'g/L')`): a call is followed with the
/// value sets that it hands over, so that the retrieve inside is known to be one of that concept.
struct DataUse {
  /// A retrieve, or a test of a code, of a value set.
  struct Request: Hashable {
    /// The class retrieved; nil for a test of a code (a component, another coding).
    let className: String?
    /// The value set's id; nil where the retrieve has none, or one that is computed.
    let valueSet: String?
    let location: SourceLocation
  }

  /// A quantity written beside a concept in a call.
  struct Limit {
    let unit: String
    let valueSet: String
    let location: SourceLocation
  }

  private(set) var requests: Set<Request> = []
  private(set) var limits: [Limit] = []
  private let program: Program
  private var seen: Set<Visit> = []

  private struct Visit: Hashable {
    let library: Int
    let index: Int
    let isFunction: Bool
    let sets: [Int: ValueSetName]
  }

  /// Follows a definition of a program.
  init(_ program: Program, library: Int, definition: Int) {
    self.program = program
    follow(library, definition)
  }

  private mutating func follow(_ library: Int, _ definition: Int) {
    let visit = Visit(library: library, index: definition, isFunction: false, sets: [:])
    guard seen.insert(visit).inserted else { return }
    walk(program.libraries[library].definitions[definition].body, [:])
  }

  private mutating func walk(_ node: Node, _ sets: [Int: ValueSetName]) {
    switch node.kind {
    case .definition(let library, let index): follow(library, index)
    case .call(let library, let index, let arguments): call(library, index, arguments, sets, at: node.location)
    case .retrieve(let className, _, let terminology):
      let set = terminology.flatMap { valueSet($0, sets) }
      requests.insert(Request(className: className, valueSet: set?.id, location: node.location))
    case .apply(_, _, let operands):
      for operand in operands {
        guard let set = valueSet(operand, sets) else { continue }
        requests.insert(Request(className: nil, valueSet: set.id, location: node.location))
      }
    default: break
    }
    for child in node.children { walk(child, sets) }
  }

  private mutating func call(
    _ library: Int, _ index: Int, _ arguments: [Node], _ sets: [Int: ValueSetName], at location: SourceLocation
  ) {
    var inside: [Int: ValueSetName] = [:]
    for (slot, argument) in arguments.enumerated() { inside[slot] = valueSet(argument, sets) }
    for argument in arguments {
      guard case .literal(.quantity(let quantity)) = argument.kind, Set(inside.values).count == 1,
        let concept = inside.values.first
      else { continue }
      limits.append(Limit(unit: quantity.unit, valueSet: concept.id, location: argument.location))
    }
    let visit = Visit(library: library, index: index, isFunction: true, sets: inside)
    guard seen.insert(visit).inserted, let body = program.libraries[library].functions[index].body else { return }
    walk(body, inside)
  }

  /// The value set that an expression names, here or by the operand that it was handed.
  private func valueSet(_ node: Node, _ sets: [Int: ValueSetName]) -> ValueSetName? {
    switch node.kind {
    case .literal(.valueSet(let set)): set
    case .slot(let slot): sets[slot]
    default: nil
    }
  }
}
