/// What a definition rests on, through whatever it refers to.
public struct Dependencies: Sendable {
  /// Retrieves, as nodes.
  public internal(set) var retrieves: [Node] = []
  /// Value sets named in it.
  public internal(set) var valueSets: Set<ValueSetName> = []
  /// Parameters, by their indices in the program.
  public internal(set) var parameters: Set<[Int]> = []
}

extension Program {
  /// What a definition rests on: every retrieve, value set and parameter that it can reach.
  public func dependencies(of definition: (library: Int, index: Int)) -> Dependencies {
    var found = Dependencies()
    var seen: Set<[Int]> = [[definition.library, definition.index, 0]]
    var pending = [libraries[definition.library].definitions[definition.index].body]
    while let node = pending.popLast() {
      switch node.kind {
      case .retrieve: found.retrieves.append(node)
      case .literal(.valueSet(let set)): found.valueSets.insert(set)
      case .definition(let library, let index):
        if seen.insert([library, index, 0]).inserted { pending.append(libraries[library].definitions[index].body) }
      case .call(let library, let index, _):
        if seen.insert([library, index, 1]).inserted, let body = libraries[library].functions[index].body {
          pending.append(body)
        }
      case .parameter(let library, let index):
        if found.parameters.insert([library, index]).inserted,
          let value = libraries[library].parameters[index].defaultValue
        {
          pending.append(value)
        }
      default: break
      }
      pending += node.children.reversed()
    }
    return found
  }
}
