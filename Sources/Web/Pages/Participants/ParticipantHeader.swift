import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// Who is meant, at the head of every page about a participant: number, site, cohort, status, day, chain of identity, and
/// what must not be overlooked.
struct ParticipantHeader {
  let participant: ParticipantState
  let state: TrialState
  let now: Moment
  /// The participant's protocol version, by which serious events and allergies are read; nil where none is at hand.
  var study: Study?
  /// The visits; nil where nobody asked for them.
  var calendar: ParticipantCalendar?
  let words: Words

  /// Now, where the participant is looked after.
  private var here: Moment { state.moment(now.instant, of: participant) }

  var markup: Markup {
    .tag("div", ["class": "card stack"]) {
      // A phone shows the one line, until it is touched; what must not be overlooked always stands there.
      Markup.element(
        "details", [Attribute("open", nil), Attribute("class", "who"), Attribute("id", "who")],
        [.tag("summary") { summary }, Part.facts(facts)])
      if !found.isEmpty {
        Markup.tag("ul", ["class": "alerts", "aria-label": words["What must not be overlooked"]]) {
          for alert in found { item(alert) }
        }
      }
    }
  }

  private var summary: Markup {
    .fragment([
      .tag("strong") { participant.id.description },
      .text(" · \(participant.way.cohort.map(words.cohort) ?? words["any"]) · "),
      StatusBadge.markup(participant, at: here, words), .text(" · \(day)"),
    ])
  }

  private var facts: [(String, Markup)] {
    [
      (words["Number"], .tag("strong") { participant.id.description }),
      (words["Site"], .text(participant.way.site.map { state.sites[$0]?.name ?? $0.description } ?? "–")),
      (words["Cohort"], .text(participant.way.cohort.map(words.cohort) ?? words["any"])),
      (words["Status"], StatusBadge.markup(participant, at: here, words)),
      (words["Study day"], .text(day)),
      (words["Consent"], .text(participant.way.consents.last?.version ?? words["none"])),
      (words["Chain of identity"], .tag("code") { participant.product.identity?.description ?? "–" }),
      (words["Protocol version"], .text(state.study.version(for: participant.id, at: now)?.version ?? "–")),
    ] + (study.map { [(words["Worst event that goes on"], worstEvent($0))] } ?? [])
  }

  /// The worst grade of the adverse events that have no end; beside it that one of them has no grade yet.
  private func worstEvent(_ study: Study) -> Markup {
    let plan = study.conduct.safety
    let open = participant.adverseEvents(by: plan).filter {
      $0.isResolved != true && participant.outlasted(by: $0, plan: plan, schedule: study.schedule) == nil
    }
    guard !open.isEmpty else { return .text(words["none"]) }
    let grades = open.compactMap(\.worstGrade)
    return .tag("span", ["class": "actions"]) {
      if let worst = grades.max() { GradeBadge.markup(worst, words) }
      if grades.count < open.count { GradeBadge.markup(nil, words) }
    }
  }

  private func item(_ alert: ParticipantAlert) -> Markup {
    .tag("li", ["class": alert.tone.rawValue]) {
      alert.path.map { Markup.element("a", [Attribute("href", $0)], [alert.shown]) } ?? alert.shown
      if let until = alert.until {
        " "
        Part.countdown(until: state.moment(until, of: participant), from: now.instant, words)
      }
    }
  }

  private var day: String {
    guard let day = participant.studyDay(at: here) else {
      return participant.way.bookedDayZero.map { words("Day 0 booked for {date}", ["date": words.date($0)]) } ?? "–"
    }
    return words("Day {day}", ["day": String(day)])
  }

  private var found: [ParticipantAlert] {
    ParticipantAlerts(participant: participant, state: state, study: study, calendar: calendar, words: words).all
  }

  /// What must not be overlooked, a sentence each.
  var alerts: [String] {
    found.map { alert in
      alert.until.map { until in
        words(
          "{alert}, until {until}",
          ["alert": alert.text, "until": words.placed(state.moment(until, of: participant))])
      } ?? alert.text
    }
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
