import ClinicalValues

extension Instrument {
  /// Total Improvement Score of adult dermatomyositis and polymyositis, 0 to 100.
  static let tis = Instrument(
    id: "tis", title: "ACR/EULAR Total Improvement Score in myositis (TIS)",
    source: "Aggarwal R et al. Ann Rheum Dis 2017;76:792-801; Arthritis Rheumatol 2017;69:898-910",
    unverified: "The ranges of the muscle enzymes, multiples of the upper limit of normal.",
    items: Item.change("PhysicianGlobal", "Physician global activity, 0 to 10", 0...10)
      + Item.change("PatientGlobal", "Patient global activity, 0 to 10", 0...10)
      + Item.change("Mmt", "Manual muscle testing", 0...150, limit: "mmtMax")
      + [Item("mmtMax", "Highest score of that muscle testing; 150 if not told", .choice([150, 80]))]
      + Item.change("Haq", "HAQ", 0...3)
      + [
        .word("enzymeName", "Muscle enzyme most abnormal at baseline", ["CK", "aldolase", "LDH", "AST", "ALT"]),
        .number("enzymeUln", "Its upper limit of normal", 0...1_000_000, above: true),
      ] + Item.change("Enzyme", "That enzyme", 0...100_000_000)
      + Item.change("Extramuscular", "Extramuscular activity, 0 to 10", 0...10),
    score: { answers in
      let points = Improvement.all.map { (name: $0.name, tenths: $0.tenths(answers)) }
      let recorded = points.reduce(0) { $0 + ($1.tenths ?? 0) }
      let total = points.contains { $0.tenths == nil } ? nil : recorded
      return [
        "points": .object(Result(points.map { ($0.name, .rounded($0.tenths.map { Decimal(tenths: $0) })) })),
        "total": .rounded(total.map { Decimal(tenths: $0) }), "lowerBound": .rounded(Decimal(tenths: recorded)),
        "category": total.map { .text(Improvement.category(tenths: $0)) } ?? .null,
      ]
    })
}

/// A measure of the score: its improvement in percent of its range, not of its baseline, gives points by tiers.
private struct Improvement: Sendable {
  let name: String
  let measure: String
  var isHigherBetter = false
  /// Upper ends of the tiers in percent; an end belongs to the lower tier.
  var ends: [Int] = [5, 15, 25, 40]
  /// Points of the tiers above the first end, in tenths.
  let points: [Int]
  /// The range of the measure; nil if it is not known.
  let range: @Sendable (Answers) -> Decimal?

  static let all = [
    Improvement(name: "physicianGlobal", measure: "PhysicianGlobal", points: [75, 150, 175, 200]) { _ in 10 },
    Improvement(name: "patientGlobal", measure: "PatientGlobal", points: [25, 50, 75, 100]) { _ in 10 },
    Improvement(
      name: "mmt", measure: "Mmt", isHigherBetter: true, ends: [2, 10, 20, 30], points: [100, 200, 275, 325]
    ) {
      $0[number: "mmtMax"] ?? 150
    },
    Improvement(name: "haq", measure: "Haq", points: [50, 75, 75, 100]) { _ in 3 },
    Improvement(name: "enzyme", measure: "Enzyme", points: [25, 50, 75, 75]) { answers in
      guard let name = answers[word: "enzymeName"], let limit = answers[number: "enzymeUln"] else { return nil }
      return (name == "CK" ? 15 : name == "aldolase" ? 6 : 3) * limit
    },
    Improvement(name: "extramuscular", measure: "Extramuscular", points: [75, 125, 150, 200]) { _ in 10 },
  ]

  /// The points in tenths; nil if an answer is missing. Worsening gives none.
  func tenths(_ answers: Answers) -> Int? {
    let change = answers.change(measure)
    guard let gain = (isHigherBetter ? change.rise : change.fall).value, let range = range(answers) else { return nil }
    let passed = ends.count { (100 * Span(gain)).isAbove(Span(Decimal($0)) * Span(range)) == true }
    return passed == 0 ? 0 : points[passed - 1]
  }

  /// Adults: minimal from 20 on, moderate from 40, major from 60.
  static func category(tenths: Int) -> String {
    tenths >= 600 ? "major" : tenths >= 400 ? "moderate" : tenths >= 200 ? "minimal" : "none"
  }
}
