import Markup
import Rules

/// What criteria say, as a mark and a word; its tone only repeats them.
enum OutcomeMark {
  static func markup(_ outcome: Outcome, _ words: Words) -> Markup {
    Part.badge("\(sign(outcome)) \(words.title(outcome))", outcome.tone)
  }

  static func markup(_ verdict: Verdict, _ words: Words) -> Markup {
    Part.badge("\(sign(verdict.outcome)) \(words.title(verdict))", verdict.outcome.tone)
  }

  /// That something is not the sponsor's text.
  static func provisional(_ words: Words) -> Markup {
    Part.badge(words["provisional"], .provisional, title: words["Not the sponsor's text: to be confirmed before use."])
  }

  static func sign(_ outcome: Outcome) -> String {
    switch outcome {
    case .pass: "✓"
    case .fail: "✕"
    case .unknown: "?"
    }
  }
}
