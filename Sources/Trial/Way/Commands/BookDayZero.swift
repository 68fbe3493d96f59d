// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Books Day 0, or books it anew; what was arranged for the former day must be arranged again.
public struct BookDayZero: TrialCommand {
  public static let name = "participant book"
  public static let abstract = "Book Day 0, the day of the infusion, or book it anew."
  public static let fields = [.whom, CommandField("day", "the day, 2026-03-17")]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// The day.
  public let day: CalendarDate

  public init(participant: ParticipantID, day: CalendarDate) {
    self.participant = participant
    self.day = day
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.notInfused(participant)
    guard day.precision == .day, day.daysSinceEpoch >= situation.happened.day else {
      throw Refusal(
        "day-not-bookable", because: "\(day) is no day from \(situation.happened.date) on.",
        remedy: "Book a day that is still to come.")
    }
    if state.way.isConditioned(onDay: situation.happened.day), let days = state.way.infusable,
      !days.contains(day.daysSinceEpoch)
    {
      let range = [days.lowerBound, days.upperBound].compactMap { CalendarDate(daysSinceEpoch: $0)?.description }
      throw Refusal(
        "day-outside-infusion-window",
        because: "After the lymphodepletion given the infusion can begin from \(range.joined(separator: " to ")).",
        remedy: "Book a day in it; later, lymphodepletion has run out.")
    }
    if state.way.isConditioned(onDay: situation.happened.day) {
      try requireAfterIntervals(situation)
      try requireApart(situation)
    }
    guard state.way.bookedDayZero != day else {
      throw Refusal("already-booked", because: "Day 0 is booked for \(day).", remedy: "Nothing has to change.")
    }
    return [Fact(.way(participant, .dayZeroBooked(day: day)))]
  }

  /// Before lymphodepletion its gate judges the booked day; once it was given nothing else would until the infusion's own
  /// gate, when the cells are thawed for nothing.
  private func requireAfterIntervals(_ situation: Situation) throws(Refusal) {
    let stagger = situation.state.study.stagger(
      for: participant, onDay: day.daysSinceEpoch, in: situation.state, plan: situation.plan.safety)
    guard !stagger.daysHavePassed else { return }
    let whom = stagger.waitsFor.map(\.description).joined(separator: ", ")
    let first = stagger.firstDay.flatMap { CalendarDate(daysSinceEpoch: $0)?.description } ?? "a later day"
    throw Refusal(
      "day-inside-interval", because: "The interval after the infusion of \(whom) is not over by \(day).",
      remedy: "Book \(first) or later; where lymphodepletion has run out by then, it is given once more at most.")
  }

  /// Somebody else who is lymphodepleted for a day inside the interval would wait in vain, or this participant would.
  private func requireApart(_ situation: Situation) throws(Refusal) {
    let others = situation.state.conditionedTooClose(
      to: day.daysSinceEpoch, of: participant, onDay: situation.happened.day, plan: situation.plan.safety)
    guard !others.isEmpty else { return }
    let whom = others.map { other in
      let booked = situation.state.participants[other]?.way.bookedDayZero
      return "\(other)" + (booked.map { ", booked for \($0)" } ?? "")
    }
    throw Refusal(
      "day-bars-another",
      because: "Lymphodepleted too, with less than the interval to \(day): \(whom.joined(separator: "; ")).",
      remedy: "Book a day with the whole interval between the two, or move the other infusion first.")
  }
}
