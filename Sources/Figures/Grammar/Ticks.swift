import Glibc

/// A mark on an axis and what is written at it.
struct Tick: Hashable {
  let value: Double
  let label: String
}

/// Where ticks stand: at most about `count` of them in a range, at numbers that people count in.
enum Ticks {
  /// Ticks of an axis.
  static func of(_ kind: Axis.Kind, in range: ClosedRange<Double>, count: Int) -> [Tick] {
    let count = max(count, 1)
    switch kind {
    case .linear: return linear(in: range, count: count)
    case .logarithmic: return logarithmic(in: range, count: count)
    case .days: return multiples(of: 1, steps: [1, 2, 7, 14, 28, 60, 90, 180, 365], in: range, count: count)
    case .months: return multiples(of: Axis.month, steps: [1, 3, 6, 12, 24, 60, 120], in: range, count: count)
    case .dates: return dates(in: range, count: count)
    }
  }

  /// A step of 1, 2 or 5 times a power of ten that fits a span at most `count` times.
  static func step(over span: Double, count: Int) -> (mantissa: Int, exponent: Int) {
    let raw = span / Double(max(count, 1))
    let exponent = Int(floor(log10(raw)))
    let fraction = raw / pow(10, Double(exponent))
    // A fraction that is 2 but for rounding is 2.
    guard let mantissa = [1, 2, 5].first(where: { fraction <= Double($0) * (1 + 1e-9) }) else {
      return (1, exponent + 1)
    }
    return (mantissa, exponent)
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  static func linear(in range: ClosedRange<Double>, count: Int) -> [Tick] {
    let span = range.upperBound - range.lowerBound
    guard span > 0, span.isFinite else { return [] }
    let (mantissa, exponent) = step(over: span, count: count)
    let unit = scaled(mantissa, exponent)
    // All are written with the decimals of the step.
    return indices(of: unit, in: range).map { index in
      let units = index * mantissa
      return Tick(
        value: scaled(units, exponent), label: units == 0 ? "0" : Numerals.shown(units: units, exponent: exponent))
    }
  }

  /// Powers of ten; within less than two of them also 2 and 5 times one; in a very wide range every second, fifth, tenth…
  static func logarithmic(in range: ClosedRange<Double>, count: Int) -> [Tick] {
    let (low, high) = (log10(range.lowerBound), log10(range.upperBound))
    let decades = Int(ceil(low - 1e-9))..<Int(floor(high + 1e-9)) + 1
    if high - low < 2, count >= 3 {
      let all = (decades.lowerBound - 1..<decades.upperBound + 1).flatMap { e in [1, 2, 5].map { (units: $0, e) } }
      let inside = all.filter { range.contains(scaled($0.units, $0.1)) }
      if (2...count).contains(inside.count) {
        return inside.map {
          Tick(value: scaled($0.units, $0.1), label: Numerals.shown(units: $0.units, exponent: $0.1))
        }
      }
    }
    let stride = [1, 2, 3, 5, 10, 20, 50, 100, 200].first { decades.count <= count * $0 } ?? 500
    let shown = decades.filter { $0 % stride == 0 }
    let isPlain = decades.allSatisfy { (-3...4).contains($0) }
    return shown.map {
      Tick(
        value: scaled(1, $0), label: isPlain || $0 == 0 ? Numerals.shown(units: 1, exponent: $0) : Numerals.power($0))
    }
  }

  /// Multiples of a unit by the first step that is sparse enough; above the last, 1, 2 or 5 times powers of ten of it.
  private static func multiples(of unit: Double, steps: [Int], in range: ClosedRange<Double>, count: Int) -> [Tick] {
    let span = (range.upperBound - range.lowerBound) / unit
    guard span > 0, span < 1e12 else { return linear(in: range, count: count) }
    var step = steps.first { span <= Double($0 * count) }
    if step == nil {
      let last = steps[steps.count - 1]
      let (mantissa, exponent) = Self.step(over: span / Double(last), count: count)
      step = last * Int(scaled(mantissa, max(exponent, 0)))
    }
    guard let step else { return [] }
    return indices(of: Double(step) * unit, in: range).map {
      Tick(value: Double($0 * step) * unit, label: Numerals.shown(units: $0 * step, exponent: 0))
    }
  }

  /// Days or weeks of a short range, firsts of months or of years of a longer one.
  private static func dates(in range: ClosedRange<Double>, count: Int) -> [Tick] {
    let span = range.upperBound - range.lowerBound
    if let step = [1, 2, 7, 14].first(where: { span <= Double($0 * count) }) {
      // Weeks begin on a Monday; 1970-01-05 was one.
      let shift = step >= 7 ? 4.0 : 0
      let shifted = range.lowerBound - shift...range.upperBound - shift
      return indices(of: Double(step), in: shifted).map {
        let value = Double($0 * step) + shift
        return Tick(value: value, label: CalendarDay(daysSince1970: value).iso)
      }
    }
    let steps = [1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 12_000]
    let step = steps.first { span / Axis.month <= Double($0 * count) } ?? 120_000
    let (first, last) = (CalendarDay(daysSince1970: range.lowerBound), CalendarDay(daysSince1970: range.upperBound))
    let months = (first.year * 12 + first.month - 1)...(last.year * 12 + last.month - 1)
    return months.filter { $0 % step == 0 }.compactMap { month in
      let value = Double(CalendarDay.daysSince1970(year: month / 12, month: month % 12 + 1))
      guard range.contains(value) else { return nil }
      let day = CalendarDay(daysSince1970: value)
      return Tick(value: value, label: step % 12 == 0 ? String(day.iso.prefix(4)) : day.isoMonth)
    }
  }

  /// Which multiples of a step lie in a range; its ends count though rounding puts them a little outside.
  private static func indices(of step: Double, in range: ClosedRange<Double>) -> [Int] {
    let (low, high) = (range.lowerBound / step, range.upperBound / step)
    guard abs(low) < 1e15, abs(high) < 1e15, high - low < 10_000 else { return [] }
    let slack = 1e-9 * (high - low)
    let (first, last) = (Int(ceil(low - slack)), Int(floor(high + slack)))
    return first <= last ? Array(first...last) : []
  }

  /// `units` times ten to the `exponent`, as the nearest double.
  static func scaled(_ units: Int, _ exponent: Int) -> Double {
    exponent >= 0 ? Double(units) * pow(10, Double(exponent)) : Double(units) / pow(10, Double(-exponent))
  }
}
