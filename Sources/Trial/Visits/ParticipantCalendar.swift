public import ClinicalValues
import StudyDesign

/// The visits of one participant, in the order of the schedule: when each is planned, what became of it, what is done at
/// it. Computed from what is recorded; nothing in it is set.
///
/// Cost: linear in visits and activities, with a look-up a form.
public struct ParticipantCalendar: Sendable, Hashable {
  /// Whose it is.
  public let participant: ParticipantID
  /// The site that looks after the participant.
  public let site: SiteID?
  /// The moment that it is of, by the clocks of the site.
  public let now: Moment
  /// The visits that the schedule names, then those that were recorded off it.
  public let visits: [CalendarVisit]

  /// The calendar of a participant under a protocol version at a moment.
  public init(of participant: WatchedParticipant) {
    let painter = CalendarPainter(participant)
    self.participant = participant.state.id
    site = participant.state.way.site
    now = participant.now
    visits = painter.visits
  }

  /// The days, since 1970-01-01, as of which it must be asked to whom visits apply: what a `SchedulePicture` holds.
  public static func askedDays(of participant: WatchedParticipant) -> Set<Int> {
    Set(CalendarPainter(participant).occurrences.map(\.askedDay))
  }

  /// The visits of these names alone, without what is done at them: for whoever asks when they were held.
  static func held(_ visits: Set<String>, of participant: WatchedParticipant) -> [CalendarVisit] {
    let painter = CalendarPainter(participant)
    return painter.occurrences(of: participant.book.schedule.visits.filter { visits.contains($0.id) })
      .map { painter.visit($0, activities: []) }
  }

  /// A visit by its id and number.
  public func visit(_ id: String, _ number: Int = 1) -> CalendarVisit? {
    visits.first { $0.visit == id && $0.number == number }
  }
}

/// Makes the calendar of one participant.
private struct CalendarPainter {
  private let participant: WatchedParticipant
  private let evidence: VisitEvidence
  private let plans: VisitPlans
  /// The earliest day on which the participant can have died, and how that is said.
  private let died: (day: Int, words: String)?

  init(_ participant: WatchedParticipant) {
    self.participant = participant
    evidence = VisitEvidence(participant.state, participant.book)
    plans = VisitPlans(participant.state, way: participant.plan.way, today: participant.now.day)
    died = participant.state.death(by: participant.plan.safety).flatMap { death in
      death.earliestDay.map { day in
        (day, death.day.map { "The participant died on \($0)." } ?? "The participant died.")
      }
    }
  }

  private var state: ParticipantState { participant.state }
  private var today: Int { participant.now.day }

  /// A number of a visit, with what is known of it.
  struct Occurrence {
    let plan: VisitPlan
    let number: Int
    let dates: [VisitDates]
    let found: VisitEvidence.Found
    /// The day as of which it is asked whether it applies: when it was held, else today or the last day of its window.
    let askedDay: Int
  }

  var visits: [CalendarVisit] {
    occurrences.map { occurrence in
      visit(occurrence, activities: occurrence.plan.activities.compactMap { activity($0, of: occurrence) })
    } + offSchedule
  }

  var occurrences: [Occurrence] { occurrences(of: participant.book.schedule.visits) }

  func occurrences(of visits: [VisitPlan]) -> [Occurrence] {
    visits.flatMap { plan -> [Occurrence] in
      let planned = plans.plans(of: plan) { number, dates in evidence.found(plan, number, dates).day }
      let count = max(plan.anchor == .unscheduled ? 0 : planned.count, evidence.numbers(of: plan.id))
      return (0..<count).map { index in
        let dates = planned.indices.contains(index) ? planned[index] : []
        let found = evidence.found(plan, index + 1, dates)
        let last = min(today, dates.last?.window.days.upperBound ?? today)
        return Occurrence(
          plan: plan, number: index + 1, dates: dates, found: found, askedDay: found.day ?? last)
      }
    }
  }

  /// Visits that were recorded under a name that the schedule does not have.
  private var offSchedule: [CalendarVisit] {
    let known = Set(participant.book.schedule.visits.map(\.id))
    let names = Set(state.visits.visits.map(\.visit)).subtracting(known).sorted()
    return names.flatMap { name in
      state.visits.days(of: name).enumerated().map { index, day in
        CalendarVisit(
          visit: name, number: index + 1, title: name, mode: .siteOrCall, dates: nil, former: [], applies: true,
          status: .done, reason: nil, held: CalendarDate(daysSinceEpoch: day), activities: [])
      }
    }
  }

  func visit(_ occurrence: Occurrence, activities: [CalendarActivity]) -> CalendarVisit {
    let plan = occurrence.plan
    let applies = participant.picture.holds(plan.applies, onDay: occurrence.askedDay)
    let (status, reason) = status(of: occurrence, applies: applies)
    return CalendarVisit(
      visit: plan.id, number: occurrence.number, title: plan.title, mode: plan.mode, dates: occurrence.dates.last,
      former: Array(occurrence.dates.dropLast()), applies: applies, status: status, reason: reason,
      held: occurrence.found.day.flatMap { CalendarDate(daysSinceEpoch: $0) }, activities: activities)
  }

  // MARK: - Status

  private func status(of occurrence: Occurrence, applies: Bool?) -> (VisitStatus, String?) {
    let dates = occurrence.dates.last
    switch occurrence.found {
    case .held(let day):
      // On which day nobody says: then nobody can say that it was outside.
      guard let day, let window = dates?.window.days else { return (.done, nil) }
      return (window.contains(day) ? .done : .outOfWindow, nil)
    case .notHeld(let reason): return (.notDone, reason)
    case .nothing: break
    }
    if applies == false { return (.notApplicable, "It does not apply to this participant.") }
    if let reason = notAsked(occurrence) { return (.notApplicable, reason) }
    guard let dates else { return (.notPlanned, nil) }
    if waitsForDayZero(dates) { return (.waitsForDayZero, nil) }
    if today < dates.window.days.lowerBound { return (.planned, nil) }
    if today <= dates.planned.days.upperBound { return (.due, nil) }
    if today <= dates.window.days.upperBound { return (.overdue, nil) }
    return (applies == nil ? .unknown : .missed, nil)
  }

  /// Whether a plan hangs on a booked Day 0 that has passed: nothing that is counted from it is due then, late or missed. A dose of
  /// lymphodepletion that was left out is not waited for.
  private func waitsForDayZero(_ dates: VisitDates) -> Bool {
    dates.isBooked && state.lapsedDayZero(onDay: today) != nil
      && (dates.anchor == .dayZero || state.way.lymphodepletionDoses.isEmpty)
  }

  /// Why a visit of which nothing is recorded is not asked: participation ended before its window did, or it is a visit
  /// of those who are never infused.
  private func notAsked(_ occurrence: Occurrence) -> String? {
    let window = occurrence.dates.last?.window.days
    if occurrence.plan.anchor == .lastProcedure {
      if state.product.infusion != nil { return "The participant was infused." }
      if let died { return died.words }
      guard let left = state.way.left else { return nil }
      let scope = state.way.departure?.withdrawal?.scope
      let isGone =
        scope == .visits || scope == .everything || state.way.departure?.reason == .lostToFollowUp || window == nil
      return isGone ? "The participant left on \(left.date)." : nil
    }
    guard let end = end, window.map({ end.day <= $0.upperBound }) ?? true else { return nil }
    return end.words
  }

  /// The day on which participation ended, and how.
  private var end: (day: Int, words: String)? {
    let way = state.way
    var ends: [(day: Int, words: String)] = []
    if let died { ends.append(died) }
    if let left = way.left { ends.append((left.day, "The participant left on \(left.date).")) }
    if let completed = way.completed {
      ends.append((completed.day, "The participant completed the study on \(completed.date)."))
    }
    if case .failed(let decided) = way.eligibility {
      ends.append((decided.day, "Screening failed on \(decided.date)."))
    }
    return ends.min { $0.day < $1.day }
  }

  // MARK: - Activities

  private func activity(_ planned: PlannedActivity, of occurrence: Occurrence) -> CalendarActivity? {
    guard let plan = participant.book.schedule.activity(planned.activity) else { return nil }
    let visit = occurrence.plan.id
    let count = max(planned.minutes.count, 1)
    var keys: [FormKey] = []
    var times: [PlannedTime] = []
    for form in plan.forms {
      guard let occurs = participant.book.forms[form]?.occurs, occurs == .visit || occurs == .repeated else { continue }
      for row in 1...(occurs == .repeated ? count : 1) {
        guard let key = try? FormKey(visit: visit, number: occurrence.number, form: form, row: row) else { continue }
        keys.append(key)
        guard occurs == .repeated, planned.minutes.indices.contains(row - 1) else { continue }
        times.append(
          PlannedTime(
            form: key, minutes: planned.minutes[row - 1], isFromInfusion: planned.fromInfusion,
            due: due(planned, planned.minutes[row - 1], occurrence), state: state.casebook.state(of: key)))
      }
    }
    let parts = keys.map { Standing(state.casebook.state(of: $0)) }
    return CalendarActivity(
      activity: plan.id, title: plan.title,
      applies: participant.picture.holds(plan.applies, onDay: occurrence.askedDay), forms: keys,
      state: parts.isEmpty ? nil : Standing(of: parts).state, times: times)
  }

  /// When a planned time is: from the start of the infusion, or from midnight of the day on which the visit is held, or
  /// planned where it is planned for one day.
  private func due(_ planned: PlannedActivity, _ minutes: Int, _ occurrence: Occurrence) -> DateTime? {
    if planned.fromInfusion {
      guard let begun = state.product.infusion?.begun else { return nil }
      return Moment(
        begun.instant.adding(minutes: minutes), offsetMinutes: begun.offsetMinutes, zone: begun.zone
      ).dateTime
    }
    let planned = occurrence.dates.last?.planned.days
    guard let day = occurrence.found.day ?? planned.flatMap({ $0.count == 1 ? $0.lowerBound : nil }) else { return nil }
    let (days, rest) = minutes.quotientAndRemainder(dividingBy: 1440)
    let (shift, minute) = rest < 0 ? (days - 1, rest + 1440) : (days, rest)
    guard let date = CalendarDate(daysSinceEpoch: day + shift),
      let time = TimeOfDay(hour: minute / 60, minute: minute % 60)
    else { return nil }
    return DateTime(date: date, time: time)
  }
}
