import CQL

/// Which concepts the criteria and findings ask for, by what their programs retrieve.
struct ConceptUse {
  /// The ids of the criteria and findings that ask for each concept, in their order, by its place in the dictionary.
  private(set) var askers: [Int: [String]] = [:]
  private let dictionary: DataDictionary
  private let program: Program

  init(criteria: [Criterion], findings: [FindingPlan], dictionary: DataDictionary, program: Program) {
    self.dictionary = dictionary
    self.program = program
    for criterion in criteria { follow(criterion.id, criterion.library.value, [criterion.definition.value]) }
    for finding in findings {
      follow(
        finding.id, finding.library, [finding.definition] + [finding.number, finding.until].compactMap(\.self))
    }
  }

  private mutating func follow(_ id: String, _ library: String, _ names: [String]) {
    for use in names.compactMap({ use(library, $0) }) {
      for request in use.requests {
        for concept in concepts(of: request) where askers[concept]?.last != id {
          askers[concept, default: []].append(id)
        }
      }
    }
  }

  private func use(_ library: String, _ name: String) -> DataUse? {
    guard let owner = program.libraries.lastIndex(where: { $0.name == library }),
      let definition = program.libraries[owner].definitions.firstIndex(where: { $0.name == name })
    else { return nil }
    return DataUse(program, library: owner, definition: definition)
  }

  /// The concepts that a request is for; of an allergy any medicine may be the substance, and one form asks for all. An element of
  /// Patient has no value set: the dictionary alone says who asks for it.
  private func concepts(of request: DataUse.Request) -> [Int] {
    guard let set = request.valueSet else { return [] }
    let members: [Int]
    if let id = set.suffix(after: ValueSetID.concept) {
      members = [dictionary.index(of: id)].compactMap(\.self)
    } else {
      members = set.suffix(after: ValueSetID.set).flatMap { dictionary.sets[$0] } ?? []
    }
    guard request.className == "AllergyIntolerance" else { return members }
    return members.filter { !dictionary.concepts[$0].isSubstance }
  }
}
