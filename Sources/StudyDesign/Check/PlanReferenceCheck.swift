import CQL
import ClinicalValues

/// Whether what the files of a plan name exists, and only once.
extension PlanReferences {
  /// What is declared twice.
  func duplicates() -> [Problem] {
    var first: [String: SourceLocation] = [:]
    var problems: [Problem] = []
    for (sort, name) in declared {
      let key = "\(sort) \(name.value)"
      if let earlier = first[key] {
        problems.append(PlanReferences.duplicate(sort, name, after: earlier))
      } else {
        first[key] = name.location
      }
    }
    return problems
  }

  /// That a name is there already.
  static func duplicate(_ sort: String, _ name: Located<String>, after earlier: SourceLocation) -> Problem {
    let file = earlier.file == name.location.file ? "" : " of \(earlier.file)"
    return Problem(
      "duplicate", at: name.location,
      "The \(sort) ‘\(name.value)’ is there already, on line \(earlier.line)\(file).",
      remedy: "Give one of the two another id, or remove it.")
  }

  /// Names that are none of those known.
  static func unknown(
    _ what: String, _ names: [Located<String>], among known: [String], _ otherwise: String
  ) -> [Problem] {
    let set = Set(known)
    return names.filter { !set.contains($0.value) }.map { name in
      Problem(
        "unknown-reference", at: name.location, "There is no \(what) ‘\(name.value)’.",
        remedy: suggestion(for: name.value, among: known, otherwise: otherwise))
    }
  }

  /// Provisional items that study.yaml does not declare.
  func unknownProvisional(_ study: StudyFile) -> [Problem] {
    PlanReferences.unknown(
      "provisional item", provisional, among: study.provisional.map(\.id),
      "Declare it in study.yaml under ‘provisional:’.")
  }

  /// Units that are not UCUM.
  func invalidUnits() -> [Problem] {
    units.filter { !UCUM.isValid($0.value) }.map { unit in
      var reason = "‘\(unit.value)’ is no UCUM unit."
      do throws(UnitError) { _ = try UCUM.unit(unit.value) } catch { reason = "\(error)" }
      return Problem("invalid-unit", at: unit.location, reason, remedy: "Correct it here.")
    }
  }

  /// Words that the source does not say.
  func misquoted(_ source: SourceText) -> [Problem] {
    quotes.filter { !source.says($0.value) }.map { quote in
      Problem(
        "misquoted", at: quote.location, "source.md does not say ‘\(quote.value.prefix(60))’.",
        remedy: "Copy the words from there, or name the provisional item that stands in for them.")
    }
  }

  /// Whether the definitions that are named are there, and are what they must be.
  func definitionProblems(in program: Program) -> [Problem] {
    definitions.compactMap { planned in
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
        remedy: "Correct it, or name another definition in \(planned.name.location.file).")
    }
  }
}
