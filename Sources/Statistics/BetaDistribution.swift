import Glibc

/// The beta distribution on 0 to 1, of which the incomplete beta function is the cumulative one.
///
/// Sources: the continued fraction DLMF 8.17.22, evaluated after Lentz and Thompson; its factor after Loader C, 2000, Fast and
/// accurate computation of binomial probabilities, which keeps its digits where a difference of log-gammas loses them.
public struct BetaDistribution: Sendable, Hashable {
  /// Its first parameter, above 0.
  public let a: Double
  /// Its second parameter, above 0.
  public let b: Double

  /// A distribution; nil unless both parameters are above 0 and their sum is finite.
  public init?(a: Double, b: Double) {
    guard a > 0, b > 0, (a + b).isFinite else { return nil }
    self.a = a
    self.b = b
  }

  /// The probability of a value below `x`.
  public func probability(below x: Double) -> Double { Self.tail(x, 1 - x, a, b) }

  /// The probability of a value above `x`; small ones keep their digits.
  public func probability(above x: Double) -> Double { Self.tail(1 - x, x, b, a) }

  /// The density at `x`, above 0 and below 1.
  public func density(at x: Double) -> Double { Self.kernel(x, 1 - x, a, b) / (x * (1 - x)) }

  /// The value below which the probability lies: 0 for 0 and less, 1 for 1 and more.
  ///
  /// Newton's steps, bisection where one leaves the interval in which the value must lie.
  public func quantile(_ probability: Double) -> Double {
    guard probability > 0 else { return 0 }
    guard probability < 1 else { return 1 }
    var (low, high) = (0.0, 1.0)
    var x = a / (a + b)
    // Bisection alone comes from 1 to the smallest number in fewer steps.
    for _ in 0..<1_200 {
      let excess = self.probability(below: x) - probability
      if excess == 0 { return x }
      if excess < 0 { low = x } else { high = x }
      var next = x - excess / density(at: x)
      if !(next > low && next < high) { next = low + (high - low) / 2 }
      if abs(next - x) <= x.ulp { return next }
      x = next
    }
    return x
  }

  /// The incomplete beta function at x = 1 - y.
  private static func tail(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    guard x > 0 else { return 0 }
    guard y > 0 else { return 1 }
    let factor = kernel(x, y, a, b)
    // The fraction converges fast below the mean, in about the square root of a + b steps.
    return x < (a + 1) / (a + b + 2) ? factor / a * fraction(x, a, b) : 1 - factor / b * fraction(y, b, a)
  }

  /// x^a y^b / B(a, b).
  private static func kernel(_ x: Double, _ y: Double, _ a: Double, _ b: Double) -> Double {
    let n = a + b
    let exponent =
      stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y)
    return (a / n * b / (2 * Double.pi)).squareRoot() * exp(exponent)
  }

  /// 1/(1 + d1/(1 + d2/(1 + ...))).
  private static func fraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
    // Stands for a denominator of 0.
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var result = d
    var m = 1.0
    while m < 10_000_000 {
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + even * d)
      c = kept(1 + even / c)
      result *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + odd * d)
      c = kept(1 + odd / c)
      result *= d * c
      if abs(d * c - 1) < 3e-16 { break }
      m += 1
    }
    return result
  }

  /// ln Gamma(z) - (z - 1/2) ln z + z - ln(2 pi)/2, by its series from 16 on.
  static func stirlingError(_ z: Double) -> Double {
    var z = z
    var result = 0.0
    while z < 16 {
      result += (z + 0.5) * log1p(1 / z) - 1
      z += 1
    }
    let square = z * z
    let series = 1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / square) / square) / square) / square
    return result + series / z
  }

  /// x ln(x/m) + m - x, also where both are near each other.
  static func deviance(_ x: Double, _ m: Double) -> Double {
    let difference = x - m
    guard abs(difference) < 0.1 * (x + m) else { return x * log(x / m) + m - x }
    let v = difference / (x + m)
    var sum = difference * v
    var term = 2 * x * v
    var k = 3.0
    while true {
      term *= v * v
      let next = sum + term / k
      if next == sum { return next }
      sum = next
      k += 2
    }
  }
}
