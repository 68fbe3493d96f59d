import ClinicalValues
import Conduct
import Markup
import Trial

/// Who is meant, at the head of every page about a participant: number, site, cohort, status, day, chain of identity, and
/// what must not be overlooked.
struct ParticipantHeader {
  let participant: ParticipantState
  let state: TrialState
  let now: Moment
  let words: Words

  /// Now, where the participant is looked after.
  private var here: Moment { state.moment(now.instant, of: participant) }

  var markup: Markup {
    .tag("div", ["class": "card stack"]) {
      Part.facts([
        (words["Number"], .tag("strong") { participant.id.description }),
        (words["Site"], .text(participant.way.site.map { state.sites[$0]?.name ?? $0.description } ?? "–")),
        (words["Cohort"], .text(participant.way.cohort.map(words.cohort) ?? words["any"])),
        (words["Status"], StatusBadge.markup(participant, at: here, words)),
        (words["Study day"], .text(day)),
        (words["Consent"], .text(participant.way.consents.last?.version ?? words["none"])),
        (words["Chain of identity"], .tag("code") { participant.product.identity?.description ?? "–" }),
        (words["Protocol version"], .text(state.study.version(for: participant.id, at: now)?.version ?? "–")),
      ])
      for alert in alerts { Notice.markup(.warning, .text(alert)) }
    }
  }

  private var day: String {
    guard let day = participant.studyDay(at: here) else {
      return participant.way.bookedDayZero.map { words("Day 0 booked for {date}", ["date": words.date($0)]) } ?? "–"
    }
    return words("Day {day}", ["day": String(day)])
  }

  /// What must not be overlooked, a sentence each.
  var alerts: [String] {
    var alerts: [String] = []
    if participant.way.isEligibilityQuestioned {
      alerts.append(words["Eligibility is questioned: data speak against the decision."])
    }
    if participant.way.lacksCapacity { alerts.append(words["The capacity to consent is lost at present."]) }
    for number in participant.product.quarantines.keys.sorted() {
      alerts.append(words("Quarantine {number}: nothing of it is used.", ["number": String(number)]))
    }
    for clock in participant.record.runningClocks {
      alerts.append(
        words(
          "Report due: {clock}, until {until} UTC",
          ["clock": words.name(clock.clock), "until": words.moment(Moment(clock.due))]))
    }
    return alerts
  }
}

/// Where a participant stands, in a mark. Whoever died has left the study; that they died is what is said.
enum StatusBadge {
  static func markup(_ participant: ParticipantState, at now: Moment, _ words: Words) -> Markup {
    Part.badge(title(participant, at: now, words), participant.status(at: now).tone)
  }

  /// Its words.
  static func title(_ participant: ParticipantState, at now: Moment, _ words: Words) -> String {
    participant.way.died == nil ? words.title(participant.status(at: now)) : words["died"]
  }
}

/// The stages of the way as a line, with the one that is reached.
enum StageTrack {
  private static let stages: [[ParticipantStatus]] = [
    [.candidate, .consented], [.screening, .screenFailed], [.eligible], [.enrolled], [.collected],
    [.manufacturing, .productFailed], [.released], [.conditioning], [.infused], [.followUp], [.completed, .leftEarly],
  ]

  static func markup(_ participant: ParticipantState, at now: Moment, _ words: Words) -> Markup {
    let status = participant.status(at: now)
    let reached = stages.firstIndex { $0.contains(status) } ?? 0
    return .tag("ol", ["class": "steps", "aria-label": words["The way of a participant"]]) {
      for (place, stage) in stages.enumerated() {
        let title = stage.contains(status) ? StatusBadge.title(participant, at: now, words) : words.title(stage[0])
        Markup.element(
          "li",
          place == reached ? [Attribute("aria-current", "step")] : place < reached ? [Attribute("class", "past")] : [],
          [.text(title)])
      }
    }
  }
}
