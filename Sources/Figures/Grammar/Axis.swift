/// What an axis shows, its unit, and how its numbers are laid out.
public struct Axis: Sendable, Hashable {
  /// How numbers are laid out, and where ticks stand.
  public enum Kind: Sendable, Hashable {
    /// Equal steps; ticks at 1, 2 or 5 times a power of ten.
    case linear
    /// Equal factors; ticks at powers of ten. A value of 0 or below has no place: it is drawn at the lower end, by
    /// a line plot as an open triangle, and a note counts such values.
    case logarithmic
    /// Days as numbers; ticks at days, weeks, 28, 60, 90 or 180 days, years of 365 days.
    case days
    /// Days as numbers, shown as months of 30.4375 days; ticks at 1, 3, 6 or 12 months, or years of them.
    case months
    /// Days since 1970-01-01 as numbers, shown as dates of the Gregorian calendar; ticks at days, months or years.
    case dates
  }

  /// What is shown.
  public let title: String
  /// Its unit, printed in parentheses after the title.
  public let unit: String?
  /// How numbers are laid out.
  public let kind: Kind
  /// What the axis holds at the least; data beyond extends it. Nil: what the data need.
  public let atLeast: ClosedRange<Double>?

  /// An axis.
  public init(_ title: String, unit: String? = nil, kind: Kind = .linear, atLeast: ClosedRange<Double>? = nil) {
    self.title = title
    self.unit = unit
    self.kind = kind
    self.atLeast = atLeast
  }

  /// The title with the unit.
  var heading: String { unit.map { "\(title) (\($0))" } ?? title }

  /// Whether a number can be drawn at all. A finite number beyond 10^300 is taken for infinite.
  static func isDrawable(_ value: Double) -> Bool { value.isFinite && abs(value) <= 1e300 }

  /// Whether a number has a place of its own: on a logarithmic axis only what is above 0.
  func holds(_ value: Double) -> Bool { Self.isDrawable(value) && (kind != .logarithmic || value >= 1e-300) }

  /// A value as a reader of the figure says it.
  func shown(_ value: Double) -> String {
    switch kind {
    case .linear, .logarithmic, .days: Numerals.shown(value, digits: kind == .days ? 6 : 3)
    case .months: Numerals.shown(value / Axis.month)
    case .dates: Axis.isDrawable(value) ? CalendarDay(daysSince1970: value).iso : Numerals.shown(value)
    }
  }

  /// A value as it stands in the table.
  func data(_ value: Double) -> String {
    kind == .dates && Axis.isDrawable(value) ? CalendarDay(daysSince1970: value).iso : Numerals.data(value)
  }

  /// The days of a month on an axis of months.
  static let month = 30.4375
}

/// A day of the proleptic Gregorian calendar. Days outside the years 1 to 9999 count as the first or last of them.
struct CalendarDay: Hashable {
  let year: Int
  let month: Int
  let day: Int

  /// Source of the arithmetic: days counted in eras of 400 years that begin on 1 March.
  init(daysSince1970: Double) {
    let shifted = Int(min(max(daysSince1970.rounded(.down), -719_162), 2_932_896)) + 719_468
    let (era, ofEra) = (shifted / 146_097, shifted % 146_097)
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * ofYear + 2) / 153
    day = ofYear - (153 * fromMarch + 2) / 5 + 1
    month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The days from 1970-01-01 to the first of a month; months count on over the end of a year.
  static func daysSince1970(year: Int, month: Int) -> Int {
    let months = year * 12 + month - 1
    let (y, fromMarch) = ((months - 2) / 12, (months - 2) % 12)
    return y * 365 + y / 4 - y / 100 + y / 400 + (153 * fromMarch + 2) / 5 - 719_468
  }

  var iso: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))" }
  var isoMonth: String { "\(Self.padded(year, 4))-\(Self.padded(month, 2))" }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
