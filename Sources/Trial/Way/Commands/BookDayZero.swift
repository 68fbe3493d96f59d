// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues

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
    guard state.way.bookedDayZero != day else {
      throw Refusal("already-booked", because: "Day 0 is booked for \(day).", remedy: "Nothing has to change.")
    }
    return [Fact(.way(participant, .dayZeroBooked(day: day)))]
  }
}
