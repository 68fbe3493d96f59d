import ClinicalValues
import Ledger

@testable import StudyDesign
@testable import Trial

extension FormKey {
  static let vitals = known { try FormKey("SCR/1/vitals/1") }
  static let otherVitals = known { try FormKey("D28/1/vitals/1") }
  static let history = known { try FormKey("log/1/history/1") }
  static let demographics = known { try FormKey("once/1/demographics/1") }

  /// Keys that tests use of a form.
  static func examples(of form: FormPlan) -> [FormKey] {
    [vitals, otherVitals, history, demographics].filter { $0.form == form.id }
  }
}

extension ItemPlan {
  /// An item of which a test says only what matters.
  static func example(
    _ id: String, _ type: ItemType, concept: String? = nil, units: [String] = [], codes: [String] = [],
    possible: ClosedRange<Decimal>? = nil, calculated: String? = nil
  ) -> ItemPlan {
    ItemPlan(
      id: id, label: "", help: nil, section: nil, type: type, concept: concept,
      gives: concept == nil ? .nothing : .value,
      units: units, codes: codes.map { CodePlan(code: $0, label: $0) }, possible: possible, usual: nil, dated: nil,
      shown: nil, required: .never, calculated: calculated.map { FormExpression(text: $0, definition: $0) },
      critical: false)
  }
}

extension FormPlan {
  static func example(
    _ id: String, _ occurs: FormOccurrence, source: SourceOfData = .thisSystem, signed: FormSigner? = nil,
    dated: String? = nil, _ items: [ItemPlan]
  ) -> FormPlan {
    FormPlan(
      id: id, title: id, domain: "XX", occurs: occurs, source: source, signed: signed, dated: dated, resource: nil,
      items: items, checks: [], words: nil, provisional: nil)
  }
}

extension FormBook {
  static let example = FormBook(
    forms: [
      .example(
        "vitals", .repeated, signed: .investigator, dated: "DATE",
        [
          .example("DATE", .date), .example("PULSE", .integer, possible: 20...300),
          .example("TEMP", .quantity, units: ["Cel", "[degF]"], possible: 30...45), .example("SITTING", .boolean),
          .example("PLACE", .code, codes: ["EAR", "MOUTH"]), .example("NOTE", .text),
          .example("AT", .dateTime), .example("SCORE", .integer, calculated: "PULSE + 1"),
        ]),
      .example("history", .log, source: .hospitalRecord, [.example("TERM", .text), .example("BEGAN", .partialDate)]),
      .example(
        "demographics", .once,
        [.example("BORN", .date, concept: "birthDate"), .example("SEX", .code, codes: ["female", "male"])]),
    ], visits: ["SCR", "D28"])
}

extension TrialScenario {
  /// A save of entries as somebody makes it who sees the form as it stands.
  func save(
    _ entries: [Entry], of form: FormKey = .vitals, correction: String? = nil, source: SourceOfData? = nil
  ) -> SaveForm {
    let record = of().casebook.forms[form]
    return SaveForm(
      participant: .first, form: form,
      entries: entries.map { ReadEntry($0, read: record?.items[$0.item]?.version ?? 0) }, source: source,
      correction: correction)
  }

  /// What an item of the first participant holds.
  func answer(_ item: String, in form: FormKey = .vitals) -> Answer? { of().casebook.forms[form]?.entry(item)?.answer }

  /// Somebody who consented, with a pulse and a temperature.
  static func withVitals() throws(Refusal) -> TrialScenario {
    var trial = try consented()
    try trial.perform(
      trial.save([Entry("PULSE", .value("72")), Entry("TEMP", .value("36.8", unit: "Cel"))]), by: .nurse)
    return trial
  }
}

extension Entry {
  static func pulse(_ text: String) -> Entry { Entry("PULSE", .value(text)) }
}
