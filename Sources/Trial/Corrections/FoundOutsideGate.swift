import ClinicalValues
import Ledger
import StudyDesign

extension [GateLine] {
  /// Why an act that passed a gate at one moment, and took place at another, was not behind it; nil where it was.
  ///
  /// What the gate saw says how long each line stayed true. An act may be recorded five minutes after it was done, as
  /// everything behind a gate; earlier than that the gate had not been asked.
  func objection(to done: Moment, passed: Moment) -> String? {
    if done.instant < passed.instant.adding(minutes: -5) { return "the gate was asked at \(passed) only" }
    let over = filter { line in line.until.map { $0 < done.instant } ?? false }
    guard !over.isEmpty else { return nil }
    return over.map { "no longer true: \($0.title)" }.joined(separator: "; ")
  }
}

extension Situation {
  /// What follows where a correction shows that a gated act was done without its gate: what follows as if it had been
  /// recorded so at once. Two people say so, the principal investigator signs, and nothing takes it back.
  func foundOutsideGate(
    _ act: OutsideGateAct, of participant: ParticipantID, why: String, _ reason: String
  ) throws(Refusal) -> [Fact] {
    do throws(Refusal) { try requireTwoPeople(.recordData, for: participant) } catch {
      guard error.id == "two-people" else { throw error }
      throw Refusal(
        "two-people", because: "By this it was done outside the gate (\(why)), which two people record together.",
        remedy: error.remedy)
    }
    let circumstances = "Found by a correction: \(why). \(reason)"
    let recorded = ProductEvent.outsideGateRecorded(act: act, circumstances: circumstances, lines: [])
    let facts = [
      Fact(
        .product(participant, recorded),
        signed: "We record that this happened outside the gate: \(act.words), \(participant).", signedByAll: true),
      deviation(
        .outsideGate, "Outside the gate: \(act.words). \(circumstances)", of: participant, severity: .critical),
    ]
    switch act {
    case .infusion, .resumption:
      return facts + [
        state.study.hold(by: .infusionOutsideGate), clock(ReportClock.outsideGate, of: participant),
      ]
    case .leukapheresis, .lymphodepletionDose, .thaw: return facts
    }
  }
}

extension ParticipantState {
  /// The bag with which an infusion began.
  func firstBag(of infusion: InfusionCourse) -> BagNumber {
    for case .infusionStarted(let bag, _, _) in entries.all.compactMap(\.product) { return bag }
    return infusion.bag ?? BagNumber(lot: infusion.lot, bag: 1)
  }
}
