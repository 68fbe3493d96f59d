import Glibc

/// An axis over a range of numbers, laid on a range of px.
struct Scale {
  let axis: Axis
  /// The numbers from one end to the other; above 0 on a logarithmic axis.
  let domain: ClosedRange<Double>
  /// Where the lower end of the domain is, px.
  let start: Double
  /// Where the upper end of the domain is, px; below `start` where numbers grow upwards.
  let end: Double

  /// Where a number is drawn, px: in the domain, at an end of it beyond; nil if it cannot be drawn. On a logarithmic axis a
  /// number of 0 or below is at the lower end.
  func position(_ value: Double) -> Double? {
    guard Axis.isDrawable(value) else { return nil }
    guard axis.holds(value) else { return start }
    return start + (end - start) * min(max(share(of: value), 0), 1)
  }

  private func share(of value: Double) -> Double {
    let (low, high) = (domain.lowerBound, domain.upperBound)
    switch axis.kind {
    case .logarithmic: return (log10(value) - log10(low)) / (log10(high) - log10(low))
    case .linear, .days, .months, .dates: return (value - low) / (high - low)
    }
  }
}

extension Axis {
  /// Whether the ends of an axis are moved outwards to ticks.
  enum Ends { case atTicks, asData }

  /// What an axis holds for these values, always with two ends apart: without a value 0 to 1 (1 to 10 if logarithmic); of
  /// equal values something on both sides.
  func domain(of values: some Sequence<Double>, ends: Ends, count: Int = 6) -> ClosedRange<Double> {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values where holds(value) { (low, high) = (min(low, value), max(high, value)) }
    for value in [atLeast?.lowerBound, atLeast?.upperBound].compactMap({ $0 }) where holds(value) {
      (low, high) = (min(low, value), max(high, value))
    }
    if kind == .logarithmic { return Self.decades(low, high) }
    guard low <= high else { return 0...1 }
    // Less apart than doubles tell well is equal.
    let size = max(abs(low), abs(high))
    if high - low <= max(1e-12 * size, 1e-290) {
      let half = (kind == .linear ? size > 1e-280 : size > 1e9) ? size / 2 : 1
      // What is never below 0, such as a count, has no axis below it.
      (low, high) = (kind == .linear && low >= 0 ? max(low - half, 0) : low - half, high + half)
    }
    // Day 730 is at the end of Month 24 and not short of it.
    if kind == .months, size < 1e9 {
      let half = Axis.month / 2
      (low, high) = ((low / half).rounded(.down) * half, (high / half).rounded(.up) * half)
    }
    guard ends == .atTicks, kind == .linear else { return low...high }
    let (mantissa, exponent) = Ticks.step(over: high - low, count: count)
    let step = Ticks.scaled(mantissa, exponent)
    return (low / step + 1e-9).rounded(.down) * step...(high / step - 1e-9).rounded(.up) * step
  }

  /// The range outwards to 1, 2 or 5 times a power of ten, or to powers of ten if it is wider than two of them.
  private static func decades(_ low: Double, _ high: Double) -> ClosedRange<Double> {
    guard low <= high else { return 1...10 }
    func outwards(_ value: Double, up: Bool, to mantissas: [Double]) -> Double {
      let decade = floor(log10(value))
      let candidates = [decade - 1, decade, decade + 1].flatMap { e in mantissas.map { $0 * pow(10, e) } }
      return up
        ? candidates.first { $0 >= value * (1 - 1e-9) } ?? value : candidates.last { $0 <= value * (1 + 1e-9) } ?? value
    }
    let mantissas: [Double] = high / low >= 100 ? [1] : [1, 2, 5]
    let ends = (outwards(low, up: false, to: mantissas), outwards(high, up: true, to: mantissas))
    return ends.1 > ends.0 * 1.5 ? ends.0...ends.1 : ends.0 / 10...ends.1 * 10
  }
}
