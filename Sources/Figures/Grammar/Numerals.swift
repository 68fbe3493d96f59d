import Glibc

/// Numbers as text: bounded decimals, one way of writing, no locale.
enum Numerals {
  /// A coordinate in px: at most one decimal.
  static func coordinate(_ value: Double) -> String {
    guard !value.isNaN else { return "0" }
    let tenths = Int((min(max(value, -1e6), 1e6) * 10).rounded())
    let (whole, rest) = (abs(tenths) / 10, abs(tenths) % 10)
    return (tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")
  }

  /// A number for the eye: at most this many significant digits, thousands grouped, powers of ten where it is very large or
  /// small.
  static func shown(_ value: Double, digits: Int = 3) -> String {
    guard let (units, exponent) = rounded(value, digits: digits) else {
      return value.isNaN ? "not a number" : value < 0 ? "−∞" : "∞"
    }
    return shown(units: units, exponent: exponent)
  }

  /// A number for a table: at most this many significant digits, ASCII alone, `e` for powers of ten.
  static func data(_ value: Double, digits: Int = 9) -> String {
    guard let (units, exponent) = rounded(value, digits: digits) else {
      return value.isNaN ? "NaN" : value < 0 ? "-INF" : "INF"
    }
    let top = "\(abs(units))".count + exponent
    guard units == 0 || (-4...12).contains(top) else {
      let text = "\(abs(units))"
      let fraction = text.dropFirst()
      return (units < 0 ? "-" : "") + text.prefix(1) + (fraction.isEmpty ? "" : "." + fraction) + "e\(top - 1)"
    }
    return (units < 0 ? "-" : "") + plain(abs(units), exponent: exponent, separator: "")
  }

  /// `units` times ten to the `exponent`, exactly, for the eye.
  static func shown(units: Int, exponent: Int) -> String {
    let sign = units < 0 ? "−" : ""
    let top = "\(abs(units))".count + exponent
    guard units == 0 || (-3...7).contains(top) else {
      let text = "\(abs(units))".reversed().drop { $0 == "0" }.reversed().map(String.init).joined()
      let mantissa = text.count == 1 ? text : text.prefix(1) + "." + text.dropFirst()
      return sign + (mantissa == "1" ? "" : mantissa + "×") + power(top - 1)
    }
    return sign + plain(abs(units), exponent: exponent, separator: ",")
  }

  /// Ten to a power, with a raised exponent.
  static func power(_ exponent: Int) -> String {
    let raised: [Character] = ["⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"]
    return "10" + (exponent < 0 ? "⁻" : "")
      + String("\(abs(exponent))".compactMap { $0.wholeNumberValue }.map { raised[$0] })
  }

  /// The nearest number of so many digits as units and exponent, without zeros at the end; nil if there is none.
  private static func rounded(_ value: Double, digits: Int) -> (units: Int, exponent: Int)? {
    guard value.isFinite else { return nil }
    guard value != 0 else { return (0, 0) }
    var exponent = Int(floor(log10(abs(value)))) - digits + 1
    // Ten to a power beyond a double's range is reached in two steps.
    let half = exponent / 2
    var units = Int((value / pow(10, Double(half)) / pow(10, Double(exponent - half))).rounded())
    while units != 0, units % 10 == 0 { (units, exponent) = (units / 10, exponent + 1) }
    return (units, units == 0 ? 0 : exponent)
  }

  /// Digits with a decimal point in its place.
  private static func plain(_ units: Int, exponent: Int, separator: String) -> String {
    var digits = "\(units)" + String(repeating: "0", count: units == 0 ? 0 : max(exponent, 0))
    var fraction = ""
    if exponent < 0 {
      digits = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
      fraction = "." + digits.suffix(-exponent)
      digits = String(digits.dropLast(-exponent))
    }
    var whole = ""
    for (index, digit) in digits.enumerated() {
      // Thousands are grouped from five digits on: a year and a day of follow-up read better without.
      if index > 0, digits.count > 4, (digits.count - index) % 3 == 0 { whole += separator }
      whole.append(digit)
    }
    return whole + fraction
  }
}
