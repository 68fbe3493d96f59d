import ClinicalValues

extension FindingCase {
  private static let markers = ["hbsAg", "antiHbc", "hcvAb", "hivAb", "syphilisRprTrust"]

  private static func markers(_ record: inout ParticipantRecord, _ date: String, but other: String? = nil) throws {
    for marker in markers where marker != other { try record.observe(marker, .code("negative"), date) }
  }

  /// The record is said to hold every exposure.
  private static func complete(_ record: inout ParticipantRecord) throws {
    try record.observe("treatmentHistoryComplete", .flag(true), "2026-05-10")
  }

  static let beforeLymphodepletion: [FindingCase] = [
    FindingCase("adult", "18 years old that day", true) { $0.birthDate = "2008-05-10" },
    FindingCase("adult", "just outside, 18 years old the day after", false) { $0.birthDate = "2008-05-11" },
    FindingCase("adult", "missing", nil, missing: ["birthDate"]) { $0.birthDate = nil },
    FindingCase("infectionMarkersCurrent", "30 days old", true) { try markers(&$0, "2026-04-10") },
    FindingCase("infectionMarkersCurrent", "one just outside, 31 days old", nil, missing: ["hcvAb"]) {
      try markers(&$0, "2026-04-10", but: "hcvAb")
      try $0.observe("hcvAb", .code("negative"), "2026-04-09")
    },
    FindingCase("infectionMarkersCurrent", "an indeterminate result is none", nil, missing: ["hivAb"]) {
      try markers(&$0, "2026-05-01", but: "hivAb")
      try $0.observe("hivAb", .code("indeterminate"), "2026-05-01")
    },
    FindingCase("infectionMarkersCurrent", "a positive result is one too", true) {
      try markers(&$0, "2026-05-01", but: "antiHbc")
      try $0.observe("antiHbc", .code("positive"), "2026-05-01")
    },
    FindingCase(
      "infectionMarkersCurrent", "missing", nil,
      missing: ["hbsAg", "hcvAb", "hivAb", "syphilisRprTrustTiter", "syphilisRprTrust", "antiHbc"]),
    FindingCase("notPregnant", "a negative test 7 days old", true) {
      try $0.observe("pregnancyTest", .code("negative"), "2026-05-03")
    },
    FindingCase(
      "notPregnant", "just outside, a negative test 8 days old", nil,
      missing: ["pregnancyTest", "childbearingPotential"]
    ) { try $0.observe("pregnancyTest", .code("negative"), "2026-05-02") },
    FindingCase("notPregnant", "a positive test", false) {
      try $0.observe("pregnancyTest", .code("positive"), "2026-05-09")
    },
    FindingCase("notPregnant", "stated beside a negative test", false) {
      try $0.observe("pregnancyTest", .code("negative"), "2026-05-09")
      try $0.observe("pregnant", .flag(true), "2026-05-09")
    },
    FindingCase("notPregnant", "a man", true) { $0.gender = "male" },
    FindingCase("notPregnant", "of no childbearing potential", true) {
      try $0.observe("childbearingPotential", .flag(false), "2026-05-01")
    },
    FindingCase("notPregnant", "missing", nil, missing: ["pregnancyTest", "childbearingPotential"]),
    FindingCase("washOutKept", "10 mg a day of prednisone", true, firstDose: "2026-05-11") {
      try complete(&$0)
      try $0.take("prednisone", milligrams: "10", from: "2026-03-01")
    },
    FindingCase("washOutKept", "just outside, 10.1 mg a day of prednisone", false, firstDose: "2026-05-11") {
      try complete(&$0)
      try $0.take("prednisone", milligrams: "10.1", from: "2026-03-01")
    },
    FindingCase("washOutKept", "40 mg until 8 days before LD 1", true, firstDose: "2026-05-11") {
      try complete(&$0)
      try $0.take("methylprednisolone", milligrams: "40", from: "2026-03-01", to: "2026-05-03")
    },
    FindingCase("washOutKept", "40 mg until 7 days before LD 1", false, firstDose: "2026-05-11") {
      try complete(&$0)
      try $0.take("methylprednisolone", milligrams: "40", from: "2026-03-01", to: "2026-05-04")
    },
    FindingCase("washOutKept", "plasma exchange 4 days before LD 1", true, firstDose: "2026-05-11") {
      try complete(&$0)
      try $0.undergo("plasmaExchange", on: "2026-05-07")
    },
    FindingCase("washOutKept", "plasma exchange 3 days before LD 1", false, firstDose: "2026-05-11") {
      try complete(&$0)
      try $0.undergo("plasmaExchange", on: "2026-05-08")
    },
    FindingCase(
      "washOutKept", "plasma exchange that ends before a start that lies ahead", nil, missing: ["plasmaExchange"],
      firstDose: "2026-05-11"
    ) {
      try complete(&$0)
      try $0.undergo("plasmaExchange", from: "2026-12-01", to: "2026-05-10")
    },
    FindingCase("washOutKept", "a dose that is missing", nil, missing: ["prednisone"], firstDose: "2026-05-11") {
      try complete(&$0)
      try $0.take("prednisone", milligrams: nil, from: "2026-03-01")
    },
    FindingCase("washOutKept", "missing", nil, missing: ["treatmentHistoryComplete"]),
    FindingCase("baselineInstrument", "7 days before LD 1", true, firstDose: "2026-05-12") {
      try $0.observe("sledai2k", .whole(10), "2026-05-05")
    },
    FindingCase(
      "baselineInstrument", "just outside, 8 days before LD 1", nil, missing: ["sledai2k"], firstDose: "2026-05-12"
    ) { try $0.observe("sledai2k", .whole(10), "2026-05-04") },
    FindingCase("baselineInstrument", "of another cohort", nil, missing: ["essdai"], cohort: "ss") {
      try $0.observe("sledai2k", .whole(10), "2026-05-09")
    },
    FindingCase("baselineInstrument", "skin and lung", true, cohort: "ssc") {
      try $0.observe("mrss", .whole(22), "2026-05-09")
      try $0.observe("fvcPercentPredicted", .quantity("61", "%"), "2026-05-09")
    },
    FindingCase("baselineInstrument", "one enzyme is enough", true, cohort: "iim") {
      try $0.observe("mmt8", .whole(130), "2026-05-09")
      for scale in ["patientGlobalVas", "physicianGlobalVas", "extramuscularVas"] {
        try $0.observe(scale, .quantity("4", "{score}"), "2026-05-09")
      }
      try $0.observe("haqDi", .quantity("1.25", "{score}"), "2026-05-09")
      try $0.observe("ck", .quantity("900", "U/L"), "2026-05-09")
    },
    FindingCase("baselineInstrument", "hemolysis", true, cohort: "aiha") {
      try $0.observe("hemoglobin", .quantity("84", "g/L"), "2026-05-09")
      try $0.observe("ldh", .quantity("420", "U/L"), "2026-05-09")
      try $0.observe("bilirubinTotal", .quantity("40", "umol/L"), "2026-05-09")
      try $0.observe("haptoglobin", .quantity("80", "mg/L"), "2026-05-09")
      try $0.observe("reticulocytePercent", .quantity("7", "%"), "2026-05-09")
    },
    FindingCase("baselineInstrument", "disability", true, cohort: "ms") {
      try $0.observe("edss", .quantity("4.5", "{score}"), "2026-05-09")
    },
    FindingCase("baselineInstrument", "missing", nil, missing: ["sledai2k"]),
    FindingCase("baselineICE", "7 days before LD 1", true, firstDose: "2026-05-12") {
      try $0.observe("iceScore", .whole(10), "2026-05-05")
    },
    FindingCase("baselineICE", "just outside, 8 days before LD 1", nil, missing: ["iceScore"], firstDose: "2026-05-12")
    {
      try $0.observe("iceScore", .whole(10), "2026-05-04")
    },
    FindingCase("baselineICE", "missing", nil, missing: ["iceScore"]),
    FindingCase("baselineWeight", "in pounds", true) {
      try $0.observe("bodyWeight", .quantity("150", "[lb_av]"), "2026-05-08")
    },
    FindingCase("baselineWeight", "just outside, 8 days before LD 1", nil, missing: ["bodyWeight"]) {
      try $0.observe("bodyWeight", .quantity("61", "kg"), "2026-05-02")
    },
    FindingCase("baselineWeight", "two that differ", nil, missing: ["bodyWeight"]) {
      try $0.observe("bodyWeight", .quantity("61", "kg"), "2026-05-09")
      try $0.observe("bodyWeight", .quantity("63", "kg"), "2026-05-09")
    },
    FindingCase("baselineWeight", "missing", nil, missing: ["bodyWeight"]),
    FindingCase("bodyHeight", "of any date", true) {
      try $0.observe("bodyHeight", .quantity("1.68", "m"), "2019-05-09")
    },
    FindingCase("bodyHeight", "outside, in a unit that is not listed", nil, missing: ["bodyHeight"]) {
      try $0.observe("bodyHeight", .quantity("66", "[in_i]"), "2026-05-09")
    },
    FindingCase("bodyHeight", "missing", nil, missing: ["bodyHeight"]),
    FindingCase("renalFunction", "recorded 7 days ago", true) {
      try $0.observe("creatinineClearanceCg", .quantity("75", "mL/min"), "2026-05-03")
    },
    FindingCase(
      "renalFunction", "just outside, recorded 8 days ago", nil,
      missing: ["creatinine", "creatinineClearanceCg", "bodyWeight"]
    ) { try $0.observe("creatinineClearanceCg", .quantity("75", "mL/min"), "2026-05-02") },
    FindingCase("renalFunction", "missing", nil, missing: ["creatinine", "creatinineClearanceCg", "bodyWeight"]),
    FindingCase("hepatitisBMarkersNegative", "since 30 days before leukapheresis", true, leukapheresis: "2026-04-01") {
      try markers(&$0, "2026-03-02")
    },
    FindingCase(
      "hepatitisBMarkersNegative", "just outside, 31 days before leukapheresis", nil, missing: ["hbsAg", "antiHbc"],
      leukapheresis: "2026-04-01"
    ) { try markers(&$0, "2026-03-01") },
    FindingCase("hepatitisBMarkersNegative", "anti-HBc positive", false) {
      try markers(&$0, "2026-05-01", but: "antiHbc")
      try $0.observe("antiHbc", .code("positive"), "2026-05-01")
    },
    FindingCase("hepatitisBMarkersNegative", "HBsAg positive, anti-HBc missing", false) {
      try $0.observe("hbsAg", .code("positive"), "2026-05-01")
    },
    FindingCase("hepatitisBMarkersNegative", "missing", nil, missing: ["hbsAg", "antiHbc"]),
  ]

  static func iceAndVitals(_ record: inout ParticipantRecord, _ clock: String, but other: String? = nil) throws {
    let date = "2026-05-10T\(clock):00+08:00"
    let values: [(String, ParticipantRecord.Answer)] = [
      ("iceScore", .whole(10)), ("bodyTemperature", .quantity("36.8", "Cel")), ("heartRate", .quantity("72", "/min")),
      ("respiratoryRate", .quantity("14", "/min")), ("systolicBloodPressure", .quantity("118", "mm[Hg]")),
      ("oxygenSaturation", .quantity("98", "%")),
    ]
    for (concept, value) in values where concept != other { try record.observe(concept, value, date) }
  }

  private static func temperatures(_ record: inout ParticipantRecord, _ values: [(String, String)]) throws {
    for (value, date) in values { try record.observe("bodyTemperature", .quantity(value, "Cel"), date) }
  }

  static let beforeInfusion: [FindingCase] = [
    FindingCase("weightSinceFirstDose", "on the day of LD 1", true, firstDose: "2026-05-05") {
      try $0.observe("bodyWeight", .quantity("61.5", "kg"), "2026-05-05")
    },
    FindingCase(
      "weightSinceFirstDose", "just outside, the day before", nil, missing: ["bodyWeight"], firstDose: "2026-05-05"
    ) {
      try $0.observe("bodyWeight", .quantity("61.5", "kg"), "2026-05-04")
    },
    FindingCase("weightSinceFirstDose", "missing", nil, missing: ["bodyWeight"], firstDose: "2026-05-05"),
    FindingCase("noFever48h", "38.0 on both days", true) {
      try temperatures(&$0, [("38.0", "2026-05-10T06:00:00+08:00"), ("38.0", "2026-05-08T22:00:00+08:00")])
    },
    FindingCase("noFever48h", "just outside, 38.1", false) {
      try temperatures(
        &$0,
        [
          ("36.9", "2026-05-10T06:00:00+08:00"), ("38.1", "2026-05-09T22:00:00+08:00"),
          ("36.9", "2026-05-08T22:00:00+08:00"),
        ])
    },
    FindingCase("noFever48h", "fever 49 hours ago", true) {
      try temperatures(
        &$0,
        [
          ("36.9", "2026-05-10T06:00:00+08:00"), ("36.8", "2026-05-08T22:00:00+08:00"),
          ("39.5", "2026-05-08T09:00:00+08:00"),
        ])
    },
    FindingCase("noFever48h", "fever of a day that lies in part within the 48 hours", nil, missing: ["bodyTemperature"])
    {
      try temperatures(
        &$0,
        [("36.9", "2026-05-10T06:00:00+08:00"), ("36.8", "2026-05-08T22:00:00+08:00"), ("39.5", "2026-05-08")])
    },
    FindingCase("noFever48h", "fever written at another offset", false) {
      try temperatures(
        &$0,
        [
          ("36.9", "2026-05-10T06:00:00+08:00"), ("36.8", "2026-05-08T22:00:00+08:00"),
          ("39.0", "2026-05-09T22:00:00Z"),
        ])
    },
    FindingCase("noFever48h", "nothing from the day before", nil, missing: ["bodyTemperature"]) {
      try temperatures(&$0, [("36.9", "2026-05-10T06:00:00+08:00")])
    },
    FindingCase("noFever48h", "missing", nil, missing: ["bodyTemperature"]),
    FindingCase("noVasopressor", "none in 24 hours", true) {
      try $0.observe("vasopressorCount", .whole(0), "2026-05-09T10:00:00+08:00")
      try $0.observe("vasopressinUse", .flag(false), "2026-05-10T08:00:00+08:00")
    },
    FindingCase("noVasopressor", "just outside, 24 hours and a minute", nil, missing: ["vasopressorCount"]) {
      try $0.observe("vasopressorCount", .whole(0), "2026-05-09T09:59:00+08:00")
      try $0.observe("vasopressinUse", .flag(false), "2026-05-10T08:00:00+08:00")
    },
    FindingCase("noVasopressor", "one in use", false) {
      try $0.observe("vasopressorCount", .whole(1), "2026-05-10T08:00:00+08:00")
    },
    FindingCase("noVasopressor", "stopped since", true) {
      try $0.observe("vasopressorCount", .whole(1), "2026-05-09T12:00:00+08:00")
      try $0.observe("vasopressorCount", .whole(0), "2026-05-10T08:00:00+08:00")
      try $0.observe("vasopressinUse", .flag(false), "2026-05-10T08:00:00+08:00")
    },
    FindingCase("noVasopressor", "missing", nil, missing: ["vasopressinUse", "vasopressorCount"]),
    FindingCase("iceAndVitalsWithin8h", "8 hours ago", true) { try iceAndVitals(&$0, "02:00") },
    FindingCase("iceAndVitalsWithin8h", "one just outside", nil, missing: ["iceScore"]) {
      try iceAndVitals(&$0, "05:00", but: "iceScore")
      try $0.observe("iceScore", .whole(10), "2026-05-10T01:59:00+08:00")
    },
    FindingCase("iceAndVitalsWithin8h", "later than now is not yet", nil, missing: ["heartRate"]) {
      try iceAndVitals(&$0, "05:00", but: "heartRate")
      try $0.observe("heartRate", .quantity("72", "/min"), "2026-05-10T10:30:00+08:00")
    },
    FindingCase(
      "iceAndVitalsWithin8h", "missing", nil,
      missing: [
        "bodyTemperature", "heartRate", "respiratoryRate", "systolicBloodPressure", "oxygenSaturation", "iceScore",
      ]),
    FindingCase("noGlucocorticoid72h", "10 mg a day", true) {
      try complete(&$0)
      try $0.take("prednisone", milligrams: "10", from: "2026-03-01")
    },
    FindingCase("noGlucocorticoid72h", "just outside, dexamethasone 1.6 mg a day", false) {
      try complete(&$0)
      try $0.take("dexamethasone", milligrams: "1.6", from: "2026-05-09", to: "2026-05-09")
    },
    FindingCase("noGlucocorticoid72h", "40 mg for replacement", true) {
      try complete(&$0)
      try $0.take("hydrocortisone", milligrams: "60", from: "2026-05-01", reason: "adrenalInsufficiency")
    },
    FindingCase("noGlucocorticoid72h", "ended more than 72 hours ago", true) {
      try complete(&$0)
      try $0.take("prednisone", milligrams: "40", from: "2026-05-01", to: "2026-05-07T09:00:00+08:00")
    },
    FindingCase("noGlucocorticoid72h", "ended on the day 72 hours ago", nil, missing: ["prednisone"]) {
      try complete(&$0)
      try $0.take("prednisone", milligrams: "40", from: "2026-05-01", to: "2026-05-07")
    },
    FindingCase("noGlucocorticoid72h", "missing", nil, missing: ["treatmentHistoryComplete"]),
  ]
}
