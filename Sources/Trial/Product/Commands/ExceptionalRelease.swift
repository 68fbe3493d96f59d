// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Quality assurance proposes to release a lot outside limits that the plan lets pass, and signs it first.
public struct ProposeExceptionalRelease: TrialCommand {
  public static let name = "product exceptional propose"
  public static let abstract =
    "Propose to release a lot outside limits; PI and safety officer sign, the participant consents."
  public static let permission = Permission.releaseProduct
  public static let fields = [
    CommandField("participant", "whose cells these are, such as 03-0007"),
    CommandField("lot", "the lot, such as 03-0007-L1-X"),
    CommandField("committeeTold", "the day on which the ethics committee was told, 2026-03-01"),
    CommandField("authorityTold", "the day on which the authority was told, where that is required", optional: true),
    CommandField("reason", "why the lot is needed in spite of it"),
  ]

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The lot outside limits.
  public var lot: LotNumber
  /// The day on which the ethics committee was told.
  public var committeeTold: CalendarDate
  /// The day on which the authority was told, where that is required.
  public var authorityTold: CalendarDate?
  /// Why it is to be released all the same.
  public var reason: String

  public init(
    participant: ParticipantID, lot: LotNumber, committeeTold: CalendarDate, authorityTold: CalendarDate? = nil,
    reason: String
  ) {
    self.participant = participant
    self.lot = lot
    self.committeeTold = committeeTold
    self.authorityTold = authorityTold
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let run = try situation.releasable(lot, of: participant)
    let (lines, outside) = try situation.exceptional(run)
    try requireTexts(["reason": reason])
    let today = situation.happened.day
    guard [committeeTold, authorityTold].compactMap(\.self).allSatisfy({ $0.daysSinceEpoch <= today }) else {
      throw Refusal(
        "told-later", because: "The committee and the authority are told before, not after.",
        remedy: "Give the days on which they were told.")
    }
    let titles = outside.map(\.title).joined(separator: ", ")
    return [
      Fact(
        .product(
          participant,
          .exceptionalReleaseProposed(
            lot: lot, tests: outside.map(\.test), results: lines, committeeTold: committeeTold,
            authorityTold: authorityTold, reason: reason)),
        signed: "I approve the exceptional release of lot \(lot), outside limits in: \(titles).")
    ]
  }
}

/// Records the participant's own consent to a lot outside limits.
public struct ConsentToException: TrialCommand {
  public static let name = "product exceptional consent"
  public static let abstract = "Record the participant's own consent to receive a lot outside limits."
  public static let permission = Permission.judgeAndSign
  public static let fields = exceptionalFields

  /// Who consents.
  public var participant: ParticipantID
  /// The lot outside limits, and no other.
  public var lot: LotNumber

  public init(participant: ParticipantID, lot: LotNumber) {
    self.participant = participant
    self.lot = lot
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let run = try situation.proposed(lot, of: participant)
    if try situation.participant(participant).way.lacksCapacity {
      throw Refusal(
        "lacks-capacity", because: "\(participant) has lost the capacity to consent.",
        remedy: "It waits until the capacity has come back.")
    }
    guard run.exceptional?.consented == false else {
      throw Refusal("consented", because: "The participant has consented to \(lot).", remedy: "Nothing is left to do.")
    }
    let given = Fact(
      .product(participant, .exceptionalConsentGiven(lot: lot, on: situation.happened)),
      signed: "I have obtained the participant's consent to receive lot \(lot) outside its limits.")
    return [given] + (try situation.completed(run, of: participant, signedNow: nil, consentedNow: true))
  }
}

/// The principal investigator signs an exceptional release.
public struct SignExceptionAsInvestigator: TrialCommand {
  public static let name = "product exceptional sign-investigator"
  public static let abstract = "Sign an exceptional release as principal investigator."
  public static let permission = Permission.signAsPrincipalInvestigator
  public static let fields = exceptionalFields

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The lot whose exceptional release is proposed.
  public var lot: LotNumber

  public init(participant: ParticipantID, lot: LotNumber) {
    self.participant = participant
    self.lot = lot
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.signException(of: lot, participant, as: .principalInvestigator)
  }
}

/// The safety officer signs an exceptional release.
public struct SignExceptionAsSafetyOfficer: TrialCommand {
  public static let name = "product exceptional sign-safety"
  public static let abstract = "Sign an exceptional release as safety officer."
  public static let permission = Permission.judgeExpectedness
  public static let fields = exceptionalFields

  /// Whose cells these are.
  public var participant: ParticipantID
  /// The lot whose exceptional release is proposed.
  public var lot: LotNumber

  public init(participant: ParticipantID, lot: LotNumber) {
    self.participant = participant
    self.lot = lot
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.signException(of: lot, participant, as: .safetyOfficer)
  }
}

private let exceptionalFields = [
  CommandField("participant", "whose cells these are, such as 03-0007"),
  CommandField("lot", "the lot, such as 03-0007-L1-X"),
]

extension Situation {
  /// The results of a lot, and those outside limits that an exceptional release may pass over; refuses any other lot.
  fileprivate func exceptional(_ run: LotState) throws(Refusal) -> ([TestLine], [TestLine]) {
    let lines = run.testLines(plan.product)
    let missing = lines.filter { $0.withinLimits == nil || $0.entry?.interim == true }
    guard missing.isEmpty else {
      throw Refusal(
        "results-missing", because: "Final results are missing: \(missing.map(\.title).joined(separator: ", ")).",
        remedy: "An exceptional release waits for every final result.")
    }
    let outside = lines.filter { $0.withinLimits == false }
    guard !outside.isEmpty else {
      throw Refusal("within-limits", because: "Every result is within limits.", remedy: "Release the lot.")
    }
    let allowed = Set(plan.product.tests.filter(\.exceptional).map(\.id))
    let never = outside.filter { !allowed.contains($0.test) }
    guard never.isEmpty else {
      throw Refusal(
        "never-exceptional",
        because: "No lot is released outside limits in: \(never.map(\.title).joined(separator: ", ")).",
        remedy: "Reject the lot.")
    }
    return (lines, outside)
  }

  /// A lot whose exceptional release is proposed.
  fileprivate func proposed(_ lot: LotNumber, of participant: ParticipantID) throws(Refusal) -> LotState {
    let run = try started(lot, of: participant)
    guard run.exceptional != nil else {
      throw Refusal(
        "not-proposed", because: "No exceptional release of \(lot) is proposed.",
        remedy: "Quality assurance proposes it; a result that changes afterwards takes it back.")
    }
    return run
  }

  fileprivate func signException(
    of lot: LotNumber, _ participant: ParticipantID, as role: Role
  ) throws(Refusal) -> [Fact] {
    let run = try proposed(lot, of: participant)
    let signed = run.exceptional?.signed ?? [:]
    guard signed[role] == nil else {
      throw Refusal("signed", because: "That was signed for \(lot).", remedy: "Nothing is left to do.")
    }
    guard !signed.values.contains(actor.account) else {
      throw Refusal(
        "signs-twice", because: "You have signed it in another role.", remedy: "Each signature is of another person.")
    }
    let fact = Fact(
      .product(participant, .exceptionalReleaseSigned(lot: lot, role: role)),
      signed: "I approve the exceptional release of lot \(lot), outside limits in: "
        + "\((run.exceptional?.tests ?? []).joined(separator: ", ")).")
    return [fact] + (try completed(run, of: participant, signedNow: role, consentedNow: false))
  }

  /// The release, if this signature or consent was the last that was missing.
  fileprivate func completed(
    _ run: LotState, of participant: ParticipantID, signedNow: Role?, consentedNow: Bool
  ) throws(Refusal) -> [Fact] {
    guard let exceptional = run.exceptional, exceptional.consented || consentedNow else { return [] }
    let signed = Set(exceptional.signed.keys).union([signedNow].compactMap(\.self))
    guard signed.isSuperset(of: [.qualityAssurance, .principalInvestigator, .safetyOfficer]) else { return [] }
    _ = try releasable(run.number, of: participant)
    let (lines, _) = try self.exceptional(run)
    return [Fact(.product(participant, .lotReleased(lot: run.number, release: .exceptional, results: lines)))]
  }
}
