import ClinicalValues

extension Instrument {
  /// The eight items of SLEDAI-2K that follow from numbers, as proposals to the rater: after lymphodepletion and CAR-T cells
  /// cytopenia, fever and pyuria are usually not lupus. The boundary value never scores.
  static let sledai2kLabItems = Instrument(
    id: "sledai2kLabItems", title: "SLEDAI-2K items from laboratory values",
    source: "Gladman DD, Ibañez D, Urowitz MB. J Rheumatol 2002;29:288-291",
    items: [
      // The range is ours: it refuses a temperature in degrees Fahrenheit.
      .number("temperatureC", "Temperature, Cel", 20...50), .amount("platelets", "Platelets, 10*9/L"),
      .amount("wbc", "Leukocytes, 10*9/L"), .amount("proteinuriaGPer24h", "Urine protein, g/24 h"),
      .amount("urineRbcPerHpf", "Urine red cells per high-power field"),
      .amount("urineWbcPerHpf", "Urine white cells per high-power field"), .amount("c3", "C3"),
      .amount("c3Lln", "Lower limit of normal of C3"), .amount("c4", "C4"),
      .amount("c4Lln", "Lower limit of normal of C4"), .amount("ch50", "CH50"),
      .amount("ch50Lln", "Lower limit of normal of CH50"), .amount("antiDsDna", "Anti-dsDNA antibody"),
      .amount("antiDsDnaUln", "Upper limit of normal of anti-dsDNA antibody"),
    ],
    score: { answers in
      func isAbove(_ key: String, _ limit: Decimal?) -> Bool? {
        limit.flatMap { limit in answers[number: key].map { $0 > limit } }
      }
      func isBelow(_ key: String, _ limit: Decimal?) -> Bool? {
        limit.flatMap { limit in answers[number: key].map { $0 < limit } }
      }
      // One component with its limit is enough to say that complement is not low.
      let complement = ["c3", "c4", "ch50"].compactMap { isBelow($0, answers[number: $0 + "Lln"]) }
      return [
        "hematuria": .bool(isAbove("urineRbcPerHpf", 5)), "pyuria": .bool(isAbove("urineWbcPerHpf", 5)),
        "proteinuria": .bool(isAbove("proteinuriaGPer24h", Decimal(tenths: 5))),
        "lowComplement": complement.isEmpty ? .null : .bool(complement.contains(true)),
        "increasedDnaBinding": .bool(isAbove("antiDsDna", answers[number: "antiDsDnaUln"])),
        "fever": .bool(isAbove("temperatureC", 38)), "thrombocytopenia": .bool(isBelow("platelets", 100)),
        "leukopenia": .bool(isBelow("wbc", 3)),
      ]
    })
}
