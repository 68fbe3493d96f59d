import ClinicalValues
import StudyDesign

/// When the visits of one participant are planned: one list of plans a number of a visit, oldest first.
///
/// A visit is planned once more, under the next number, where what it is counted from happens once more: a second
/// screening, a further collection, a second lymphodepletion, an infusion that was put off after its eve.
struct VisitPlans {
  private let state: ParticipantState
  private let way: WayPlan
  private let today: Int

  init(_ state: ParticipantState, way: WayPlan, today: Int) {
    self.state = state
    self.way = way
    self.today = today
  }

  /// A day that visits are counted from.
  struct Anchor: Hashable {
    let day: Int
    let since: Moment
    var isBooked = false
    /// The first day on which what is counted from it is planned, where it comes later than it would by itself.
    var notBefore: Int?
  }

  private var history: VisitHistory { state.visits }

  /// The plans of each number of a visit; one list at least, empty where nothing is planned yet.
  ///
  /// - Parameter heldOn: the day on which a number was held, as it is recorded, under one of these plans.
  func plans(of visit: VisitPlan, heldOn: (_ number: Int, _ plans: [VisitDates]) -> Int?) -> [[VisitDates]] {
    let rounds = anchors(of: visit.anchor).map { anchors in anchors.map { dates(of: visit, from: $0) } }
    let plans = visit.anchor == .dayZero && visit.day.upperBound < 0 ? split(rounds.first ?? [], heldOn) : rounds
    return plans.isEmpty ? [[]] : plans
  }

  private func dates(of visit: VisitPlan, from anchor: Anchor) -> VisitDates {
    let late = anchor.notBefore.map { max(0, $0 - anchor.day - visit.day.lowerBound) } ?? 0
    let days =
      visit.day.lowerBound
      + visit.window.lowerBound...max(
        visit.day.upperBound + visit.window.upperBound, visit.day.lowerBound + visit.window.lowerBound)
    return VisitDates(
      anchor: visit.anchor, from: CalendarDate(daysSinceEpoch: anchor.day) ?? .least, isBooked: anchor.isBooked,
      since: anchor.since, planned: DaySpan(from: anchor.day + late, visit.day),
      window: DaySpan(from: anchor.day + late, days))
  }

  /// What is done before the infusion is done again where the infusion was put off after it.
  private func split(
    _ plans: [VisitDates], _ heldOn: (_ number: Int, _ plans: [VisitDates]) -> Int?
  ) -> [[VisitDates]] {
    var numbers: [[VisitDates]] = []
    var rest = plans[...]
    while !rest.isEmpty {
      let number = numbers.count + 1
      guard let held = heldOn(number, Array(rest)),
        let inForce = inForce(rest, on: held),
        let next = rest[inForce...].dropFirst().last, !next.window.days.contains(held)
      else { break }
      numbers.append(Array(rest[...inForce]))
      rest = rest[(inForce + 1)...]
    }
    if !rest.isEmpty { numbers.append(Array(rest)) }
    return numbers
  }

  /// The plan under which a visit was held on a day; nil where there was none yet. A plan of that very day that puts it off came after a
  /// visit that fits the one before: why it was put off is often found at the visit.
  private func inForce(_ plans: ArraySlice<VisitDates>, on held: Int) -> Int? {
    guard let latest = plans.lastIndex(where: { $0.since.day <= held }) else { return nil }
    let morning = plans.lastIndex { $0.since.day < held } ?? latest
    let fitting = plans[morning...latest].lastIndex { $0.window.days.contains(held) }
    return fitting.flatMap { plans[$0].window.days.upperBound <= plans[latest].window.days.upperBound ? $0 : nil }
      ?? latest
  }

  // MARK: - Anchors

  private func anchors(of anchor: VisitAnchor) -> [[Anchor]] {
    switch anchor {
    case .consent: screenings
    case .enrollment: collections
    case .leukapheresis:
      [state.product.collections.filter(\.isAccepted).compactMap(\.ended).map { Anchor(day: $0.day, since: $0) }]
    case .firstDose: lymphodepletions.map { $0.bookedFirst(way) + [$0.first].compactMap(\.self) }
    case .bookedDayZero: lymphodepletions.map(\.bookings)
    case .dayZero: [dayZero]
    case .lastProcedure: [lastProcedure].compactMap { $0.map { [$0] } }
    case .unscheduled: []
    }
  }

  private var screenings: [[Anchor]] {
    guard let consent = state.way.consents.map(\.signed).min() else { return [] }
    return [[Anchor(day: consent.day, since: consent)]]
      + history.screenings.dropFirst().map { [Anchor(day: $0.day, since: $0)] }
  }

  private var collections: [[Anchor]] {
    guard let enrolled = state.way.enrolled else { return [] }
    return [[Anchor(day: enrolled.day, since: enrolled)]]
      + history.collections.dropFirst().map { [Anchor(day: $0.day, since: $0)] }
  }

  /// Day 0 each time that it was booked, then the day on which the infusion started.
  private var dayZero: [Anchor] {
    let booked = history.bookings.map { Anchor(day: $0.day.daysSinceEpoch, since: $0.since, isBooked: true) }
    guard let begun = state.product.infusion?.begun else { return booked }
    return booked.filter { $0.since <= begun } + [Anchor(day: begun.day, since: begun)]
  }

  /// A round of lymphodepletion: the bookings of Day 0 that it was planned by, and its first dose.
  private struct Round {
    var bookings: [Anchor]
    var first: Anchor?

    /// The first dose as it was booked.
    func bookedFirst(_ way: WayPlan) -> [Anchor] {
      bookings.map { Anchor(day: $0.day - way.dayZeroAfterFirstDose, since: $0.since, isBooked: true) }
    }
  }

  private var lymphodepletions: [Round] {
    var rounds: [Round] = []
    var rest = history.bookings.map { Anchor(day: $0.day.daysSinceEpoch, since: $0.since, isBooked: true) }[...]
    for first in history.doses.compactMap(\.first) {
      let before = rest.prefix { $0.since < first }
      rounds.append(Round(bookings: Array(before), first: Anchor(day: first.day, since: first)))
      rest = rest.dropFirst(before.count)
    }
    // Once more only where Day 0 was booked for when the lymphodepletion that was given has run out.
    let lastDay = rounds.isEmpty ? nil : state.way.infusable?.upperBound
    let next = rest.filter { booking in lastDay.map { booking.day > $0 } ?? true }
    if !next.isEmpty, state.product.infusion == nil || rounds.isEmpty { rounds.append(Round(bookings: next)) }
    return rounds
  }

  /// The last leukapheresis or dose of lymphodepletion of somebody who has left and was never infused. Whoever leaves when
  /// the days after it have passed is seen from the day of leaving on: before it nobody knew that there would be no infusion.
  private var lastProcedure: Anchor? {
    guard state.product.infusion == nil, let left = state.way.left else { return nil }
    let procedures = [state.product.lastLeukapheresis].compactMap(\.self) + history.doses.flatMap(\.self)
    return procedures.max().map { Anchor(day: $0.day, since: max($0, left), notBefore: left.day) }
  }
}
