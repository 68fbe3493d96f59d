// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
public import Ledger
import StudyDesign

/// The board reviews the study and decides how it goes on.
public struct ReviewAsBoard: TrialCommand, RestsOnDocuments {
  public static let name = "study review"
  public static let abstract = "Record the safety board's review: go on, go on with changes, hold or stop."
  public static let permission = Permission.liftAsBoard
  public static let fields = [
    CommandField("decision", "goOn, goOnWithChanges, hold or stop"),
    CommandField("changes", "the changes, where the study goes on with changes", optional: true),
    CommandField("report", "the digest of the report that the board read"), ballotField,
  ]

  /// How the study goes on.
  public var decision: BoardDecision
  /// The changes.
  public var changes: String?
  /// SHA-256 of the report that the board read.
  public var report: Digest
  /// How it voted.
  public var ballot: Ballot

  public init(decision: BoardDecision, changes: String? = nil, report: Digest, ballot: Ballot) {
    self.decision = decision
    self.changes = changes
    self.report = report
    self.ballot = ballot
  }

  /// The minutes.
  public var documents: [Digest] { [ballot.minutes] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.requireCounts(ballot)
    let study = situation.state.study
    guard (changes != nil) == (decision == .goOnWithChanges) else {
      throw Refusal(
        "changes-unclear", because: "Changes belong to a decision to go on with changes, and to no other.",
        remedy: "Name the changes, or leave them out.")
    }
    var words: String?
    if let changes { words = try required(changes, "the changes") }
    let through = study.lastDaysOfWindow(
      onDay: situation.happened.day, in: situation.state, plan: situation.plan.safety
    ).count
    var facts = [
      ballot.signed(
        .boardReviewed(decision: decision, changes: words, through: through, report: report, ballot: ballot))
    ]
    guard decision == .hold || decision == .stop else { return facts }
    if !study.holdsInForce.contains(where: { $0.hold.kind == .safety && $0.hold.isTotal && $0.liftDecided == nil }) {
      let hold = Hold(
        number: study.holdsSet + 1, kind: .safety, activities: Activity.allCases, site: nil, cohort: nil,
        reason: "The safety board decided to \(decision == .hold ? "hold" : "stop") the study.",
        setBy: situation.actor, rule: nil)
      facts.append(Fact(.study(.holdSet(hold: hold))))
    }
    if decision == .stop, study.open.contains(.study) { facts.append(Fact(.study(.closed(scope: .study)))) }
    return facts
  }
}

/// The board's decision that a safety hold may fall.
public struct DecideLift: TrialCommand, RestsOnDocuments {
  public static let name = "study decide-lift"
  public static let abstract = "Record the safety board's decision that a safety hold may fall."
  public static let permission = Permission.liftAsBoard
  public static let fields = [CommandField("hold", "the number of the hold"), ballotField]

  /// Its number.
  public var hold: Int
  /// How the board voted.
  public var ballot: Ballot

  public init(hold: Int, ballot: Ballot) {
    self.hold = hold
    self.ballot = ballot
  }

  /// The minutes.
  public var documents: [Digest] { [ballot.minutes] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.requireCounts(ballot)
    let found = try situation.state.study.holdInForce(hold)
    guard found.hold.kind == .safety else {
      throw Refusal(
        "operational-hold", because: "Hold \(hold) is an operational hold.", remedy: "The role that set it lifts it.")
    }
    guard found.liftDecided == nil else {
      throw Refusal(
        "lift-decided", because: "The board has decided that hold \(hold) may fall.",
        remedy: "The safety officer accepts it.")
    }
    try situation.requireNotBefore(found.since, "Hold \(hold)")
    return [ballot.signed(.holdLiftDecided(hold: hold, ballot: ballot))]
  }
}

/// The board's decision on somebody who was lymphodepleted when a hold fell or a DLT question opened.
public struct DecideOnParticipant: TrialCommand, RestsOnDocuments {
  public static let name = "study decide-participant"
  public static let abstract = "Record the safety board's decision whether somebody already lymphodepleted goes on."
  public static let permission = Permission.liftAsBoard
  public static let fields = [
    CommandField("participant", "the participant, such as 03-0007"), CommandField("goesOn", "true or false"),
    ballotField,
  ]

  /// On whom.
  public var participant: ParticipantID
  /// Whether the infusion may follow.
  public var goesOn: Bool
  /// How the board voted.
  public var ballot: Ballot

  public init(participant: ParticipantID, goesOn: Bool, ballot: Ballot) {
    self.participant = participant
    self.goesOn = goesOn
    self.ballot = ballot
  }

  public var participants: Set<ParticipantID> { [participant] }

  /// The minutes.
  public var documents: [Digest] { [ballot.minutes] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.requireCounts(ballot)
    _ = try situation.participant(participant)
    guard
      let urgent = situation.state.urgentDecision(
        on: participant, at: situation.happened, plan: situation.plan.safety)
    else {
      throw Refusal(
        "nothing-to-decide",
        because: "\(participant) was not lymphodepleted before a hold fell or a DLT question opened, or none stands.",
        remedy: "The board's word on a participant stands for nothing else.")
    }
    try situation.requireNotBefore(urgent.last, "The last of what stands against the infusion")
    return [
      ballot.signed(.boardDecidedOnParticipant(participant: participant, goesOn: goesOn, ballot: ballot))
    ]
  }
}

/// The board's decision on a DLT question on which principal investigator and safety officer differ.
public struct DecideDLTQuestion: TrialCommand, RestsOnDocuments {
  public static let name = "study decide-dlt"
  public static let abstract = "Record the safety board's decision on a DLT question that is disputed."
  public static let permission = Permission.liftAsBoard
  public static let fields = [
    CommandField("question", "the number of the question"),
    CommandField(
      "basis",
      "meetsDefinition (dose-limiting), or why not: belowThreshold, unrelated, outsideWindow, expectedOnTarget"),
    CommandField("lastedDays", "days that a cytopenia lasted", optional: true), ballotField,
  ]

  /// Its number.
  public var question: Int
  /// Why it was dose-limiting or not.
  public var basis: DLTBasis
  /// Days that a cytopenia lasted; nil if that is not known.
  public var lastedDays: Int?
  /// How the board voted.
  public var ballot: Ballot

  public init(question: Int, basis: DLTBasis, lastedDays: Int? = nil, ballot: Ballot) {
    self.question = question
    self.basis = basis
    self.lastedDays = lastedDays
    self.ballot = ballot
  }

  /// The minutes.
  public var documents: [Digest] { [ballot.minutes] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try situation.requireCounts(ballot)
    let found = try situation.state.study.openQuestion(question)
    guard case .disputed(let since) = found.stage else {
      throw Refusal(
        "not-disputed", because: "Principal investigator and safety officer do not differ on DLT question \(question).",
        remedy: "The board decides only where they do.")
    }
    try situation.requireNotBefore(since, "The safety officer's answer")
    let answer = DLTAnswer(basis: basis, lastedDays: lastedDays)
    try situation.requireFit(of: answer, to: found)
    return [ballot.signed(.dltDecided(question: question, answer: answer, ballot: ballot))]
  }
}

private let ballotField = CommandField(
  "ballot", "who of those present voted how, what each declared of interests, and the digest of the minutes")

extension Ballot {
  /// The board's decision as a fact that everybody present signs.
  fileprivate func signed(_ event: StudyEvent) -> Fact {
    Fact(
      .study(event), signed: "I was present, declared my interests and voted as this decision says.", signedByAll: true)
  }
}

extension Situation {
  /// Refuses a vote that does not count: of a board that is not complete, without quorum, of people who are not here to
  /// sign, without their declarations, or without a majority.
  fileprivate func requireCounts(_ ballot: Ballot) throws(Refusal) {
    let members = state.study.boardMembers
    let here = [actor] + together
    let voting = ballot.inFavor + ballot.against + ballot.abstained
    guard members.count >= plan.safety.boardMembers,
      members.values.count(where: { $0 }) >= plan.safety.boardStatisticians
    else {
      throw Refusal(
        "board-not-complete",
        because: "The board has \(members.count) members; it takes "
          + "\(plan.safety.boardMembers), \(plan.safety.boardStatisticians) of them statisticians.",
        remedy: "The sponsor appoints members.")
    }
    guard Set(voting).count == voting.count, voting.sorted() == here.map(\.account).sorted() else {
      throw Refusal(
        "votes-unclear", because: "The votes are not those of the people who are here to sign, one each.",
        remedy: "Name everybody present once, and have each of them sign.")
    }
    for acting in here {
      guard members[acting.account] != nil, acting.role == .safetyBoard else {
        throw Refusal(
          "not-a-member", because: "\(acting.account) does not act as a member of the safety board.",
          remedy: "Only members vote.")
      }
      try authorize(acting, for: .liftAsBoard)
    }
    guard ballot.interests.map(\.account).sorted() == voting.sorted() else {
      throw Refusal(
        "interests-missing", because: "Not everybody present has declared their interests, once each.",
        remedy: "Have each member declare them; 'none' is an answer.")
    }
    guard voting.count * plan.safety.boardQuorumOf >= members.count * plan.safety.boardQuorum else {
      throw Refusal(
        "no-quorum",
        because: "\(voting.count) of \(members.count) members are present; it takes \(plan.safety.boardQuorum) of "
          + "every \(plan.safety.boardQuorumOf).",
        remedy: "Meet again with more members.")
    }
    guard ballot.isCarried else {
      throw Refusal(
        "no-majority", because: "\(ballot.inFavor.count) of \(voting.count) members present are in favor.",
        remedy: "Record what the majority decided.")
    }
  }
}
