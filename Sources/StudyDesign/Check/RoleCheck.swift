import CQL

/// Whether what an item gives of a FHIR resource can be given by an item of its type.
struct RoleCheck {
  let form: FormPlan
  let item: ItemPlan
  let fields: Fields
  let dictionary: DataDictionary

  private var concept: DataConcept? { item.concept.flatMap { dictionary[$0] } }
  /// The resource that the item gives something of: the form's, where the form is one; else its concept's.
  private var resource: String? {
    switch item.gives {
    case .value, .component: concept?.resource
    default: form.resource ?? concept?.resource
    }
  }

  /// The problems; an unknown concept is told elsewhere.
  func problems() -> [Problem] {
    guard item.gives != .nothing, item.concept == nil || concept != nil else { return [] }
    guard let resource else {
      return [
        problem(
          "no-resource", "‘\(item.id)’ gives ‘\(item.gives.rawValue)’ of nothing.",
          [.value, .component].contains(item.gives)
            ? "Name its concept." : "Name its concept, or the ‘resource’ of the form.")
      ]
    }
    // A resource that is none is told where it is named.
    guard dictionary.concepts.contains(where: { $0.resource == resource }) else { return [] }
    guard RoleCheck.resources(of: item.gives)?.contains(resource) ?? true else {
      return [
        problem(
          "wrong-role", "‘\(item.gives.rawValue)’ is nothing that a form gives of \(resource).",
          "Say what of it ‘\(item.id)’ gives, or ‘nothing’.")
      ]
    }
    if item.gives == .component, concept?.instrument == nil {
      return [
        problem(
          "wrong-role", "‘\(concept?.id ?? "")’ is an item of no instrument.",
          "Write ‘gives: value’, or name its instrument in the column item_of.")
      ]
    }
    let types = wantedTypes(resource)
    guard types.contains(item.type) else {
      return [
        Problem(
          "wrong-type", at: fields.place("type"),
          "‘\(item.id)’ is \(item.type.rawValue) and gives ‘\(item.gives.rawValue)’ of \(concept?.id ?? resource).",
          remedy: "It can be: \(types.map(\.rawValue).joined(separator: ", ")).")
      ]
    }
    return codeProblems(resource)
  }

  private func problem(_ id: String, _ message: String, _ remedy: String) -> Problem {
    Problem(id, at: fields.place(fields.node("gives") == nil ? "concept" : "gives"), message, remedy: remedy)
  }

  // MARK: what can give what

  /// The resources that have such a thing; nil: all.
  private static func resources(of role: ItemRole) -> Set<String>? {
    switch role {
    case .nothing, .value: nil
    case .component: ["Observation"]
    case .code:
      ["Condition", "Procedure", "MedicationStatement", "Immunization", "AllergyIntolerance", "AdverseEvent"]
    case .effective:
      [
        "Observation", "Procedure", "MedicationStatement", "Immunization", "Condition", "AllergyIntolerance", "Consent",
        "AdverseEvent",
      ]
    case .start, .end:
      ["Observation", "MedicationStatement", "Condition", "Procedure", "AllergyIntolerance", "AdverseEvent"]
    case .status:
      [
        "MedicationStatement", "Procedure", "Condition", "Immunization", "Consent", "AllergyIntolerance",
        "AdverseEvent", "Observation",
      ]
    case .verification: ["Condition", "AllergyIntolerance"]
    case .statusReason: ["MedicationStatement", "Immunization", "Procedure"]
    case .effectiveDose: ["MedicationStatement"]
    case .indication: ["MedicationStatement", "Procedure"]
    case .dose: ["MedicationStatement"]
    case .severity: ["Condition", "AllergyIntolerance", "AdverseEvent"]
    }
  }

  private func wantedTypes(_ resource: String) -> [ItemType] {
    switch item.gives {
    case .nothing: ItemType.allCases
    case .value, .component: concept.map { valueTypes($0) } ?? []
    case .code: [.code, .medicine, .adverseEventTerm, .text]
    case .effective, .start, .end: [.date, .partialDate, .dateTime]
    case .status, .verification: [.code, .boolean]
    case .statusReason, .indication: [.code, .text]
    case .effectiveDose: [.boolean]
    case .dose: [.quantity]
    case .severity: [.code, .integer]
    }
  }

  private func valueTypes(_ concept: DataConcept) -> [ItemType] {
    switch concept.valueType {
    // A count may be given as the number that it is.
    case .quantity: ["1", "{score}"].contains(concept.unit) ? [.quantity, .integer] : [.quantity]
    case .integer: [.integer]
    case .boolean: [.boolean]
    case .coded: concept.resource == "MedicationStatement" ? [] : [.code]
    case .dateTime: [.date, .partialDate, .dateTime]
    case .period, .none: [.boolean]
    }
  }

  // MARK: codes

  /// The codes that the CQL of the study can know, where a code decides.
  private func codeProblems(_ resource: String) -> [Problem] {
    item.codes.enumerated().compactMap { number, code in
      let known: [String]
      switch item.gives {
      case .value, .component:
        guard let concept, concept.valueType == .coded, !concept.valueCodes.isEmpty else { return nil }
        known = concept.valueCodes
      case .code:
        // Something that the dictionary has no concept for is told in another item's words.
        known = dictionary.concepts.filter { isNamed($0, in: resource) }.map(\.id) + ["other"]
      case .statusReason where resource == "MedicationStatement":
        known = dictionary.concepts.filter { $0.resource == resource && $0.valueType == .coded }.map(\.id)
      default: return nil
      }
      guard !known.contains(code.code) else { return nil }
      return Problem(
        "wrong-code", at: fields.place("codes", number),
        "‘\(code.code)’ is no code of \(item.gives == .code ? resource : concept?.id ?? resource) in the dictionary.",
        remedy: suggestion(for: code.code, among: known, otherwise: "Use one of concepts.csv."))
    }
  }

  private func isNamed(_ concept: DataConcept, in resource: String) -> Bool {
    concept.resource == resource && concept.valueType != .coded
      || resource == "AllergyIntolerance" && concept.isSubstance && concept.valueType == .period
  }
}
