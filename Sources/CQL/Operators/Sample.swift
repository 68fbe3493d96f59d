import ClinicalValues

/// Numbers to take a statistic of; at least one.
struct Sample {
  let numbers: [Decimal]

  init?(_ numbers: [Decimal]) {
    if numbers.isEmpty { return nil }
    self.numbers = numbers
  }

  private var count: Decimal { Decimal(numbers.count) }

  private var sum: Decimal? {
    numbers.reduce(Optional(Decimal.zero)) { sum, number in sum.flatMap { $0 + number } }
  }

  /// The arithmetic mean.
  var mean: Decimal? { sum.flatMap { $0 / count } }

  /// The middle number in order, the mean of the two middle ones if their count is even.
  var median: Decimal? {
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    if !sorted.count.isMultiple(of: 2) { return sorted[middle] }
    return (sorted[middle - 1] + sorted[middle]).flatMap { $0 / 2 }
  }

  /// The mean square of the deviations from the mean; with one count less (nil then for a single number) for a sample.
  ///
  /// Deviations are taken times the count, as whole numbers, so that only the result is rounded; where that leaves 128
  /// bits, from the rounded mean.
  func variance(lessOne: Bool) -> Decimal? {
    let divisor = numbers.count - (lessOne ? 1 : 0)
    guard divisor > 0 else { return nil }
    return exactVariance(over: divisor) ?? roundedVariance(over: divisor)
  }

  private func exactVariance(over divisor: Int) -> Decimal? {
    let count = Int128(numbers.count)
    var sum: Int128 = 0
    for number in numbers {
      let (next, overflow) = sum.addingReportingOverflow(number.units)
      if overflow { return nil }
      sum = next
    }
    var squares: Int128 = 0
    for number in numbers {
      let (scaled, isTooLarge) = number.units.multipliedReportingOverflow(by: count)
      let (deviation, isFar) = scaled.subtractingReportingOverflow(sum)
      let (square, isLarge) = deviation.multipliedReportingOverflow(by: deviation)
      let (total, overflow) = squares.addingReportingOverflow(square)
      if isTooLarge || isFar || isLarge || overflow { return nil }
      squares = total
    }
    let (scale, overflow) = (count * count).multipliedReportingOverflow(by: Int128(divisor) * 100_000_000)
    if overflow { return nil }
    let (quotient, rest) = squares.quotientAndRemainder(dividingBy: scale)
    return Decimal(units: rest >= scale - scale / 2 ? quotient + 1 : quotient, scale: 0)
  }

  private func roundedVariance(over divisor: Int) -> Decimal? {
    guard let mean else { return nil }
    var squares: Decimal? = .zero
    for number in numbers {
      squares = (number - mean).flatMap { $0 * $0 }.flatMap { square in squares.flatMap { $0 + square } }
    }
    return squares.flatMap { $0 / Decimal(divisor) }
  }

  /// The root of the product, with as many factors as its degree; nil unless all numbers are positive.
  ///
  /// Newton's step from the power by a rounded exponent gives the last digits back; a product that is out of range or
  /// cannot be held exactly goes by logarithms.
  var geometricMean: Decimal? {
    guard numbers.allSatisfy({ $0.sign > 0 }) else { return nil }
    if numbers.count == 1 { return numbers[0] }
    let product = numbers.reduce(Optional(Decimal(1))) { product, number in product.flatMap { $0 * number } }
    let digits = numbers.reduce(0) { $0 + Int($1.trimmed.scale) }
    guard digits <= 8, let product, let inverse = Decimal(1) / count, let start = product.power(inverse),
      let power = start.power(count), let slope = start.power(count - 1 ?? 0).flatMap({ $0 * count }), !slope.isZero,
      let step = (product - power).flatMap({ $0 / slope })
    else {
      let logarithms = numbers.compactMap { $0.naturalLogarithm }
      return Sample(logarithms)?.mean?.exponential
    }
    return (start + step)?.trimmed
  }
}
