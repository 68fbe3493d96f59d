// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
public import StudyDesign

/// An investigator signs a re-check: it passed, is deferred and repeated, or the participant leaves.
public struct SignRecheck: TrialCommand {
  public static let name = "participant recheck"
  public static let abstract = "Sign a re-check before leukapheresis, lymphodepletion or infusion."
  public static let fields = [
    .whom, CommandField("kind", "leukapheresis, lymphodepletion or infusion"),
    CommandField("outcome", "passed, deferred (repeated; the product waits) or leave"),
    CommandField("reason", "why it is deferred or the participant leaves", optional: true),
  ]
  public static let permission = Permission.judgeAndSign
  public static let readsClinicalData = true

  /// Whom it is about.
  public let participant: ParticipantID
  /// Before which gate.
  public let kind: RecheckKind
  /// How it ended.
  public let outcome: SignedRecheck.Outcome
  /// Why.
  public let reason: String?

  public init(
    participant: ParticipantID, kind: RecheckKind, outcome: SignedRecheck.Outcome, reason: String? = nil
  ) {
    self.participant = participant
    self.kind = kind
    self.outcome = outcome
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }
  /// Nothing passes over what is known now; what puts off or ends is told as it was.
  public var isAskedOfNow: Bool { outcome == .passed }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.notInfused(participant)
    let assessment = situation.pictures[participant]?.rechecks[kind]
    var longWait: [AssessmentSummary.Criterion] = []
    if outcome == .passed {
      try requireUnquestioned(state, in: situation)
      try requirePassed(assessment, in: situation)
      longWait = try longWaitCriteria(of: state, beside: assessment, in: situation)
    } else {
      guard let reason else {
        throw Refusal("text-missing", because: "No reason is given.", remedy: "Write why the re-check did not pass.")
      }
      try Refusal.requireText(reason, "reason")
    }
    let recheck = SignedRecheck(
      kind: kind, outcome: outcome, assessment: assessment, longWait: longWait, reason: reason)
    let signed = Fact(.way(participant, .recheckSigned(recheck: recheck)), signed: meaning)
    guard outcome == .leave else { return [signed] }
    let departure = Departure(
      reason: .discontinued, detail: reason ?? "", decidedBy: .investigator, lastContact: situation.happened.date)
    return [signed] + departure.facts(for: state, in: situation)
  }

  private var meaning: String {
    switch outcome {
    case .passed: "I have re-checked \(participant) before \(kind.rawValue): nothing stands in the way."
    case .deferred: "I defer the re-check of \(participant) before \(kind.rawValue); it is repeated."
    case .leave: "By the re-check before \(kind.rawValue) \(participant) leaves."
    }
  }

  /// Not of a time before the re-checks were questioned. What was signed on paper before is told late, and does not count.
  private func requireUnquestioned(_ state: ParticipantState, in situation: Situation) throws(Refusal) {
    guard situation.late == nil, let questioned = state.way.rechecksQuestioned, !situation.isStillToCome(questioned)
    else { return }
    try situation.requireNotBefore(questioned, "The question")
  }

  /// Every criterion of the re-check was asked today and passes, and every finding holds.
  private func requirePassed(_ assessment: AssessmentSummary?, in situation: Situation) throws(Refusal) {
    guard let plan = situation.plan.recheck[kind], let assessment, assessment.asOf == situation.happened.date else {
      throw Refusal(
        "no-assessment", because: "There is no assessment of \(situation.happened.date) for this re-check.",
        remedy: "Import the values of the re-check first.")
    }
    var open = assessment.criteria.filter { $0.outcome != .pass }.map { "\($0.id): \($0.outcome.rawValue)" }
    let asked = Set(assessment.criteria.map(\.id))
    open += plan.criteria.filter { !asked.contains($0) }.map { "\($0): not asked" }
    let findings = situation.pictures[participant]?.findings ?? [:]
    for id in plan.findings where findings[id]?.value != true {
      let value = findings[id]?.value == false ? "no" : "unknown"
      open.append("\(situation.plan.findings.first { $0.id == id }?.title ?? id): \(value)")
    }
    guard open.isEmpty else {
      throw Refusal(
        "recheck-not-passed", because: "The re-check does not pass: \(open.joined(separator: ", ")).",
        remedy: "Obtain what is missing and repeat it, defer it, or let the participant leave.")
    }
  }

  /// After too long a wait: the criteria that are assessed anew, each of which must pass.
  private func longWaitCriteria(
    of state: ParticipantState, beside assessment: AssessmentSummary?, in situation: Situation
  ) throws(Refusal) -> [AssessmentSummary.Criterion] {
    let way = situation.plan.way
    guard kind == .lymphodepletion, let collected = state.product.lastCollection,
      situation.happened.day - collected.day > way.longWaitDays
    else { return [] }
    let anew = situation.pictures[participant]?.longWait
    let asked = (assessment?.criteria ?? []) + (anew?.criteria ?? [])
    let criteria = way.longWaitCriteria.map { id in
      asked.first { $0.id == id } ?? AssessmentSummary.Criterion(id: id, outcome: .unknown)
    }
    let open = criteria.filter { $0.outcome != .pass }.map { "\($0.id): \($0.outcome.rawValue)" }
    guard open.isEmpty else {
      throw Refusal(
        "long-wait",
        because: "More than \(way.longWaitDays) days after leukapheresis: \(open.joined(separator: ", ")).",
        remedy: "These criteria are assessed anew with this re-check, and each must pass.")
    }
    return criteria
  }
}
