import ClinicalValues

extension Instrument {
  /// ACR CRISS: the probability of improvement from five core items; improved from 0.60 on.
  static let criss2016 = Instrument(
    id: "criss2016", title: "ACR Composite Response Index in Systemic Sclerosis (CRISS)",
    source: "Khanna D et al. Arthritis Rheumatol 2016;68:299-311; Arthritis Care Res 2016;68:167-178",
    items: Criss.items,
    score: { answers in
      let ruledOut = Criss.step1NotImproved(answers)
      let probability: Decimal? =
        switch ruledOut {
        case true?: 0
        case false?: Criss.logit(answers).flatMap { Criss.probability(logit: $0) }
        case nil: nil
        }
      return [
        "step1NotImproved": .bool(ruledOut), "probability": .rounded(probability),
        "improved": .bool(probability.map { $0 >= Decimal(tenths: 6) }),
      ]
    })
}

extension Criss {
  /// Coefficients of the changes in hundredths, so that the sum is exact.
  private static let coefficients: [(measure: String, hundredths: Span)] = [
    ("Mrss", -81), ("FvcPercent", 21), ("PatientGlobal", -40), ("PhysicianGlobal", -44), ("HaqDi", -341),
  ]

  /// The logarithm of the odds of improvement; nil if a core item is missing.
  fileprivate static func logit(_ answers: Answers) -> Decimal? {
    let hundredfold = coefficients.reduce(Span(-554)) { $0 + $1.hundredths * answers.change($1.measure).rise }
    return hundredfold.value.flatMap { $0 / 100 }
  }

  /// The probability of those odds, to 7 digits: by the power of e that is at most 1, which Decimal holds to 8.
  fileprivate static func probability(logit: Decimal) -> Decimal? {
    guard let odds = (-logit.magnitude).exponential, let whole = 1 + odds else { return nil }
    return (logit.sign < 0 ? odds : 1) / whole
  }
}
