import ClinicalValues
import FHIR
import Rules
import StudyDesign
import Trial

/// Asks the rules of forms of a participant's casebook.
struct FormPainter {
  let source: ClinicalSource
  let edition: ProtocolShelf.Edition
  let moment: Moment
  let record: Record

  /// The pictures of forms; one that the study does not have gives none.
  func pictures(of keys: some Sequence<FormKey>) throws -> [FormKey: FormPicture] {
    var pictures: [FormKey: FormPicture] = [:]
    for key in keys { pictures[key] = try picture(of: key) }
    return pictures
  }

  /// What the rules of a form say of it, with the casebook as it stands.
  func picture(of key: FormKey) throws -> FormPicture? {
    guard let plan = edition.book.forms[key.form] else { return nil }
    let answers = answers(of: key, plan)
    let state = source.state
    let cohort = state.way.cohort.flatMap { id in edition.study.cohorts.first { $0.id == id } }
    let reading = try edition.rules.read(
      plan, answers: answers, record: record, cohort: cohort, visit: key.visit, at: moment,
      anchors: Anchors(state, edition.study.conduct.way))
    let apart = Set(plan.items.filter { $0.concept.map(edition.book.keptApart.contains) == true }.map(\.id))
    return FormPicture(
      shown: Set(reading.items.filter(\.isShown).map(\.id)),
      required: Set(reading.items.filter { $0.isRequired && plan.item($0.id)?.calculated == nil }.map(\.id))
        .subtracting(apart),
      calculated: reading.items.compactMap { item in
        item.calculated.map { Entry(item.id, .value($0.text, unit: $0.unit)) }
      },
      fired: reading.fired.map { FormPicture.Fired(check: $0.id, message: $0.message, items: $0.items) },
      impossible: impossible(plan, answers))
  }

  /// The answers that are values, in the form in which rules take them. A value below or above a laboratory's limit of
  /// measurement is none: rules that need a number do not decide on it.
  private func answers(of key: FormKey, _ plan: FormPlan) -> [String: FormAnswer] {
    let form = source.state.casebook.forms[key]
    var answers: [String: FormAnswer] = [:]
    for item in plan.items where item.calculated == nil {
      if item.concept.map(edition.book.keptApart.contains) == true {
        if let birthDate = source.person.birthDate { answers[item.id] = .date(birthDate) }
        continue
      }
      guard let answer = form?.entry(item.id)?.answer, let text = answer.text else { continue }
      let unit = item.type == .quantity ? answer.unit ?? item.units.first ?? "1" : nil
      answers[item.id] = FormAnswer(text, unit: unit, as: item.type)
    }
    return answers
  }

  private func impossible(_ plan: FormPlan, _ answers: [String: FormAnswer]) -> [String: String] {
    var impossible: [String: String] = [:]
    for item in plan.items {
      guard let possible = item.possible, let answer = answers[item.id],
        item.lies(answer, in: possible, by: edition.study.dictionary) == false
      else { continue }
      let unit = item.units.first.map { " \($0)" } ?? ""
      impossible[item.id] = "\(possible.lowerBound.trimmed) to \(possible.upperBound.trimmed)\(unit)"
    }
    return impossible
  }
}
