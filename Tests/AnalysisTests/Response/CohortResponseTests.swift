import ClinicalValues
import Instruments
import Testing

@testable import Analysis
@testable import StudyDesign
@testable import Trial

/// Each cohort's response on a casebook written by hand; the expected results follow from the published rules.
struct CohortResponseTests {
  @Test func `lupus: remission, low activity, and an SRI-4 that lacks BILAG`() throws {
    var desk = try ResponseDesk("sle")
    let lupus = [
      "LUP_MAJOR": "false", "LUP_HEMOGI": "false", "LUP_NEW": "false", "LUP_STDTX": "true", "LUP_STABLE": "true",
      "LUP_PROHIB": "false",
    ]
    // Arthritis 4, rash 2, low complement 2.
    try desk.assess(
      "BL", "sledai2k", on: -8, all: "false",
      ["SLEDAI_ARTHR": "true", "SLEDAI_RASH": "true", "SLEDAI_LOWCOMP": "true"])
    try desk.assess("BL", "lupusGlobal", on: -8, ["PGA": "2"].merging(lupus) { $1 })
    try desk.assess("M3", "sledai2k", on: 90, all: "false", ["SLEDAI_LOWCOMP": "true"])
    try desk.assess("M3", "lupusGlobal", on: 90, ["PGA": "0.3"].merging(lupus) { $1 })
    try desk.assess("M6", "sledai2k", on: 180, all: "false", ["SLEDAI_LOWCOMP": "true"])
    try desk.assess("M6", "lupusGlobal", on: 180, ["PGA": "0.5"].merging(lupus) { $1 })
    let view = try desk.view()
    #expect(view.baseline.value == 8 && view.time("M3")?.activity.value == 2 && view.time("M3")?.activity.change == -6)
    #expect(try view.standing("doris", at: "M3") == .met && view.standing("lldas", at: "M3") == .met)
    #expect(try view.standing("sri4", at: "M3") == .notEvaluable)
    #expect(try view.missing("sri4", at: "M3") == ["lupusGlobal.LUP_BILAGA", "lupusGlobal.LUP_BILAGB"])
    // A global assessment of 0.5 is not below 0.5.
    #expect(try view.standing("doris", at: "M6") == .notMet && view.time("M6")?.outcome("doris")?.failed == ["pga"])
  }

  @Test func `systemic sclerosis: skin better, lung worse by a tenth of the baseline, CRISS improved`() throws {
    var desk = try ResponseDesk("ssc")
    let events = ["SSC_RENAL": "false", "SSC_LVF": "false", "SSC_PAH": "false"]
    func assess(_ visit: String, _ day: Int, skin: String, fvc: String, global: String, haq: String) throws {
      try desk.assess(
        visit, "mrss", on: day, all: "0",
        ["MRSS_FACE": "2", "MRSS_CHEST": "2", "MRSS_HAND_R": skin, "MRSS_HAND_L": skin])
      try desk.assess(visit, "spirometry", on: day, ["REORRES_FVCPP": fvc, "REORRES_DLCOPP": "60"])
      try desk.assess(
        visit, "sscGlobal", on: day, ["SSC_PHYSGLOB": global, "SSC_PATGLOB": global].merging(events) { $1 })
      try desk.assess(visit, "haqDi", on: day, Self.haq(haq))
    }
    try assess("BL", -8, skin: "3", fvc: "70", global: "6", haq: "2")
    try assess("M6", 180, skin: "0", fvc: "63", global: "3", haq: "1")
    let view = try desk.view()
    // Skin 10 to 4: less by 6 and by 60 %. FVC 70 to 63 % of predicted is 7 points, and a tenth of the baseline.
    #expect(view.baseline.value == 10 && view.time("M6")?.activity.change == -6)
    #expect(try view.standing("skinImprovement", at: "M6") == .met)
    #expect(try view.standing("ildProgression", at: "M6") == .met)
    // -5.54 + 0.81*6 - 0.21*7 + 0.40*3 + 0.44*3 + 3.41*1 = 3.78; a fall of FVC of less than 15 % rules nothing out.
    let probability = try view.result("criss", "probability", at: "M6")
    #expect(probability == .number(try #require(Decimal("0.977687"))))
    #expect(try view.standing("criss", at: "M6") == .met)
    // Skin, HAQ-DI and both globals fell by half: four of five.
    #expect(try view.standing("rcriss50", at: "M6") == .met)
    #expect(view.unverified.contains { $0.contains("CRISS-20") })
    #expect(view.time("M6")?.remission.state == false)
  }

  /// The first question of every category.
  private static func haq(_ level: String) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: ["DRESS", "CHAIR", "MEAT", "WALK", "WASH", "REACH", "DOOR", "ERRAND"].map {
        ("HAQ_\($0)", level)
      })
  }

  @Test func `myositis: points by the range of each measure, the enzyme most raised at baseline`() throws {
    var desk = try ResponseDesk("iim")
    func assess(_ visit: String, _ day: Int, mmt: String, global: [String], haq: String, ck: String) throws {
      try desk.assess(visit, "mmt8", on: day, all: mmt)
      try desk.assess(
        visit, "imacsGlobal", on: day,
        ["IMACS_PHYSGLOB": global[0], "IMACS_PATGLOB": global[1], "IMACS_EXTRAMUSC": global[2]])
      try desk.assess(visit, "haqDi", on: day, Self.haq(haq))
      try desk.assess(
        visit, "chemistry", on: day, ["LBORRES_CK": ck, "LBORRES_LDH": "500"],
        upper: ["LBORRES_CK": 200, "LBORRES_LDH": 250])
    }
    try assess("BL", -8, mmt: "8", global: ["6", "6", "4"], haq: "2", ck: "3000")
    try assess("M6", 180, mmt: "10", global: ["2", "3", "1"], haq: "1", ck: "300")
    let view = try desk.view()
    #expect(view.baseline.value == 120 && view.time("M6")?.activity.value == 150)
    let tis = try #require(view.time("M6")?.evaluations.first { $0.id == "tis" })
    #expect(tis.keys.first { $0.key == "enzymeName" }?.value == .text("CK"))
    #expect(tis.keys.first { $0.key == "enzymeUln" }?.value == .number(200))
    // 40 %: 17.5; 30 %: 7.5; 20 %: 20; 33 %: 7.5; CK 2700 of 3000: 7.5; 30 %: 15.
    #expect(tis.result["total"] == .number(75) && tis.result["category"] == .text("major"))
    #expect(try view.standing("tisModerate", at: "M6") == .met && view.standing("tisMajor", at: "M6") == .met)
    #expect(view.unverified.contains { $0.contains("ranges of the muscle enzymes") })
  }

  @Test func `with one enzyme recorded none is picked, and those that lack are named`() throws {
    var desk = try ResponseDesk("iim")
    try desk.assess("BL", "mmt8", on: -8, all: "8")
    try desk.assess("BL", "chemistry", on: -8, ["LBORRES_CK": "3000"], upper: ["LBORRES_CK": 200])
    try desk.assess("M6", "mmt8", on: 180, all: "10")
    let view = try desk.view()
    #expect(try view.standing("tisMajor", at: "M6") == .notEvaluable)
    #expect(try view.missing("tisMajor", at: "M6").contains("chemistry.LBORRES_LDH"))
    #expect(try !view.missing("tisMajor", at: "M6").contains("chemistry.LBORRES_CK"))
  }

  @Test func `Sjögren: ESSDAI falls to low activity; STAR is reached although tests are missing`() throws {
    var desk = try ResponseDesk("ss")
    let essdai = ["ESSDAI_CONST": "1", "ESSDAI_ARTIC": "2", "ESSDAI_BIOL": "1"]
    try desk.assess("BL", "essdai", on: -8, all: "0", essdai)
    try desk.assess("BL", "esspri", on: -8, all: "6")
    try desk.assess("M3", "essdai", on: 90, all: "0", ["ESSDAI_ARTIC": "1"])
    try desk.assess("M3", "esspri", on: 90, all: "4")
    let view = try desk.view()
    // ESSDAI 3 + 4 + 1 to 2; clinESSDAI 4 + 6 to 3: three points; ESSPRI 6 to 4: three points; five are asked.
    #expect(view.baseline.value == 8 && view.time("M3")?.activity.value == 2)
    #expect(try view.standing("essdaiLow", at: "M3") == .met && view.standing("essdaiMcii", at: "M3") == .met)
    #expect(try view.standing("star", at: "M3") == .met && view.result("star", "total", at: "M3") == .number(6))
  }

  @Test func `an improvement of ESSDAI does not apply to a low baseline`() throws {
    var desk = try ResponseDesk("ss")
    try desk.assess("BL", "essdai", on: -8, all: "0", ["ESSDAI_ARTIC": "1"])
    try desk.assess("M3", "essdai", on: 90, all: "0")
    #expect(try desk.view().standing("essdaiMcii", at: "M3") == .notApplicable)
  }

  @Test func `hemolytic anemia: complete by the limits of each laboratory; without limits not evaluable`() throws {
    var desk = try ResponseDesk("aiha")
    try desk.assess("BL", "hematology", on: -8, ["LBORRES_HGB": "80"], lower: ["LBORRES_HGB": 120])
    func assess(_ visit: String, _ day: Int, limits: Bool) throws {
      try desk.assess(
        visit, "hematology", on: day, ["LBORRES_HGB": "125"], lower: limits ? ["LBORRES_HGB": 120] : [:])
      try desk.assess(
        visit, "chemistry", on: day, ["LBORRES_LDH": "250", "LBORRES_BILI": "12"],
        upper: limits ? ["LBORRES_LDH": 250, "LBORRES_BILI": 20] : [:])
      try desk.assess(
        visit, "hemolysis", on: day,
        ["LBORRES_HAPTO": "900", "LBORRES_RETIP": "1.4", "LBTRANSF7": "false"],
        upper: limits ? ["LBORRES_RETIP": 2] : [:], lower: limits ? ["LBORRES_HAPTO": 300] : [:])
    }
    try assess("M3", 90, limits: true)
    try assess("M6", 180, limits: false)
    let view = try desk.view()
    #expect(try view.result("aihaResponse", "result", at: "M3") == .text("completeResponse"))
    #expect(try view.standing("aihaComplete", at: "M3") == .met && view.standing("aihaAny", at: "M3") == .met)
    #expect(view.time("M3")?.activity.change == 45)
    // A rise of 45 g/L is a response of one sort or the other, and which one nobody can tell.
    #expect(try view.standing("aihaComplete", at: "M6") == .notEvaluable)
    #expect(try view.missing("aihaComplete", at: "M6").contains("chemistry.LBORRES_LDH"))
    #expect(view.unverified.count == 1)
  }

  @Test func `multiple sclerosis: improvement holds for 24 weeks over a relapse; NEDA-3 from the new baseline scan on`()
    throws
  {
    var desk = try ResponseDesk("ms")
    for (visit, day, edss, relapse) in [
      ("BL", -8, "3.0", false), ("M3", 90, "2.0", false), ("M6", 180, "2.0", true), ("M9", 270, "2.0", false),
    ] {
      try desk.assess(visit, "edss", on: day, ["EDSS_STEP": edss, "EDSS_RELAPSE": "\(relapse)"])
    }
    try desk.assess("M3", "mri", on: 90, ["NVGD": "true", "NVORRES_T2": "4", "NVORRES_GD": "0", "NVREBASE": "true"])
    try desk.assess("M6", "mri", on: 180, ["NVGD": "true", "NVORRES_T2": "0", "NVORRES_GD": "0"])
    let view = try desk.view()
    #expect(try view.result("disability", "improvementOnsetDay", at: "M9") == .number(90))
    #expect(try view.standing("edssImprovement", at: "M6") == .notMet)
    #expect(try view.standing("edssImprovement", at: "M9") == .met)
    // The four lesions of the new baseline itself do not count; at Month 9 there is no scan.
    #expect(try view.standing("neda3", at: "M3") == .notEvaluable)
    #expect(try view.standing("neda3", at: "M6") == .met)
    #expect(try view.standing("neda3", at: "M9") == .notEvaluable)
    #expect(try view.missing("neda3", at: "M9") == ["mri.NVORRES_T2", "mri.NVORRES_GD"])
    try desk.save(
      "log/1/msRelapses/1", ["MSREL": "true", "MSRELCONF": "true", "CESTDTC": try ResponseDesk.day(150)])
    #expect(try desk.view().standing("neda3", at: "M6") == .notMet)
    #expect(try desk.view().time("M6")?.outcome("neda3")?.failed == ["relapses"])
  }
}
