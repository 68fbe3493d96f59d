import ClinicalValues

extension Instrument {
  /// Expanded disability status scale, 0 to 10, as a certified rater entered it, with what does not agree in it.
  ///
  /// It is never recalculated. Functional systems are entered unconverted.
  static let edss = Instrument(
    id: "edss", title: "Expanded Disability Status Scale",
    source: "Kurtzke JF. Neurology 1983;33:1444-1452; Neurostatus-EDSS definitions 04/10 (Kappos L)",
    unverified:
      "Conversion of the visual and bowel and bladder systems, ambulation ranges: against the licensed booklet.",
    items: [.edss("edss", "EDSS step")]
      + EdssRating.systems.map { .whole($0.key, $0.words, 0...$0.highest) } + [
        Item(
          "assistance", "Assistance for walking",
          .word(["none", "unilateral", "bilateral", "wheelchair", "bed", "dead"], otherwise: .invalidValue)),
        .amount("unassistedWalkingMeters", "Distance walked without aid, m"),
      ],
    score: { answers in
      let rating = EdssRating(answers)
      return [
        "convertedVisual": .whole(rating.converted("visual")),
        "convertedBowelBladder": .whole(rating.converted("bowelBladder")), "highestFs": .whole(rating.highest),
        "flags": .list(rating.flags.map { .text($0) }),
      ]
    })
}

/// One rating.
private struct EdssRating {
  let edss: Decimal?
  let systems: [String: Int]
  let assistance: String?
  let meters: Decimal?

  static let systems: [(key: String, words: String, highest: Int)] = [
    ("visual", "Visual", 6), ("brainstem", "Brainstem", 5), ("pyramidal", "Pyramidal", 6),
    ("cerebellar", "Cerebellar", 5), ("sensory", "Sensory", 6), ("bowelBladder", "Bowel and bladder", 6),
    ("cerebral", "Cerebral", 5),
  ]
  /// What a score counts as for the step, by the score.
  static let conversions: [String: [Int]] = ["visual": [0, 1, 2, 2, 3, 3, 4], "bowelBladder": [0, 1, 2, 3, 3, 4, 5]]

  init(_ answers: Answers) {
    edss = answers[number: "edss"]
    assistance = answers[word: "assistance"]
    meters = answers[number: "unassistedWalkingMeters"]
    var systems: [String: Int] = [:]
    for (key, _, _) in Self.systems { systems[key] = answers[whole: key] }
    self.systems = systems
  }

  func converted(_ key: String) -> Int? { systems[key].map { Self.conversions[key]?[$0] ?? $0 } }

  /// The highest converted score of those recorded.
  var highest: Int? { Self.systems.compactMap { converted($0.key) }.max() }

  var flags: [String] {
    var flags: [String] = []
    if edss == 0, Self.systems.contains(where: { (converted($0.key) ?? 0) > ($0.key == "cerebral" ? 1 : 0) }) {
      flags.append("edss0WithFsAbove0")
    }
    if let edss, let highest, edss > 0, edss < Decimal(highest) { flags.append("edssBelowHighestFs") }
    let range = ambulation
    if let edss, let range {
      if edss < range.lowerBound { flags.append("edssBelowAmbulationRange") }
      if edss > range.upperBound { flags.append("edssAboveAmbulationRange") }
    }
    if range == nil { flags.append("ambulationMissing") }
    if assistance != "dead", systems.count < Self.systems.count { flags.append("fsMissing") }
    return flags
  }

  /// The steps that the recorded ambulation allows; nil if it is not recorded.
  private var ambulation: ClosedRange<Decimal>? {
    let tenths: ClosedRange<Int>
    switch (assistance, meters) {
    case ("none", let meters?):
      tenths =
        meters >= 500 ? 0...50 : meters >= 300 ? 45...50 : meters >= 200 ? 50...50 : meters >= 100 ? 55...55 : 60...60
    case ("unilateral", _), ("bilateral", _): tenths = 60...65
    case ("wheelchair", _): tenths = 70...80
    case ("bed", _): tenths = 85...95
    case ("dead", _): tenths = 100...100
    default: return nil
    }
    return Decimal(tenths: tenths.lowerBound)...Decimal(tenths: tenths.upperBound)
  }
}
