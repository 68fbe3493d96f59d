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
    return duplicates()
      + unknown("criterion", references.criteria, among: criteria.map(\.id), "Declare it in criteria.yaml.")
      + unknown("concept", references.concepts, among: concepts, "Add it to concepts.csv.")
      + unknown(
        "concept or set", references.conceptsOrSets, among: concepts + dictionary.sets.keys.sorted(),
        "Add it to concepts.csv.")
      + unknown("finding", references.findings, among: plan.findings.map(\.id), "Declare it under ‘findings:’.")
      + unknown(
        "provisional item", references.provisional, among: study.provisional.map(\.id),
        "Declare it in study.yaml under ‘provisional:’.")
      + unknown("release test", references.neededTests, among: plan.product.tests.map(\.id), "Add it to the tests.")
      + unitProblems() + quoteProblems() + stepProblems()
  }

  // MARK: names

  private func duplicates() -> [Problem] {
    var first: [String: SourceLocation] = [:]
    var problems: [Problem] = []
    for (sort, name) in references.declared {
      let key = "\(sort) \(name.value)"
      if let earlier = first[key] {
        problems.append(
          Problem(
            "duplicate", at: name.location, "The \(sort) ‘\(name.value)’ is there already, on line \(earlier.line).",
            remedy: "Give one of the two another id, or remove it."))
      } else {
        first[key] = name.location
      }
    }
    return problems
  }

  private func unknown(
    _ what: String, _ names: [Located<String>], among known: [String], _ otherwise: String
  ) -> [Problem] {
    let set = Set(known)
    return names.filter { !set.contains($0.value) }.map { name in
      Problem(
        "unknown-reference", at: name.location, "There is no \(what) ‘\(name.value)’.",
        remedy: suggestion(for: name.value, among: known, otherwise: otherwise))
    }
  }

  private func unitProblems() -> [Problem] {
    references.units.filter { !UCUM.isValid($0.value) }.map { unit in
      var reason = "‘\(unit.value)’ is no UCUM unit."
      do throws(UnitError) { _ = try UCUM.unit(unit.value) } catch { reason = "\(error)" }
      return Problem("invalid-unit", at: unit.location, reason, remedy: "Correct it here.")
    }
  }

  private func quoteProblems() -> [Problem] {
    references.quotes.filter { !source.says($0.value) }.map { quote in
      Problem(
        "misquoted", at: quote.location, "source.md does not say ‘\(quote.value.prefix(60))’.",
        remedy: "Copy the words from there, or name the provisional item that stands in for them.")
    }
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
    anchorProblems(program)
      + references.definitions.compactMap { planned in
        guard let library = program.libraries.last(where: { $0.name == planned.library.value }) else {
          return Problem(
            "unknown-reference", at: planned.library.location, "There is no library ‘\(planned.library.value)’.",
            remedy: suggestion(
              for: planned.library.value, among: program.libraries.map(\.name).filter { !$0.isEmpty },
              otherwise: "Put it in library/\(planned.library.value).cql."))
        }
        guard let definition = library.definitions.first(where: { $0.name == planned.name.value }) else {
          return Problem(
            "unknown-reference", at: planned.name.location,
            "The library ‘\(library.name)’ defines no ‘\(planned.name.value)’.",
            remedy: suggestion(
              for: planned.name.value, among: library.definitions.map(\.name),
              otherwise: "Write: define \"\(planned.name.value)\": ..."))
        }
        guard definition.body.type != planned.type else { return nil }
        return Problem(
          "wrong-type", at: definition.location,
          "‘\(definition.name)’ gives \(planned.of) and is \(definition.body.type), not \(planned.type).",
          remedy: "Correct it, or name another definition in conduct.yaml.")
      }
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
