import ClinicalValues
import Trial

/// The lines of a gate, each with a sign and a word for what it says; color adds nothing.
enum GateText {
  static func sign(_ value: Bool?) -> String {
    switch value {
    case true: "+ true   "
    case false: "- false  "
    case nil: "? unknown"
    }
  }

  static func word(_ value: Bool?) -> String {
    switch value {
    case true: "true"
    case false: "false"
    case nil: "unknown"
    }
  }

  static func text(_ lines: [GateLine]) -> String {
    var page = Page()
    let width = (lines.map(\.id.count).max() ?? 0) + 11
    for line in lines {
      page.entry("\(sign(line.value))  \(line.id)", line.title, labelWidth: width)
      for evidence in line.evidence { page.entry("", evidence, labelWidth: width) }
      if let until = line.until { page.entry("", "true until \(until)", labelWidth: width) }
      if let remedy = line.remedy { page.entry("", "→ " + remedy, labelWidth: width) }
    }
    return page.text
  }

  static func json(_ line: GateLine) -> JSON {
    .object([
      ("id", .string(line.id)), ("title", .string(line.title)), ("value", .string(word(line.value))),
      ("evidence", .strings(line.evidence)), ("remedy", JSON(line.remedy)), ("until", JSON(line.until?.description)),
    ])
  }
}
