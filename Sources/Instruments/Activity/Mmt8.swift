extension Instrument {
  /// Manual muscle testing of 8 groups, 15 tests of 0 to 10 (Kendall), 0 to 150; 0 to 80 for one side.
  static let mmt8: Instrument = {
    let paired = [
      ("deltoid", "Deltoid"), ("biceps", "Biceps"), ("wristExtensors", "Wrist extensors"),
      ("gluteusMaximus", "Gluteus maximus"), ("gluteusMedius", "Gluteus medius"), ("quadriceps", "Quadriceps"),
      ("ankleDorsiflexors", "Ankle dorsiflexors"),
    ]
    let tests =
      [("neckFlexors", "Neck flexors")]
      + paired.flatMap { [($0.0 + "Right", $0.1 + ", right"), ($0.0 + "Left", $0.1 + ", left")] }
    let sum = WeightedSum(weights: tests.map { ($0.0, 1) })
    return Instrument(
      id: "mmt8", title: "Manual muscle testing, 8 groups (MMT-8)",
      source: "Rider LG et al. Arthritis Care Res 2010;62:465-472",
      items: tests.map { .whole($0.0, $0.1, 0...10) },
      score: { answers in
        let total = sum.total(of: answers)
        // The left side stands in where the right one could not be tested; for the one-sided score only.
        let side =
          ([answers[whole: "neckFlexors"]]
          + paired.map {
            answers[whole: $0.0 + "Right"] ?? answers[whole: $0.0 + "Left"]
          }).reduce(Int?.some(0)) { sum, points in sum.flatMap { sum in points.map { sum + $0 } } }
        return [
          "total150": .whole(total), "unilateral80": .whole(side),
          "protocolThresholdMet": .bool(total.map { $0 <= 141 }),
          "missing": answers.missingList,
        ]
      })
  }()
}
