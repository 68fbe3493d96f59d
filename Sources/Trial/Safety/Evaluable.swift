public import ClinicalValues
public import StudyDesign

/// How somebody who was infused stands for the rate of dose-limiting toxicities.
public struct DoseLimitingStanding: Sendable, Hashable {
  /// Who it is.
  public let participant: ParticipantID
  /// Whether a toxicity was found to be dose-limiting.
  public let isDoseLimited: Bool
  /// Whether the window is over: its last day is reached and seen, or the participant left early and it is reached; it is
  /// open longer while a question is.
  public let isWindowClosed: Bool
  /// Whether at least the minimum dose ran in; nil where the dose is not known.
  public let isDosed: Bool?

  /// Whether it counts: at least the minimum dose, and a DLT or a closed window. A DLT after an unknown dose does.
  public var isEvaluable: Bool { isDoseLimited ? isDosed != false : isWindowClosed && isDosed == true }
}

extension TrialState {
  /// Everybody who was infused, in the order of the infusions, as of an instant.
  public func doseLimitingStandings(at now: Instant, plan: ConductPlan) -> [DoseLimitingStanding] {
    study.infusions.map { infusion in
      let id = infusion.participant
      let here = Moment(now, offsetMinutes: infusion.begun.offsetMinutes, zone: infusion.begun.zone)
      let last = infusion.begun.day + plan.safety.doseLimitingWindowDays
      let questions = study.questions.filter { $0.participant == id }
      let dose = participants[id]?.product.infusion?.dosePerKg
      return DoseLimitingStanding(
        participant: id, isDoseLimited: questions.contains { $0.isDoseLimiting == true },
        isWindowClosed: StudyState.isSeen(infusion, through: last, by: here.day, in: self)
          && questions.allSatisfy { $0.isDoseLimiting != nil },
        isDosed: dose.map { $0 >= plan.product.smallestDosePerKg })
    }
  }
}
