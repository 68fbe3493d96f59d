import Hummingbird

/// A language in which the site speaks.
enum Language: String, Sendable, Hashable, CaseIterable {
  case english = "en"
  case chinese = "zh-Hans"

  /// Its tag (BCP 47).
  var tag: String { rawValue }

  /// Its name in itself.
  var name: String {
    switch self {
    case .english: "English"
    case .chinese: "简体中文"
    }
  }

  /// The best language for what a browser accepts (RFC 9110, 12.5.4): by weight, the first that is known; English without.
  static func best(for accepted: String?) -> Language {
    let ranked = (accepted ?? "").split(separator: ",").enumerated().compactMap {
      place, part -> (Language, Int, Int)? in
      let pieces = part.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
      guard let tag = pieces.first?.lowercased(),
        let language = allCases.first(where: { tag.hasPrefix($0.tag.prefix(2).lowercased()) })
      else { return nil }
      let weight = pieces.dropFirst().first { $0.hasPrefix("q=") }.map { thousandths($0.dropFirst(2)) } ?? 1000
      return weight > 0 ? (language, -weight, place) : nil
    }
    return ranked.min { ($0.1, $0.2) < ($1.1, $1.2) }?.0 ?? .english
  }

  /// A weight such as `0.8` in thousandths.
  private static func thousandths(_ text: some StringProtocol) -> Int {
    let parts = text.split(separator: ".", maxSplits: 1)
    let whole = parts.first.flatMap { Int($0) } ?? 0
    let fraction = parts.count > 1 ? Int((parts[1] + "000").prefix(3)) ?? 0 : 0
    return whole * 1000 + fraction
  }
}

/// How a reader wants pages to look: kept in cookies that hold nothing else.
struct Look: Sendable {
  /// Dark or light.
  enum Theme: String, Sendable, CaseIterable {
    case system, light, dark
  }
  /// How close rows stand.
  enum Density: String, Sendable, CaseIterable {
    case comfortable, compact
  }

  let language: Language
  let theme: Theme
  let density: Density
  /// The words of the language.
  let words: Words

  init(language: Language, theme: Theme = .system, density: Density = .comfortable, site: Site) {
    self.language = language
    self.theme = theme
    self.density = density
    words = site.words(in: language)
  }

  /// As the reader's cookies say; the language as the browser asks where no cookie does.
  init(cookies: Cookies, accepts: String?, site: Site) {
    let kept = { (name: String) in cookies[Look.cookie(name, isSecure: site.settings.isSecure)]?.value }
    self.init(
      language: kept("language").flatMap { Language(rawValue: $0) } ?? .best(for: accepts),
      theme: kept("theme").flatMap { Theme(rawValue: $0) } ?? .system,
      density: kept("density").flatMap { Density(rawValue: $0) } ?? .comfortable, site: site)
  }

  /// What the cookie of a part of it is called; over TLS no other host can set it (RFC 6265bis, `__Host-`).
  static func cookie(_ part: String, isSecure: Bool) -> String { isSecure ? "__Host-\(part)" : part }
}
