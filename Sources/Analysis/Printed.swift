import ClinicalValues

extension Double {
  /// The number with so many digits after the point, at most 8; the same number always as the same text.
  public func fixed(_ places: Int) -> String {
    guard isFinite, magnitude < 1e20 else { return "unknown" }
    let units = Int128((self * 100_000_000).rounded())
    return (Decimal(units: units)?.rounded(to: places)?.withScale(places) ?? 0).description
  }
}

/// How reports write what can be missing and what is counted.
enum Printed {
  /// A text; `unknown` where there is none.
  static func known(_ text: String?) -> String { text ?? "unknown" }

  /// `foundEligible` in words.
  static func words(_ name: String) -> String {
    name.map { $0.isUppercase ? " \($0.lowercased())" : String($0) }.joined()
  }

  /// A moment as the clocks at the place showed it.
  static func time(_ moment: Moment) -> String {
    let local = moment.dateTime.description
    return "\(local.prefix(10)) \(local.dropFirst(11).prefix(5))"
  }

  /// An instant in UTC.
  static func time(_ instant: Instant) -> String { "\(time(Moment(instant))) UTC" }

  /// A number of cells with its thousands apart: `1,500,000`.
  static func count(_ number: Decimal?) -> String {
    guard let digits = number?.description else { return "unknown" }
    let whole = digits.prefix { $0 != "." }
    let grouped = whole.enumerated().map { index, digit in
      index > 0 && (whole.count - index).isMultiple(of: 3) && digit != "-" ? ",\(digit)" : String(digit)
    }
    return grouped.joined() + digits.dropFirst(whole.count)
  }

  /// Days from something that may not have been, or whose day is not known.
  static func days(_ number: Int?) -> String { number.map(String.init) ?? "-" }

  /// Whether, where that is known.
  static func flag(_ value: Bool?) -> String { value.map { $0 ? "yes" : "no" } ?? "unknown" }
}
