// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Records that a pregnancy of the participant or a partner became known.
public struct ReportPregnancy: TrialCommand {
  public static let name = "participant report-pregnancy"
  public static let abstract =
    "Record a pregnancy of the participant or a partner; before the infusion it closes the gates."
  public static let fields = [.whom, CommandField("of", "participant or partner")]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// Who expects the child.
  public let of: Expectant

  public init(participant: ParticipantID, of: Expectant) {
    self.participant = participant
    self.of = of
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.recordable(participant)
    guard !state.way.pregnancies.contains(of) else {
      throw Refusal(
        "already-reported", because: "A pregnancy of the \(of.rawValue) is reported.", remedy: "Record its end first.")
    }
    return [Fact(.way(participant, .pregnancyReported(of: of)))]
  }
}

/// Records the outcome of a pregnancy. As long as a gate may be passed it holds it closed: an investigator signs that it
/// does not any more.
public struct EndPregnancy: TrialCommand {
  public static let name = "participant end-pregnancy"
  public static let abstract = "Record the outcome of a pregnancy."
  public static let fields = [
    .whom, CommandField("of", "participant or partner"), CommandField("outcome", "the outcome"),
  ]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// Who expects the child.
  public let of: Expectant
  /// How it ended.
  public let outcome: String

  public init(participant: ParticipantID, of: Expectant, outcome: String) {
    self.participant = participant
    self.of = of
    self.outcome = outcome
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.recordable(participant)
    try Refusal.requireText(outcome, "outcome")
    guard state.way.pregnancies.contains(of) else {
      throw Refusal(
        "not-reported", because: "No pregnancy of the \(of.rawValue) is open.", remedy: "Report it first.")
    }
    let event = TrialEvent.way(participant, .pregnancyEnded(of: of, outcome: outcome))
    guard situation.mayPassGate(state) else { return [Fact(event)] }
    try situation.authorize(.judgeAndSign, sites: sites, participants: participants)
    return [
      Fact(event, signed: "I confirm that the pregnancy of the \(of.rawValue) (\(participant)) has ended: \(outcome)")
    ]
  }
}

extension Situation {
  /// Whether somebody may still pass a gate, by all that is recorded now: who is not infused, or was today, since further
  /// bags may follow. What stands against them is taken away by who may judge it.
  func mayPassGate(_ participant: ParticipantState) -> Bool {
    guard let begun = participant.product.infusion?.begun else { return true }
    return Moment(now, offsetMinutes: begun.offsetMinutes, zone: begun.zone).day <= begun.day
  }
}

/// Records that a participant lost the capacity to consent, or has it again.
public struct RecordCapacity: TrialCommand {
  public static let name = "participant capacity"
  public static let abstract = "Record that a participant lost the capacity to consent, or has it again."
  public static let fields = [
    .whom, CommandField("present", "true: the participant can consent; false: the capacity is lost"),
    CommandField("reason", "what it was lost by, neurotoxicity", optional: true),
  ]
  public static let permission = Permission.judgeAndSign

  /// Whom it is about.
  public let participant: ParticipantID
  /// Whether the participant can consent.
  public let present: Bool
  /// Why.
  public let reason: String?

  public init(participant: ParticipantID, present: Bool, reason: String? = nil) {
    self.participant = participant
    self.present = present
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.recordable(participant)
    guard state.way.lacksCapacity == present else {
      throw Refusal(
        "capacity-unchanged", because: "That is recorded already.", remedy: "Nothing has to change.")
    }
    if present { return [Fact(.way(participant, .capacityRegained))] }
    try Refusal.requireText(reason ?? "", "reason")
    return [Fact(.way(participant, .capacityLost(reason: reason ?? "")))]
  }
}

/// Records that a participant is looked after at another site from now on, under the same number.
public struct ChangeSite: TrialCommand {
  public static let name = "participant change-site"
  public static let abstract =
    "Record that another site looks after the participant; the number is kept, consent is given there."
  public static let fields = [.whom, CommandField("to", "the new site, 02")]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// The new site.
  public let to: SiteID

  public init(participant: ParticipantID, to: SiteID) {
    self.participant = participant
    self.to = to
  }

  // The new site is not among `sites`: the site that hands the participant over acts for itself alone.
  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.active(participant)
    guard situation.state.sites[to] != nil, state.way.site != to else {
      throw Refusal(
        "other-site-needed", because: "\(to) is not another site of the study.", remedy: "Look the site up in the list."
      )
    }
    return [Fact(.way(participant, .siteChanged(to: to)))]
  }
}
