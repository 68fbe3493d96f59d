import CQL

/// Whether what `endpoints.yaml` names is there, and can be used as it says.
struct EndpointCheck {
  let file: EndpointFile
  let casebook: CasebookFiles
  let study: StudyFile
  let dictionary: DataDictionary
  let source: SourceText

  /// The problems; none of them needs the libraries.
  func problems() -> [Problem] {
    let references = file.references
    let concepts = dictionary.concepts.map(\.id)
    return references.duplicates() + references.unknownProvisional(study) + references.misquoted(source)
      + PlanReferences.unknown("concept", references.concepts, among: concepts, "Add it to concepts.csv.")
      + PlanReferences.unknown(
        "concept or set", references.conceptsOrSets, among: concepts + dictionary.sets.keys.sorted(),
        "Add it to concepts.csv.")
      + PlanReferences.unknown(
        "visit", file.visits, among: casebook.schedule.plan.visits.map(\.id), "Declare it in schedule.yaml.")
      + PlanReferences.unknown("form", file.forms, among: casebook.forms.map(\.plan.id), "Write it in forms/.")
      + file.items.flatMap(itemProblems) + file.answers.flatMap(answerProblems) + cohortProblems() + setProblems()
      + file.cohorts.flatMap { cohort in
        measureProblems(cohort) + outcomeProblems(cohort)
          + cohort.evaluations.flatMap { evaluationProblems($0, of: cohort) }
      }
  }

  // MARK: items

  /// The form of that id.
  func form(_ id: String) -> FormPlan? { casebook.forms.first { $0.plan.id == id }?.plan }

  private func itemProblems(_ claim: EndpointFile.ItemClaim) -> [Problem] {
    guard let form = form(claim.path.form) else {
      return PlanReferences.unknown(
        "form", [Located(claim.path.form, at: claim.location)], among: casebook.forms.map(\.plan.id),
        "Write it in forms/.")
    }
    guard let item = form.item(claim.path.item) else {
      return [
        Problem(
          "unknown-reference", at: claim.location, "The form ‘\(form.id)’ has no item ‘\(claim.path.item)’.",
          remedy: suggestion(
            for: claim.path.item, among: form.items.map(\.id), otherwise: "Add it to forms/\(form.id).yaml."))
      ]
    }
    guard !claim.types.contains(item.type) else { return unitProblems(item, claim) }
    return [
      Problem(
        "wrong-type", at: claim.location, "‘\(claim.path)’ is \(item.type.rawValue) and stands for \(claim.use).",
        remedy: "It can be: \(claim.types.map(\.rawValue).joined(separator: ", ")).")
    ]
  }

  /// A quantity is brought into the unit of its concept; without one nobody knows in which unit it would be.
  private func unitProblems(_ item: ItemPlan, _ claim: EndpointFile.ItemClaim) -> [Problem] {
    guard item.type == .quantity, item.gives != .dose, item.concept.flatMap({ dictionary[$0]?.unit }) == nil else {
      return []
    }
    return [
      Problem(
        "no-units", at: claim.location, "‘\(claim.path)’ is a quantity without a concept that has a unit.",
        remedy: "Name its concept in forms/\(claim.path.form).yaml.")
    ]
  }

  /// States and reasons that a form does not offer would never be met.
  private func answerProblems(_ claim: EndpointFile.AnswerClaim) -> [Problem] {
    guard let item = form(claim.item.form)?.item(claim.item.item) else { return [] }
    return PlanReferences.unknown(
      "answer to \(claim.item)", claim.answers, among: item.codes.map(\.code),
      "Add it to forms/\(claim.item.form).yaml.")
  }

  // MARK: cohorts and sets

  private func cohortProblems() -> [Problem] {
    let known = study.cohorts.map(\.value.id)
    let named = file.cohorts.map { Located($0.plan.cohort, at: $0.fields.place("id")) }
    let missing = known.filter { id in !named.contains { $0.value == id } }
    return PlanReferences.unknown("cohort", named, among: known, "Declare it in study.yaml under ‘cohorts:’.")
      + missing.map { id in
        Problem(
          "no-endpoints", at: file.cohortsPlace, "The cohort ‘\(id)’ has no endpoints.",
          remedy: "Add it under ‘cohorts:’.")
      }
  }

  private func setProblems() -> [Problem] {
    let seen = Set(file.sets.map(\.value))
    return AnalysisSetID.allCases.filter { !seen.contains($0.rawValue) }.map { set in
      Problem(
        "missing-set", at: file.setsPlace, "The analysis set ‘\(set.rawValue)’ has no definition.",
        remedy: "Add it under ‘sets:’ with the words that stand beside its results.")
    }
  }

  private func measureProblems(_ cohort: EndpointFile.Cohort) -> [Problem] {
    cohort.measures.flatMap { measure -> [Problem] in
      guard case .score(let instrument, let output) = measure.source else { return [] }
      return scoreProblems(instrument, output, at: measure.location)
    }
  }

  private func outcomeProblems(_ cohort: EndpointFile.Cohort) -> [Problem] {
    PlanReferences.unknown(
      "outcome", cohort.outcomes, among: cohort.plan.evaluations.flatMap { $0.outcomes.map(\.id) }.unique,
      "Declare it under ‘outcomes:’ of an evaluation of this cohort.")
  }
}
