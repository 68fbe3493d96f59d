/// A rule that stops a single arm once a rate is likely too high: the beta-binomial posterior.
///
/// Source: Thall PF, Simon R, 1994, Biometrics 50:337.
public struct StoppingRule: Sendable, Hashable {
  /// The prior distribution of the rate.
  public let prior: BetaDistribution
  /// The rate that is not to be exceeded, 0 to 1.
  public let rate: Double
  /// The posterior probability of a higher rate at which the trial stops, 0 to 1.
  public let cutoff: Double

  /// Two numbers nearer than this are the same: the posterior may be exactly the cutoff (7 of 10 for a uniform prior), and
  /// is computed to about 14 digits.
  private static let accuracy = 1e-12

  /// A rule; nil unless the prior's parameters are above 0 and rate and cutoff 0 to 1.
  public init?(priorA: Double, priorB: Double, rate: Double, cutoff: Double) {
    guard let prior = BetaDistribution(a: priorA, b: priorB), (0...1).contains(rate), (0...1).contains(cutoff) else {
      return nil
    }
    self.prior = prior
    self.rate = rate
    self.cutoff = cutoff
  }

  /// The posterior probability of a rate above the limit; nil unless `n` is not negative and `x` is 0 to `n`.
  public func probability(having x: Int, of n: Int) -> Double? {
    guard n >= 0, (0...n).contains(x) else { return nil }
    return BetaDistribution(a: prior.a + Double(x), b: prior.b + Double(n - x))?.probability(above: rate)
  }

  /// Whether the rule stops; false where `x` of `n` cannot be.
  public func stops(having x: Int, of n: Int) -> Bool {
    probability(having: x, of: n).map { $0 >= cutoff - Self.accuracy } ?? false
  }

  /// The fewest of `n` that stop; nil if not even all of them do.
  public func fewest(of n: Int) -> Int? {
    guard stops(having: n, of: n) else { return nil }
    // More of them make a higher rate more probable: halve what lies between.
    var (low, high) = (0, n)
    while low < high {
      let middle = low + (high - low) / 2
      if stops(having: middle, of: n) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// What can be expected of a stopping rule where the true rate is known.
public struct OperatingCharacteristics: Sendable, Hashable {
  /// The true rate.
  public let trueRate: Double
  /// The probability that the rule ever stops.
  public let probabilityOfStopping: Double
  /// The expected number treated.
  public let expectedTreated: Double
}

extension StoppingRule {
  /// What can be expected if the rule is looked at after each participant from the `firstLook`th on, by exact recursion; nil
  /// unless the true rate is 0 to 1 and `participants` at least 0. The work grows with the square of `participants`.
  public func characteristics(trueRate: Double, firstLook: Int, participants: Int) -> OperatingCharacteristics? {
    characteristics(trueRates: [trueRate], firstLook: firstLook, participants: participants)?.first
  }

  /// The same for several true rates.
  public func characteristics(
    trueRates: [Double], firstLook: Int, participants: Int
  ) -> [OperatingCharacteristics]? {
    guard participants >= 0, trueRates.allSatisfy({ (0...1).contains($0) }) else { return nil }
    let limits = (0...participants).map { $0 >= max(firstLook, 1) ? fewest(of: $0) : nil }
    return trueRates.map { Self.characteristics(trueRate: $0, limits: limits) }
  }

  /// `limits` are the fewest that stop, by the number treated.
  private static func characteristics(trueRate: Double, limits: [Int?]) -> OperatingCharacteristics {
    // The probability of each number so far, where the rule has not stopped.
    var going = [1.0]
    var stopped = 0.0
    var treated = 0.0
    for (n, limit) in limits.enumerated().dropFirst() {
      going.append(0)
      for x in going.indices.reversed() {
        going[x] = going[x] * (1 - trueRate) + (x > 0 ? going[x - 1] * trueRate : 0)
      }
      guard let limit, limit < going.count else { continue }
      let now = going[limit...].reduce(0, +)
      stopped += now
      treated += Double(n) * now
      going.removeSubrange(limit...)
    }
    return OperatingCharacteristics(
      trueRate: trueRate, probabilityOfStopping: stopped,
      expectedTreated: treated + Double(limits.count - 1) * going.reduce(0, +))
  }
}
