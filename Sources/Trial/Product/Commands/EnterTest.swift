// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import StudyDesign

/// Enters the result of a release test.
public struct EnterTest: TrialCommand {
  public static let name = "product test"
  public static let abstract = "Enter the interim or final result of a release test."
  public static let permission = Permission.enterReleaseTests
  public static let fields =
    testFields + [
      CommandField("interim", "whether the final result is still to come: true or false", optional: true)
    ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The lot that was tested.
  public var lot: LotNumber
  /// The test's id in the plan.
  public var test: String
  /// A number in the test's unit, `negative`, `positive`, `conforms` or `does not conform`.
  public var result: String
  /// Whether the final result is still to come.
  public var interim: Bool?

  public init(participant: ParticipantID, lot: LotNumber, test: String, result: String, interim: Bool? = nil) {
    self.participant = participant
    self.lot = lot
    self.test = test
    self.result = result
    self.interim = interim
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let (state, run, plan) = try situation.test(test, of: lot, participant)
    let entry = TestEntry(try plan.result(result), interim: interim ?? false)
    if entry.interim, !plan.interim {
      throw Refusal("no-interim", because: "\(plan.title) has no interim result.", remedy: "Enter the final one.")
    }
    if let former = run.tests[test], !former.interim || entry.interim {
      throw Refusal(
        "result-entered", because: "\(plan.title) has the result \(former.result).",
        remedy: "Correct it, with the reason: ‘\(CorrectTest.name)’.")
    }
    let entered = Fact(.product(participant, .testEntered(lot: lot, test: test, entry: entry)))
    return [entered] + situation.afterRelease(entry, plan, run, state)
  }
}

/// Corrects the result of a release test.
public struct CorrectTest: TrialCommand {
  public static let name = "product test correct"
  public static let abstract = "Correct the result of a release test, with the reason."
  public static let permission = Permission.enterReleaseTests
  public static let fields = testFields + [CommandField("reason", "why")]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The lot that was tested.
  public var lot: LotNumber
  /// The test's id in the plan.
  public var test: String
  /// The right result.
  public var result: String
  /// Why it is corrected.
  public var reason: String

  public init(participant: ParticipantID, lot: LotNumber, test: String, result: String, reason: String) {
    self.participant = participant
    self.lot = lot
    self.test = test
    self.result = result
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let (state, run, plan) = try situation.test(test, of: lot, participant)
    guard let former = run.tests[test] else {
      throw Refusal("no-result", because: "\(plan.title) has no result.", remedy: "Enter it: ‘\(EnterTest.name)’.")
    }
    try requireTexts(["reason": reason])
    let entry = TestEntry(try plan.result(result), interim: former.interim)
    let corrected = Fact(.product(participant, .testCorrected(lot: lot, test: test, entry: entry, reason: reason)))
    return [corrected] + situation.afterRelease(entry, plan, run, state)
  }
}

private let testFields = [
  CommandField("participant", "whose cells these are, such as 03-0007"),
  CommandField("lot", "the lot, such as 03-0007-L1-X"),
  CommandField("test", "the test's id in the protocol, such as viability"),
  CommandField("result", "a number in the test's unit, negative, positive, conforms or does not conform"),
]

extension Situation {
  fileprivate func test(
    _ id: String, of lot: LotNumber, _ participant: ParticipantID
  ) throws(Refusal) -> (ParticipantState, LotState, ReleaseTestPlan) {
    let state = try self.participant(participant)
    guard let run = state.product[lot], run.from != nil else {
      throw Refusal("not-manufactured", because: "\(lot) has not been begun.", remedy: "Check the lot's number.")
    }
    guard let test = plan.product.tests.first(where: { $0.id == id }) else {
      throw Refusal(
        "unknown-test", because: "The protocol has no release test ‘\(id.prefix(40))’.",
        remedy: "It has: \(plan.product.tests.map(\.id).joined(separator: ", ")).")
    }
    return (state, run, test)
  }

  /// What follows from a result that comes after the release and is outside the limits.
  fileprivate func afterRelease(
    _ entry: TestEntry, _ test: ReleaseTestPlan, _ lot: LotState, _ state: ParticipantState
  ) -> [Fact] {
    guard lot.release != nil, test.isWithinLimits(entry.result) == false else { return [] }
    let infused = state.product.infusion?.lot == lot.number
    let what = "\(test.title) of lot \(lot.number), released, is \(entry.result)."
    var facts = [
      Fact(
        .product(
          state.id,
          .quarantined(Quarantine(.testResult, of: .lot(lot.number), step: StepID.tested, involved: everybody)))),
      deviation(.release, what, of: state.id, severity: .critical),
    ]
    if test.kind == .negative {
      facts.append(Fact(.product(state.id, .growthFound(lot: lot.number, test: test.id, afterInfusion: infused))))
    }
    // What no exceptional release lets pass is a wrong or contaminated product.
    if infused, test.kind == .negative {
      facts.append(clock(ReportClock.growth, of: state.id))
    } else if infused, !test.exceptional {
      facts.append(clock(ReportClock.siteToSponsor, of: state.id))
    }
    return facts
  }
}
