import Statistics
import Testing

@Suite struct ProportionTests {
  /// Of 12, 95%; SciPy and statsmodels.
  static let ofTwelve: [(count: Int, exact: (Double, Double), wilson: (Double, Double))] = [
    (0, (0.0000, 0.2646), (0.0000, 0.2425)), (1, (0.0021, 0.3848), (0.0149, 0.3539)),
    (2, (0.0209, 0.4841), (0.0470, 0.4480)), (3, (0.0549, 0.5719), (0.0889, 0.5323)),
    (4, (0.0992, 0.6511), (0.1381, 0.6094)), (5, (0.1517, 0.7233), (0.1933, 0.6805)),
    (6, (0.2109, 0.7891), (0.2538, 0.7462)), (7, (0.2767, 0.8483), (0.3195, 0.8067)),
    (8, (0.3489, 0.9008), (0.3906, 0.8619)), (9, (0.4281, 0.9451), (0.4677, 0.9111)),
    (10, (0.5159, 0.9791), (0.5520, 0.9530)), (11, (0.6152, 0.9979), (0.6461, 0.9851)),
    (12, (0.7354, 1.0000), (0.7575, 1.0000)),
  ]

  @Test(arguments: ofTwelve)
  func `the intervals of 12 are those of the published tables`(
    _ count: Int, _ exact: (Double, Double), _ score: (Double, Double)
  ) throws {
    let proportion = try #require(Proportion(count, of: 12))
    let clopperPearson = try #require(proportion.clopperPearson(confidence: 0.95))
    let wilson = try #require(proportion.wilson(confidence: 0.95))
    for (found, expected) in [
      (clopperPearson.lower, exact.0), (clopperPearson.upper, exact.1), (wilson.lower, score.0),
      (wilson.upper, score.1),
    ] {
      #expect(abs(found - expected) <= 0.000_05 + 1e-12)
    }
  }

  @Test(arguments: [1, 2, 7, 12, 100, 1_000_000], [0.5, 0.9, 0.95, 0.999])
  func `an interval holds the estimate, rises with the count and is mirrored by the rest`(
    _ total: Int, _ confidence: Double
  ) throws {
    let counts = Set([0, 1, total / 3, total / 2, total - 1, total]).sorted()
    for interval in [Proportion.clopperPearson, Proportion.wilson] {
      var before = Interval(lower: -1, upper: -1)
      for count in counts {
        let proportion = try #require(Proportion(count, of: total))
        let found = try #require(interval(proportion)(confidence))
        #expect(found.lower <= proportion.estimate && proportion.estimate <= found.upper)
        #expect(0 <= found.lower && found.upper <= 1)
        #expect(found.lower >= before.lower && found.upper >= before.upper)
        let rest = try #require(Proportion(total - count, of: total).flatMap { interval($0)(confidence) })
        #expect(abs(rest.upper - (1 - found.lower)) < 1e-12)
        before = found
      }
    }
  }

  @Test func `the ends are exactly 0 and 1 where all or none are meant`() throws {
    let none = try #require(Proportion(0, of: 5))
    let all = try #require(Proportion(5, of: 5))
    #expect(none.clopperPearson(confidence: 0.95)?.lower == 0)
    #expect(none.wilson(confidence: 0.95)?.lower == 0)
    #expect(all.clopperPearson(confidence: 0.95)?.upper == 1)
    #expect(all.wilson(confidence: 0.95)?.upper == 1)
  }

  @Test func `what is no proportion, and a confidence that is none, has no interval`() throws {
    for (count, total) in [(0, 0), (1, 0), (-1, 3), (4, 3), (0, -1)] { #expect(Proportion(count, of: total) == nil) }
    let proportion = try #require(Proportion(1, of: 3))
    for confidence in [0, 1, -1, 2, Double.nan] {
      #expect(proportion.clopperPearson(confidence: confidence) == nil)
      #expect(proportion.wilson(confidence: confidence) == nil)
    }
  }
}
