import CQL
import ClinicalValues

/// Whether what the conduct plan names exists, and what it orders can be reached.
struct ConductCheck {
  let plan: ConductPlan
  let references: PlanReferences
  let study: StudyFile
  let criteria: [Criterion]
  let dictionary: DataDictionary
  let source: SourceText

  /// The problems that show without the libraries.
  func problems() -> [Problem] {
    let concepts = dictionary.concepts.map(\.id)
    return references.duplicates()
      + unknown("criterion", references.criteria, among: criteria.map(\.id), "Declare it in criteria.yaml.")
      + unknown("concept", references.concepts, among: concepts, "Add it to concepts.csv.")
      + unknown(
        "concept or set", references.conceptsOrSets, among: concepts + dictionary.sets.keys.sorted(),
        "Add it to concepts.csv.")
      + unknown("finding", references.findings, among: plan.findings.map(\.id), "Declare it under ‘findings:’.")
      + references.unknownProvisional(study)
      + unknown("release test", references.neededTests, among: plan.product.tests.map(\.id), "Add it to the tests.")
      + references.invalidUnits() + references.misquoted(source) + stepProblems()
  }

  private func unknown(
    _ what: String, _ names: [Located<String>], among known: [String], _ otherwise: String
  ) -> [Problem] {
    PlanReferences.unknown(what, names, among: known, otherwise)
  }

  // MARK: custody

  /// Every step that is named exists, a line has a beginning, and every step can be reached from it.
  private func stepProblems() -> [Problem] {
    let ids = references.steps.map(\.id.value)
    let missing = unknown("custody step", references.steps.flatMap(\.after), among: ids, "Add it to the steps.")
    guard missing.isEmpty else { return missing }
    var reached = Set(references.steps.filter(\.after.isEmpty).map(\.id.value))
    var isGrowing = true
    while isGrowing {
      let found = references.steps.filter { step in
        !reached.contains(step.id.value) && step.after.contains { reached.contains($0.value) }
      }
      reached.formUnion(found.map(\.id.value))
      isGrowing = !found.isEmpty
    }
    // What lies behind an unreachable step is unreachable too: the first of them is told.
    let lost = references.steps.map(\.id.value).filter { !reached.contains($0) }
    return references.steps.filter { step in
      guard let place = lost.firstIndex(of: step.id.value) else { return false }
      return !step.after.contains { lost[..<place].contains($0.value) }
    }.map { step in
      Problem(
        "unreachable-step", at: step.id.location,
        "No way leads from the beginning of custody to the step ‘\(step.id.value)’.",
        remedy: "Name under ‘after:’ a step that can come before it.")
    }
  }

  // MARK: definitions

  /// Whether the definitions that findings name are there, and are what they must be.
  func problems(in program: Program) -> [Problem] {
    anchorProblems(program) + references.definitionProblems(in: program)
  }

  /// A library that reckons from a day of the participant's way declares it as a Date.
  private func anchorProblems(_ program: Program) -> [Problem] {
    program.libraries.flatMap(\.parameters).filter { AnchorDay(rawValue: $0.name) != nil && $0.type != .date }.map {
      Problem(
        "wrong-type", at: $0.location, "The parameter ‘\($0.name)’ is \($0.type), not Date.",
        remedy: "Declare it: parameter \"\($0.name)\" Date.")
    }
  }
}
