extension Instrument {
  /// SLEDAI-2K: lupus activity, 24 items present or absent, 0 to 105.
  static let sledai2k: Instrument = {
    let rows: [(key: String, words: String, weight: Int)] = [
      ("seizure", "Seizure", 8), ("psychosis", "Psychosis", 8), ("organicBrainSyndrome", "Organic brain syndrome", 8),
      ("visualDisturbance", "Visual disturbance", 8), ("cranialNerveDisorder", "Cranial nerve disorder", 8),
      ("lupusHeadache", "Lupus headache", 8), ("cva", "Cerebrovascular accident", 8), ("vasculitis", "Vasculitis", 8),
      ("arthritis", "Arthritis", 4), ("myositis", "Myositis", 4), ("urinaryCasts", "Urinary casts", 4),
      ("hematuria", "Hematuria", 4), ("proteinuria", "Proteinuria", 4), ("pyuria", "Pyuria", 4), ("rash", "Rash", 2),
      ("alopecia", "Alopecia", 2), ("mucosalUlcers", "Mucosal ulcers", 2), ("pleurisy", "Pleurisy", 2),
      ("pericarditis", "Pericarditis", 2), ("lowComplement", "Low complement", 2),
      ("increasedDnaBinding", "Increased DNA binding", 2), ("fever", "Fever", 1),
      ("thrombocytopenia", "Thrombocytopenia", 1), ("leukopenia", "Leukopenia", 1),
    ]
    let sum = WeightedSum(weights: rows.map { ($0.key, $0.weight) })
    let clinical = sum.without(["lowComplement", "increasedDnaBinding"])
    return Instrument(
      id: "sledai2k", title: "SLE Disease Activity Index 2000",
      source: "Gladman DD, Ibañez D, Urowitz MB. J Rheumatol 2002;29:288-291",
      items: rows.map { .yesNo($0.key, $0.words) },
      score: { answers in
        [
          "total": .whole(sum.total(of: answers)), "clinicalTotal": .whole(clinical.total(of: answers)),
          "recordedSubtotal": .whole(sum.recorded(of: answers)), "missing": answers.missingList,
        ]
      })
  }()
}
