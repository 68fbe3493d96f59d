/// What is done when: visits with their anchors and windows, activities with their forms. Read from `schedule.yaml`.
public struct SchedulePlan: Sendable, Hashable, Codable {
  /// Visits, in the order of a participant's way.
  public var visits: [VisitPlan]
  /// Activities, in the order in which a page lists them.
  public var activities: [ActivityPlan]
  /// Days after the last day on which a visit may be held, or after the day on which it was, that are given to record it: only
  /// then is what nobody has recorded taken as missed.
  public var graceDays = 0

  /// No visit at all.
  public static let none = SchedulePlan(visits: [], activities: [])

  /// The visit of that id.
  public func visit(_ id: String) -> VisitPlan? { visits.first { $0.id == id } }
  /// The activity of that id.
  public func activity(_ id: String) -> ActivityPlan? { activities.first { $0.id == id } }
}

/// What a visit's day is counted from.
public enum VisitAnchor: String, Sendable, Hashable, Codable, CaseIterable {
  /// The first consent; the allotted slot; the last collection; the first dose of lymphodepletion.
  case consent, enrollment, leukapheresis, firstDose
  /// The booked Day 0.
  case bookedDayZero
  /// Day 0: the day on which the infusion started; booked as long as it has not.
  case dayZero
  /// The last leukapheresis or dose of lymphodepletion of somebody who is never infused.
  case lastProcedure
  /// None: it is held when there is reason for it.
  case unscheduled
}

/// A visit of the schedule.
public struct VisitPlan: Sendable, Hashable, Codable, Identifiable {
  /// Its id: `D28`.
  public var id: String
  /// Its title: `Day 28`.
  public var title: String
  /// What happens there, in words that a participant understands; nil only in a study that is conducted elsewhere.
  public var lay: String?
  /// The part of the way that it belongs to: screening, treatment, followUp; or any.
  public var epoch: String
  /// What its day is counted from.
  public var anchor: VisitAnchor
  /// The planned day, from the anchor; days for a visit that may be held on any of them.
  public var day: ClosedRange<Int>
  /// Days before and after the planned day (or days) on which it may still be held: `-3...3`.
  public var window: ClosedRange<Int>
  /// Whether it is held at the site, by call, or at a laboratory elsewhere.
  public var mode: VisitMode
  /// What is done, in order.
  public var activities: [PlannedActivity]
  /// The CQL definition (`Library.definition`) that says to whom it applies; nil: to all.
  public var applies: String?
  /// Words of the protocol that ask for it.
  public var source: String?
  /// The provisional item that it rests on, where no words of the protocol ask for it.
  public var provisional: String?

  /// The epoch of a visit that belongs to no part of the way.
  public static let anyEpoch = "any"

  /// Whether it is held whenever there is reason for it, and what is done then the investigator decides: it belongs to no part of the
  /// way, as early termination does.
  public var isAtDiscretion: Bool { anchor == .unscheduled && epoch == VisitPlan.anyEpoch }
}

/// Where a visit is held.
public enum VisitMode: String, Sendable, Hashable, Codable, CaseIterable { case site, siteOrCall, laboratory }

/// An activity at a visit.
public struct PlannedActivity: Sendable, Hashable, Codable {
  /// The activity's id.
  public var activity: String
  /// Planned minutes from the visit's zero (midnight, or the start of the infusion on Day 0), where it is done several
  /// times a day; empty: once, at any time.
  public var minutes: [Int]
  /// Whether minutes count from the start of the infusion and not from midnight.
  public var fromInfusion: Bool
}

/// Something that is done: its forms, and to whom it applies.
public struct ActivityPlan: Sendable, Hashable, Codable, Identifiable {
  /// Its id: `vitalSigns`.
  public var id: String
  /// Its title.
  public var title: String
  /// The forms that it is recorded in, by id.
  public var forms: [String]
  /// The CQL definition (`Library.definition`) that says to whom it applies; nil: to all.
  public var applies: String?
  /// Words of the protocol that ask for it.
  public var source: String?
  /// The provisional item that it rests on, where no words of the protocol ask for it.
  public var provisional: String?
}
