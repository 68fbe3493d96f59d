import CQL

/// Tags of a part of a criterion that name a further definition of its library, which decides nothing and tells the reader more.
public enum PartTag: String, Sendable, CaseIterable {
  /// What is computed of the records, as a text or a list of texts: `45.9 mL/min`.
  case computes
  /// The last day on which what still goes on would end early enough; null where nothing does.
  case endsBy
}

/// Whether each part of a criterion (`@part`) is one: a part that nothing refers to decides nothing, though its words stand in the library as
/// if it did. And whether what its tags name is there.
struct PartCheck {
  let criteria: [Criterion]
  let findings: [FindingPlan]
  let program: Program

  /// The problems, in the order of the libraries.
  func problems() -> [Problem] { unusedParts() + unknownDefinitions() }

  private func unknownDefinitions() -> [Problem] {
    program.libraries.flatMap { library in
      library.definitions.flatMap { definition in
        PartTag.allCases.compactMap { tag -> Problem? in
          guard let name = definition.tags[tag.rawValue], !library.definitions.contains(where: { $0.name == name })
          else { return nil }
          return Problem(
            "unknown-definition", at: definition.location,
            "‘\(definition.name)’ names ‘\(name)’ (@\(tag.rawValue)), which ‘\(library.name)’ does not define.",
            remedy: "Name a definition of the same library, as it is written there.")
        }
      }
    }
  }

  private func unusedParts() -> [Problem] {
    let used = used
    let deciding = Set(
      criteria.map { [$0.library.value, $0.definition.value] } + findings.map { [$0.library, $0.definition] })
    return program.libraries.enumerated().flatMap { number, library in
      library.definitions.enumerated().compactMap { index, definition in
        guard definition.tags["part"] != nil, !used.contains([number, index]),
          !deciding.contains([library.name, definition.name])
        else { return nil }
        return Problem(
          "unused-part", at: definition.location,
          "‘\(definition.name)’ is a part (@part) that no definition refers to, so it decides nothing.",
          remedy: "Refer to it in its criterion, or delete it.")
      }
    }
  }

  /// The definitions that others, or functions, refer to: library and place in it.
  private var used: Set<[Int]> {
    var used: Set<[Int]> = []
    var waiting = program.libraries.flatMap { $0.definitions.map(\.body) + $0.functions.compactMap(\.body) }
    while let node = waiting.popLast() {
      if case .definition(let library, let index) = node.kind { used.insert([library, index]) }
      waiting += node.children
    }
    return used
  }
}
