import ClinicalValues
import Foundation
import Testing

@testable import StudyDesign

struct FormReadingTests {
  @Test func `forms and schedule are read as they are written`() throws {
    let plan = try CasebookFixture.withCopy { try CasebookPlan.inFolder($0.path) }
    #expect(plan.forms.map(\.id) == ["measures", "pregnancy", "medicines"])
    let measures = try #require(plan.form("measures"))
    #expect(measures.occurs == .repeated && measures.dated == "VSDTC" && measures.library == "Form_measures")
    #expect(measures.words == "closely monitored for safety" && measures.provisional == nil)
    let weight = try #require(measures.item("WEIGHT"))
    #expect(weight.units == ["kg", "[lb_av]"] && weight.gives == .value && weight.critical)
    #expect(weight.possible == 20...300 && weight.usual == 40...120)
    #expect(measures.item("VSPOS")?.codes.map(\.label) == ["Sitting", "Lying", "Other"])
    #expect(
      measures.item("VSPOSOTH")?.required
        == .when(FormExpression(text: "VSPOS = 'OTHER'", definition: "required_VSPOSOTH")))
    #expect(
      measures.item("BMI")?.calculated == FormExpression(text: "WEIGHT\n  / (HEIGHT * HEIGHT)", definition: "BMI"))
    #expect(
      plan.form("medicines")?.item("CMREASND")?.codes.first?.label == "Outcome of a medicine: Inadequate response")
  }

  @Test func `days, windows, times and origins of visits are read`() throws {
    let schedule = try CasebookFixture.withCopy { try CasebookPlan.inFolder($0.path) }.schedule
    #expect(schedule.visits.map(\.id) == ["SCR", "D0", "D28", "M24", "UNS"])
    #expect(schedule.visit("SCR")?.day == 0...28)
    #expect(schedule.visit("M24")?.window == -30...0)
    #expect(schedule.visit("M24")?.source != nil && schedule.visit("M24")?.provisional == nil)
    #expect(schedule.visit("SCR")?.provisional == "registry-fields")
    #expect(schedule.visit("D0")?.activities.last?.minutes == [-30, 0, 15, 60])
    #expect(schedule.visit("D0")?.activities.last?.fromInfusion == true)
    #expect(schedule.visit("D28")?.mode == .siteOrCall)
    #expect(schedule.visit("D28")?.applies == "Inclusion.INC-1")
  }

  @Test func `a plan is the same after it was written as JSON and read again`() throws {
    let plan = try CasebookFixture.withCopy { try CasebookPlan.inFolder($0.path) }
    let data = try JSONEncoder().encode(plan)
    #expect(try JSONDecoder().decode(CasebookPlan.self, from: data) == plan)
  }

  @Test func `a study without forms and schedule has none`() throws {
    let plan = try CasebookFixture.withCopy { copy in
      try StudyOnDisk.removeCasebook(from: copy)
      #expect(CasebookFixture.quickProblems(copy).isEmpty)
      return try CasebookPlan.inFolder(copy.path)
    }
    #expect(plan.forms.isEmpty && plan.schedule.visits.isEmpty)
  }

  @Test(
    arguments: [
      ("true", nil, ItemType.boolean, FormAnswer.boolean(true)), ("12", nil, .integer, .integer(12)),
      ("1.50", "kg", .quantity, .quantity(Decimal("1.50") ?? 0, unit: "kg")), ("LYING", nil, .code, .text("LYING")),
      ("2026-03", nil, .partialDate, CalendarDate("2026-03").map { .date($0) }),
      ("2026-03-07T10:30+01:00", nil, .dateTime, DateTime("2026-03-07T10:30+01:00").map { .dateTime($0) }),
      ("yes", nil, .boolean, nil), ("1.5", nil, .integer, nil), ("1.5", nil, .quantity, nil), ("", nil, .text, nil),
      ("2026-03", nil, .date, nil), ("2026-03-07", nil, .dateTime, nil), ("2026-03-07T10:30", nil, .dateTime, nil),
      ("12", "kg", .integer, nil),
    ] as [(String, String?, ItemType, FormAnswer?)])
  func `an answer is read from its text, and written as it was`(
    _ text: String, _ unit: String?, _ type: ItemType, _ expected: FormAnswer?
  ) {
    let answer = FormAnswer(text, unit: unit, as: type)
    #expect(answer == expected)
    if let answer { #expect(answer.text == text && answer.unit == unit) }
  }

  @Test func `units reach the first one by the dictionary, and there and back nothing is lost`() throws {
    let dictionary = DataDictionary(
      DictionaryReader(
        try String(contentsOf: StudyOnDisk.shipped.appending(path: "concepts.csv"), encoding: .utf8),
        file: "concepts.csv"
      ).concepts)
    let plan = try CasebookFixture.withCopy { try CasebookPlan.inFolder($0.path) }
    var creatinine = try #require(plan.form("measures")?.item("WEIGHT"))
    creatinine.concept = "creatinine"
    creatinine.units = ["mg/dL", "umol/L"]
    // 88.4 is the protocol's own factor; UCUM knows no molar mass.
    #expect(creatinine.inFirstUnit(Decimal("176.8") ?? 0, "umol/L", by: dictionary) == ExactNumber("2"))
    let temperature = try #require(plan.form("measures")?.item("TEMP"))
    #expect(temperature.lies(.quantity(102, unit: "[degF]"), in: 35...39, by: dictionary) == true)
    #expect(temperature.lies(.quantity(103, unit: "[degF]"), in: 35...39, by: dictionary) == false)
    #expect(temperature.lies(.quantity(38, unit: "kg"), in: 35...39, by: dictionary) == nil)
  }
}
