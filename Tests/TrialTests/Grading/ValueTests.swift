import ClinicalValues
import Instruments
import Ledger
import StudyDesign
import Testing

@testable import Trial

/// What a casebook holds of a concept, and the grades that follow from it.
struct ValueTests {
  @Test(
    arguments: [
      // The entry, and the grade of hemoglobin: < LLN 1, < 100 g/L 2, < 80 g/L 3.
      ("12.0", "g/dL", 0), ("11.9", "g/dL", 1), ("10.0", "g/dL", 1), ("9.9", "g/dL", 2), ("99.9", "g/L", 2),
      ("8.0", "g/dL", 2), ("7.9", "g/dL", 3), ("<8.0", "g/dL", 3), ("<=8.0", "g/dL", 2), ("7.99999999", "g/dL", 3),
    ] as [(String, String, Int)])
  func `limits hold in whatever unit a value was entered`(_ text: String, _ unit: String, _ grade: Int) {
    var participant = GradedParticipant()
    let low: Decimal = unit == "g/L" ? 120 : 12
    participant.fill("SCR/1/blood/1", at: "2026-02-01T08:00", .lab("HGB", text, unit, low: low, high: low))
    #expect(participant.grades("hemoglobin") == [grade])
  }

  @Test(
    arguments: [("<8.0", "g/dL", "<80"), ("<=8.0", "g/dL", "<=80"), (">8.0", "g/dL", ">80"), ("<79", "g/L", "<79")]
      as [(String, String, String)])
  func `a rule tells a value beyond a limit of the method by that limit`(
    _ text: String, _ unit: String, _ told: String
  ) {
    var participant = GradedParticipant()
    participant.fill("SCR/1/blood/1", at: "2026-02-01T08:00", .lab("HGB", text, unit))
    let rule = participant.graded("hemoglobin").first?[.low]?.rule ?? ""
    #expect(rule.contains("Value \(told) g/L"), "\(rule)")
  }

  @Test func `a rule tells a baseline beyond a limit of the method by that limit`() throws {
    let creatinine = try #require(CTCAE.analyte("creatinine"))
    let measurement = CTCAE.Measurement(value: 40, uln: 90, baseline: 19, baselineText: "<20")
    #expect(creatinine.grade(measurement).rule == "Grade 2: > 1.5 baseline. Value 40 umol/L, baseline <20 umol/L.")
  }

  @Test(
    arguments: [
      // Creatinine by the dictionary's 88.4: ULN 1.0 mg/dL, with the ladders of the limit of normal.
      ("1.0", "mg/dL", 0), ("1.01", "mg/dL", 1), ("1.5", "mg/dL", 1), ("1.51", "mg/dL", 2), ("132.6", "umol/L", 1),
      ("132.7", "umol/L", 2), ("3.0", "mg/dL", 2), ("6.01", "mg/dL", 4),
    ] as [(String, String, Int)])
  func `the study's factors convert value and limit`(_ text: String, _ unit: String, _ grade: Int) {
    var participant = GradedParticipant()
    participant.ranges(
      NormalRange(
        laboratory: "L", concept: "creatinine", validFrom: day("2026-01-01"), low: 0, high: 1, unit: "mg/dL"))
    participant.fill("SCR/1/blood/1", at: "2026-02-01T08:00", .lab("CREAT", text, unit))
    #expect(participant.grades("creatinine", .high) == [grade])
  }

  @Test func `where UCUM knows no molar mass the plan's steps lead to the analyte's unit`() {
    var participant = GradedParticipant()
    // 2.2 mmol/L are 39.6352 mg/dL.
    participant.fill("SCR/1/blood/1", at: "2026-02-01T08:00", .lab("GLUC", "39.63", "mg/dL"))
    participant.fill("BL/1/blood/1", at: "2026-02-02T08:00", .lab("GLUC", "39.64", "mg/dL"))
    #expect(participant.grades("glucose") == [3, 2])
  }

  @Test func `a value keeps the range of its day and says where none is known`() throws {
    var participant = GradedParticipant()
    for (from, low) in [("2026-01-01", 120), ("2026-02-10", 110)] as [(String, Decimal)] {
      participant.trial.given(
        .laboratory(
          .berlin,
          .rangesImported(
            file: Digest(of: from),
            ranges: [
              NormalRange(
                laboratory: "L", concept: "hemoglobin", validFrom: day(from), low: low, high: 160, unit: "g/L")
            ])))
    }
    participant.fill("SCR/1/blood/1", at: "2025-12-31T08:00", .lab("HGB", "115", "g/L"))
    participant.fill("BL/1/blood/1", at: "2026-02-09T08:00", .lab("HGB", "115", "g/L"))
    participant.fill("D1/1/blood/1", at: "2026-02-10T08:00", .lab("HGB", "115", "g/L"))
    participant.fill(
      "D2/1/blood/1", at: "2026-02-11T08:00", Entry("LBNAM", .value("Elsewhere")), .lab("HGB", "115", "g/L"))
    participant.fill("D3/1/blood/1", at: "2026-02-12T08:00", .lab("HGB", "115", "mol/L"))
    #expect(participant.grades("hemoglobin") == [nil, 1, 0, nil, nil])
    let reasons = participant.grading.notGradable.compactMap(\.value.problem)
    #expect(
      reasons == [
        "no range of L holds on 2025-12-31", "no range of Elsewhere holds on 2026-02-11",
        "the dictionary does not convert mol/L to g/L",
      ])
  }

  @Test func `the range in force is known before a value is entered, in the unit of its concept`() throws {
    var participant = GradedParticipant()
    participant.ranges(
      NormalRange(
        laboratory: "L", concept: "hemoglobin", validFrom: day("2026-02-10"), low: 12, high: 16, unit: "g/dL"))
    participant.fill("D1/1/blood/1", at: "2026-02-09T08:00")
    let measures = ItemMeasures(
      of: participant.trial.of(), laboratories: participant.trial.state.laboratories, book: participant.trial.book)
    let item = try #require(participant.trial.book.forms["blood"]?.item("HGB"))
    let later = day("2026-02-12")
    let found = measures.rangeInForce(of: item, in: GradedParticipant.key("D2/1/blood/1"), otherwise: later)
    #expect(found?.range == ReferenceRange(low: 120, high: 160, laboratory: "L"))
    #expect(found?.unit == "g/L" && found?.day == later)
    // The day that the form says counts before.
    #expect(measures.rangeInForce(of: item, in: GradedParticipant.key("D1/1/blood/1"), otherwise: later) == nil)
  }

  @Test func `a number that needs no limit is graded without a range`() {
    var participant = GradedParticipant()
    participant.fill("SCR/1/blood/1", at: "2026-02-01T08:00", .lab("NEUT", "0.49", "10*9/L"))
    participant.fill("BL/1/blood/1", at: "2026-02-02T08:00", .lab("NEUT", "2.0", "10*9/L"))
    #expect(participant.grades("neutrophils") == [4, nil])
  }

  @Test func `ages known to the year find no range where it changes`() {
    var participant = GradedParticipant()
    func range(_ low: Decimal, _ ages: ClosedRange<Int>) -> NormalRange {
      NormalRange(
        laboratory: "L", concept: "hemoglobin", sex: .female, ageFrom: ages.lowerBound, ageTo: ages.upperBound,
        validFrom: day("2026-01-01"), low: low, high: 160, unit: "g/L")
    }
    participant.ranges(range(120, 18...59), range(110, 60...120))
    let consent = GivenConsent(
      version: "1.0", site: .berlin, obtainedBy: .named("investigator"), adult: true, copyGiven: true)
    participant.trial.given(
      .way(.first, .consented(consent: consent)), at: GradedParticipant.moment("2026-01-10T09:00"))
    participant.fill("once/1/demographics/1", Entry("AGE", .value("59")), Entry("SEX", .value("female")))
    participant.fill("SCR/1/blood/1", at: "2026-01-10T10:00", .lab("HGB", "115", "g/L"))
    participant.fill("BL/1/blood/1", at: "2026-02-09T08:00", .lab("HGB", "115", "g/L"))
    participant.fill("D1/1/blood/1", at: "2027-02-09T08:00", .lab("HGB", "115", "g/L"))
    #expect(participant.grades("hemoglobin") == [1, nil, 0])
  }

  @Test func `low and high are graded apart`() {
    var participant = GradedParticipant()
    participant.fill("SCR/1/blood/1", at: "2026-02-01T08:00", .lab("LYMPH", "25", "10*9/L", low: 1, high: 4))
    participant.fill("BL/1/blood/1", at: "2026-02-02T08:00", .lab("LYMPH", "0.1", "10*9/L", low: 1, high: 4))
    #expect(participant.grades("lymphocytes", .low) == [0, 4])
    #expect(participant.grades("lymphocytes", .high) == [3, 0])
    #expect(
      participant.grading.proposalsWorstFirst.map(\.term) == [
        "Lymphocyte count decreased", "Lymphocyte count increased",
      ])
  }

  @Test func `a corrected value counts, and what was cleared does not`() {
    var participant = GradedParticipant()
    participant.fill("SCR/1/blood/1", at: "2026-02-01T08:00", .lab("NEUT", "0.4", "10*9/L"))
    participant.fill("SCR/1/blood/1", .lab("NEUT", "1.4", "10*9/L"))
    #expect(participant.grades("neutrophils") == [2])
    participant.fill("SCR/1/blood/1", Entry("NEUT", .cleared))
    #expect(participant.grades("neutrophils") == [])
  }

  @Test func `a value without a date takes the visit's`() {
    var participant = GradedParticipant()
    participant.fill("D1/1/visit/1", at: "2026-03-07T09:00")
    participant.fill("D1/1/blood/1", .lab("NEUT", "0.4", "10*9/L"))
    participant.fill("D2/1/blood/1", .lab("NEUT", "0.4", "10*9/L"))
    #expect(participant.graded("neutrophils").map { $0.value.day?.description } == ["2026-03-07", nil])
  }

  private func day(_ text: String) -> CalendarDate { CalendarDate(text) ?? .least }
}

/// Change is measured from the last value before LD 1.
struct BaselineTests {
  @Test func `baseline and earlier are graded by normal ranges, later values by the baseline`() throws {
    var participant = GradedParticipant()
    participant.lymphodeplete()
    // ULN 40. At baseline 100: from then on multiples of 100 count, and 149 is no grade at all.
    for (form, day, value) in [
      ("SCR", "2026-02-01", "130"), ("BL", "2026-02-28", "100"), ("D1", "2026-03-07", "149"),
      ("D2", "2026-03-08", "150"),
      ("D3", "2026-03-09", "301"), ("D4", "2026-03-10", "2001"),
    ] {
      participant.fill("\(form)/1/blood/1", at: "\(day)T08:00", .lab("ALT", value, "U/L", low: 5, high: 40))
    }
    #expect(participant.grades("alt", .high) == [2, 1, 0, 1, 2, 4])
    let baseline = participant.graded("alt").map { $0.baseline?.answer.text }
    #expect(baseline == [nil, nil, "100", "100", "100", "100"])
  }

  @Test func `the baseline is abnormal by the limits of its own day`() {
    var participant = GradedParticipant()
    participant.lymphodeplete()
    participant.fill("BL/1/blood/1", at: "2026-02-28T08:00", .lab("ALT", "45", "U/L", low: 5, high: 50))
    // Normal then: multiples of today's limit of 40 count, 130 is above three times of it.
    participant.fill("D1/1/blood/1", at: "2026-03-07T08:00", .lab("ALT", "130", "U/L", low: 5, high: 40))
    #expect(participant.grades("alt", .high) == [0, 2])
  }

  @Test func `a sample of the day of LD 1 counts where it was certainly before`() {
    var participant = GradedParticipant()
    participant.lymphodeplete(on: "2026-03-01T09:00")
    participant.fill("BL/1/blood/1", at: "2026-03-01T08:59", .lab("ALT", "30", "U/L", low: 5, high: 40))
    participant.fill("D1/1/blood/1", at: "2026-03-01T09:01", .lab("ALT", "31", "U/L", low: 5, high: 40))
    #expect(participant.graded("alt").map(\.isBeforeTreatment) == [true, false])
    #expect(participant.graded("alt").last?.baseline?.answer.text == "30")
  }

  @Test(arguments: [
    ("2026-02-28", true), ("2026-03-01", true), ("2026-03-02", false), ("2026-03", false), ("2026-02", true),
    ("2026-03-01T08:59+01:00", true), ("2026-03-01T09:00+01:00", false), ("2026-03-01T08:30+00:00", false),
  ])
  func `what is dated by the day of LD 1 alone was before it, as the baseline visit of that day is`(
    _ when: String, _ isBefore: Bool
  ) throws {
    let time = try #require(DateTime(when) ?? CalendarDate(when).flatMap { DateTime(date: $0) })
    #expect(time.isBefore(treatment: GradedParticipant.moment("2026-03-01T09:00")) == isBefore)
  }

  @Test func `circumstances of the same form change a grade, unknown ones do not`() {
    var participant = GradedParticipant()
    let value = Entry.lab("APTT", "45", "s", low: 25, high: 40)
    participant.fill("SCR/1/blood/1", at: "2026-02-01T08:00", value)
    participant.fill("BL/1/blood/1", at: "2026-02-02T08:00", value, Entry("BLEED", .value("false")))
    participant.fill("D1/1/blood/1", at: "2026-02-03T08:00", value, Entry("BLEED", .value("true")))
    #expect(participant.grades("aptt", .high) == [1, 1, 3])
  }

  @Test func `shift goes from baseline to the worst afterwards, low and high apart`() throws {
    var participant = GradedParticipant()
    participant.lymphodeplete()
    participant.infuse()
    for (form, day, value) in [
      ("SCR", "2026-02-01", "0.1"), ("BL", "2026-02-28", "0.9"), ("D1", "2026-03-07", "0.1"),
      ("D28", "2026-04-03", "5"),
    ] {
      participant.fill("\(form)/1/blood/1", at: "\(day)T08:00", .lab("LYMPH", value, "10*9/L", low: 1, high: 4))
    }
    let shifts = participant.grading.shifts().filter { $0.analyte == "lymphocytes" }
    #expect(shifts.map(\.baselineGrade) == [1, 0])
    #expect(shifts.map(\.worstGrade) == [4, 2])
    #expect(
      participant.grading.shifts(days: 20...30).first { $0.term == "Lymphocyte count decreased" }?.worstGrade == 0)
  }
}
