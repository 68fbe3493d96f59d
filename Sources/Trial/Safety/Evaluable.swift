public import ClinicalValues
public import StudyDesign

/// How somebody who was infused stands for the rate of dose-limiting toxicities: the one definition that the stopping rule,
/// the analysis set and the safety report count by.
///
/// Evaluable is who had at least the least dose, and a dose-limiting toxicity or the whole window observed without one. Who
/// left or died before the end of the window without a toxicity tells nothing of the rate: counted as free of it, every
/// early loss would make the product look safer.
public struct DoseLimitingStanding: Sendable, Hashable {
  /// Who it is.
  public let participant: ParticipantID
  /// The last day of the window, counted since 1970-01-01.
  public let lastDay: Int
  /// How it stands.
  public let standing: Standing

  /// Whether it counts for the rate.
  public var isEvaluable: Bool { standing.isEvaluable }
  /// Whether a toxicity was found to be dose-limiting, and counts.
  public var isDoseLimited: Bool { standing == .toxicity }

  /// Whether somebody counts, and why or why not. In the order in which they are asked.
  public enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
    /// Not: the dose is below the least.
    case belowLeastDose
    /// Evaluable: a toxicity was dose-limiting. One after a dose that nobody knows counts.
    case toxicity
    /// Not yet: a question is open.
    case questionOpen
    /// Not: left or died within the window, without a toxicity that was dose-limiting.
    case goneEarly
    /// Not yet: the window is open, longer for an event whose duration is not known yet, or nobody has assessed the
    /// participant at its end.
    case windowOpen
    /// Not as far as is known: nobody knows the dose.
    case doseUnknown
    /// Evaluable: the whole window was observed without one.
    case windowClosed

    /// Whether it counts.
    public var isEvaluable: Bool { self == .toxicity || self == .windowClosed }

    /// Whether it may still come to count.
    public var isOpen: Bool { self == .questionOpen || self == .windowOpen || self == .doseUnknown }

    /// As a person says it.
    public var words: String {
      switch self {
      case .toxicity: "evaluable, with a DLT"
      case .windowClosed: "evaluable, window closed without a DLT"
      case .questionOpen: "not yet: a question is open"
      case .windowOpen: "not yet: the window is open, or its last assessment is missing"
      case .goneEarly: "not: left or died within the window, without a DLT"
      case .belowLeastDose: "not: below the least dose"
      case .doseUnknown: "not: the dose is not known"
      }
    }
  }
}

extension TrialState {
  /// Everybody who was infused, in the order of the infusions, as of an instant.
  public func doseLimitingStandings(at now: Instant, plan: ConductPlan) -> [DoseLimitingStanding] {
    study.infusions.map { doseLimitingStanding($0, at: now, plan: plan) }
  }

  /// Somebody who was infused, as of an instant; nil for who was not.
  public func doseLimitingStanding(
    of id: ParticipantID, at now: Instant, plan: ConductPlan
  ) -> DoseLimitingStanding? {
    study.infusions.first { $0.participant == id }.map { doseLimitingStanding($0, at: now, plan: plan) }
  }

  private func doseLimitingStanding(
    _ infusion: BegunInfusion, at now: Instant, plan: ConductPlan
  ) -> DoseLimitingStanding {
    let last = infusion.begun.day + plan.safety.doseLimitingWindowDays
    return DoseLimitingStanding(
      participant: infusion.participant, lastDay: last,
      standing: standing(infusion, through: last, at: now, plan: plan))
  }

  private func standing(
    _ infusion: BegunInfusion, through last: Int, at now: Instant, plan: ConductPlan
  ) -> DoseLimitingStanding.Standing {
    let participant = participants[infusion.participant]
    let questions = study.questions.filter { $0.participant == infusion.participant }
    let dose = participant?.product.infusion?.dosePerKg
    if let dose, dose < plan.product.smallestDosePerKg { return .belowLeastDose }
    if questions.contains(where: { $0.isDoseLimiting == true }) { return .toxicity }
    if questions.contains(where: { $0.isDoseLimiting == nil }) { return .questionOpen }
    let gone = [participant?.way.left?.day, participant?.death(by: plan.safety)?.earliestDay].compactMap(\.self).min()
    let isUndecided = !undecidedToxicities(after: infusion, at: now, plan: plan.safety).isEmpty
    if let gone, gone < last || isUndecided { return .goneEarly }
    let here = Moment(now, offsetMinutes: infusion.begun.offsetMinutes, zone: infusion.begun.zone)
    guard !isUndecided, StudyState.isSeen(infusion, through: last, by: here.day, in: self, plan: plan.safety) else {
      return .windowOpen
    }
    return dose == nil ? .doseUnknown : .windowClosed
  }
}
