extension Instrument {
  /// 2019 EULAR/ACR classification of systemic lupus erythematosus: ANA, 10 points, and a clinical item.
  static let sle2019: Instrument = {
    let clinical = [
      Domain(name: "constitutional", items: [("fever", 2)]),
      Domain(name: "hematologic", items: [("leukopenia", 3), ("thrombocytopenia", 4), ("autoimmuneHemolysis", 4)]),
      Domain(name: "neuropsychiatric", items: [("delirium", 2), ("psychosis", 3), ("seizure", 5)]),
      Domain(
        name: "mucocutaneous",
        items: [
          ("nonScarringAlopecia", 2), ("oralUlcers", 2), ("subacuteCutaneousOrDiscoid", 4), ("acuteCutaneous", 6),
        ]),
      Domain(name: "serosal", items: [("pleuralOrPericardialEffusion", 5), ("acutePericarditis", 6)]),
      Domain(name: "musculoskeletal", items: [("jointInvolvement", 6)]),
      Domain(name: "renal", items: [("proteinuria", 4), ("nephritisClassIIOrV", 8), ("nephritisClassIIIOrIV", 10)]),
    ]
    let immunology = [
      Domain(name: "antiphospholipid", items: [("antiphospholipid", 2)]),
      Domain(name: "complement", items: [("c3Low", 3), ("c4Low", 3)], pointsOfAll: 4),
      Domain(name: "sleSpecific", items: [("antiDsDna", 6), ("antiSmith", 6)]),
    ]
    let domains = clinical + immunology
    return Instrument(
      id: "sle2019", title: "2019 EULAR/ACR classification criteria for systemic lupus erythematosus",
      source: "Aringer M et al. Ann Rheum Dis 2019;78:1151-1159",
      items: [.yesNo("anaPositive", "Antinuclear antibodies of 1:80 or more, ever")]
        + domains.flatMap { $0.items.map { .yesNo($0.key, words[$0.key] ?? $0.key) } },
      score: { answers in
        let scores = domains.map { $0.recorded(answers) }
        let highest = domains.reduce(0) { $0 + $1.highest(answers) }
        let total = scores.reduce(0, +)
        let present = clinical.contains { $0.recorded(answers) > 0 }
        let possible = clinical.contains { $0.highest(answers) > 0 }
        let ana = answers[yesNo: "anaPositive"]
        let result =
          ana == false || highest < 10 || !possible
          ? "notMet" : ana == true && total >= 10 && present ? "met" : "indeterminate"
        return [
          "domainScores": .object(Result(zip(domains, scores).map { ($0.name, .whole($1)) })), "total": .whole(total),
          "clinicalCriterionPresent": .bool(present), "result": .text(result),
        ]
      })
  }()

  private static let words = [
    "fever": "Fever above 38.3 Cel", "leukopenia": "Leukocytes below 4.0 x 10*9/L",
    "thrombocytopenia": "Platelets below 100 x 10*9/L", "autoimmuneHemolysis": "Autoimmune hemolysis",
    "delirium": "Delirium", "psychosis": "Psychosis", "seizure": "Seizure",
    "nonScarringAlopecia": "Non-scarring alopecia", "oralUlcers": "Oral ulcers",
    "subacuteCutaneousOrDiscoid": "Subacute cutaneous or discoid lupus", "acuteCutaneous": "Acute cutaneous lupus",
    "pleuralOrPericardialEffusion": "Pleural or pericardial effusion", "acutePericarditis": "Acute pericarditis",
    "jointInvolvement": "Joint involvement", "proteinuria": "Proteinuria above 0.5 g/24 h",
    "nephritisClassIIOrV": "Class II or V lupus nephritis on biopsy",
    "nephritisClassIIIOrIV": "Class III or IV lupus nephritis on biopsy",
    "antiphospholipid": "Antiphospholipid antibodies", "c3Low": "Low C3", "c4Low": "Low C4",
    "antiDsDna": "Anti-dsDNA antibody", "antiSmith": "Anti-Smith antibody",
  ]
}
