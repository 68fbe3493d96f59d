import ClinicalValues
import Ledger
import StudyDesign

extension CalendarVisit {
  /// The visit with its title, where that says more: `D28 (Day 28)`.
  var name: String {
    let name = number == 1 ? visit : "\(visit) (number \(number))"
    return title == visit ? name : "\(name), \(title)"
  }

  /// The deviation that a visit is which was held outside its window; nil where it was not, or was noticed before.
  func windowDeviation(at now: Moment, in record: RecordState) -> Deviation? {
    let subject = DeviationSubject.window(visit, number)
    // That it was not held in its window may have been noticed before anybody recorded that it was held after it.
    guard status == .outOfWindow, let held, let dates, !record.noticed.contains(subject),
      !record.noticed.contains(.visit(visit, number))
    else { return nil }
    return Deviation(
      .window,
      what: "Visit \(name) was held on \(held), outside its window of \(dates.window) "
        + "(counted from \(dates.from)).", noticed: now, about: [subject])
  }

  /// The deviation that a visit is which was not held in its window, though it applies.
  ///
  /// - Parameter grace: days for which it may still be recorded after its window. Where somebody said that it was not held,
  ///   nothing is waited for.
  func missedDeviation(at now: Moment, in record: RecordState, grace: Int) -> Deviation? {
    let subject = DeviationSubject.visit(visit, number)
    let isSo = status == .missed && isOver(at: now, for: grace) || status == .notDone && isOver(at: now)
    guard isSo, applies == true, let dates, !record.noticed.contains(subject) else { return nil }
    let why = reason.map { ": \($0)" } ?? ""
    return Deviation(
      .missedActivity, what: "Visit \(name) was not held in its window of \(dates.window)\(why).", noticed: now,
      about: [subject])
  }

  /// Whether its window, and the day on which it was held, lie more than so many days back.
  private func isOver(at now: Moment, for days: Int = 0) -> Bool {
    guard let last = dates?.window.days.upperBound else { return false }
    return max(last, held?.daysSinceEpoch ?? last) + days < now.day
  }

  /// The deviation that activities are together which were not done, or not each time that is planned, at a visit that was held and
  /// whose window is over.
  ///
  /// - Parameter grace: days for which they may still be recorded. Where somebody said that one was not done, nothing is
  ///   waited for.
  func activityDeviation(at now: Moment, in record: RecordState, grace: Int) -> Deviation? {
    guard status == .done || status == .outOfWindow, isOver(at: now) else { return nil }
    let isGraceOver = isOver(at: now, for: grace)
    let missed = activities.filter { activity in
      activity.applies == true && (activity.state == .notDone || activity.isLeftOut && isGraceOver)
        && !record.noticed.contains(.activity(visit, number, activity.activity))
    }
    guard !missed.isEmpty else { return nil }
    let titles = missed.map(\.title).joined(separator: "; ")
    let isBegun = missed.contains { $0.state == .incomplete }
    return Deviation(
      .missedActivity,
      what: held.map {
        "Of visit \(name), held on \($0), \(isBegun ? "not all" : "nothing") is recorded of: \(titles)."
      } ?? "Of visit \(name) \(isBegun ? "not all" : "nothing") is recorded of: \(titles).",
      noticed: now, about: missed.map { .activity(visit, number, $0.activity) })
  }
}

extension CalendarActivity {
  /// Whether nothing is recorded of it, or of one of the times at which it is planned.
  fileprivate var isLeftOut: Bool { state == .notStarted || times.contains { $0.state == .notStarted } }
}

extension Situation {
  /// The deviations that visits are which a decision records as held outside their windows: whichever command records
  /// them, a visit by itself or a form that says when it was.
  func windowDeviations(following facts: [Fact]) -> [Fact] {
    var touched: [ParticipantID: Set<String>] = [:]
    for fact in facts {
      guard let (participant, visit) = visitSaid(by: fact.event) else { continue }
      touched[participant, default: []].insert(visit)
    }
    return touched.sorted { $0.key < $1.key }.flatMap { id, visits -> [Fact] in
      guard let after = participant(id, after: facts) else { return [] }
      let here = Moment(now, offsetMinutes: happened.offsetMinutes, zone: happened.zone)
      return ParticipantCalendar.held(visits, of: WatchedParticipant(after, now: here, plan: plan, book: casebook))
        .compactMap { $0.windowDeviation(at: here, in: after.record) }
        .map { Fact(id, .deviationOpened($0)) }
    }
  }

  /// The visit of which an event says that, and when, it was held: what records the visit itself, and its own form alone.
  private func visitSaid(by event: TrialEvent) -> (ParticipantID, String)? {
    switch event {
    case .way(let id, .visitRecorded(let visit)): (id, visit.visit)
    case .way(let id, .corrected(.visit(_, let corrected?), _)): (id, corrected.visit.visit)
    case .casebook(let id, .saved(let form, _, _, _)) where casebook.forms[form.form]?.domain == "SV": (id, form.visit)
    default: nil
    }
  }

  /// A participant as what a decision leads to leaves them.
  func participant(_ id: ParticipantID, after facts: [Fact]) -> ParticipantState? {
    var state = TrialState()
    state.participants[id] = self.state.participants[id]
    let actor = Actor(actor)
    for fact in facts {
      switch fact.event {
      case .way(id, _), .product(id, _), .record(id, _), .casebook(id, _):
        state.apply(Recorded(fact.event, happened: happened, recorded: now, actor: actor, position: .max))
      default: break
      }
    }
    return state.participants[id]
  }
}
