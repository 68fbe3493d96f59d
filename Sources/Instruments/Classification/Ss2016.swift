import ClinicalValues

extension Instrument {
  /// 2016 ACR/EULAR classification of primary Sjögren's syndrome: entry, no exclusion, 4 points.
  static let ss2016: Instrument = {
    let exclusions = [
      ("headNeckRadiation", "Head and neck radiation"), ("activeHepatitisC", "Active hepatitis C (PCR)"),
      ("aids", "AIDS"), ("sarcoidosis", "Sarcoidosis"), ("amyloidosis", "Amyloidosis"),
      ("graftVersusHostDisease", "Graft-versus-host disease"), ("igG4RelatedDisease", "IgG4-related disease"),
    ]
    return Instrument(
      id: "ss2016", title: "2016 ACR/EULAR classification criteria for primary Sjögren's syndrome",
      source: "Shiboski CH et al. Ann Rheum Dis 2017;76:9-16",
      items: [
        .yesNo("drynessSymptom", "At least one of five questions on ocular or oral dryness"),
        .yesNo("essdaiAnyDomainPositive", "At least one ESSDAI domain with a positive item"),
        .number("focusScore", "Focus score, foci per 4 mm2", 0...1000), .yesNo("antiSsaRo", "Anti-Ro/SSA antibody"),
        .number("ocularStainingScoreRight", "Ocular staining score, right", 0...12),
        .number("ocularStainingScoreLeft", "Ocular staining score, left", 0...12),
        .number("vanBijsterveldRight", "van Bijsterveld score, right", 0...9),
        .number("vanBijsterveldLeft", "van Bijsterveld score, left", 0...9),
        .number("schirmerRightMm", "Schirmer test, right, mm in 5 min", 0...100),
        .number("schirmerLeftMm", "Schirmer test, left, mm in 5 min", 0...100),
        .number("unstimulatedFlowMlPerMin", "Unstimulated whole salivary flow, mL/min", 0...100),
      ] + exclusions.map { .yesNo($0.0, $0.1) },
      score: { answers in
        let points = points(of: answers)
        let total = points.reduce(0) { $0 + ($1.positive == true ? $1.points : 0) }
        let highest = points.reduce(0) { $0 + ($1.positive != false ? $1.points : 0) }
        let entry = Kleene.or([answers[yesNo: "drynessSymptom"], answers[yesNo: "essdaiAnyDomainPositive"]])
        let excluded = Kleene.or(exclusions.map { answers[yesNo: $0.0] })
        let result =
          excluded == true
          ? "excluded"
          : entry == false || highest < 4
            ? "notMet" : entry == true && excluded == false && total >= 4 ? "met" : "indeterminate"
        return [
          "entryMet": .bool(entry), "excluded": .bool(excluded),
          "points": .object(Result(points.map { ($0.name, .whole($0.positive == true ? $0.points : 0)) })),
          "total": .whole(total), "result": .text(result),
        ]
      })
  }()

  /// The five items: positive, negative, or nil if what is recorded leaves it open.
  private static func points(of answers: Answers) -> [(name: String, points: Int, positive: Bool?)] {
    func atLeast(_ key: String, _ limit: Int64) -> Bool? { answers[number: key].map { $0 >= Decimal(limit) } }
    func atMost(_ key: String, _ limit: Decimal) -> Bool? { answers[number: key].map { $0 <= limit } }
    // 0.1 mL/min
    let lowFlow = Decimal(units: 10_000_000, scale: 1) ?? Decimal(0)
    return [
      ("labialBiopsy", 3, atLeast("focusScore", 1)), ("antiSsaRo", 3, answers[yesNo: "antiSsaRo"]),
      (
        "ocularStaining", 1,
        Kleene.or([
          atLeast("ocularStainingScoreRight", 5), atLeast("ocularStainingScoreLeft", 5),
          atLeast("vanBijsterveldRight", 4), atLeast("vanBijsterveldLeft", 4),
        ])
      ),
      ("schirmer", 1, Kleene.or([atMost("schirmerRightMm", Decimal(5)), atMost("schirmerLeftMm", Decimal(5))])),
      ("salivaryFlow", 1, atMost("unstimulatedFlowMlPerMin", lowFlow)),
    ]
  }
}
