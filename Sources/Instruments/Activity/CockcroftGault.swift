import ClinicalValues

extension Instrument {
  /// Creatinine clearance in mL/min after Cockcroft and Gault; not normalized to body surface.
  static let cockcroftGault = Instrument(
    id: "cockcroftGault", title: "Creatinine clearance (Cockcroft-Gault)",
    source: "Cockcroft DW, Gault MH. Nephron 1976;16:31-41",
    items: [
      // At 140 the formula gives no clearance at all, above it one below zero.
      .number("ageYears", "Age, years", 0...139), .number("weightKg", "Actual body weight, kg", 0...1000, above: true),
      Item("sex", "Sex", .word(["male", "female"], otherwise: .invalidValue)),
      .number("creatinine", "Serum creatinine", 0...1_000_000, above: true),
      Item("creatinineUnit", "Unit of creatinine", .word(["mg/dL", "umol/L"], otherwise: .invalidUnit)),
    ],
    score: { answers in
      guard let age = answers[number: "ageYears"], let weight = answers[number: "weightKg"],
        let sex = answers[word: "sex"], let creatinine = answers[number: "creatinine"],
        let unit = answers[word: "creatinineUnit"]
      else { return ["crClMlPerMin": .null, "protocolThresholdMet": .null] }
      // Numerator and denominator stay apart, times 100 and 88.4, so that the threshold is met exactly or not at all.
      guard let span = 140 - age, let body = span * weight, let mass = body * (sex == "female" ? 85 : 100),
        let perMass = Decimal("88.4"), let numerator = unit == "umol/L" ? mass * perMass : mass,
        let denominator = 7200 * creatinine, let limit = 30 * denominator, let clearance = numerator / denominator
      else { return ["crClMlPerMin": .null, "protocolThresholdMet": .null] }
      return [
        "crClMlPerMin": .number(clearance.rounded(to: 6) ?? clearance),
        "protocolThresholdMet": .bool(numerator >= limit),
      ]
    })
}
