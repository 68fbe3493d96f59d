import ClinicalValues

extension Instrument {
  /// EULAR Sjögren's syndrome patient reported index: mean of dryness, fatigue and limb pain, 0 to 10; below 5 is acceptable.
  static let esspri = Instrument(
    id: "esspri", title: "EULAR Sjögren's syndrome patient reported index",
    source: "Seror R et al. Ann Rheum Dis 2011;70:968-972",
    items: [
      .number("dryness", "Dryness", 0...10), .number("fatigue", "Fatigue", 0...10),
      .number("pain", "Limb pain", 0...10),
    ],
    score: { answers in
      guard let dryness = answers[number: "dryness"], let fatigue = answers[number: "fatigue"],
        let pain = answers[number: "pain"], let two = dryness + fatigue, let sum = two + pain
      else { return ["esspri": .null, "acceptableSymptoms": .null] }
      return ["esspri": .rounded(sum / 3), "acceptableSymptoms": .bool(sum < 15)]
    })
}
