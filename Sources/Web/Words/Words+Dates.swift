import ClinicalValues

extension Words {
  /// A text with the dates and moments in it as the language writes them; the zone of a moment stays beside it.
  func dated(_ text: String) -> String {
    guard text.contains(where: \.isNumber) else { return text }
    return text.replacing(
      /(^|[^0-9A-Za-z-])(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?(?:\[([A-Za-z0-9_\/+-]+)\])?(?![0-9A-Za-z-])/
    ) { match in
      guard let date = CalendarDate(String(match.2)) else { return String(match.0) }
      let day = "\(match.1)\(self.date(date))"
      guard let clock = match.3 else { return day }
      if match.5 != nil, let moment = Moment(match.0.dropFirst(match.1.count)) { return "\(match.1)\(placed(moment))" }
      let zone = match.5 ?? (match.4 == "Z" ? "UTC" : match.4)
      return "\(day) \(clock)" + (zone.map { " \($0)" } ?? "")
    }
  }
}
