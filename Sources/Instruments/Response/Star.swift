extension Instrument {
  /// Sjögren's tool for assessing response: five domains, 9 points, a response from 5 on.
  ///
  /// Its cut-offs of Schirmer test (below 5 mm) and ocular staining (3 or more) are not those of the classification.
  static let star = Instrument(
    id: "star", title: "Sjögren's tool for assessing response (STAR)",
    source: "Seror R et al. Ann Rheum Dis 2022;81:979-989",
    items: Item.change("ClinEssdai", "clinESSDAI", 0...135) + Item.change("Esspri", "ESSPRI", 0...10)
      + Item.change("SchirmerMeanMm", "Schirmer test without anesthesia, mean of both eyes, mm", 0...1000)
      + Item.change("OssMean", "Ocular staining score, mean of both eyes", 0...12)
      + Item.change("Uwsf", "Unstimulated whole salivary flow, mL/min", 0...1000)
      + Item.change("Hocevar", "Ultrasound of salivary glands, Hocevar total", 0...48)
      + Item.change("IgG", "IgG, g/L", 0...10_000) + Item.change("Rf", "Rheumatoid factor, IU/mL", 0...100_000_000),
    score: { answers in
      let domains = StarDomain.all(of: answers)
      let total = domains.reduce(0) { $0 + ($1.earned ?? 0) }
      let highest = domains.reduce(0) { $0 + $1.highest }
      return [
        "points": .object(Result(domains.map { ($0.name, .whole($0.earned)) })), "total": .whole(total),
        "result": .text(total >= 5 ? "met" : highest < 5 ? "notMet" : "indeterminate"),
      ]
    })
}

/// A domain: points for a response in any of its recorded tests.
private struct StarDomain {
  let name: String
  let points: Int
  let tests: [(change: Change, responds: Bool?)]

  init(_ name: String, _ points: Int, _ tests: (Change, responds: (Change) -> Bool?)...) {
    self.name = name
    self.points = points
    self.tests = tests.map { ($0, $1($0)) }
  }

  /// The points; nil if no test is recorded.
  var earned: Int? {
    let recorded = tests.filter(\.change.isRecorded)
    return recorded.isEmpty ? nil : recorded.contains { $0.responds == true } ? points : 0
  }

  /// The points, or those that what is not recorded may still bring.
  var highest: Int { earned ?? (tests.contains { $0.responds != false } ? points : 0) }

  static func all(of answers: Answers) -> [StarDomain] {
    [
      StarDomain("systemicActivity", 3, (answers.change("ClinEssdai"), { $0.fall.isAtLeast(3) })),
      StarDomain(
        "patientReported", 3,
        (answers.change("Esspri"), { Kleene.or([$0.fall.isAtLeast(1), $0.fell(byPercent: 15)]) })),
      StarDomain("lacrimal", 1, (answers.change("SchirmerMeanMm"), schirmer), (answers.change("OssMean"), staining)),
      StarDomain(
        "salivary", 1, (answers.change("Uwsf"), flow), (answers.change("Hocevar"), { $0.fell(byPercent: 25) })),
      StarDomain(
        "biological", 1, (answers.change("IgG"), { $0.fell(byPercent: 10) }),
        (answers.change("Rf"), { $0.fell(byPercent: 25) })),
    ]
  }

  /// Abnormal, below 5 mm: rises by 5 mm or more. Normal: stays so.
  private static func schirmer(_ mm: Change) -> Bool? {
    Kleene.or([
      Kleene.and([mm.baseline.isBelow(5), mm.rise.isAtLeast(5)]),
      Kleene.and([mm.baseline.isAtLeast(5), mm.followUp.isAtLeast(5)]),
    ])
  }

  /// Abnormal, 3 or more: falls by 2 or more. Normal: stays so.
  private static func staining(_ score: Change) -> Bool? {
    Kleene.or([
      Kleene.and([score.baseline.isAtLeast(3), score.fall.isAtLeast(2)]),
      Kleene.and([score.baseline.isBelow(3), score.followUp.isBelow(3)]),
    ])
  }

  /// Rises by 25% or more, from none at all by anything.
  private static func flow(_ flow: Change) -> Bool? {
    Kleene.or([
      flow.rose(byPercent: 25), Kleene.and([flow.baseline.isAtMost(0), flow.followUp.isAbove(0)]),
    ])
  }
}
