import ClinicalValues
import FHIR
import Foundation
import Rules
import Testing

@testable import StudyDesign

struct FormRulesTests {
  /// The fixture's study; read once, since every test asks the same.
  private static let study = Result {
    try CasebookFixture.withCopy { copy in
      try CasebookFixture.complete(copy)
      return try StudyChecker.tested.read(copy.path)
    }
  }

  private let rules: FormRules
  private let study: Study
  private let moment: Moment

  init() throws {
    study = try Self.study.get()
    rules = FormRules(Screening(study))
    moment = try #require(Moment("2026-11-23T10:00:00.000+01:00"))
  }

  private func read(
    _ form: String, _ answers: [String: FormAnswer], gender: String? = nil, cohort: String? = nil, visit: String = "SCR"
  ) throws -> FormReading {
    let plan = try #require(study.casebook.form(form))
    return try rules.read(
      plan, answers: answers, record: try record(gender), cohort: study.cohorts.first { $0.id == cohort },
      visit: visit, at: moment)
  }

  private func record(_ gender: String?) throws -> FHIR.Record {
    let gender = gender.map { #", "gender": "\#($0)""# } ?? ""
    return try FHIR.Record.read(Array(#"{"resourceType": "Patient"\#(gender)}"#.utf8), file: "patient.json")
  }

  private func quantity(_ text: String, _ unit: String) throws -> FormAnswer {
    try #require(FormAnswer(text, unit: unit, as: .quantity))
  }

  @Test(
    arguments: [
      ("female", true, true), ("male", false, false),
      // Unknown: shown, so that nothing is left unasked; not required, since it may not apply.
      (nil, true, false),
    ] as [(String?, Bool, Bool)])
  func `what the casebook cannot decide is shown and not required`(
    _ gender: String?, _ isShown: Bool, _ isRequired: Bool
  ) throws {
    let item = try #require(try read("pregnancy", [:], gender: gender)["PREGTEST"])
    #expect(item.isShown == isShown && item.isRequired == isRequired)
  }

  @Test(
    arguments: [("OTHER", true, true), ("LYING", false, false), (nil, true, false)] as [(String?, Bool, Bool)])
  func `an answer decides about another item, and one that is missing does not`(
    _ position: String?, _ isShown: Bool, _ isRequired: Bool
  ) throws {
    let answers = position.map { ["VSPOS": FormAnswer.text($0)] } ?? [:]
    let item = try #require(try read("measures", answers)["VSPOSOTH"])
    #expect(item.isShown == isShown && item.isRequired == isRequired)
    #expect(try read("measures", answers)["VSDTC"]?.isRequired == true)
  }

  @Test func `a calculated item is in the first of its units, whatever units were chosen`() throws {
    let metric = try read("measures", ["WEIGHT": quantity("81", "kg"), "HEIGHT": quantity("180", "cm")])
    #expect(metric["BMI"]?.calculated == FormAnswer("25", unit: "kg/m2", as: .quantity))
    #expect(metric.fired.isEmpty)
    let mixed = try read("measures", ["WEIGHT": quantity("81", "kg"), "HEIGHT": quantity("1.8", "m")])
    #expect(mixed["BMI"]?.calculated == metric["BMI"]?.calculated)
    #expect(try read("measures", ["WEIGHT": quantity("81", "kg")])["BMI"]?.calculated == nil)
  }

  @Test func `a check fires where it is true, and not where it is unknown`() throws {
    let thin = ["WEIGHT": try quantity("41", "kg"), "HEIGHT": try quantity("180", "cm")]
    let fired = try read("measures", thin).fired
    #expect(fired.map(\.id) == ["measures.BMI.usual", "VS-BMI-LOW"])
    #expect(fired.last?.items == ["WEIGHT", "HEIGHT"])
    #expect(fired.last?.message == "Weight and height do not fit together. Check both.")
    #expect(try read("measures", ["HEIGHT": quantity("180", "cm")]).fired.isEmpty)
  }

  @Test(
    arguments: [
      ("ssc", "D28", true), ("ssc", "M24", false), ("sle", "D28", false), (nil, "D28", false),
    ] as [(String?, String, Bool)])
  func `a check knows the cohort and the visit`(_ cohort: String?, _ visit: String, _ fires: Bool) throws {
    let fired = try read("measures", ["TEMP": quantity("38.5", "Cel")], cohort: cohort, visit: visit).fired
    #expect(fired.map(\.id) == (fires ? ["VS-FEVER-D28"] : []))
  }

  @Test(
    arguments: [
      ("40", "kg", nil), ("120", "kg", nil), ("200", "[lb_av]", nil),
      ("39.99", "kg", "Body weight is 39.99 kg; usual is 40 to 120 kg. Correct it, or confirm it."),
      ("300", "[lb_av]", "Body weight is 300 [lb_av]; usual is 40 to 120 kg. Correct it, or confirm it."),
    ] as [(String, String, String?)])
  func `a value outside the usual range is told, in whatever unit it was given`(
    _ number: String, _ unit: String, _ message: String?
  ) throws {
    let fired = try read("measures", ["WEIGHT": quantity(number, unit)]).fired
    #expect(fired.map(\.message) == [message].compactMap(\.self))
    #expect(fired.allSatisfy { $0.id == "measures.WEIGHT.usual" && $0.items == ["WEIGHT"] })
  }

  @Test(
    arguments: [
      ("2026-11-24", true), ("2026-11-23", false), ("2026-11-22", false),
    ])
  func `today is the day at the site`(_ date: String, _ fires: Bool) throws {
    let answer = try #require(FormAnswer(date, as: .date))
    #expect(try read("pregnancy", ["PREGDTC": answer]).fired.map(\.id) == (fires ? ["PREG-FUTURE"] : []))
  }

  @Test func `partial dates that may overlap fire nothing`() throws {
    func fired(_ start: String, _ end: String) throws -> [String] {
      try read(
        "medicines",
        [
          "CMSTDTC": try #require(FormAnswer(start, as: .partialDate)),
          "CMENDTC": try #require(FormAnswer(end, as: .partialDate)),
        ]
      ).fired.map(\.id)
    }
    #expect(try fired("2026-03-07", "2026") == [])
    #expect(try fired("2026-03-07", "2026-02") == ["CM-END-BEFORE-START"])
  }

  @Test func `a visit applies, does not, or nobody can say`() throws {
    let visit = try #require(study.schedule.visit("D28"))
    func applies(_ birthDate: String?) throws -> Bool? {
      let born = birthDate.map { #", "birthDate": "\#($0)""# } ?? ""
      let record = try FHIR.Record.read(Array(#"{"resourceType": "Patient"\#(born)}"#.utf8), file: "patient.json")
      return try rules.applicability(record: record, cohort: nil, at: moment).applies(visit)
    }
    #expect(try applies("1990-01-01") == true)
    #expect(try applies("2020-01-01") == false)
    #expect(try applies(nil) == nil)
    let unscheduled = try #require(study.schedule.visit("UNS"))
    #expect(Applicability(truths: [:]).applies(unscheduled) == true)
  }
}
