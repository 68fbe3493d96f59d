import ClinicalValues

extension Instrument {
  /// CTCAE v5.0 grade 0 to 4 of a laboratory value or vital sign, by the table `CTCAE.laboratory`.
  ///
  /// Value, limits and baseline are in the unit of the analyte. What only modifies a grade counts as absent where it is not
  /// recorded; symptoms and physiologic consequences as present, the worst case.
  static let ctcaeLab = Instrument(
    id: "ctcaeLab", title: "CTCAE v5.0 grade of a laboratory value or vital sign",
    source: "NCI Common Terminology Criteria for Adverse Events, version 5.0, 27 November 2017",
    items: [
      Item("analyte", "Analyte", .word(CTCAE.laboratory.map(\.key), otherwise: .invalidValue)),
      .amount("value", "Value"), .amount("lln", "Lower limit of normal", limit: "uln"),
      .yesNo("transfusionIndicated", "Transfusion is indicated"),
      .amount("uln", "Upper limit of normal", above: true), .amount("baseline", "Baseline value"),
      .yesNo("symptomatic", "Symptomatic"), .amount("albuminGPerL", "Albumin, g/L (for calcium)"),
      .yesNo("physiologicConsequences", "Physiologic consequences"),
      .yesNo("onAnticoagulation", "On anticoagulation"), .yesNo("bleeding", "Bleeding"),
      .yesNo("lifeThreatening", "Life-threatening consequences"),
      .yesNo("interventionIndicated", "Intervention is indicated"),
      .amount("durationHours", "Duration, h (for temperature)"),
    ],
    score: { answers in
      guard let grade = grade(answers) else { return ["term": .null, "grade": .null] }
      let result: [(name: String, value: Datum)] = [
        ("term", grade.term.map { .text($0) } ?? .null), ("grade", .whole(grade.grade)),
      ]
      return Result(result + (grade.correctedCalcium.map { [("correctedCalcium", .number($0))] } ?? []))
    },
    rule: { grade($0)?.rule ?? "Not gradable. No analyte." })

  /// The grade of the answers; nil without an analyte.
  private static func grade(_ answers: Answers) -> CTCAE.Grade? {
    guard let analyte = answers[word: "analyte"].flatMap({ CTCAE.analyte($0) }) else { return nil }
    let circumstances = CTCAE.Circumstance.allCases.compactMap { circumstance in
      answers[yesNo: circumstance.rawValue].map { (circumstance, $0) }
    }
    return analyte.grade(
      CTCAE.Measurement(
        value: answers[number: "value"], lln: answers[number: "lln"], uln: answers[number: "uln"],
        baseline: answers[number: "baseline"], albuminGPerL: answers[number: "albuminGPerL"],
        durationHours: answers[number: "durationHours"],
        circumstances: Dictionary(uniqueKeysWithValues: circumstances)))
  }
}
