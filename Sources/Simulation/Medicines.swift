/// A medicine of the story as the site enters it; days are counted from Day 0.
struct Medicine: Sendable {
  /// The ATC code.
  let code: String
  let start: Int
  /// The last day; nil where it goes on.
  var end: Int?
  /// Milligrams a day, where the form needs a daily dose.
  var perDay: String?
  var dose: String?
  var unit: String?
  var frequency: String?
  var route = "ORAL"
  /// Why, in the words of the form.
  let reason: String
  /// The adverse event that it is given for.
  var toxicity: String?
  /// It treats the disease of the trial anew.
  var isNewTreatment = false

  /// A name for the row: a medicine may be given several times.
  var name: String { "\(code) \(start)" }
}

extension Story {
  /// What somebody who was infused takes, from lymphodepletion on, in the order in which it begins.
  var medicines: [Medicine] {
    guard infusion != nil, end == .followUp else { return [] }
    return (prophylaxis + glucocorticoids + forToxicity + (Self.medicineTable[key] ?? []))
      .filter { $0.start <= course.lastVisit ?? .max }.sorted { ($0.start, $0.code) < ($1.start, $1.code) }
  }

  private var prophylaxis: [Medicine] {
    [
      Medicine(
        code: "J05AB01", start: -5, end: 365, dose: "400", unit: "mg", frequency: "twice a day", reason: "PROPHYLAXIS"),
      Medicine(
        code: "J01EE01", start: -5, end: 270, dose: "960", unit: "mg", frequency: "three times a week",
        reason: "PROPHYLAXIS"),
      Medicine(
        code: "N03AX14", start: -5, end: 30, dose: "500", unit: "mg", frequency: "twice a day", reason: "PROPHYLAXIS"),
      Medicine(code: "N02BE01", start: 0, end: 0, dose: "1000", unit: "mg", frequency: "once", reason: "PREMEDICATION"),
    ] + (globulin.replaced.map { [replacement(on: $0)] } ?? [])
  }

  private func replacement(on days: ClosedRange<Int>) -> Medicine {
    Medicine(
      code: "J06BA02", start: days.lowerBound, end: days.upperBound, dose: "0.4", unit: "g/kg",
      frequency: "every 4 weeks", route: "INTRAVENOUS", reason: "IG REPLACEMENT", toxicity: "hypogammaglobulinemia")
  }

  /// Prednisone of the disease, less from month to month; none in those who needed none before.
  private var glucocorticoids: [Medicine] {
    guard ["sle", "ssc", "iim", "ss", "aiha"].contains(cohort) else { return [] }
    let steps =
      course.response == .slow ? [(14, 7, "7.5"), (60, 7, "5"), (180, 7, "2.5")] : [(14, 7, "5"), (60, 7, "2.5")]
    let last = course.response == .slow ? 300 : 120
    return steps.enumerated().map { place, step in
      let end = place + 1 < steps.count ? steps[place + 1].0 - 1 : last
      return Medicine(
        code: "H02AB07", start: step.0, end: end, perDay: step.2, dose: step.2, unit: "mg", frequency: "once a day",
        reason: "TARGET DISEASE")
    }
  }

  private var forToxicity: [Medicine] {
    var given: [Medicine] = []
    if course.crs >= 1 {
      given.append(
        Medicine(
          code: "N02BE01", start: course.crsDay, end: course.crsDay + 1 + course.crs, dose: "1000", unit: "mg",
          frequency: "as needed", reason: "CRS", toxicity: "crs"))
    }
    if course.crs >= 2 {
      given.append(
        Medicine(
          code: "L04AC07", start: course.crsDay + 1, end: course.crsDay + (course.crs >= 3 ? 2 : 1), dose: "8",
          unit: "mg/kg", frequency: "once", route: "INTRAVENOUS", reason: "CRS", toxicity: "crs"))
    }
    if course.crs >= 3 {
      given.append(
        Medicine(
          code: "H02AB02", start: course.crsDay + 2, end: course.crsDay + 6, perDay: "20", dose: "10", unit: "mg",
          frequency: "every 12 hours", route: "INTRAVENOUS", reason: "CRS", toxicity: "crs"))
    }
    if let lowest = course.lowestICE {
      given.append(
        Medicine(
          code: "H02AB02", start: lowest.day, end: lowest.day + 5, perDay: "40", dose: "10", unit: "mg",
          frequency: "every 6 hours", route: "INTRAVENOUS", reason: "ICANS", toxicity: "icans"))
    }
    if course.isSlowToRecover {
      given.append(
        Medicine(
          code: "L03AA02", start: 20, end: 38, dose: "300", unit: "ug", frequency: "once a day", route: "SUBCUTANEOUS",
          reason: "CYTOPENIA", toxicity: "neutropenia"))
    }
    return given
  }

  private static let medicineTable: [String: [Medicine]] = [
    "A4": [
      Medicine(
        code: "L04AA06", start: 277, dose: "1", unit: "g", frequency: "twice a day", reason: "TARGET DISEASE",
        toxicity: "flare", isNewTreatment: true),
      Medicine(
        code: "H02AB07", start: 277, end: 340, perDay: "20", dose: "20", unit: "mg", frequency: "once a day",
        reason: "TARGET DISEASE", toxicity: "flare", isNewTreatment: true),
    ],
    "A5": [
      Medicine(
        code: "A07EA06", start: 136, end: 168, perDay: "9", dose: "9", unit: "mg", frequency: "once a day",
        reason: "ADVERSE EVENT", toxicity: "enterocolitis")
    ],
    "A6": [
      Medicine(
        code: "J05AH02", start: 25, end: 29, dose: "75", unit: "mg", frequency: "twice a day", reason: "INFECTION",
        toxicity: "influenza"),
      Medicine(
        code: "J01CR01", start: 26, end: 32, dose: "3", unit: "g", frequency: "every 8 hours", route: "INTRAVENOUS",
        reason: "INFECTION", toxicity: "influenza"),
    ],
    "A7": [
      Medicine(
        code: "P01BA02", start: -5, dose: "200", unit: "mg", frequency: "twice a day", reason: "TARGET DISEASE"),
      Medicine(
        code: "J05AB11", start: 153, end: 163, dose: "1000", unit: "mg", frequency: "three times a day",
        reason: "INFECTION", toxicity: "zoster"),
    ],
    "A9": [
      Medicine(
        code: "J01DD04", start: 104, end: 114, dose: "2", unit: "g", frequency: "once a day", route: "INTRAVENOUS",
        reason: "INFECTION", toxicity: "pneumonia")
    ],
  ]
}
