// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues

/// Corrects when or to whom a report was handed in, or takes back one that was not; then its clock runs again.
public struct CorrectReport: TrialCommand {
  public static let name = "participant report correct"
  public static let abstract =
    "Correct when or to whom a report was handed in, or take back one that was not: its clock runs again."
  public static let permission = Permission.answerQueries
  public static let fields = [
    CommandField("participant", "whom it concerns; left out for one of the whole study", optional: true),
    CommandField("clock", "the clock's number"), .inError,
    CommandField("submitted", "when it was handed in, 2026-03-17T09:30 by the clocks of your site", optional: true),
    CommandField("to", "to whom it was handed in", optional: true), .whyCorrected,
  ]

  /// Whom it concerns; nil for the whole study.
  public var participant: ParticipantID?
  /// The clock's number.
  public var clock: Int
  /// Whether it was not handed in.
  public var inError: Bool?
  /// When it was handed in; nil where that is right.
  public var submitted: Moment?
  /// To whom; nil where that is right.
  public var to: String?
  /// Why what is recorded is wrong.
  public var reason: String

  public init(
    participant: ParticipantID? = nil, clock: Int, inError: Bool? = nil, submitted: Moment? = nil, to: String? = nil,
    reason: String
  ) {
    self.participant = participant
    self.clock = clock
    self.inError = inError
    self.submitted = submitted
    self.to = to
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { Set([participant].compactMap(\.self)) }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    try Refusal.requireText(reason, "reason")
    let record = try situation.record(of: participant)
    guard let state = record.clocks.first(where: { $0.number == clock }), let was = state.submitted else {
      throw Refusal(
        "no-such-report", because: "No report that would have stopped a clock \(clock) is recorded.",
        remedy: "The list shows the clocks.")
    }
    try situation.authorize(state.permission, sites: sites, participants: participants)
    try Refusal.requireAlone(inError, isCorrected: submitted != nil || to != nil)
    let present = situation.happened
    if inError == true {
      return state.correction(to: nil, submitted: nil, because: reason, noticed: present, in: record)
        .map { Fact(participant, $0) }
    }
    guard submitted.map({ $0.instant != was }) ?? false || to != nil else { throw .nothingCorrected }
    if to != nil { try requireTexts(["to": to]) }
    let moment = submitted ?? Moment(was, offsetMinutes: present.offsetMinutes, zone: present.zone)
    try situation.requirePast(moment)
    var known: Moment? = state.aware
    if let participant { known = try situation.participant(participant).known(state) }
    if let known { try situation.asOf(moment, after: []).requireNotBefore(known, "What is reported") }
    return state.correction(to: to, submitted: moment, because: reason, noticed: present, in: record)
      .map { Fact(participant, $0) }
  }
}
