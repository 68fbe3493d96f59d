import Testing

@testable import Statistics

@Suite struct BetaDistributionTests {
  /// Values of `x`, and the probability below it, computed to 40 digits with mpmath.
  static let values: [(a: Double, b: Double, x: Double, below: Double)] = [
    (0.5, 0.5, 0.3, 0.369010119565545375),
    (1.5, 0.5, 0.3, 0.0772742899875456038),
    (2.5, 1.5, 0.3, 0.0889437231706655916),
    (6.5, 6.5, 0.3, 0.069797564686072265),
    (1, 12, 0.264648, 0.974999808500283325),
    (0.01, 0.02, 0.9, 0.680915205857081189),
    (100, 900, 0.12, 0.97851099920652592),
    (100, 900, 0.01, 7.52169964041654659e-65),
    (300_000.5, 700_000.5, 0.3005, 0.862275189721007035),
    (1, 1_000_000, 3e-06, 0.950213155673887705),
    (1_000_000, 1_000_000, 0.4995, 0.0786495775809016315),
    (1_000_000, 1, 0.999999, 0.367879257221066471),
  ]

  @Test(arguments: values)
  func `the probability below a value is right to twelve digits`(
    _ a: Double, _ b: Double, _ x: Double, _ below: Double
  ) throws {
    let beta = try #require(BetaDistribution(a: a, b: b))
    #expect(abs(beta.probability(below: x) - below) < 1e-12)
    #expect(abs(beta.probability(above: x) - (1 - below)) < 1e-12)
  }

  @Test(arguments: [(0.5, 0.5), (1, 12), (12, 1), (5.5, 7.5), (300, 700), (1, 1_000_000), (1_000_000, 1_000_000)])
  func `a quantile has its probability below it`(_ a: Double, _ b: Double) throws {
    let beta = try #require(BetaDistribution(a: a, b: b))
    for probability in [1e-9, 0.005, 0.025, 0.3, 0.5, 0.8, 0.975, 0.999] {
      let value = beta.quantile(probability)
      #expect(value > 0 && value < 1)
      #expect(abs(beta.probability(below: value) - probability) < 1e-12)
    }
  }

  @Test func `quantiles rise with the probability, from 0 to 1`() throws {
    let beta = try #require(BetaDistribution(a: 2.5, b: 0.5))
    let quantiles = stride(from: 0.0, through: 1, by: 0.05).map { beta.quantile($0) }
    #expect(quantiles == quantiles.sorted())
    #expect(quantiles.first == 0)
    #expect(beta.quantile(1) == 1)
  }

  @Test(arguments: [(0, 1), (1, 0), (-1, 1), (.infinity, 1), (.nan, 1)])
  func `parameters that are not above 0 make no distribution`(_ a: Double, _ b: Double) {
    #expect(BetaDistribution(a: a, b: b) == nil)
  }

  /// SciPy 1.17, `norm.ppf`.
  @Test(arguments: [
    (1e-300, -37.0470962993612),
    (1e-20, -9.262340089798409),
    (1e-05, -4.264890793922825),
    (0.001, -3.090232306167813),
    (0.025, -1.9599639845400545),
    (0.0749, -1.4402382675279635),
    (0.0751, -1.4388253927525403),
    (0.3, -0.5244005127080409),
    (0.5, 0.0),
    (0.6, 0.2533471031357997),
    (0.925, 1.4395314709384563),
    (0.975, 1.959963984540054),
    (0.99999, 4.264890793923841),
  ])
  func `a normal quantile is right to fifteen digits`(_ probability: Double, _ value: Double) throws {
    let quantile = try #require(StandardNormal.quantile(probability))
    #expect(abs(quantile - value) <= 2e-15 * max(1, abs(value)))
  }

  @Test func `a probability of 0, of 1 or that is none has no normal quantile`() {
    for probability in [0, 1, -0.5, 2, Double.nan] { #expect(StandardNormal.quantile(probability) == nil) }
  }
}
