import CQL
import ClinicalValues

/// Whether the CQL libraries and the other files agree: definitions that decide, value sets of the dictionary, limits in the
/// concept's unit, and data that somebody collects.
struct ProgramCheck {
  let study: StudyFile
  /// The resources that forms collect.
  let formResources: Set<String>
  let criteria: [Criterion]
  let dictionary: DataDictionary
  let compilation: LibraryCompilation
  let program: Program

  /// The problems, in the order of the criteria.
  func problems() -> [Problem] {
    valueSetProblems() + parameterProblems() + criteria.flatMap(problems)
  }

  // MARK: declarations

  private func valueSetProblems() -> [Problem] {
    var problems: [Problem] = []
    for library in program.libraries {
      for (_, set) in library.valueSets.sorted(by: { $0.key < $1.key }) where members(of: set.id) == nil {
        let place = compilation.place(of: set.id, in: library.file)
        problems.append(
          Problem(
            "unknown-reference", at: place,
            "The value set ‘\(set.id)’ is no concept and no set of the data dictionary.",
            remedy: cure(forUnknown: set.id)))
      }
    }
    return problems
  }

  private func cure(forUnknown valueSet: String) -> String {
    let otherwise = "Add it to concepts.csv."
    if let name = valueSet.suffix(after: ValueSetID.set) {
      return suggestion(for: name, among: dictionary.sets.keys.sorted(), otherwise: otherwise)
    }
    let id = valueSet.suffix(after: ValueSetID.concept) ?? valueSet
    return suggestion(for: id, among: dictionary.concepts.map(\.id), otherwise: otherwise)
  }

  private func parameterProblems() -> [Problem] {
    var problems: [Problem] = []
    for parameter in study.parameters {
      let declared = program.libraries.flatMap(\.parameters).first { $0.name == parameter.id }
      if let declared, declared.type == .integer { continue }
      problems.append(
        Problem(
          "unknown-reference", at: parameter.location,
          declared == nil
            ? "No library declares the parameter ‘\(parameter.id)’."
            : "The parameter ‘\(parameter.id)’ is no Integer in its library.",
          remedy: "Declare it there: parameter \"\(parameter.id)\" Integer."))
    }
    let known = Set(study.parameters.map(\.id) + ["cohort"] + AnchorDay.allCases.map(\.rawValue))
    for library in program.libraries {
      for parameter in library.parameters where !known.contains(parameter.name) && parameter.defaultValue == nil {
        problems.append(
          Problem(
            "unknown-reference", at: parameter.location, "The parameter ‘\(parameter.name)’ has no value.",
            remedy: "Give it one in study.yaml under ‘parameters:’, or a default here."))
      }
    }
    return problems
  }

  // MARK: criteria

  private func problems(_ criterion: Criterion) -> [Problem] {
    guard let library = program.libraries.lastIndex(where: { $0.name == criterion.library.value }) else {
      return [
        Problem(
          "unknown-reference", at: criterion.library.location, "There is no library ‘\(criterion.library.value)’.",
          remedy: suggestion(
            for: criterion.library.value, among: program.libraries.map(\.name).filter { !$0.isEmpty },
            otherwise: "Put it in library/\(criterion.library.value).cql."))
      ]
    }
    let definitions = program.libraries[library].definitions
    guard let definition = definitions.firstIndex(where: { $0.name == criterion.definition.value }) else {
      return [
        Problem(
          "unknown-reference", at: criterion.definition.location,
          "The library ‘\(criterion.library.value)’ defines no ‘\(criterion.definition.value)’.",
          remedy: suggestion(
            for: criterion.definition.value, among: definitions.map(\.name),
            otherwise: "Write: define \"\(criterion.definition.value)\": ..."))
      ]
    }
    let body = definitions[definition].body
    guard body.type == .boolean else {
      return [
        Problem(
          "not-boolean", at: definitions[definition].location,
          "‘\(criterion.definition.value)’ decides \(criterion.id) and is no Boolean.",
          remedy: "A criterion is true, false or null.")
      ]
    }
    let use = DataUse(program, library: library, definition: definition)
    return dataProblems(use, of: criterion) + use.limits.compactMap(limitProblem)
  }

  /// Every retrieve must be of a concept whose records the resource holds and somebody collects, and there must be one.
  private func dataProblems(_ use: DataUse, of criterion: Criterion) -> [Problem] {
    guard use.requests.contains(where: { $0.className != nil }) else {
      return [
        Problem(
          "no-data", at: criterion.definition.location,
          "\(criterion.id) asks for no data: it is the same for everybody.",
          remedy: "Retrieve the data that decide it.")
      ]
    }
    let collected = formResources.union(study.collects.map(\.value))
    var problems: [Problem] = []
    var reported: Set<String> = []
    for request in use.requests.sorted(by: { $0.location.isBefore($1.location) }) {
      guard let className = request.className else { continue }
      if !collected.contains(className), reported.insert(className).inserted {
        problems.append(
          Problem(
            "not-collected", at: request.location,
            "\(criterion.id) asks for \(className), which nobody collects.",
            remedy: "Add \(className) to ‘collects:’ in study.yaml, or ask for other data."))
      }
      guard let id = request.valueSet, let concepts = members(of: id) else { continue }
      let resources = Set(concepts.map(\.resource)).union(
        concepts.contains { $0.isSubstance } ? ["AllergyIntolerance"] : [])
      if !resources.contains(className) {
        problems.append(
          Problem(
            "wrong-resource", at: request.location,
            "\(criterion.id) looks for ‘\(id)’ among the resources \(className); it is recorded as "
              + "\(resources.sorted().joined(separator: " or ")).",
            remedy: "Retrieve that resource, or correct the column resource of concepts.csv."))
      }
    }
    return problems
  }

  /// A limit must be in the unit in which its concept is compared.
  private func limitProblem(_ limit: DataUse.Limit) -> Problem? {
    // Durations of the calendar are no unit of a concept.
    guard let concept = members(of: limit.valueSet)?.first, Precision(calendarUnit: limit.unit) == nil else {
      return nil
    }
    let unit = concept.unit ?? "1"
    if limit.unit == unit || (concept.unit == nil && limit.unit == "{score}") { return nil }
    return Problem(
      "wrong-unit", at: limit.location, "The limit is in ‘\(limit.unit)’; ‘\(concept.id)’ is compared in ‘\(unit)’.",
      remedy: "Write the limit in ‘\(unit)’.")
  }

  private func members(of valueSet: String) -> [DataConcept]? {
    if let id = valueSet.suffix(after: ValueSetID.concept) { return dictionary[id].map { [$0] } }
    if let name = valueSet.suffix(after: ValueSetID.set) {
      return dictionary.sets[name]?.map { dictionary.concepts[$0] }
    }
    return nil
  }
}

/// How value sets of the dictionary are named in libraries.
public enum ValueSetID {
  /// Before the id of a concept.
  public static let concept = "urn:tandem:concept:"
  /// Before the name of a set of concepts.
  public static let set = "urn:tandem:set:"
}

extension SourceLocation {
  /// By file, line and column.
  func isBefore(_ other: SourceLocation) -> Bool {
    (file, line, column) < (other.file, other.line, other.column)
  }
}

extension DataConcept {
  /// A medicine or component to which somebody may be allergic.
  var isSubstance: Bool { resource == "MedicationStatement" }
}

extension String {
  /// What follows a prefix; nil without it.
  package func suffix(after prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
