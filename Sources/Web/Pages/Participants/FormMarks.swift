import Markup
import Trial

/// How a form stands, in signs where there is room for no more: each sign has its words.
enum FormMarks {
  /// A mark beside the base state: its sign, how many there are, and its words.
  private static func marks(_ badges: Badges, _ words: Words) -> [(sign: String, count: Int, words: String)] {
    [
      ("⚑", badges.openQueries, words["query open"]), ("⚐", badges.answeredQueries, words["query answered"]),
      ("V", badges.verified, words["verified"]), ("V!", badges.changedSinceVerified, words["changed since verified"]),
      ("S", badges.signed, words["signed"]), ("S!", badges.brokenSignatures, words["signature broken"]),
      ("F", badges.frozen, words["frozen"]), ("L", badges.locked, words["locked"]),
    ]
  }

  /// The signs beside the base state. Queries are counted; of the others it is enough to know that there are.
  static func markup(_ badges: Badges) -> Markup {
    let signs: [String?] = [
      badges.openQueries > 0 ? "⚑\(badges.openQueries)" : nil,
      badges.answeredQueries > 0 ? "⚐\(badges.answeredQueries)" : nil,
      badges.changedSinceVerified > 0 ? "V!" : badges.verified > 0 ? "V" : nil,
      badges.brokenSignatures > 0 ? "S!" : badges.signed > 0 ? "S" : nil, badges.frozen > 0 ? "F" : nil,
      badges.locked > 0 ? "L" : nil,
    ]
    let shown = signs.compactMap(\.self)
    guard !shown.isEmpty else { return .fragment([]) }
    return .tag("small", ["class": badges.openQueries > 0 ? "signs flagged" : "signs"]) { shown.joined(separator: " ") }
  }

  /// How a form stands, in words: its base state, then each mark with its count.
  static func said(_ standing: Standing, _ words: Words) -> String {
    let beside = marks(standing.badges, words).filter { $0.count > 0 }.map { "\($0.words) (\($0.count))" }
    return ([words.title(standing.state)] + beside).joined(separator: ", ")
  }

  /// Every sign with its words.
  static func legend(_ words: Words) -> Markup {
    let states = FormState.allCases.map { (sign: $0.sign, words: words.title($0)) }
    let beside = marks(Badges(), words).map { (sign: $0.sign, words: $0.words) }
    return .tag("ul", ["class": "signlist"]) {
      for (sign, text) in states + beside {
        Markup.tag("li") {
          Markup.tag("span", ["class": "code"]) { sign }
          " " + text
        }
      }
    }
  }
}

extension FormState {
  /// Its sign, where there is room for no word.
  var sign: String {
    switch self {
    case .notStarted: "○"
    case .incomplete: "◐"
    case .complete: "●"
    case .notDone: "⊘"
    }
  }
}
