extension Instrument {
  /// EULAR Sjögren's syndrome disease activity index: 12 domains, level times weight, 0 to 123; and clinESSDAI.
  static let essdai: Instrument = {
    let rows: [(key: String, words: String, levels: [Int], weight: Int, clinicalWeight: Int?)] = [
      ("constitutional", "Constitutional", [0, 1, 2], 3, 4),
      ("lymphadenopathy", "Lymphadenopathy", [0, 1, 2, 3], 4, 4),
      ("glandular", "Glandular", [0, 1, 2], 2, 2), ("articular", "Articular", [0, 1, 2, 3], 2, 3),
      ("cutaneous", "Cutaneous", [0, 1, 2, 3], 3, 3), ("pulmonary", "Pulmonary", [0, 1, 2, 3], 5, 6),
      ("renal", "Renal", [0, 1, 2, 3], 5, 6), ("muscular", "Muscular", [0, 1, 2, 3], 6, 7),
      ("peripheralNervous", "Peripheral nervous system", [0, 1, 2, 3], 5, 5),
      ("centralNervous", "Central nervous system", [0, 2, 3], 5, 5),
      ("hematological", "Hematological", [0, 1, 2, 3], 2, 2), ("biological", "Biological", [0, 1, 2], 1, nil),
    ]
    let sum = WeightedSum(weights: rows.map { ($0.key, $0.weight) })
    let clinical = WeightedSum(weights: rows.compactMap { row in row.clinicalWeight.map { (row.key, $0) } })
    return Instrument(
      id: "essdai", title: "EULAR Sjögren's syndrome disease activity index",
      source: "Seror R et al. Ann Rheum Dis 2010;69:1103-1109; clinESSDAI: Ann Rheum Dis 2016;75:1945-1950",
      unverified: "Exact wording of the level descriptions below the pulmonary domain; the rater enters the level.",
      items: rows.map { .level($0.key, $0.words, $0.levels) },
      score: { answers in
        let total = sum.total(of: answers)
        return [
          "total": .whole(total), "clinEssdai": .whole(clinical.total(of: answers)),
          "recordedSubtotal": .whole(sum.recorded(of: answers)),
          "activityLevel": total.map { .text($0 < 5 ? "low" : $0 < 14 ? "moderate" : "high") } ?? .null,
          "missing": answers.missingList,
        ]
      })
  }()
}
