// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// An investigator signs that somebody is eligible, on the data that are frozen with the decision.
///
/// Nobody can sign over a criterion that fails or is unknown: there are no waivers. For somebody already enrolled, on
/// whose decision a correction or a late result has raised a question, it decides that question.
public struct DecideEligible: TrialCommand {
  public static let name = "participant decide-eligible"
  public static let abstract = "Sign that a participant is eligible for a cohort, on the verdict of today's data."
  public static let fields = [.whom, CommandField("cohort", "the cohort, sle")]
  public static let permission = Permission.judgeAndSign
  public static let readsClinicalData = true

  /// Whom it is about.
  public let participant: ParticipantID
  /// The cohort.
  public let cohort: String

  public init(participant: ParticipantID, cohort: String) {
    self.participant = participant
    self.cohort = cohort
  }

  public var participants: Set<ParticipantID> { [participant] }
  /// Nobody signs over what is known now by giving a time at which it was not known.
  public var isAskedOfNow: Bool { true }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.active(participant)
    let isAnswer = try answersQuestion(of: state, in: situation)
    let assessment = try state.way.enrolled == nil ? assessed(state, in: situation) : reviewed(state, in: situation)
    guard assessment.verdict == .eligible else {
      let open = assessment.criteria.filter { $0.outcome != .pass }.map { "\($0.id): \($0.outcome.rawValue)" }
      throw Refusal(
        "not-eligible",
        because: "\(participant) is \(assessment.verdict.rawValue) for \(cohort): \(open.joined(separator: ", ")).",
        remedy: "Obtain what is missing; a criterion that fails bars, there are no waivers.")
    }
    let decision = EligibilityDecision(
      cohort: cohort, assessment: assessment,
      validThrough: situation.happened.day + situation.plan.way.eligibilityValidDays,
      answersQuestion: isAnswer)
    let signed = Fact(
      .way(participant, .foundEligible(decision: decision)),
      signed:
        "I approve the eligibility of \(participant) for cohort \(cohort): every criterion passes on the record "
        + "shown.")
    let isQuestioned = state.way.isEligibilityQuestioned && !isAnswer
    return [signed] + (isQuestioned ? [] : doubts(of: state, in: situation))
  }

  /// Whether it answers a question that stands: it was signed after that was raised. One that was signed on paper before is told
  /// late and leaves the question; any other of a time before it is refused.
  private func answersQuestion(of state: ParticipantState, in situation: Situation) throws(Refusal) -> Bool {
    guard state.way.isEligibilityQuestioned, let questioned = state.way.eligibilityQuestioned else { return false }
    if questioned <= situation.happened || situation.isStillToCome(questioned) { return true }
    if situation.late == nil { try situation.requireNotBefore(questioned, "The question") }
    return false
  }

  /// The question that is raised with what was signed on paper and is told late, where what is known now speaks against it.
  private func doubts(of state: ParticipantState, in situation: Situation) -> [Fact] {
    guard situation.late != nil, situation.happened.instant < situation.now else { return [] }
    let picture = situation.asOfNow.pictures[participant]
    let known = state.way.enrolled == nil ? picture?.eligibility[cohort] : picture?.reviewed
    guard known?.verdict != .eligible else { return [] }
    let reason = "It was entered late, and by what is known now the verdict is not eligible."
    return EligibilityQuestion(reason: reason, assessment: nil).facts(on: state, in: situation)
  }

  /// The assessment of today's data under the criteria in force.
  private func assessed(
    _ state: ParticipantState, in situation: Situation
  ) throws(Refusal) -> AssessmentSummary {
    let status = state.status(at: situation.happened)
    guard status == .screening || status == .eligible else {
      throw Refusal(
        "not-in-screening", because: "\(participant) is \(status.rawValue).", remedy: "Screening begins first.")
    }
    guard situation.isConsentInForce(state.way) else {
      throw Refusal(
        "no-consent", because: "\(participant) has not consented at the present site.",
        remedy: "Consent is signed at the site that looks after the participant.")
    }
    guard let assessment = try situation.picture(of: participant).eligibility[cohort] else {
      throw Refusal(
        "no-assessment", because: "There is no assessment of \(participant) for cohort ‘\(cohort)’.",
        remedy: "The protocol's cohorts are \(situation.protocolVersion.cohorts.joined(separator: ", ")).")
    }
    guard assessment.protocolVersion.digest == situation.protocolVersion.digest else {
      throw Refusal(
        "other-criteria", because: "The assessment was made under version \(assessment.protocolVersion.version).",
        remedy: "Assess under version \(situation.protocolVersion.version), which is in force.")
    }
    guard assessment.asOf == situation.happened.date else {
      throw Refusal(
        "other-day", because: "The assessment is of \(assessment.asOf).",
        remedy: "Decide on an assessment of \(situation.happened.date).")
    }
    return assessment
  }

  /// For somebody enrolled: the verdict of the day of the first decision, on the corrected data.
  private func reviewed(_ state: ParticipantState, in situation: Situation) throws(Refusal) -> AssessmentSummary {
    guard state.way.isEligibilityQuestioned, state.way.cohort == cohort else {
      throw Refusal(
        "already-decided", because: "\(participant) is enrolled in cohort \(state.way.cohort ?? "?").",
        remedy: "A decision is made anew only where a correction or a late result speaks against it.")
    }
    guard let reviewed = try situation.picture(of: participant).reviewed else {
      throw Refusal(
        "no-assessment", because: "There is no assessment for the day of the first decision.",
        remedy: "Import the data that were decided on.")
    }
    return reviewed
  }
}

/// An investigator signs that screening failed: on a criterion, or for a stated reason.
public struct FailScreening: TrialCommand {
  public static let name = "participant fail-screening"
  public static let abstract = "Sign that screening failed, on a failing criterion or for a stated reason."
  public static let fields = [
    .whom, CommandField("cohort", "the cohort that was assessed; left out for the one meant", optional: true),
    CommandField("reason", "the reason where no criterion fails", optional: true),
  ]
  public static let permission = Permission.judgeAndSign
  public static let readsClinicalData = true

  /// Whom it is about.
  public let participant: ParticipantID
  /// The cohort.
  public let cohort: String?
  /// Why.
  public let reason: String?

  public init(participant: ParticipantID, cohort: String? = nil, reason: String? = nil) {
    self.participant = participant
    self.cohort = cohort
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.active(participant)
    let status = state.status(at: situation.happened)
    guard status == .screening || status == .eligible else {
      throw Refusal(
        "not-in-screening", because: "\(participant) is \(status.rawValue).",
        remedy: "Only screening that has begun and led to no enrollment can fail.")
    }
    if let reason { try Refusal.requireText(reason, "reason") }
    let assessment = (cohort ?? state.way.cohort).flatMap { situation.pictures[participant]?.eligibility[$0] }
    let failing = assessment?.criteria.filter { $0.outcome == .fail }.map(\.id) ?? []
    guard !failing.isEmpty || reason != nil else {
      throw Refusal(
        "no-failing-criterion", because: "No criterion fails, and no reason is stated.",
        remedy: "State the reason, or obtain what is missing.")
    }
    let failure = ScreenFailure(failing: failing, reason: reason, assessment: assessment)
    let grounds = failing.isEmpty ? reason ?? "" : failing.joined(separator: ", ")
    return [
      Fact(
        .way(participant, .screeningFailed(failure: failure)),
        signed: "I decide that the screening of \(participant) has failed: \(grounds).")
    ]
  }
}

/// Raises that a correction or a late result speaks against an eligibility decision.
public struct QuestionEligibility: TrialCommand {
  public static let name = "participant question-eligibility"
  public static let abstract = "Raise that a correction or a late result speaks against the eligibility decision."
  public static let fields = [.whom, CommandField("reason", "what was corrected or came late")]
  public static let permission = Permission.recordData
  public static let readsClinicalData = true

  /// Whom it is about.
  public let participant: ParticipantID
  /// Why.
  public let reason: String

  public init(participant: ParticipantID, reason: String) {
    self.participant = participant
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.recordable(participant)
    try Refusal.requireText(reason, "reason")
    guard state.isFoundEligible, !state.way.isEligibilityQuestioned else {
      throw Refusal(
        "nothing-to-question",
        because: state.isFoundEligible
          ? "The decision on \(participant) is questioned already." : "\(participant) was not found eligible.",
        remedy: state.isFoundEligible ? "An investigator decides anew." : "Screening goes on.")
    }
    let assessment = situation.pictures[participant]?.reviewed
    return EligibilityQuestion(reason: reason, assessment: assessment).facts(on: state, in: situation)
  }
}
