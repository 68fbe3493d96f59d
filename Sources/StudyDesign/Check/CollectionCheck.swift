/// Whether some form collects each concept that a criterion or a finding asks for; otherwise it could never be decided from what
/// this system records.
struct CollectionCheck {
  let forms: [FormPlan]
  let criteria: [Criterion]
  let findings: [FindingPlan]
  let dictionary: DataDictionary
  let use: ConceptUse

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

  /// The criteria and findings that ask for each concept, by its place in the dictionary; for an element of Patient, those that it names.
  private var askers: [Int: [String]] {
    var askers = use.askers
    let ids = criteria.map(\.id) + findings.map(\.id)
    for (index, concept) in dictionary.concepts.enumerated() where concept.codes.isEmpty && concept.element != nil {
      let named = ids.filter { concept.usedBy.contains($0) }
      if !named.isEmpty { askers[index] = named }
    }
    return askers
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
