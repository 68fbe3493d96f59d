/// So many of so many.
public struct Proportion: Sendable, Hashable {
  /// How many of them.
  public let count: Int
  /// Of how many.
  public let total: Int

  /// A proportion; nil unless the total is at least 1 and the count is 0 to the total.
  public init?(_ count: Int, of total: Int) {
    guard total > 0, (0...total).contains(count) else { return nil }
    self.count = count
    self.total = total
  }

  /// The share, 0 to 1.
  public var estimate: Double { Double(count) / Double(total) }

  /// The exact interval, two-sided also at the ends; nil unless the confidence is above 0 and below 1.
  ///
  /// Source: Clopper CJ, Pearson ES, 1934, Biometrika 26:404.
  public func clopperPearson(confidence: Double) -> Interval? {
    guard confidence > 0, confidence < 1 else { return nil }
    let half = (1 - confidence) / 2
    let (count, rest) = (Double(count), Double(total - count))
    // The upper end is the lower end of those that are not meant: a small probability keeps its digits.
    let lower = BetaDistribution(a: count, b: rest + 1)?.quantile(half) ?? 0
    let upper = BetaDistribution(a: rest, b: count + 1).map { 1 - $0.quantile(half) } ?? 1
    return Interval(lower: lower, upper: upper)
  }

  /// The score interval without continuity correction; nil unless the confidence is above 0 and below 1.
  ///
  /// Source: Wilson EB, 1927, JASA 22:209.
  public func wilson(confidence: Double) -> Interval? {
    guard let z = StandardNormal.twoSided(confidence: confidence) else { return nil }
    let n = Double(total)
    let p = estimate
    let middle = p + z * z / (2 * n)
    let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    let scale = 1 + z * z / n
    return Interval(
      lower: count == 0 ? 0 : max(0, (middle - half) / scale),
      upper: count == total ? 1 : min(1, (middle + half) / scale))
  }
}
