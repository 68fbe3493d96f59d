import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// The study at a glance: its holds; on cards its slots, who stands where, the last infusion and the interval after it.
struct StudyGlance {
  let state: TrialState
  let now: Moment
  let study: Study?
  let acting: Acting
  let acts: ActLinks

  private var words: Words { acts.words }

  var holds: Markup { .fragment(state.study.holds(seenBy: acting).map(hold)) }

  var cards: Markup {
    .tag("div", ["class": "cards"]) {
      slots
      statuses
      lastInfusion
    }
  }

  private func hold(_ held: HoldInForce) -> Markup {
    let place = [
      held.hold.site.map { words("site {site}", ["site": $0.description]) },
      held.hold.cohort.map { words("cohort {cohort}", ["cohort": words.cohort($0)]) },
    ].compactMap(\.self).joined(separator: ", ")
    let activities = held.hold.activities.map { words.title($0) }.joined(separator: ", ")
    return Notice.markup(
      .stop,
      .tag("strong") {
        words(
          "{kind} {number}: {activities}",
          ["kind": words.title(held.hold.kind), "number": String(held.hold.number), "activities": activities])
      },
      .fragment([
        words.reason(of: held.hold),
        .text(
          " " + words("In force since {date}.", ["date": words.moment(held.since)]) + (place.isEmpty ? "" : " " + place)
        ),
      ]), holdActs(held))
  }

  /// What the reader's role can do about a hold as it stands.
  private func holdActs(_ held: HoldInForce) -> Markup {
    let number = [("hold", String(held.hold.number))]
    return .tag("span", ["class": "actions"]) {
      if held.hold.kind == .operational {
        acts.link(LiftOperationalHold.self, words["Lift it"], number)
      } else if held.liftDecided == nil {
        acts.link(DecideLift.self, words["The board decides that it may fall"], number)
      } else {
        acts.link(AcceptLift.self, words["Accept the decision of the board"], number)
      }
      Part.link("/safety", words["Safety"])
    }
  }

  @MarkupBuilder private var slots: Markup {
    if let way = study?.conduct.way {
      let counts = state.study.counts(of: way)
      card(
        words["Slots"], "\(counts.taken) / \(way.slots)",
        words(
          "{enrolled} ever enrolled, {infused} infused. {taken}",
          [
            "enrolled": String(counts.everEnrolled), "infused": String(counts.infused),
            "taken": way.slotFreedBeforeInfusion
              ? words["Taken by who is enrolled or was infused, at all sites; who leaves before the infusion frees it."]
              : words["Taken by everybody who was ever enrolled, at all sites."],
          ]))
    }
  }

  private var statuses: Markup {
    let people = state.participants.values.filter { acting.sees($0.way.site) }
    let counts = Dictionary(grouping: people) { $0.status(at: state.moment(now.instant, of: $0)) }
    return .tag("div", ["class": "card"]) {
      Markup.tag("h2") { words("Participants ({count})", ["count": String(people.count)]) }
      Markup.tag("p", ["class": "quiet"]) {
        acting.role.isOfSite
          ? words["Everybody registered at your site, candidates too, by where they stand now."]
          : words["Everybody registered at any site, candidates too, by where they stand now."]
      }
      Markup.tag("div", ["class": "actions"]) {
        for status in ParticipantStatus.allCases {
          if let found = counts[status] { Part.badge("\(words.title(status)) \(found.count)", status.tone) }
        }
      }
      Part.link("/participants", words["All participants"])
    }
  }

  @MarkupBuilder private var lastInfusion: Markup {
    if let last = state.study.infusions.last {
      let days = state.moment(now.instant, of: last.participant).day - last.begun.day
      card(
        words["Since the last infusion"], words.days(days),
        words(
          "{participant}, on {date}. {interval}",
          [
            "participant": last.participant.description, "date": words.date(last.begun.date), "interval": interval,
          ]))
    } else {
      card(words["Since the last infusion"], "–", words["Nobody was infused yet."])
    }
  }

  /// How long the interval after the last infusion still bars the next.
  private var interval: String {
    guard let safety = study?.conduct.safety, !state.study.infusions.isEmpty else { return "" }
    let last = state.study.infusions[state.study.infusions.count - 1]
    let first = last.begun.day + StudyState.intervalDays(after: state.study.infusions.count - 1, plan: safety)
    guard first > state.moment(now.instant, of: last.participant).day, let date = CalendarDate(daysSinceEpoch: first)
    else {
      return words["The interval after it has passed."]
    }
    return words("The next infusion is not before {date}.", ["date": words.date(date)])
  }

  private func card(_ title: String, _ number: String, _ note: String) -> Markup {
    .tag("div", ["class": "card"]) {
      Markup.tag("h2") { title }
      Markup.tag("p", ["class": "big"]) { number }
      Markup.tag("p", ["class": "quiet"]) { note }
    }
  }
}
