import Statistics
import Testing

/// The reference tables: prior Beta(0.5, 0.5), up to 12 participants; computed with SciPy.
@Suite struct StoppingRuleTests {
  static func rule(_ rate: Double, _ cutoff: Double) throws -> StoppingRule {
    try #require(StoppingRule(priorA: 0.5, priorB: 0.5, rate: rate, cutoff: cutoff))
  }

  static let limits: [(rate: Double, cutoff: Double, fewest: [Int?])] = [
    (0.30, 0.80, [1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5]), (0.30, 0.90, [1, 2, 2, 3, 3, 4, 4, 5, 5, 5, 6, 6]),
    (0.30, 0.95, [nil, 2, 3, 3, 4, 4, 5, 5, 6, 6, 6, 7]), (0.25, 0.80, [1, 1, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5]),
    (0.25, 0.90, [1, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5]), (0.25, 0.95, [nil, 2, 3, 3, 3, 4, 4, 5, 5, 5, 6, 6]),
  ]

  @Test(arguments: limits)
  func `the fewest that stop are those of the table`(_ rate: Double, _ cutoff: Double, _ fewest: [Int?]) throws {
    let rule = try Self.rule(rate, cutoff)
    #expect((1...12).map { rule.fewest(of: $0) } == fewest)
  }

  static let chances: [(rate: Double, cutoff: Double, firstLook: Int, chances: [Double])] = [
    (0.30, 0.80, 1, [0.1296, 0.3198, 0.5489, 0.7598, 0.9036]),
    (0.30, 0.80, 3, [0.0581, 0.2277, 0.4731, 0.7147, 0.8843]),
    (0.30, 0.90, 1, [0.1114, 0.2541, 0.4364, 0.6389, 0.8169]),
    (0.30, 0.90, 3, [0.0315, 0.1354, 0.3192, 0.5522, 0.7690]),
    (0.30, 0.95, 3, [0.0044, 0.0403, 0.1470, 0.3413, 0.5859]),
    (0.25, 0.80, 3, [0.0672, 0.2725, 0.5441, 0.7768, 0.9185]),
    (0.25, 0.90, 3, [0.0391, 0.1858, 0.4290, 0.6847, 0.8704]),
    (0.25, 0.95, 3, [0.0099, 0.0793, 0.2469, 0.4902, 0.7317]),
  ]

  @Test(arguments: chances)
  func `the chance of ever stopping within 12 is that of the table, to four digits`(
    _ rate: Double, _ cutoff: Double, _ firstLook: Int, _ chances: [Double]
  ) throws {
    let found = try #require(
      try Self.rule(rate, cutoff).characteristics(
        trueRates: [0.10, 0.20, 0.30, 0.40, 0.50], firstLook: firstLook, participants: 12))
    for (found, expected) in zip(found, chances) { #expect(abs(found.probabilityOfStopping - expected) <= 0.000_05) }
  }

  @Test(arguments: [(1, 1, 0.922726), (2, 3, 0.911056), (3, 6, 0.856947), (6, 12, 0.930202), (0, 0, 0.63099)])
  func `the posterior is that of the reference`(_ x: Int, _ n: Int, _ probability: Double) throws {
    let found = try #require(try Self.rule(0.30, 0.80).probability(having: x, of: n))
    #expect(abs(found - probability) < 0.000_000_6)
  }

  @Test func `every sequence of outcomes, counted one by one, gives the same characteristics`() throws {
    let rule = try Self.rule(0.30, 0.80)
    for trueRate in [0.0, 0.15, 0.35, 1] {
      var (stopped, treated) = (0.0, 0.0)
      for outcomes in 0..<(1 << 8) {
        let toxic = (0..<8).map { outcomes >> $0 & 1 }
        let probability = toxic.reduce(1.0) { $0 * ($1 == 1 ? trueRate : 1 - trueRate) }
        let end = (3...8).first { n in rule.stops(having: toxic.prefix(n).reduce(0, +), of: n) }
        stopped += end == nil ? 0 : probability
        treated += Double(end ?? 8) * probability
      }
      let found = try #require(rule.characteristics(trueRate: trueRate, firstLook: 3, participants: 8))
      #expect(abs(found.probabilityOfStopping - stopped) < 1e-12)
      #expect(abs(found.expectedTreated - treated) < 1e-12)
    }
  }

  @Test func `a posterior that is exactly the cutoff stops`() throws {
    // Uniform prior, one of one: the probability above p is 1 - p squared.
    let uniform = try #require(StoppingRule(priorA: 1, priorB: 1, rate: 0.3, cutoff: 0.91))
    #expect(uniform.stops(having: 1, of: 1))
    #expect(try #require(StoppingRule(priorA: 0.5, priorB: 0.5, rate: 0.5, cutoff: 0.5)).stops(having: 4, of: 8))
  }

  @Test func `the fewest of a million are found`() throws {
    let rule = try Self.rule(0.30, 0.80)
    let fewest = try #require(rule.fewest(of: 1_000_000))
    #expect(rule.stops(having: fewest, of: 1_000_000) && !rule.stops(having: fewest - 1, of: 1_000_000))
    #expect((300_000...301_000).contains(fewest))
  }

  @Test func `numbers that cannot be make no rule and no posterior`() throws {
    #expect(StoppingRule(priorA: 0, priorB: 1, rate: 0.3, cutoff: 0.8) == nil)
    #expect(StoppingRule(priorA: 1, priorB: 1, rate: 1.1, cutoff: 0.8) == nil)
    #expect(StoppingRule(priorA: 1, priorB: 1, rate: 0.3, cutoff: .nan) == nil)
    let rule = try Self.rule(0.30, 0.80)
    #expect(rule.probability(having: 2, of: 1) == nil)
    #expect(rule.probability(having: 0, of: -1) == nil)
    #expect(rule.fewest(of: -1) == nil)
    #expect(rule.characteristics(trueRate: 0.1, firstLook: 3, participants: -1) == nil)
    #expect(rule.characteristics(trueRate: 0.1, firstLook: 3, participants: 0)?.expectedTreated == 0)
  }
}
