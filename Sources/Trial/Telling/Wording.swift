import ClinicalValues

/// How numbers, units, times and lists stand in a sentence.
enum Say {
  /// A number with its thousands set apart: `11,400,000`, `0.3`.
  static func number(_ value: Decimal) -> String {
    let text = value.description
    let digits = text.prefix { $0 == "-" || $0.isNumber }
    return grouped(digits) + text.dropFirst(digits.count)
  }

  private static func grouped(_ digits: some StringProtocol) -> String {
    let sign = digits.hasPrefix("-") ? "-" : ""
    let figures = Array(digits.dropFirst(sign.count))
    guard figures.count > 3 else { return String(digits) }
    var text = ""
    for (index, figure) in figures.enumerated() {
      if index > 0, (figures.count - index) % 3 == 0 { text += "," }
      text.append(figure)
    }
    return sign + text
  }

  /// A UCUM unit as it is written behind a number, with the blank before it.
  static func unit(_ ucum: String?) -> String {
    guard let ucum, !ucum.isEmpty, ucum != "1" else { return "" }
    var power = ""
    var rest = ucum[...]
    if rest.hasPrefix("10*") {
      let digits = rest.dropFirst(3).prefix { $0.isNumber }
      power = "x 10^\(digits)"
      rest = rest.dropFirst(3 + digits.count)
    }
    let text = rest.filter { !"{}[]".contains($0) }.replacing("Cel", with: "°C")
    return " " + power + text
  }

  /// `wentHome` as `went home`; what is no such name stays as it is.
  static func inWords(_ name: some StringProtocol) -> String {
    guard name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }), name.first?.isLowercase == true else {
      return String(name)
    }
    var text = ""
    for character in name {
      if character.isUppercase { text += " " }
      text += character.lowercased()
    }
    return text
  }

  /// `a, b and c`.
  static func listed(_ items: [String]) -> String {
    guard let last = items.last, items.count > 1 else { return items.first ?? "nobody" }
    return items.dropLast().joined(separator: ", ") + " and " + last
  }

  /// A number of things: `1 label`, `4 labels`.
  static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
    "\(number(Decimal(count))) \(count == 1 ? one : many ?? one + "s")"
  }

  /// A moment as the clocks at the place showed it, with the zone: `2026-11-23 17:30 Asia/Shanghai`.
  ///
  /// - Parameter isRepeated: whether they show it twice, so that the offset tells which is meant.
  static func clockTime(_ moment: Moment, isRepeated: Bool = false) -> String {
    let local = moment.dateTime.description
    let offset = isRepeated ? " (\(moment.offset))" : ""
    return "\(local.prefix(10)) \(local.dropFirst(11).prefix(5))\(offset) \(moment.zone)"
  }

  /// A point of time in UTC.
  static func clockTime(_ instant: Instant) -> String { clockTime(Moment(instant)) }

  /// A day, counted since 1970-01-01, as its date.
  static func date(_ day: Int) -> String { CalendarDate(daysSinceEpoch: day)?.description ?? "an unknown day" }

  static func lowercasedFirst(_ text: String) -> String {
    // An abbreviation keeps its capitals.
    guard let first = text.first, text.dropFirst().first?.isUppercase != true else { return text }
    return first.lowercased() + text.dropFirst()
  }

  static func uppercasedFirst(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  /// What somebody wrote, as the end of a sentence.
  static func quoted(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ").trimmed(of: ".")
  }
}

extension StringProtocol {
  /// Without certain characters, and blanks, at its end.
  func trimmed(of characters: String) -> String {
    var rest = self[...]
    while let last = rest.last, last.isWhitespace || characters.contains(last) { rest.removeLast() }
    return String(rest)
  }
}
