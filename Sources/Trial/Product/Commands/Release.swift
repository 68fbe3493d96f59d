// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Releases a lot: quality assurance, never by who entered one of its results.
public struct ReleaseLot: TrialCommand {
  public static let name = "product release"
  public static let abstract = "Release a lot on its results."
  public static let permission = Permission.releaseProduct
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("lot", "the lot, such as 03-0007-L1-X"),
    CommandField(
      "beforeFinalResult", "true to release on a negative interim result, the final one to follow", optional: true),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The lot that is released.
  public var lot: LotNumber
  /// Whether to release on a negative interim result, the final one to follow.
  public var beforeFinalResult: Bool?

  public init(participant: ParticipantID, lot: LotNumber, beforeFinalResult: Bool? = nil) {
    self.participant = participant
    self.lot = lot
    self.beforeFinalResult = beforeFinalResult
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let run = try situation.releasable(lot, of: participant)
    let lines = run.testLines(situation.plan.product)
    let missing = lines.filter { $0.withinLimits == nil }
    guard missing.isEmpty else {
      throw Refusal(
        "results-missing",
        because: "Results are missing: \(missing.map(\.title).joined(separator: ", ")).",
        remedy: "The cell laboratory enters them first.")
    }
    let outside = lines.filter { $0.withinLimits == false }
    guard outside.isEmpty else {
      throw Refusal(
        "outside-limits",
        because: "Outside limits: "
          + outside.map { "\($0.title) (\($0.entry?.result.description ?? ""))" }.joined(separator: ", ") + ".",
        remedy: "Reject the lot, or propose an exceptional release where the protocol has one for these tests.")
    }
    let interim = lines.filter { $0.entry?.interim == true }
    guard !interim.isEmpty else {
      return [
        Fact(
          .product(participant, .lotReleased(lot: lot, release: .normal, results: lines)),
          signed: "I release lot \(lot) for infusion: every result is within limits.")
      ]
    }
    try requireEarly(interim, run, situation)
    let titles = interim.map(\.title).joined(separator: ", ")
    return [
      Fact(
        .product(participant, .lotReleased(lot: lot, release: .beforeFinalResult, results: lines)),
        signed: "I release lot \(lot) for infusion before the final result of \(titles); every other result is within "
          + "limits.")
    ]
  }

  /// Refuses an early release that was not asked for, or without what the plan asks besides the interim result.
  private func requireEarly(_ interim: [TestLine], _ run: LotState, _ situation: Situation) throws(Refusal) {
    let plans = situation.plan.product.tests
    for line in interim {
      guard let test = plans.first(where: { $0.id == line.test }) else { continue }
      let needed = test.interimNeeds.filter { id in
        guard let entry = run.tests[id], let other = plans.first(where: { $0.id == id }) else { return true }
        return entry.interim || other.isWithinLimits(entry.result) != true
      }
      guard test.interim, !test.interimNeeds.isEmpty, needed.isEmpty else {
        throw Refusal(
          "results-missing",
          because: "\(test.title) has an interim result only, and not within limits beside it: "
            + "\(test.interimNeeds.isEmpty ? "a rapid test" : needed.joined(separator: ", ")).",
          remedy: "Wait for the final result, or enter what is missing.")
      }
    }
    guard beforeFinalResult == true else {
      throw Refusal(
        "final-result-missing",
        because: "Only interim: \(interim.map(\.title).joined(separator: ", ")).",
        remedy: "Wait for the final result, or say that you release before it.")
    }
  }
}

/// Rejects a lot.
public struct RejectLot: TrialCommand {
  public static let name = "product reject"
  public static let abstract = "Reject a lot."
  public static let permission = Permission.releaseProduct
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("lot", "the lot, such as 03-0007-L1-X"), CommandField("reason", "why"),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The lot that is rejected.
  public var lot: LotNumber
  /// Why.
  public var reason: String

  public init(participant: ParticipantID, lot: LotNumber, reason: String) {
    self.participant = participant
    self.lot = lot
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let run = try situation.started(lot, of: participant)
    guard run.outcome == nil else {
      throw Refusal("ended", because: "\(lot) was rejected or lost.", remedy: "Its page shows when and why.")
    }
    try situation.requireNotTester(of: run)
    try requireTexts(["reason": reason])
    return [
      Fact(.product(participant, .lotRejected(lot: lot, reason: reason)), signed: "I reject lot \(lot): \(reason)")
    ]
  }
}

extension Situation {
  /// A lot that was begun.
  func started(_ lot: LotNumber, of participant: ParticipantID) throws(Refusal) -> LotState {
    guard let run = try self.participant(participant).product[lot], run.from != nil else {
      throw Refusal("not-manufactured", because: "\(lot) has not been begun.", remedy: "Check the lot's number.")
    }
    return run
  }

  /// Refuses who entered one of a lot's results: nobody releases what they entered.
  func requireNotTester(of run: LotState) throws(Refusal) {
    guard !run.testers.contains(actor.account) else {
      throw Refusal(
        "own-results", because: "You entered results of \(run.number).",
        remedy: "Somebody of quality assurance who entered none of them decides.")
    }
  }

  /// A lot that quality assurance may decide to release; its results are not looked at yet.
  func releasable(_ lot: LotNumber, of participant: ParticipantID) throws(Refusal) -> LotState {
    let product = try self.participant(participant).product
    let run = try started(lot, of: participant)
    guard run.release == nil, !run.hasFailed(onDay: happened.day) else {
      throw Refusal(
        "not-to-be-released", because: "\(lot) is released, rejected, lost or past its last day.",
        remedy: "Its page shows when and why.")
    }
    try requireNotTester(of: run)
    try requireNotWithdrawn(.lot(lot))
    try requireNoQuarantine(over: .lot(lot), in: product)
    let bags = run.bags.filter { $0.isFilled && $0.end == nil }
    for bag in bags { try requireNoQuarantine(over: .bag(bag.number), in: product) }
    guard !bags.isEmpty else {
      throw Refusal("not-filled", because: "No bag of \(lot) is filled.", remedy: "Record the filling first.")
    }
    let step = try stepPlan(StepID.released)
    for bag in bags { try requireOrder(of: step, for: .bag(bag.number), in: product) }
    return run
  }
}
