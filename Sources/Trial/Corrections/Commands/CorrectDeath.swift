// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Corrects a death that was recorded wrongly, or takes back one of somebody who lives.
///
/// Holds, clocks and questions that followed from it stay: they are lifted, handed in and answered as any other.
public struct CorrectDeath: TrialCommand {
  public static let name = "participant correct-death"
  public static let abstract =
    "Correct time or cause of a death, or take back one that was recorded in error; what was recorded stays readable."
  public static let fields = [
    .whom, .inError,
    CommandField("died", "when the participant died, 2026-03-17T09:30 by the clocks of your site", optional: true),
    CommandField("cause", "the cause as reported", optional: true), .whyCorrected,
  ]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// Whether the participant lives, or is not known to have died.
  public let inError: Bool?
  /// When the participant died; nil where that is right.
  public let died: Moment?
  /// As reported; nil where that is right.
  public let cause: String?
  /// Why what is recorded is wrong.
  public let reason: String

  public init(
    participant: ParticipantID, inError: Bool? = nil, died: Moment? = nil, cause: String? = nil, reason: String
  ) {
    self.participant = participant
    self.inError = inError
    self.died = died
    self.cause = cause
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    guard let was = state.way.died, let recorded = state.recordedCause else {
      throw Refusal(
        "no-death", because: "No death of \(participant) is recorded by itself.",
        remedy: "Where a form says so, correct the form.")
    }
    let takenBack = WayEvent.corrected(correction: .death(was: was, corrected: nil), reason: reason)
    try Refusal.requireAlone(inError, isCorrected: died != nil || cause != nil)
    if inError == true {
      try requireNoForm(after: takenBack, situation)
      let fact = Fact(.way(participant, takenBack))
      guard state.way.departure?.reason == .died else { return [fact] }
      return [fact] + (try situation.slotGivenBack(to: state))
    }
    let died = self.died ?? was
    let cause = self.cause ?? recorded
    guard died != was || cause != recorded else { throw .nothingCorrected }
    try situation.requirePast(died)
    try requireNothingAfter(died, in: state)
    let last = min(state.way.departure?.lastContact.daysSinceEpoch ?? died.day, died.day)
    let lastContact = CalendarDate(daysSinceEpoch: last) ?? died.date
    // Decided as if it were recorded as it was.
    let record = RecordDeath(participant: participant, cause: cause, lastContact: lastContact)
    _ = try record.decide(in: situation.asOf(died, after: [.way(participant, takenBack)]))
    let corrected = CorrectedDeath(died: died, cause: cause, lastContact: lastContact)
    let correction = WayCorrection.death(was: was, corrected: corrected)
    return [Fact(.way(participant, .corrected(correction: correction, reason: reason)))]
  }

  /// Refuses to take back what a form says too.
  private func requireNoForm(after takenBack: WayEvent, _ situation: Situation) throws(Refusal) {
    let after = situation.asOf(situation.happened, after: [.way(participant, takenBack)])
    guard after.state.participants[participant]?.death(by: situation.plan.safety) != nil else { return }
    throw Refusal(
      "death-in-form", because: "The form on the death of \(participant) says that the participant died.",
      remedy: "Correct the form first.")
  }

  /// Refuses a death before what was done to the participant alive.
  private func requireNothingAfter(_ died: Moment, in state: ParticipantState) throws(Refusal) {
    let infusion = state.product.infusion
    let alive: [(Moment, String)] =
      state.visits.visits.map { ($0.held, "visit \($0.visit)") }
      + state.way.lymphodepletionDoses.map { ($0, "a dose of lymphodepletion") }
      + [infusion?.begun, infusion?.ended].compactMap { $0.map { ($0, "the infusion") } }
      + state.way.consents.map { ($0.signed, "a consent form to sign") }
      + state.product.collections.compactMap { $0.ended.map { ($0, "a leukapheresis") } }
    guard let later = alive.filter({ died < $0.0 }).max(by: { $0.0 < $1.0 }) else { return }
    throw Refusal(
      "alive-then", because: "\(participant) had \(later.1) at \(later.0), after that.",
      remedy: "Check the time; if that is wrong too, correct it first.")
  }
}

extension ParticipantState {
  /// The cause of death as it was recorded by itself.
  fileprivate var recordedCause: String? {
    entries.all.compactMap { if case .died(let cause) = $0.way { cause } else { nil } }.last
  }
}
