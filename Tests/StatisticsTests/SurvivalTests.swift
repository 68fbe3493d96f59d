import Statistics
import Testing

@Suite struct SurvivalTests {
  typealias Curve = KaplanMeier<Int>

  static let worked: [Curve.Subject] = [
    (3, true), (5, false), (6, true), (6, true), (8, false), (10, true), (12, false), (12, false),
  ].map { Curve.Subject(time: $0.0, happened: $0.1) }

  static let table: [(time: Int, atRisk: Int, values: [Double])] = [
    (3, 8, [0.875000, 0.017857, 0.116927, 0.387000, 0.981393, 0.645828, 1]),
    (6, 6, [0.583333, 0.101190, 0.185561, 0.180189, 0.844069, 0.219641, 0.947026]),
    (10, 3, [0.388889, 0.267857, 0.201269, 0.063003, 0.724223, 0, 0.783369]),
  ]

  @Test(arguments: table)
  func `the worked example comes out`(_ time: Int, _ atRisk: Int, _ values: [Double]) throws {
    let estimate = try #require(Curve(Self.worked)).estimate(at: time)
    let logLog = try #require(estimate.limits(.logLog, confidence: 0.95))
    let plain = try #require(estimate.limits(.plain, confidence: 0.95))
    #expect(estimate.atRisk == atRisk)
    let found = [
      estimate.survival, estimate.greenwoodSum, try #require(estimate.standardError), logLog.lower, logLog.upper,
      plain.lower, plain.upper,
    ]
    for (found, expected) in zip(found, values) { #expect(abs(found - expected) < 0.000_000_6) }
  }

  @Test func `an estimate is beyond follow-up later than the last time, unless all have had it`() throws {
    let worked = try #require(Curve(Self.worked))
    #expect(worked.median == 10)
    #expect(!worked.estimate(at: 12).isBeyondFollowUp)
    #expect(worked.estimate(at: 13).isBeyondFollowUp)
    let all = try #require(Curve([Curve.Subject(time: 1, happened: true)])).estimate(at: 2)
    #expect(!all.isBeyondFollowUp)
    #expect(all.survival == 0)
    #expect(all.standardError == nil)
    #expect(all.limits(.logLog, confidence: 0.95) == nil)
    #expect(Curve([]) == nil)
  }

  @Test(arguments: 1...40)
  func `without censoring, survival is the share that lives on, and the median the time when half are left`(
    _ count: Int
  ) throws {
    let curve = try #require(Curve((1...count).map { Curve.Subject(time: $0, happened: true) }))
    for time in 0...count {
      #expect(abs(curve.estimate(at: time).survival - Double(count - time) / Double(count)) < 1e-12)
    }
    #expect(curve.median == (count + 1) / 2)
  }

  @Test(arguments: 1...60)
  func `survival never rises, and its limits hold it`(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let subjects = (0..<(1 + random.below(30))).map { _ in
      Curve.Subject(time: random.below(15), happened: random.below(3) > 0)
    }
    let curve = try #require(Curve(subjects))
    var before = 1.0
    for time in 0...16 {
      let estimate = curve.estimate(at: time)
      #expect(estimate.survival <= before)
      before = estimate.survival
      for kind in [Curve.Limits.logLog, .plain] {
        guard let limits = estimate.limits(kind, confidence: 0.9) else { continue }
        #expect(0 <= limits.lower && limits.lower <= estimate.survival + 1e-12)
        #expect(estimate.survival - 1e-12 <= limits.upper && limits.upper <= 1)
      }
    }
  }

  @Test(arguments: 1...60)
  func `competing risks add up to 1; with only one of them they are one less Kaplan-Meier`(_ seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    let subjects = (0..<(1 + random.below(30))).map { _ in
      (time: random.below(15), outcome: AalenJohansen<Int>.Outcome(rawValue: random.below(3)) ?? .censored)
    }
    let both = try #require(AalenJohansen(subjects))
    let either = try #require(Curve(subjects.map { Curve.Subject(time: $0.time, happened: $0.outcome != .censored) }))
    let one = try #require(
      AalenJohansen(subjects.map { (time: $0.time, outcome: $0.outcome == .censored ? .censored : .second) }))
    var before = both.estimate(at: -1)
    for time in 0...16 {
      let found = both.estimate(at: time)
      #expect(abs(found.first + found.second + found.neither - 1) < 1e-12)
      #expect(found.first >= before.first && found.second >= before.second && found.neither <= before.neither)
      #expect(abs(found.neither - either.estimate(at: time).survival) < 1e-12)
      #expect(abs(one.estimate(at: time).second - (1 - either.estimate(at: time).survival)) < 1e-12)
      before = found
    }
  }
}

/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers for the same seed, everywhere.
struct SplitMix {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  /// A number from 0 to one less than `bound`.
  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(bound))
  }
}
