import ClinicalValues
import Instruments
import StudyDesign
import Testing

@testable import Trial

/// Syndromes by day, hematotoxicity, CAR-T cells, B cells, immunoglobulin.
struct CourseTests {
  private func infused() -> GradedParticipant {
    var participant = GradedParticipant()
    participant.lymphodeplete()
    participant.infuse()
    return participant
  }

  @Test func `CRS takes the highest temperature of its day and says what it cannot know`() throws {
    var participant = infused()
    participant.fill("D1/1/vitals/1", at: "2026-03-07T06:00", .lab("TEMP", "101.3", "[degF]"))
    participant.fill("D1/1/vitals/2", at: "2026-03-07T20:00", .lab("TEMP", "37.0", "Cel"))
    participant.fill(
      "D1/1/crs/1", at: "2026-03-07T21:00", Entry("HYPO", .value("true")), Entry("PRESS", .value("1")),
      Entry("OXY", .value("room-air")), Entry("GRADE", .value("2")))
    participant.fill("D2/1/crs/1", at: "2026-03-08T21:00", Entry("HYPO", .value("false")))
    let crs = participant.grading.crs
    #expect(crs.map(\.day) == [1, 2])
    #expect(crs.map(\.grade) == [3, nil])
    #expect(crs.map(\.assigned) == [2, nil])
    #expect(crs.map(\.text) == ["3", "?"])
    let grid = try #require(participant.grading.grid(days: 0...2))
    #expect(grid.lines.map(\.id) == ["bodyTemperature", "crs", "icans", "ice", "neutrophils"])
    #expect(grid.lines[0].cells[1] == ToxicityGrid.Cell(text: "38.5", grade: 1))
    #expect(grid.lines[1].cells[1]?.text == "3")
  }

  @Test func `the grade that a form assigns counts where its answers give none or a lower one, and is marked`() throws {
    var participant = infused()
    let low = Entry("HYPO", .value("false"))
    participant.fill("D1/1/crs/1", at: "2026-03-07T21:00", low, Entry("GRADE", .value("0")))
    participant.fill("D2/1/crs/1", at: "2026-03-08T21:00", low, Entry("GRADE", .value("2")))
    participant.fill("D3/1/crs/1", at: "2026-03-09T21:00", low)
    let grid = try #require(participant.grading.grid(days: 0...3))
    #expect(grid.lines[1].cells[1] == ToxicityGrid.Cell(text: "0 (assigned)", grade: 0))
    #expect(grid.lines[1].cells[2] == ToxicityGrid.Cell(text: "2 (assigned)", grade: 2))
    #expect(grid.lines[1].cells[3] == ToxicityGrid.Cell(text: "?", grade: nil))
  }

  @Test func `hyperinflammation alerts where the screen is positive, and says once that it is not decided`() throws {
    var plan = GradingPlan.example
    // Immunoglobulin stands for ferritin, which the example has no item for.
    plan.instruments["iecHs"] = InstrumentFilling(
      assigned: "iecHsGrade",
      keys: [InstrumentKey("ferritin", concept: "igg"), InstrumentKey("alt", concept: "alt")])
    let book = FormBook(
      forms: Array(FormBook.graded.forms.values), visits: FormBook.graded.visits, units: FormBook.graded.units,
      grading: plan, safety: FormBook.graded.safety)
    var open = infused()
    open.trial.book = book
    for (form, day) in [("D1/1/blood/1", "07"), ("D2/1/blood/1", "08"), ("D3/1/blood/1", "09")] {
      open.fill(form, at: "2026-03-\(day)T08:00", .lab("IGG", "9000", "g/L", low: 10, high: 300))
    }
    #expect(open.grading.hyperinflammationAlerts.isEmpty)
    #expect(open.grading.undecidedHyperinflammation == 1...3)
    var positive = infused()
    positive.trial.book = book
    positive.fill(
      "D1/1/blood/1", at: "2026-03-07T08:00", .lab("IGG", "9000", "g/L", low: 10, high: 300),
      .lab("ALT", "600", "U/L", low: 5, high: 40))
    #expect(positive.grading.hyperinflammationAlerts.map(\.manifestations) == [["transaminases"]])
    #expect(positive.grading.undecidedHyperinflammation == nil)
  }

  @Test func `ICE below 10 at baseline stands beside each later score, and ICANS is a minimum`() throws {
    var participant = infused()
    participant.fill("BL/1/ice/1", at: "2026-02-28T09:00", Entry("TOTAL", .value("8")))
    participant.fill("D1/1/ice/1", at: "2026-03-07T09:00", Entry("TOTAL", .value("5")))
    participant.fill("D1/1/ice/2", at: "2026-03-07T18:00", Entry("TOTAL", .value("7")))
    participant.fill("D1/1/icans/1", at: "2026-03-07T18:30", Entry("CONS", .value("to-voice")))
    let scores = participant.grading.iceScores
    #expect(scores.map(\.total) == [8, 5, 7])
    #expect(scores.allSatisfy { $0.baseline == 8 && $0.isBaselineReduced })
    let icans = try #require(participant.grading.icans.first)
    #expect(icans.ice == 7 && icans.grade == nil && icans.text == ">=2")
    #expect(participant.grading.grid()?.lines[3].cells[1]?.text == "5")
  }

  @Test(arguments: [(nil, ">=4"), ("to-voice", ">=3")] as [(String?, String)])
  func `who could not be aroused for the ICE score is so for ICANS, unless the assessment says another consciousness`(
    consciousness: String?, text: String
  ) throws {
    var participant = infused()
    participant.fill("D1/1/ice/1", at: "2026-03-07T18:00", Entry("ASLEEP", .value("true")))
    participant.fill(
      "D1/1/icans/1", at: "2026-03-07T18:30", consciousness.map { [Entry("CONS", .value($0))] } ?? [])
    let icans = try #require(participant.grading.icans.first)
    #expect(icans.ice == 0 && icans.text == text)
  }

  @Test func `neutrophils of exactly 500 count as hematotoxicity and are no grade 4 of CTCAE`() throws {
    var participant = infused()
    participant.fill("D1/1/blood/1", at: "2026-03-06T08:00", .lab("NEUT", "0.5", "10*9/L"))
    participant.fill("D2/1/blood/1", at: "2026-03-16T08:00", .lab("NEUT", "0.6", "10*9/L"))
    participant.fill("D3/1/blood/1", at: "2026-04-05T08:00", .lab("NEUT", "2.0", "10*9/L"))
    let icaht = try #require(participant.grading.hematotoxicity)
    #expect(icaht.daysAtOrBelow500 == 10 && icaht.earlyGrade == 2 && icaht.isEarlyComplete)
    #expect(participant.grades("neutrophils").first == 3)
  }

  @Test func `kinetics count calendar days, each sample by its own limit`() throws {
    var participant = infused()
    func copies(_ form: String, _ day: String, _ value: String?, below: Bool) {
      let measured = value.map { [Entry.lab("COPY", $0, "{copies}/ug")] } ?? []
      participant.fill(
        form, at: "\(day)T08:00", measured + [.lab("LLOQ", "10", "{copies}/ug"), Entry("BLQ", .value("\(below)"))])
    }
    copies("D1/1/blood/1", "2026-03-06", nil, below: true)
    copies("D2/1/blood/1", "2026-03-13", "1000", below: false)
    copies("D3/1/blood/1", "2026-03-20", "500", below: false)
    copies("D28/1/blood/1", "2026-04-03", "100", below: false)
    let kinetics = try #require(participant.grading.kinetics)
    #expect(kinetics.samples.map(\.day) == [0, 7, 14, 28])
    #expect(kinetics.cmax == 1000 && kinetics.tmax == 7 && kinetics.tlast == 28 && kinetics.isPersisting)
    #expect(kinetics.auc0To28?.description == "12028.908277")
    #expect(
      kinetics.samples.map { kinetics.drawn($0) } == [10, 1000, 500, 100], "what is below its limit stands at it")
  }

  @Test func `B cells are counted per microliter, IgG by its range`() throws {
    var participant = infused()
    for (form, day, cells, igg) in [
      ("BL", "2026-02-28", "0.2", "9"), ("D1", "2026-03-20", "0.0005", "6"), ("D2", "2026-06-20", "0.02", "3.9"),
    ] {
      participant.fill(
        "\(form)/1/blood/1", at: "\(day)T08:00", .lab("B", cells, "10*9/L"), .lab("IGG", igg, "g/L", low: 7, high: 16))
    }
    let bCells = try #require(participant.grading.bCells)
    #expect(bCells.depletedOn == 14 && bCells.returnedOn == 106 && bCells.isReturnConfirmed == false)
    let igg = try #require(participant.grading.immunoglobulin)
    #expect(igg.samples.map(\.isLow) == [false, true, true])
    #expect(igg.nadir?.isSevere == true && igg.firstLow?.isSevere == false)
  }

  @Test func `nothing follows for who was not infused`() {
    let participant = GradedParticipant()
    #expect(participant.grading.kinetics == nil && participant.grading.bCells == nil)
    #expect(participant.grading.grid() == nil && participant.grading.hematotoxicity == nil)
  }
}
