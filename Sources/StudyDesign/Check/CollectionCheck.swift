import CQL

/// Whether some form collects each concept that a criterion or a finding asks for; otherwise it could never be decided from what
/// this system records.
struct CollectionCheck {
  let forms: [FormPlan]
  let criteria: [Criterion]
  let findings: [FindingPlan]
  let dictionary: DataDictionary
  let program: Program

  /// The problems, one a concept; a study without forms has none.
  func problems() -> [Problem] {
    guard !forms.isEmpty else { return [] }
    let (collected, askers) = (collected, askers)
    return dictionary.concepts.indices.compactMap { index in
      let concept = dictionary.concepts[index]
      guard let asking = askers[index], !collected.contains(index) else { return nil }
      let more = asking.count > 4 ? " and \(asking.count - 4) more" : ""
      return Problem(
        "not-in-a-form", at: concept.location,
        "No form collects ‘\(concept.id)’, asked for by \(asking.prefix(4).joined(separator: ", "))\(more).",
        remedy: "Add an item with this concept to a form in forms/, or its code to the codes of one.")
    }
  }

  // MARK: what is asked for

  /// The criteria and findings that ask for each concept, by its place in the dictionary.
  private var askers: [Int: [String]] {
    var askers: [Int: [String]] = [:]
    func add(_ asker: String, _ concept: Int) {
      if askers[concept]?.last != asker { askers[concept, default: []].append(asker) }
    }
    func follow(_ id: String, _ library: String, _ names: [String]) {
      for use in names.compactMap({ use(library, $0) }) {
        for request in use.requests {
          for concept in concepts(of: request) { add(id, concept) }
        }
      }
      // An element of Patient has no value set: the dictionary says who asks for it.
      for (index, concept) in dictionary.concepts.enumerated()
      where concept.codes.isEmpty && concept.element != nil && concept.usedBy.contains(id) {
        add(id, index)
      }
    }
    for criterion in criteria { follow(criterion.id, criterion.library.value, [criterion.definition.value]) }
    for finding in findings {
      follow(
        finding.id, finding.library, [finding.definition] + [finding.number, finding.until].compactMap(\.self))
    }
    return askers
  }

  private func use(_ library: String, _ name: String) -> DataUse? {
    guard let owner = program.libraries.lastIndex(where: { $0.name == library }),
      let definition = program.libraries[owner].definitions.firstIndex(where: { $0.name == name })
    else { return nil }
    return DataUse(program, library: owner, definition: definition)
  }

  /// The concepts that a request is for; of an allergy any medicine may be the substance, and one form asks for all.
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

  // MARK: what is collected

  /// The concepts that some item of a form gives, by their places in the dictionary.
  private var collected: Set<Int> {
    var collected: Set<Int> = []
    for form in forms {
      for item in form.items where item.gives != .nothing {
        if let concept = item.concept.flatMap({ dictionary.index(of: $0) }) { collected.insert(concept) }
        if [.code, .statusReason, .indication].contains(item.gives) {
          collected.formUnion(item.codes.compactMap { dictionary.index(of: $0.code) })
        }
        guard item.gives == .code, item.codes.isEmpty, item.type == .medicine || item.type == .adverseEventTerm else {
          continue
        }
        // Chosen by search among all that there are.
        collected.formUnion(
          dictionary.concepts.indices.filter {
            dictionary.concepts[$0].resource == form.resource && dictionary.concepts[$0].valueType != .coded
          })
      }
    }
    return collected
  }
}
