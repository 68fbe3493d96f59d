import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// Something about a participant that must not be overlooked: a sentence, where to go on, and until when.
struct ParticipantAlert: Equatable {
  let tone: Part.Tone
  let text: String
  /// What of the text a person wrote, in whatever language; nil where nobody did.
  var written: String?
  var path: String?
  var until: Instant?
}

extension ParticipantAlert {
  /// The sentence, with what a person wrote kept apart.
  var shown: Markup {
    guard let written, let range = text.firstRange(of: written) else { return .text(text) }
    return .fragment([
      .text(String(text[..<range.lowerBound])), Part.written(written), .text(String(text[range.upperBound...])),
    ])
  }
}

/// What must not be overlooked about a participant, the gravest kinds first. What nobody said is not taken as absent: an allergy is named
/// until it is ruled out or resolved.
struct ParticipantAlerts {
  let participant: ParticipantState
  let state: TrialState
  /// The forms and bindings of the participant's protocol version; nil where none is at hand.
  let study: Study?
  /// The visits; nil where nobody asked for them.
  let calendar: ParticipantCalendar?
  let words: Words

  private var path: String { "/participants/\(participant.id)" }

  var all: [ParticipantAlert] {
    decisions + quarantines + holds + clocks + seriousEvents + allergies + visits + queries
  }

  private var decisions: [ParticipantAlert] {
    var alerts: [ParticipantAlert] = []
    if participant.way.isEligibilityQuestioned {
      alerts.append(
        ParticipantAlert(
          tone: .stop, text: words["Eligibility is questioned: data speak against the decision."],
          path: "/screening/\(participant.id)"))
    }
    if participant.way.lacksCapacity {
      alerts.append(ParticipantAlert(tone: .stop, text: words["The capacity to consent is lost at present."]))
    }
    return alerts
  }

  private var quarantines: [ParticipantAlert] {
    participant.product.quarantines.keys.sorted().map { number in
      ParticipantAlert(
        tone: .stop, text: words("Quarantine {number}: nothing of it is used.", ["number": String(number)]),
        path: ParticipantTab.product.path(participant.id))
    }
  }

  /// Holds that stand before somebody whose infusion is still to come.
  private var holds: [ParticipantAlert] {
    guard participant.product.infusion == nil, participant.ended == nil, let site = participant.way.site else {
      return []
    }
    return state.study.holdsInForce.filter { held in
      held.hold.site ?? site == site
        && (held.hold.cohort == nil || participant.way.cohort == nil || held.hold.cohort == participant.way.cohort)
    }.map { held in
      let activities = held.hold.activities.map { words.title($0) }.joined(separator: ", ")
      return ParticipantAlert(
        tone: .stop,
        text: words(
          "{kind} {number}: {activities}",
          ["kind": words.title(held.hold.kind), "number": String(held.hold.number), "activities": activities]),
        path: "/safety")
    }
  }

  private var clocks: [ParticipantAlert] {
    participant.record.runningClocks.map { clock in
      ParticipantAlert(
        tone: .due, text: words("Report due: {clock}", ["clock": words.name(clock.clock)]),
        path: ParticipantTab.safety.path(participant.id), until: clock.due)
    }
  }

  /// Serious events without an end.
  private var seriousEvents: [ParticipantAlert] {
    guard let study else { return [] }
    let plan = study.conduct.safety
    return participant.adverseEvents(by: plan).filter {
      $0.isSerious == true && $0.isResolved != true
        && participant.outlasted(by: $0, plan: plan, schedule: study.schedule) == nil
    }.map { event in
      ParticipantAlert(
        tone: .stop,
        text: words(
          "Serious adverse event {number}: {title}",
          ["number": String(event.number), "title": words.study(event.title)]),
        path: FormLink.path(event.form, participant.id))
    }
  }

  private var allergies: [ParticipantAlert] {
    (study?.forms ?? []).filter { $0.resource == "AllergyIntolerance" }.flatMap { form in
      participant.casebook.keys().filter { $0.form == form.id }.compactMap { key in
        allergy(form, key)
      }
    }
  }

  /// A row of the log of allergies; nil for one that is ruled out, resolved, or was cleared.
  private func allergy(_ form: FormPlan, _ key: FormKey) -> ParticipantAlert? {
    guard let record = participant.casebook.forms[key], record.isBegun, record.notDone == nil else { return nil }
    func said(_ role: ItemRole) -> [String] {
      form.items.filter { $0.gives == role }.compactMap { item in
        record.entry(item.id)?.answer.text.map { code in
          item.codes.first { $0.code == code }.map { words.study($0.label) } ?? code
        }
      }
    }
    func answers(_ role: ItemRole) -> [String] {
      form.items.filter { $0.gives == role }.compactMap { record.entry($0.id)?.answer.text }
    }
    guard !answers(.verification).contains("refuted"), !answers(.status).contains("resolved") else { return nil }
    let named = form.items.first { $0.type == .text }.flatMap { record.entry($0.id)?.answer.text }
    let substance = named ?? said(.code).first ?? words["unknown"]
    let how = said(.verification) + said(.severity)
    return ParticipantAlert(
      tone: .stop,
      text: words("Allergy: {substance}", ["substance": substance])
        + (how.isEmpty ? "" : " (\(how.joined(separator: ", ")))"),
      written: named, path: FormLink.path(key, participant.id))
  }

  private var visits: [ParticipantAlert] {
    (calendar?.visits ?? []).filter { $0.status == .overdue }.map { visit in
      ParticipantAlert(
        tone: .due, text: words("Visit overdue: {visit}", ["visit": words.study(visit.title)]),
        path: "\(path)/visits/\(Fields.encoded(visit.visit))/\(visit.number)")
    }
  }

  private var queries: [ParticipantAlert] {
    var badges = Badges()
    badges.openQueries = participant.casebook.queries.count { $0.status == .open }
    guard badges.openQueries > 0 else { return [] }
    return [
      ParticipantAlert(
        tone: .due, text: CasebookBadges.open(badges, words), path: "/queries?participant=\(participant.id)")
    ]
  }
}
