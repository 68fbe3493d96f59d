public import ClinicalValues
public import StudyDesign

/// Days from the first to the last, both included.
public struct DaySpan: Sendable, Hashable {
  /// Days since 1970-01-01.
  public let days: ClosedRange<Int>

  /// These days, counted since 1970-01-01.
  public init(_ days: ClosedRange<Int>) { self.days = days }

  /// So many days from a day.
  init(from day: Int, _ days: ClosedRange<Int>) { self.days = day + days.lowerBound...day + days.upperBound }

  /// The first day.
  public var first: CalendarDate { CalendarDate(daysSinceEpoch: days.lowerBound) ?? .least }
  /// The last day.
  public var last: CalendarDate { CalendarDate(daysSinceEpoch: days.upperBound) ?? .greatest }
}

extension DaySpan: CustomStringConvertible {
  /// `2026-03-14`, or `2026-03-14 to 2026-03-17`.
  public var description: String { days.count == 1 ? "\(first)" : "\(first) to \(last)" }
}

/// When a visit is planned, as it follows from its anchor.
public struct VisitDates: Sendable, Hashable {
  /// What it is counted from.
  public let anchor: VisitAnchor
  /// The anchor's day.
  public let from: CalendarDate
  /// Whether the anchor is a booking that can still move.
  public let isBooked: Bool
  /// Since when this is the plan.
  public let since: Moment
  /// The planned days.
  public let planned: DaySpan
  /// The days on which it may be held.
  public let window: DaySpan
}

/// Where a visit of a calendar stands. Computed, never set.
public enum VisitStatus: String, Sendable, Hashable, Codable, CaseIterable {
  /// Its anchor is not there yet.
  case notPlanned
  /// Its window has not begun.
  case planned
  /// It is counted from a booked Day 0 that has passed without the infusion: when it is, the next booking says.
  case waitsForDayZero
  /// It may be held today.
  case due
  /// Its planned day has passed; its window has not.
  case overdue
  /// It was held, as planned or with nothing planned.
  case done
  /// It was held outside its window.
  case outOfWindow
  /// Its window has passed without it.
  case missed
  /// Somebody said that it was not held, and why.
  case notDone
  /// It is not asked of this participant, or not any more.
  case notApplicable
  /// Its window has passed without it, and the data cannot say whether it applied.
  case unknown

  /// Whether it is still to be held.
  public var isOpen: Bool { self == .planned || self == .due || self == .overdue }
}

/// A visit of one participant: when it is planned, what became of it, what is done at it.
public struct CalendarVisit: Sendable, Hashable {
  /// The visit's id in the schedule; its name, where it was recorded off the schedule.
  public let visit: String
  /// Which one of the visits of that id, from 1.
  public let number: Int
  /// Its title.
  public let title: String
  /// Where it is held.
  public let mode: VisitMode
  /// When it is planned; nil while its anchor is missing, and where nobody plans it.
  public let dates: VisitDates?
  /// What was planned before, oldest first.
  public let former: [VisitDates]
  /// Whether it applies to the participant; nil: the data cannot say.
  public let applies: Bool?
  /// Where it stands.
  public let status: VisitStatus
  /// Why it is not asked, or was not held.
  public let reason: String?
  /// The day on which it was held, where that is known.
  public let held: CalendarDate?
  /// What is done at it, in order.
  public let activities: [CalendarActivity]

  /// `D28/1`.
  public var key: String { "\(visit)/\(number)" }

  /// The last day on which it may be held; nil where none is set.
  public var lastDay: CalendarDate? { dates?.window.last }
}

/// Something that is done at a visit.
public struct CalendarActivity: Sendable, Hashable {
  /// Its id in the schedule.
  public let activity: String
  /// Its title.
  public let title: String
  /// Whether it applies to the participant on that day; nil: the data cannot say.
  public let applies: Bool?
  /// The forms that are filled at the visit, by their keys; one a planned time where it is done several times.
  public let forms: [FormKey]
  /// What these forms come to together; nil where it is recorded in forms of no visit, such as a log.
  public let state: FormState?
  /// When it is planned on that day, where it is done several times.
  public let times: [PlannedTime]
}

/// A planned time of a day.
public struct PlannedTime: Sendable, Hashable {
  /// The row of the form that it is recorded in.
  public let form: FormKey
  /// Minutes from midnight, or from the start of the infusion.
  public let minutes: Int
  /// Whether they are counted from the start of the infusion.
  public let isFromInfusion: Bool
  /// When it is due, by the clocks of the site; nil while the day, or the start of the infusion, is not known.
  public let due: DateTime?
  /// How far its row has come.
  public let state: FormState
}
