import ClinicalValues
import Instruments
import Testing

@testable import Analysis
@testable import StudyDesign
@testable import Trial

struct ResponseRulesTests {
  // MARK: baseline

  /// A skin score at each visit: as many twos as said.
  private func sclerosis(_ visits: [(visit: String, day: Int, face: String?)]) throws -> ResponseDesk {
    var desk = try ResponseDesk("ssc")
    for (visit, day, face) in visits {
      try desk.assess(
        visit, "mrss", on: day, all: "0", face.map { ["MRSS_FACE": $0] } ?? [:],
        without: face == nil ? ["MRSS_FACE"] : [])
    }
    return desk
  }

  @Test func `the baseline is the last complete assessment before LD 1, and screening stands beside it`() throws {
    let view = try sclerosis([("SCR", -40, "3"), ("BL", -8, "2"), ("M3", 90, "1")]).view()
    #expect(view.baseline.value == 2 && view.baseline.visit == "BL" && view.screening.value == 3)
    #expect(view.time("M3")?.activity.change == -1)
  }

  @Test func `an incomplete assessment is no baseline; the complete one before it is`() throws {
    let view = try sclerosis([("SCR", -40, "3"), ("BL", -8, nil), ("M3", 90, "1")]).view()
    #expect(view.baseline.value == 3 && view.baseline.visit == "SCR")
  }

  @Test func `an assessment before bridging began is no baseline, and what the last one lacks is named`() throws {
    var desk = try sclerosis([("SCR", -40, "3"), ("BL", -8, nil), ("M3", 90, "1")])
    try desk.save("log/1/bridging/1", ["CMTRT": "H02AB07", "CMSTDTC": try ResponseDesk.day(-20), "CMSTAT": "active"])
    let view = try desk.view()
    #expect(view.baseline.value == nil && view.baseline.missing.map(\.item) == ["mrss.MRSS_FACE"])
    #expect(
      view.screening.value == 3 && view.time("M3")?.activity.value == 1 && view.time("M3")?.activity.change == nil)
    #expect(try view.standing("skinImprovement", at: "M3") == .notEvaluable)
  }

  @Test func `what is assessed after LD 1 is no baseline; on its day, before it, it is`() throws {
    #expect(try sclerosis([("BL", -5, "2")]).view().baseline.value == 2)
    #expect(try sclerosis([("BL", -4, "2")]).view().baseline.value == nil)
    var desk = try sclerosis([("BL", -8, "2")])
    desk.participant.way.firstLymphodepletion = nil
    #expect(try desk.view().baseline.missing.first?.reason == "no baseline before lymphodepletion has begun")
  }

  // MARK: not evaluable

  @Test func `a score that lacks an item is not evaluable, with the item named; nothing stands in for it`() throws {
    var desk = try ResponseDesk("ssc")
    try desk.assess("BL", "mrss", on: -8, all: "1", ["MRSS_TOTAL": "17"])
    try desk.assess("M3", "mrss", on: 90, all: "0", ["MRSS_TOTAL": "0"], without: ["MRSS_FACE"])
    let view = try desk.view()
    #expect(view.baseline.value == 17 && view.time("M3")?.activity.value == nil)
    #expect(
      view.time("M3")?.activity.missing == [MissingAnswer("mrss.MRSS_FACE", "Face", "not recorded at M3")])
    #expect(try view.standing("skinImprovement", at: "M3") == .notEvaluable)
    #expect(try view.missing("skinImprovement", at: "M3").contains("mrss.MRSS_FACE"))
  }

  @Test func `a change of which one value is missing is not evaluable, also where the other rules an improvement out`()
    throws
  {
    let view = try sclerosis([("BL", -8, "2"), ("M3", 90, nil)]).view()
    // From a skin score of 2 nobody improves by more than 5; but nobody looked.
    #expect(try view.standing("skinImprovement", at: "M3") == .notEvaluable)
  }

  @Test func `what the schedule does not ask for at a visit is told apart from what is missing`() throws {
    let view = try sclerosis([("BL", -8, "2"), ("M2", 60, "1")]).view()
    let lung = try #require(view.time("M2")?.beside.first)
    #expect(lung.missing.map(\.reason) == ["not planned at M2"])
    #expect(view.time("M6")?.isAssessed == false)
    #expect(try view.standing("skinImprovement", at: "M6") == .notAssessed)
  }

  @Test func `a value that cannot be is an error of its item, not a score`() throws {
    let view = try sclerosis([("BL", -8, "9")]).view()
    #expect(view.baseline.missing == [MissingAnswer("mrss.MRSS_FACE", "Face", "its value cannot be")])
  }

  // MARK: new treatment

  @Test func `from the first new treatment of the disease on, what counts is a non-responder`() throws {
    var desk = try sclerosis([("BL", -8, "3"), ("M3", 90, "1"), ("M6", 180, "1")])
    try desk.medicine(1, "L01FA01", from: 120, to: nil, for: "TARGET DISEASE", isNew: true)
    let view = try desk.view()
    #expect(view.newTreatment?.from == CalendarDate(try ResponseDesk.day(120)) && view.newTreatment?.isExact == true)
    #expect(try view.counts("skinImprovement", at: "M3") == .notMet)
    #expect(try view.counts("skinImprovement", at: "M6") == .nonResponder)
    #expect(try view.standing("skinImprovement", at: "M6") == .notMet)
    // Bad news stays what it is, and a visit that was missed is a non-responder too.
    #expect(try view.counts("skinWorsening", at: "M6") == .notMet)
    #expect(try view.counts("criss", at: "M12") == .nonResponder)
  }

  @Test func `bridging is no new treatment; one without a day counts from the day on which it was said`() throws {
    var desk = try sclerosis([("BL", -8, "3"), ("M3", 90, "1")])
    try desk.assess("BL", "responseContext", on: -8, ["RSNEWTX": "true", "RSNEWTXDTC": try ResponseDesk.day(-20)])
    #expect(try desk.view().newTreatment == nil)
    try desk.assess("M3", "responseContext", on: 90, ["RSNEWTX": "true"])
    let treatment = try #require(try desk.view().newTreatment)
    #expect(treatment.from == CalendarDate(try ResponseDesk.day(90)) && !treatment.isExact)
  }

  // MARK: drug-free remission

  /// A participant with lupus in remission at Day 28 and Month 3, free of drugs since Day 0.
  private func remission(_ visits: [(String, Int)] = [("D28", 28), ("M3", 90)]) throws -> ResponseDesk {
    var desk = try ResponseDesk("sle")
    try desk.assess("BL", "sledai2k", on: -8, all: "false", ["SLEDAI_ARTHR": "true"])
    for (visit, day) in visits {
      try desk.assess(visit, "sledai2k", on: day, all: "false")
      try desk.assess(visit, "lupusGlobal", on: day, ["PGA": "0", "LUP_STABLE": "true"])
      try desk.says(visit, on: day, drugFreeSince: 0)
    }
    return desk
  }

  @Test func `glucocorticoids and tocilizumab for CRS do not end a drug-free remission; the reason is what counts`()
    throws
  {
    var desk = try remission()
    try desk.medicine(1, "H02AB02", from: 3, to: 6, for: "CRS", dose: "20")
    try desk.medicine(2, "tocilizumab", from: 3, to: 4, for: "CRS")
    try desk.medicine(3, "hydroxychloroquine", from: 20, to: nil, for: "TARGET DISEASE")
    let view = try desk.view()
    let standing = try #require(view.time("M3")?.remission)
    #expect(standing.isRemission == true && standing.against.isEmpty && standing.apart.count == 3)
    #expect(standing.start == CalendarDate(try ResponseDesk.day(28)) && standing.days == 62)
    #expect(view.remissions.count == 1 && view.remissions.first?.loss == nil)
    var other = try remission()
    try other.medicine(1, "H02AB02", from: 3, to: 6, for: "OTHER", dose: "20")
    #expect(try other.view().time("D28")?.remission.drugFree == false)
    #expect(try other.view().remissions.isEmpty)
  }

  @Test func `a drug taken for the disease ends it on its first day, a flare on the day of the flare`() throws {
    var desk = try remission()
    try desk.medicine(1, "H02AB07", from: 120, to: 150, for: "TARGET DISEASE", dose: "10")
    try desk.assess("M6", "sledai2k", on: 180, all: "false")
    try desk.assess("M6", "lupusGlobal", on: 180, ["PGA": "0", "LUP_STABLE": "true"])
    try desk.says("M6", on: 180, drugFreeSince: 151)
    let view = try desk.view()
    #expect(view.remissions.map(\.days) == [62, 0])
    #expect(view.remissions.first?.loss?.reason == .treatment)
    #expect(view.remissions.first?.loss?.day == CalendarDate(try ResponseDesk.day(120)))
    #expect(view.time("M6")?.remission.start == CalendarDate(try ResponseDesk.day(180)))
    var flared = try remission()
    try flared.says("M6", on: 180, drugFreeSince: 0, flare: 130)
    let loss = try flared.view().remissions.first?.loss
    #expect(try loss?.reason == .flare && loss?.day == CalendarDate(ResponseDesk.day(130)))
  }

  @Test func `what cannot be told neither begins nor ends a remission, and is named`() throws {
    var desk = try remission([("D28", 28), ("M6", 180)])
    try desk.assess("M3", "sledai2k", on: 90, all: "false", without: ["SLEDAI_RASH"])
    try desk.assess("M3", "lupusGlobal", on: 90, ["PGA": "0", "LUP_STABLE": "true"])
    try desk.says("M3", on: 90, drugFreeSince: 0)
    let view = try desk.view()
    #expect(view.time("M3")?.remission.isRemission == nil)
    #expect(view.time("M3")?.remission.missing.map(\.item) == ["sledai2k.SLEDAI_RASH"])
    #expect(view.remissions.map(\.notToldAt) == [["M2", "M3"]] && view.remissions.map(\.days) == [152])
  }

  @Test func `a medicine that is not coded leaves it open, unless it is given for toxicity`() throws {
    var desk = try remission()
    try desk.medicine(1, "something new", from: 40, to: nil, for: "OTHER")
    #expect(try desk.view().time("M3")?.remission.drugFree == nil)
    // It may be a glucocorticoid as well, so that neither the dose nor remission can be told.
    let missing = try #require(try desk.view().time("M3")?.remission.missing)
    #expect(Set(missing.map(\.item)) == ["log/1/concomitantMedication/1"] && missing.count == 2)
    var exempt = try remission()
    try exempt.medicine(1, "something new", from: 40, to: nil, for: "INFECTION")
    #expect(try exempt.view().time("M3")?.remission.drugFree == true)
  }

  // MARK: what stands beside

  @Test func `prednisone equivalents, immunoglobulin and transfusions of four weeks stand beside a result`() throws {
    var desk = try remission()
    // 8 mg of methylprednisolone are 10 mg of prednisone.
    try desk.medicine(1, "H02AB04", from: 70, to: nil, for: "ADRENAL REPLACEMENT", dose: "8")
    try desk.medicine(2, "ivig", from: 80, to: 80, for: "IG REPLACEMENT")
    for (row, day, state) in [(1, 85, "completed"), (2, 40, "completed"), (3, 86, "not-done")] {
      try desk.save(
        "log/1/bloodProducts/\(row)",
        ["BPPROD": "RED CELLS", "PROCCUR": state, "PRSTDTC": try ResponseDesk.day(day) + "T09:00+01:00"])
    }
    let context = try #require(try desk.view().time("M3")?.context)
    #expect(context.prednisone == 10 && context.highestPrednisone == 10)
    #expect(context.immunoglobulin.count == 1)
    let transfused = try ResponseDesk.day(85)
    #expect(context.transfusions == ["RED CELLS, \(transfused)"])
    #expect(try desk.view().time("D28")?.context.prednisone == 0)
    #expect(try desk.view().time("D28")?.note != nil && desk.view().time("M3")?.note == nil)
  }

  @Test func `a glucocorticoid without a dose makes the dose unknown, never zero`() throws {
    var desk = try remission()
    try desk.medicine(1, "H02AB07", from: 70, to: nil, for: "ADVERSE EVENT")
    let view = try desk.view()
    #expect(view.time("M3")?.context.prednisone == nil)
    #expect(view.time("M3")?.context.unknownDoses.map(\.reason) == ["without a daily dose in mg"])
    #expect(try view.standing("doris", at: "M3") == .notEvaluable)
  }

  /// Prednisone of the time before the trial, said at screening to be still taken.
  private func treatedBefore() throws -> ResponseDesk {
    var desk = try remission()
    try desk.save(
      "log/1/priorTreatment/1",
      ["CMTRT": "H02AB07", "CMSTDTC": try ResponseDesk.day(-400), "CMSTAT": "active", "CMDOSTOT": "10"])
    return desk
  }

  @Test func `what was still taken at screening is unknown after the infusion: neither taken nor free of drugs`() throws
  {
    let view = try treatedBefore().view()
    let standing = try #require(view.time("M3"))
    #expect(standing.context.prednisone == nil && standing.remission.drugFree == nil)
    #expect(standing.remission.missing.map(\.item).contains("log/1/priorTreatment/1"))
    #expect(standing.remission.against.isEmpty)
  }

  @Test func `it holds until the first row of the same medicine in the log that is kept up to date`() throws {
    var desk = try treatedBefore()
    // Methylprednisolone is another medicine: it says nothing of prednisone.
    try desk.medicine(1, "H02AB04", from: -10, to: -2, for: "TARGET DISEASE", dose: "8")
    #expect(try desk.view().time("M3")?.context.prednisone == nil)
    try desk.medicine(2, "H02AB07", from: -20, to: -2, for: "TARGET DISEASE", dose: "5")
    let view = try desk.view()
    #expect(view.time("M3")?.context.prednisone == 0 && view.time("M3")?.remission.drugFree == true)
    try desk.medicine(3, "H02AB07", from: 60, to: 89, for: "ADVERSE EVENT", dose: "20")
    #expect(
      try desk.view().time("M3")?.context.highestPrednisone == 20, "the taper alone, not the dose of before beside it")
  }

  @Test func `who assessed is shown, also that it is not recorded`() throws {
    var desk = try sclerosis([("M3", 90, "1")])
    try desk.assess("M3", "sscGlobal", on: 90, ["QSEVAL": "Dr. Weiss"])
    #expect(
      try desk.view().time("M3")?.assessors == [
        AssessorView(item: "mrss.QSEVAL", name: nil), AssessorView(item: "sscGlobal.QSEVAL", name: "Dr. Weiss"),
      ])
  }

  // MARK: for a reader

  @Test func `what was not met says which part failed, or by which numbers`() throws {
    let star = try #require(Instrument.named("star"))
    func parts(_ result: Result, _ output: String, _ keys: [KeyAnswer] = []) -> [String] {
      FailedParts.of(result, output: output, keys: keys, instrument: star)
    }
    #expect(parts(["result": .text("notMet"), "failed": .list([.text("pga")])], "result") == ["pga"])
    #expect(
      parts(["improved": .bool(false), "step1NotImproved": .bool(true), "probability": .number(143)], "improved")
        == ["step1 not improved: yes", "probability 143"])
    let aiha = try #require(Instrument.named("aihaResponse"))
    let keys = [
      KeyAnswer(key: "ldhNormal", value: .bool(false), visit: "M3", day: nil, missing: []),
      KeyAnswer(key: "bilirubinNormal", value: .null, visit: "M3", day: nil, missing: []),
    ]
    #expect(
      FailedParts.of(["result": .text("noResponse")], output: "result", keys: keys, instrument: aiha)
        == ["LDH normal: no"])
  }

  @Test(arguments: [("143.33333333", "143.3"), ("0.977687", "0.978"), ("-6", "-6"), ("9.996", "10"), ("2.345", "2.35")])
  func `a number is rounded for a reader`(_ number: String, _ shown: String) throws {
    #expect(try #require(Decimal(number)).forReading.description == shown)
  }

  @Test func `a medicine is told by its name, with its code beside it`() throws {
    var desk = try remission()
    try desk.medicine(1, "H02AB07", from: 70, to: 100, for: "TARGET DISEASE", dose: "10")
    let against = try desk.view().time("M3")?.remission.against ?? []
    #expect(against.count == 1 && against.first?.hasPrefix("Prednisone (systemic) (H02AB07), ") == true, "\(against)")
  }
}
