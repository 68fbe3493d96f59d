// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Corrects when a dose of lymphodepletion was given, or takes back the last one where it was not given.
public struct CorrectDose: TrialCommand {
  public static let name = "participant correct-dose"
  public static let abstract =
    "Correct when a dose of lymphodepletion was given, or take back the last one if it was not given."
  public static let fields = [
    .whom, CommandField("dose", "the dose of the present round, 1 for the first"), .inError,
    CommandField("given", "when it was given, 2026-03-17T09:30 by the clocks of your site", optional: true),
    .whyCorrected,
  ]
  public static let permission = Permission.bedsideAndInfusion

  /// Whom it is about.
  public let participant: ParticipantID
  /// Its number in the round that counts.
  public let dose: Int
  /// Whether it was not given.
  public let inError: Bool?
  /// When it was given.
  public let given: Moment?
  /// Why what is recorded is wrong.
  public let reason: String

  public init(participant: ParticipantID, dose: Int, inError: Bool? = nil, given: Moment? = nil, reason: String) {
    self.participant = participant
    self.dose = dose
    self.inError = inError
    self.given = given
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    let doses = state.way.lymphodepletionDoses
    guard dose >= 1, dose <= doses.count else {
      throw Refusal(
        "no-such-dose", because: "Dose \(dose) of lymphodepletion is not recorded for \(participant).",
        remedy: "In the present round there are \(doses.count).")
    }
    // Further doses are given on an investigator's word; so they are corrected.
    if dose > 1 { try situation.authorize(.judgeAndSign, sites: [], participants: participants) }
    let was = DoseEntry(round: state.way.lymphodepletionRounds, number: dose, given: doses[dose - 1])
    try Refusal.requireAlone(inError, isCorrected: given != nil)
    var corrected: CorrectedDose?
    if inError == true {
      try requireRetractable(doses)
    } else {
      corrected = try self.corrected(was, doses, state, situation)
    }
    let event = WayEvent.corrected(correction: .dose(was: was, corrected: corrected), reason: reason)
    let fact = Fact(
      .way(participant, event),
      signed: dose > 1 ? "I correct dose \(dose) of lymphodepletion of \(participant): \(reason)" : nil)
    return [fact] + (try consequences(was, corrected, state, after: event, situation))
  }

  /// The first dose is what its gate was passed for, and doses go back one by one.
  private func requireRetractable(_ doses: [Moment]) throws(Refusal) {
    guard dose > 1 else {
      throw Refusal(
        "gate-was-passed",
        because: "With the first dose the gate of lymphodepletion was passed; that is not taken back.",
        remedy: "Open a deviation that says so; an investigator signs lymphodepletion as ended.")
    }
    guard dose == doses.count else {
      throw Refusal(
        "not-the-last-dose", because: "Dose \(dose) is not the last: \(doses.count) are recorded.",
        remedy: "Take back dose \(doses.count) first, or correct when it was given.")
    }
  }

  private func corrected(
    _ was: DoseEntry, _ doses: [Moment], _ state: ParticipantState, _ situation: Situation
  ) throws(Refusal) -> CorrectedDose {
    guard let given, given != was.given else { throw .nothingCorrected }
    try situation.requirePast(given)
    let others = doses.prefix(dose - 1).suffix(1) + (dose == 1 ? state.lastDose(before: was.round) : [])
    let isAfter = others.allSatisfy { $0.day < given.day } && state.way.enrolled.map { $0 <= given } ?? true
    let isBefore =
      doses.dropFirst(dose).prefix(1).allSatisfy { given.day < $0.day }
      && state.product.infusion.map { given < $0.begun } ?? true
    guard isAfter, isBefore, state.way.died.map({ given <= $0 }) ?? true else {
      throw Refusal(
        "out-of-order",
        because: "Dose \(dose) of \(participant) cannot have been given at \(given), by what else is recorded.",
        remedy: "Check the time; the doses are given on consecutive days, after enrollment and before the infusion.")
    }
    let after = situation.plan.way.infusionAfterLastDose
    return CorrectedDose(given: given, infusable: (given.day + after.lowerBound)...(given.day + after.upperBound))
  }

  /// A first dose that was not given when its gate was open was given outside it; an infusion that lymphodepletion does not
  /// bear was begun outside its own.
  private func consequences(
    _ was: DoseEntry, _ corrected: CorrectedDose?, _ state: ParticipantState, after event: WayEvent,
    _ situation: Situation
  ) throws(Refusal) -> [Fact] {
    var facts: [Fact] = []
    if let corrected, let why = state.gatePassed(by: was)?.objection(to: corrected.given, passed: was.given) {
      facts += try situation.foundOutsideGate(.lymphodepletionDose, of: participant, why: why, reason)
    }
    let way = situation.asOf(situation.happened, after: [.way(participant, event)]).state.participants[participant]?.way
    guard let infusion = state.product.infusion, !infusion.outsideGate, let way else { return facts }
    let plan = situation.plan.way
    guard state.way.bears(infusion, plan), !way.bears(infusion, plan) else { return facts }
    let why = "lymphodepletion was not complete, or the infusion began outside the days that follow its last dose"
    let act = OutsideGateAct.infusion(bag: state.firstBag(of: infusion))
    return facts + (try situation.foundOutsideGate(act, of: participant, why: why, reason))
  }
}

extension ParticipantState {
  /// The last dose of the rounds before one.
  fileprivate func lastDose(before round: Int) -> [Moment] {
    entries.all.compactMap { entry -> Moment? in
      guard case .lymphodepletionGiven(let dose) = entry.way, dose.round < round else { return nil }
      return entry.happened
    }.suffix(1)
  }

  /// What the gate of lymphodepletion saw when a dose passed it; nil for a dose behind no gate, or outside it.
  fileprivate func gatePassed(by dose: DoseEntry) -> [GateLine]? {
    for case .lymphodepletionGiven(let given) in entries.all.reversed().compactMap(\.way)
    where given.round == dose.round && given.number == dose.number {
      return given.outsideGate || given.gate.isEmpty ? nil : given.gate
    }
    return nil
  }
}

extension WayState {
  /// Whether an infusion began when lymphodepletion let it.
  func bears(_ infusion: InfusionCourse, _ plan: WayPlan) -> Bool {
    isLymphodepleted(plan) && infusable?.contains(infusion.begun.day) ?? false
  }
}
