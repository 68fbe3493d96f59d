/// A value over time, as a table that a clinician can read: `day:value`, days counted from the infusion, straight between.
struct Series: Sendable {
  /// Days and thousandths of the unit, in the order of days.
  let points: [(day: Int, thousandths: Int)]
  /// Decimal places with which the laboratory reports it.
  let places: Int

  /// A table such as `-5:3.8 0:1.2 7:0.1 28:2.4`. What is no pair is left out; a test reads every table.
  init(_ table: String, places: Int) {
    self.points = table.split(separator: " ").compactMap { pair in
      let parts = pair.split(separator: ":")
      guard parts.count == 2, let day = Int(parts[0]), let value = Self.thousandths(parts[1]) else { return nil }
      return (day, value)
    }
    self.places = places
  }

  /// The value on a day in thousandths: before the first point as there, after the last as there.
  func value(onDay day: Int) -> Int {
    guard let first = points.first, let last = points.last else { return 0 }
    if day <= first.day { return first.thousandths }
    for (before, after) in zip(points, points.dropFirst()) where day <= after.day {
      let passed = (after.thousandths - before.thousandths) * (day - before.day)
      return before.thousandths + passed / (after.day - before.day)
    }
    return last.thousandths
  }

  /// A number as text, in thousandths; nil if it has more than three places or is none.
  static func thousandths(_ text: some StringProtocol) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = Int(parts[0]) else { return nil }
    let digits = parts.count == 2 ? parts[1] : ""
    guard digits.utf8.count <= 3, let fraction = Int(digits + String(repeating: "0", count: 3 - digits.utf8.count))
    else { return nil }
    return whole * 1000 + (text.first == "-" ? -fraction : fraction)
  }

  /// Thousandths as they are printed, rounded to some places.
  static func printed(_ thousandths: Int, places: Int) -> String {
    let step = [1000, 100, 10, 1][min(max(places, 0), 3)]
    let rounded = (abs(thousandths) + step / 2) / step * step
    let sign = thousandths < 0 && rounded > 0 ? "-" : ""
    guard places > 0 else { return sign + String(rounded / 1000) }
    let digits = String(rounded % 1000 + 1000).dropFirst().prefix(places)
    return sign + String(rounded / 1000) + "." + digits
  }
}
