/// What a name tells of whether it is one person's.
enum PersonName {
  /// Without blanks around it, and with single ones inside.
  static func tidied(_ text: String) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }

  /// For comparing: case and the order of names are of no account.
  static func folded(_ name: String) -> String { words(name).sorted().joined(separator: " ") }

  /// Whether it is the name of a function, a place or a group: every word of it is one of these, or it has no letters.
  static func isGeneric(_ text: String) -> Bool {
    let found = words(text)
    return found.allSatisfy { generic.contains($0) || $0.count == 1 && found.count == 1 }
      || text.contains(where: \.isNumber) && text.contains(" ")
  }

  private static func words(_ text: String) -> [String] {
    text.lowercased().split { !$0.isLetter }.map(String.init)
  }

  private static let generic: Set<String> = [
    "account", "admin", "administrator", "anonymous", "any", "apheresis", "board", "cell", "center", "centre", "clinic",
    "common", "coordinator", "data", "day", "default", "demo", "department", "desk", "doctor", "dr", "dsmb", "duty",
    "everyone", "general", "generic", "group", "guest", "gmp", "hospital", "icu", "investigator", "lab", "laboratory",
    "manager", "monitor", "night", "nurse", "nurses", "office", "officer", "on", "operator", "pharmacy", "physician",
    "pi", "prof", "professor", "qa", "quality", "reception", "research", "root", "safety", "service", "shared", "shift",
    "site", "sponsor", "staff", "station", "statistician", "student", "study", "sub", "super", "support", "system",
    "tandem", "team", "temp", "temporary", "test", "tester", "trial", "unit", "user", "users", "various", "ward",
  ]
}
