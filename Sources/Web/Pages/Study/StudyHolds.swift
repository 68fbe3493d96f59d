import ClinicalValues
import Conduct
import Markup
import Trial

/// What is held, why, and how each hold is lifted.
struct StudyHolds {
  let state: TrialState
  let acting: Acting
  let acts: ActLinks
  private var words: Words { acts.words }

  var markup: Markup {
    let holds = state.study.holds(seenBy: acting)
    return Part.section(words("Holds in force ({count})", ["count": String(holds.count)]), id: "holds") {
      if holds.isEmpty { Notice.markup(.done, .text(words["Nothing is held."])) }
      for held in holds { item(held) }
      Markup.tag("div", ["class": "actions"]) { acts.link(SetHold.self, words["Set a hold"]) }
    }
  }

  private func item(_ held: HoldInForce) -> Markup {
    let hold = held.hold
    let number = String(hold.number)
    let place = [
      hold.site.map { words("site {site}", ["site": $0.description]) },
      hold.cohort.map { words("cohort {cohort}", ["cohort": words.cohort($0)]) },
    ].compactMap(\.self)
    return .tag("div", ["class": "card stack"]) {
      Markup.tag("p") {
        Part.badge("✕ " + words.title(hold.kind), .stop)
        " "
        Markup.tag("strong") {
          "\(number): " + hold.activities.map { words.title($0) }.joined(separator: ", ")
            + (place.isEmpty ? "" : " · " + place.joined(separator: ", "))
        }
      }
      Markup.tag("p") { words.reason(of: hold) }
      Markup.tag("p", ["class": "quiet"]) { words("In force since {date}.", ["date": words.moment(held.since)]) }
      Markup.tag("p", ["class": "remedy"]) { howLifted(held) }
      Markup.tag("div", ["class": "actions"]) {
        switch hold.kind {
        case .operational: acts.link(LiftOperationalHold.self, words["Lift it"], [("hold", number)])
        case .safety:
          acts.link(DecideLift.self, words["Decide as the board"], [("hold", number)])
          if held.liftDecided != nil {
            acts.link(AcceptLift.self, words["Accept the board's decision"], [("hold", number)])
          }
        }
      }
    }
  }

  private func howLifted(_ held: HoldInForce) -> String {
    switch (held.hold.kind, held.liftDecided) {
    case (.operational, _): words["Whoever may set an operational hold lifts it."]
    case (.safety, nil): words["The safety board decides to lift it; then the safety officer accepts that."]
    case (.safety, let decided?):
      words(
        "The board lifted it on {date}; the safety officer has yet to accept that.",
        ["date": words.moment(decided)])
    }
  }
}

extension Words {
  /// Why a hold was set: as somebody wrote it, or as the rule says it.
  func reason(of hold: Hold) -> Markup { hold.rule == nil ? writing(hold.reason) : sentence(hold.reason) }
}

extension StudyState {
  /// The holds in force of which a reader is told: what holds another site is that site's affair; what holds the whole study is
  /// everybody's.
  func holds(seenBy acting: Acting) -> [HoldInForce] {
    holdsInForce.filter { held in held.hold.site.map { acting.sees($0) } ?? true }
  }
}
