import CQL

/// Whether the dictionary's column `used_by` names every criterion whose CQL asks for a concept: evidence and re-checks go by it, and so do
/// people. What functions outside the language read besides, items of an instrument, it may name as well.
struct UsedByCheck {
  let criteria: [Criterion]
  let dictionary: DataDictionary
  let use: ConceptUse

  /// What a concept is for beside criteria: the verdict itself, and the conduct of the trial.
  static let otherUses = ["verdict", "conduct"]

  /// The problems, in the order of the dictionary.
  func problems() -> [Problem] {
    let criteria = criteria.map(\.id)
    let known = criteria + Self.otherUses
    return dictionary.concepts.enumerated().flatMap { index, concept -> [Problem] in
      let place = concept.place("used_by")
      let strangers = concept.usedBy.filter { !known.contains($0) }.map {
        Problem(
          "unknown-reference", at: place, "‘\(concept.id)’ is used by ‘\($0)’, which is no criterion.",
          remedy: suggestion(for: $0, among: known, otherwise: "Name criteria of criteria.yaml, or ‘conduct’."))
      }
      // What it names by a wrong id it does not forget.
      guard concept.element == nil, strangers.isEmpty else { return strangers }
      let asking = use.askers[index] ?? []
      let unnamed = criteria.filter { asking.contains($0) && !concept.usedBy.contains($0) }
      return unnamed.map {
        Problem(
          "used-by", at: place, "\($0) asks for ‘\(concept.id)’, but its used_by does not name it.",
          remedy: "Add \($0) to used_by.")
      }
    }
  }
}
