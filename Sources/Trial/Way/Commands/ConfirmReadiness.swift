// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues

/// Confirms that something is ready at the site, booked, planned or given.
public struct ConfirmReadiness: TrialCommand {
  public static let name = "participant confirm"
  public static let abstract = "Confirm that something is ready for the participant at the site."
  public static let fields = [
    .whom, CommandField("item", Readiness.allCases.map(\.rawValue).joined(separator: ", ")),
    CommandField("doses", "doses of tocilizumab that are kept for this participant", optional: true),
  ]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// What is ready.
  public let item: Readiness
  /// The doses.
  public let doses: Int?

  public init(participant: ParticipantID, item: Readiness, doses: Int? = nil) {
    self.participant = participant
    self.item = item
    self.doses = doses
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.notInfused(participant)
    guard (item == .tocilizumabKept) == (doses != nil), doses ?? 1 > 0 else {
      throw Refusal(
        "doses", because: "Doses are counted of tocilizumab that is kept, and of nothing else.",
        remedy: "Give the number of doses for tocilizumabKept, and leave it out otherwise.")
    }
    guard !item.isBooking || state.way.bookedDayZero != nil else {
      throw Refusal(
        "day-zero-not-booked", because: "Day 0 is not booked, so nothing can be booked for it.",
        remedy: "Book Day 0 first.")
    }
    guard let site = state.way.site else { return [] }
    return [Fact(.way(participant, .readinessConfirmed(item: item, site: site, doses: doses)))]
  }
}
