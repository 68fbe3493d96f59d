// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Records that a visit took place.
public struct RecordVisit: TrialCommand {
  public static let name = "participant visit"
  public static let abstract = "Record that a visit took place, and whether the participant was assessed for toxicity."
  public static let fields = [
    .whom, CommandField("visit", "the visit, D28, or unscheduled"),
    CommandField("assessed", "true: the participant was assessed for toxicity"),
  ]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// The visit.
  public let visit: String
  /// Whether the participant was assessed for toxicity.
  public let assessed: Bool

  public init(participant: ParticipantID, visit: String, assessed: Bool) {
    self.participant = participant
    self.visit = visit
    self.assessed = assessed
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.recordable(participant)
    try requireStillVisited(state, in: situation)
    let schedule = situation.casebook.schedule
    let isNamed = visit == "unscheduled" || schedule.visits.isEmpty || schedule.visit(visit) != nil
    guard isNamed, (1...40).contains(visit.utf8.count),
      visit.allSatisfy({ $0.isLetter || $0.isNumber || "-_.".contains($0) })
    else {
      throw Refusal(
        "unknown-visit", because: "‘\(visit.prefix(40))’ is not the name of a visit.",
        remedy: "Name the visit as the schedule does, D28, or unscheduled.")
    }
    let completes = visit == situation.plan.way.lastVisit
    if completes { try requireLastVisitDue(state, in: situation) }
    let recorded = RecordedVisit(visit: visit, assessed: assessed, completes: completes)
    return [Fact(.way(participant, .visitRecorded(visit: recorded)))]
  }

  /// Who left is visited no more, but for the safety follow-up of who was treated and not infused.
  private func requireStillVisited(_ state: ParticipantState, in situation: Situation) throws(Refusal) {
    guard let left = state.way.left, situation.hasCome(left) else {
      return try situation.requirePresent(state)
    }
    let visit = situation.casebook.schedule.visits.first { $0.anchor == .lastProcedure }
    let last = state.safetyFollowUpThrough(
      days: situation.plan.way.neverInfusedFollowUpDays, grace: max(0, visit?.window.upperBound ?? 0))
    let agrees = state.way.departure?.withdrawal?.scope != .visits && state.way.departure?.reason != .lostToFollowUp
    guard agrees, let last, situation.happened.day <= last else { return try situation.requirePresent(state) }
  }

  private func requireLastVisitDue(_ state: ParticipantState, in situation: Situation) throws(Refusal) {
    guard let infusion = state.product.infusion else {
      throw Refusal(
        "not-infused", because: "\(visit) is a visit after the infusion, and there was none.",
        remedy: "Record an unscheduled visit.")
    }
    let first = infusion.begun.day + situation.plan.way.lastVisitFromDay
    guard situation.happened.day >= first else {
      throw Refusal(
        "visit-too-early", because: "\(visit) is not done before \(CalendarDate(daysSinceEpoch: first) ?? .greatest).",
        remedy: "Record an unscheduled visit.")
    }
  }
}
