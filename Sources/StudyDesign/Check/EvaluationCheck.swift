import CQL
import Instruments

/// Whether every key of an instrument is filled, and with an answer of its kind.
extension EndpointCheck {
  /// The names of the values in an instrument's result: those that it has with nothing recorded.
  static func outputs(of instrument: Instrument) -> [String] { instrument([:]).values.map(\.name) }

  /// A score is computed from its items, all of which one form must ask.
  func scoreProblems(_ id: String, _ output: String, at place: SourceLocation) -> [Problem] {
    guard let instrument = Instrument.named(id) else { return [unknownInstrument(id, at: place)] }
    guard let scale = Scale(dictionary, instrument: id) else {
      return [
        Problem(
          "no-answer", at: place, "The dictionary lists no items of ‘\(id)’, so that it cannot be computed.",
          remedy: "Name it in the column item_of of its items in concepts.csv, or use another source.")
      ]
    }
    var problems: [Problem] = []
    let askers = Set(
      casebook.forms.filter { form in form.plan.items.contains { scale.key(of: $0) != nil } }.map(\.plan.id))
    let asked = Set(casebook.forms.flatMap { $0.plan.items.compactMap { scale.key(of: $0) } })
    let missing = instrument.items.map(\.key).filter { !asked.contains($0) }
    if askers.count > 1 || !missing.isEmpty {
      problems.append(
        Problem(
          "not-in-a-form", at: place,
          missing.isEmpty
            ? "The items of ‘\(id)’ stand in several forms: \(askers.sorted().joined(separator: ", "))."
            : "No form asks these items of ‘\(id)’: \(missing.joined(separator: ", ")).",
          remedy: "Ask all items of an instrument in one form."))
    }
    return problems + outputProblems(output, of: instrument, at: place)
  }

  private func outputProblems(_ output: String, of instrument: Instrument, at place: SourceLocation) -> [Problem] {
    PlanReferences.unknown(
      "value of \(instrument.id)", [Located(output, at: place)], among: Self.outputs(of: instrument), "")
  }

  private func unknownInstrument(_ id: String, at place: SourceLocation) -> Problem {
    Problem(
      "unknown-reference", at: place, "There is no instrument ‘\(id)’.",
      remedy: suggestion(
        for: id, among: Instrument.all.map(\.id), otherwise: "‘tandem score --list’ names those that there are."))
  }

  func evaluationProblems(_ evaluation: EndpointFile.Evaluation, of cohort: EndpointFile.Cohort) -> [Problem] {
    let place = evaluation.fields.place("instrument")
    guard let instrument = Instrument.named(evaluation.plan.instrument) else {
      return [unknownInstrument(evaluation.plan.instrument, at: place)]
    }
    let keys = instrument.items.map(\.key)
    var problems = PlanReferences.unknown(
      "key of \(instrument.id)", evaluation.keys.map { Located($0.plan.key, at: $0.location) }, among: keys, "")
    let filled = Set(evaluation.keys.map(\.plan.key))
    let unfilled = keys.filter { !filled.contains($0) }
    // A misspelled key is one problem, not also one that is not filled.
    if problems.isEmpty, !unfilled.isEmpty {
      problems.append(
        Problem(
          "key-not-filled", at: place,
          "Nothing fills these keys of \(instrument.id): \(unfilled.joined(separator: ", ")).",
          remedy: "Say where each answer comes from, or ‘notCollected:’ with what follows from that."))
    }
    for claim in evaluation.keys {
      guard let item = instrument.items.first(where: { $0.key == claim.plan.key }) else { continue }
      problems += keyProblems(claim, item, evaluation, cohort)
    }
    for (outcome, fields) in zip(evaluation.plan.outcomes, evaluation.outcomes) {
      problems += outputProblems(outcome.output, of: instrument, at: fields.place("output"))
      if let output = outcome.appliesIf {
        problems += outputProblems(output, of: instrument, at: fields.place("appliesIf"))
      }
    }
    return problems
  }

  private func keyProblems(
    _ claim: EndpointFile.KeyClaim, _ item: Item, _ evaluation: EndpointFile.Evaluation, _ cohort: EndpointFile.Cohort
  ) -> [Problem] {
    let place = claim.location
    switch claim.plan.source {
    case .score(let instrument, let output):
      return scoreProblems(instrument, output, at: place) + misfit(item, gives: .number, at: place)
    case .item(let path, let aspect):
      guard let asked = form(path.form)?.item(path.item) else { return [] }
      return misfit(item, gives: KeyKind(asked, aspect), at: place)
    case .mean, .prednisone, .sum, .count: return countProblems(claim, cohort) + misfit(item, gives: .number, at: place)
    case .pick(let id, let aspect):
      return PlanReferences.unknown(
        "pick", [Located(id, at: place)], among: file.plan.picks.map(\.id), "Declare it under ‘picks:’.")
        + misfit(item, gives: aspect == .name ? .word : .number, at: place)
    case .constant(let text): return constantProblems(text, item, at: place)
    case .result(let id, let output):
      return resultProblems(id, output, before: evaluation, of: cohort, at: place)
    case .course(_, let day, let members): return courseProblems(item, [day] + members.map(\.key), at: place)
    case .notCollected: return []
    }
  }

  private func countProblems(_ claim: EndpointFile.KeyClaim, _ cohort: EndpointFile.Cohort) -> [Problem] {
    switch claim.plan.source {
    case .count, .sum: break
    default: return []
    }
    guard cohort.plan.rebaseline == nil else { return [] }
    return [
      Problem(
        "no-answer", at: claim.location, "Nothing says from when on ‘\(claim.plan.key)’ is counted.",
        remedy: "Name the answer that marks a new baseline (‘rebaseline:’) in this cohort.")
    ]
  }

  private func constantProblems(_ text: String, _ item: Item, at place: SourceLocation) -> [Problem] {
    guard let datum = item.constant(text), item.accepts(datum) else {
      return [
        Problem(
          "wrong-type", at: place, "‘\(text)’ is no answer to ‘\(item.key)’ (\(item.words)).",
          remedy: "Write one that the instrument takes.")
      ]
    }
    return []
  }

  private func resultProblems(
    _ id: String, _ output: String, before evaluation: EndpointFile.Evaluation, of cohort: EndpointFile.Cohort,
    at place: SourceLocation
  ) -> [Problem] {
    let earlier = cohort.plan.evaluations.prefix { $0.id != evaluation.plan.id }
    let problems = PlanReferences.unknown(
      "earlier evaluation", [Located(id, at: place)], among: earlier.map(\.id), "Write it before this one.")
    guard problems.isEmpty, let named = earlier.first(where: { $0.id == id }),
      let instrument = Instrument.named(named.instrument)
    else { return problems }
    return outputProblems(output, of: instrument, at: place)
  }

  private func courseProblems(_ item: Item, _ members: [String], at place: SourceLocation) -> [Problem] {
    guard case .records(let known) = item.answer else { return misfit(item, gives: .records, at: place) }
    return PlanReferences.unknown(
      "member of \(item.key)", members.map { Located($0, at: place) }, among: known.map(\.key), "")
  }

  /// That an answer of one sort cannot fill a key of another.
  private func misfit(_ item: Item, gives kind: KeyKind?, at place: SourceLocation) -> [Problem] {
    let wanted = KeyKind(item)
    guard let kind, wanted == kind else {
      return [
        Problem(
          "wrong-type", at: place,
          "‘\(item.key)’ takes \(wanted?.words ?? "no such answer"), not \(kind?.words ?? "this").",
          remedy: "Name another source for it.")
      ]
    }
    return []
  }
}

/// What sort of answer a key takes and a source gives.
private enum KeyKind {
  case yesNo, number, word, records

  var words: String {
    switch self {
    case .yesNo: "yes or no"
    case .number: "a number"
    case .word: "a word"
    case .records: "a list of records"
    }
  }

  init?(_ item: Item) {
    switch item.answer {
    case .yesNo: self = .yesNo
    case .whole, .level, .number, .step, .choice: self = .number
    case .word, .text: self = .word
    case .records: self = .records
    case .date, .localTime, .numbers: return nil
    }
  }

  init?(_ item: ItemPlan, _ aspect: ItemAspect) {
    switch (item.type, aspect) {
    case (_, .notAboveNormal), (_, .notBelowNormal), (.boolean, .value): self = .yesNo
    case (_, .lowerLimit), (_, .upperLimit), (.integer, .value), (.quantity, .value): self = .number
    case (.code, .value): self = .word
    default: return nil
    }
  }
}
