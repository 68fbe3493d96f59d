import Markup
import Trial

/// Marks beside the base state of a form, a visit, a participant: each with its count and its word.
enum CasebookBadges {
  static func markup(_ badges: Badges, _ words: Words) -> Markup {
    let shown: [(Int, String, Part.Tone)] = [
      (badges.openQueries, words["queries open"], .stop), (badges.answeredQueries, words["queries answered"], .due),
      (badges.verified, words["verified"], .done), (badges.changedSinceVerified, words["changed since verified"], .due),
      (badges.signed, words["signed"], .done), (badges.brokenSignatures, words["signature broken"], .stop),
      (badges.frozen, words["frozen"], .progress), (badges.locked, words["locked"], .progress),
    ]
    return .tag("span", ["class": "actions"]) {
      for (count, text, tone) in shown where count > 0 { Part.badge("\(count) \(text)", tone) }
    }
  }
}
