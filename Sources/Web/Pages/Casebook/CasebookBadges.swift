import Markup
import Trial

/// Marks beside the base state of a form, a visit, a participant: each with its count and its word.
enum CasebookBadges {
  static func markup(_ badges: Badges, _ words: Words) -> Markup {
    let shown: [(Int, String, Part.Tone)] = [
      (badges.openQueries, open(badges, words), .stop), (badges.answeredQueries, answered(badges, words), .due),
      (badges.verified, "\(badges.verified) \(words["verified"])", .done),
      (badges.changedSinceVerified, "\(badges.changedSinceVerified) \(words["changed since verified"])", .due),
      (badges.signed, "\(badges.signed) \(words["signed"])", .done),
      (badges.brokenSignatures, "\(badges.brokenSignatures) \(words["signature broken"])", .stop),
      (badges.frozen, "\(badges.frozen) \(words["frozen"])", .progress),
      (badges.locked, "\(badges.locked) \(words["locked"])", .progress),
    ]
    return .tag("span", ["class": "actions"]) {
      for (count, text, tone) in shown where count > 0 { Part.badge(text, tone) }
    }
  }

  /// How many queries are open.
  static func open(_ badges: Badges, _ words: Words) -> String {
    badges.openQueries == 1
      ? words["1 query open"] : words("{count} queries open", ["count": String(badges.openQueries)])
  }

  private static func answered(_ badges: Badges, _ words: Words) -> String {
    badges.answeredQueries == 1
      ? words["1 query answered"] : words("{count} queries answered", ["count": String(badges.answeredQueries)])
  }
}
