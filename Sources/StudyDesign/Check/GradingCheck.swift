import CQL
import ClinicalValues
import Instruments

/// Whether what fills the instruments fits them: analytes, keys, words, units, and forms that ask for it.
struct GradingCheck {
  let references: PlanReferences
  let dictionary: DataDictionary
  let forms: [FormPlan]

  /// The problems, in the order of the file.
  func problems() -> [Problem] {
    references.analytes.flatMap { problems($0.analyte, $0.concept, $0.conversion) }
      + references.instrumentKeys.flatMap(problems) + references.formItems.compactMap(problem)
  }

  // MARK: analytes

  private func problems(
    _ name: Located<String>, _ concept: Located<String>?, _ conversion: Located<String>?
  ) -> [Problem] {
    guard let analyte = CTCAE.analyte(name.value) else {
      return PlanReferences.unknown(
        "analyte", [name], among: CTCAE.laboratory.map(\.key), "docs/writing-a-study.md lists them.")
    }
    guard let concept, let known = dictionary[concept.value] else { return [] }
    return [unasked(concept), conversionProblem(analyte, known, at: concept, conversion)].compactMap(\.self)
  }

  private func conversionProblem(
    _ analyte: CTCAE.Analyte, _ concept: DataConcept, at place: Located<String>, _ conversion: Located<String>?
  ) -> Problem? {
    guard let unit = concept.unit else {
      return Problem(
        "no-unit", at: place.location,
        "‘\(concept.id)’ has no unit, and ‘\(analyte.key)’ is graded in \(analyte.unit).",
        remedy: "Name a quantity.")
    }
    if let conversion, UnitConversion.steps(conversion.value) == nil {
      return Problem(
        "malformed-conversion", at: conversion.location, "‘\(conversion.value)’ is no conversion.",
        remedy: "Write steps from \(unit) to \(analyte.unit), such as /4.008.")
    }
    // A unit that is none is told with its concept.
    guard UCUM.isValid(unit) else { return nil }
    switch (UCUM.areCommensurable(unit, analyte.unit), conversion) {
    case (false, nil): return untold(analyte, unit, place)
    case (true, let conversion?): return needless(conversion, unit, analyte)
    default: return nil
    }
  }

  private func untold(_ analyte: CTCAE.Analyte, _ unit: String, _ place: Located<String>) -> Problem {
    Problem(
      "missing-conversion", at: place.location,
      "‘\(analyte.key)’ is graded in \(analyte.unit), ‘\(place.value)’ is in \(unit), and UCUM does not convert it.",
      remedy: "Add ‘conversion:’ with the steps from \(unit) to \(analyte.unit), such as /4.008.")
  }

  private func needless(_ conversion: Located<String>, _ unit: String, _ analyte: CTCAE.Analyte) -> Problem {
    Problem(
      "needless-conversion", at: conversion.location, "UCUM converts \(unit) to \(analyte.unit) itself.",
      remedy: "Remove the conversion.")
  }

  /// That no form asks for a concept.
  private func unasked(_ concept: Located<String>) -> Problem? {
    guard !forms.isEmpty, !forms.contains(where: { $0.items.contains { $0.concept == concept.value } }) else {
      return nil
    }
    return Problem(
      "never-asked", at: concept.location, "No form asks for ‘\(concept.value)’: nothing could be graded.",
      remedy: "Add an item with this concept to a form, or remove the line.")
  }

  // MARK: keys

  private func problems(_ planned: PlannedKey) -> [Problem] {
    guard let instrument = Instrument.named(planned.instrument.value) else {
      return PlanReferences.unknown(
        "instrument", [planned.instrument], among: Instrument.all.map(\.id),
        "Those that are filled are crs, ice, icans, iecHs.")
    }
    guard let item = instrument.items.first(where: { $0.key == planned.key.value }) else {
      return PlanReferences.unknown(
        "key of \(instrument.id)", [planned.key], among: instrument.items.map(\.key), "")
    }
    guard let concept = planned.concept, let known = dictionary[concept.value] else { return [] }
    return [unasked(concept)].compactMap(\.self) + wordProblems(planned, item, known)
  }

  private func wordProblems(_ planned: PlannedKey, _ item: Item, _ concept: DataConcept) -> [Problem] {
    guard case .word(let words, _) = item.answer else { return [] }
    let wrong = PlanReferences.unknown(
      "word of \(item.key)", planned.words.map(\.word), among: words, "Its words are: \(words.joined(separator: ", "))."
    )
    let mapped = Set(planned.words.map(\.code))
    let open = concept.valueCodes.filter { !mapped.contains($0) && !words.contains($0) }
    let strange = mapped.subtracting(concept.valueCodes).sorted()
    let place = planned.key.location
    return wrong
      + (open.isEmpty
        ? []
        : [
          Problem(
            "missing-word", at: place, "‘\(item.key)’ has no word for \(open.joined(separator: ", ")).",
            remedy: "Add them under ‘words:’.")
        ])
      + strange.map {
        Problem(
          "unknown-reference", at: place, "‘\(concept.id)’ has no code ‘\($0)’.",
          remedy: suggestion(for: $0, among: concept.valueCodes, otherwise: "Remove it."))
      }
  }

  // MARK: items

  private func problem(_ reference: Located<String>) -> Problem? {
    let parts = reference.value.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    if parts.count == 2, forms.isEmpty || forms.contains(where: { $0.id == parts[0] && $0.item(parts[1]) != nil }) {
      return nil
    }
    let known = forms.flatMap { form in form.items.map { "\(form.id).\($0.id)" } }
    return Problem(
      "unknown-reference", at: reference.location, "There is no item ‘\(reference.value)’.",
      remedy: suggestion(for: reference.value, among: known, otherwise: "Write form.ITEM, such as demographics.AGE."))
  }
}
