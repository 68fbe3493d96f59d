// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues

/// Corrects a visit that was recorded wrongly, or takes back one that did not take place. Whoever was infused on the strength of its
/// assessment, and too soon without it, was so outside the gate.
public struct CorrectVisit: TrialCommand {
  public static let name = "participant correct-visit"
  public static let abstract =
    "Correct a visit that was recorded wrongly, or one that did not take place; what was recorded stays readable."
  public static let fields = [
    .whom, CommandField("visit", "the visit as it is recorded, D28, or unscheduled"),
    CommandField(
      "recordedFor", "the day for which it is recorded, where there are several, 2026-03-17", optional: true),
    .inError, CommandField("correctVisit", "which visit it was", optional: true),
    CommandField("held", "when it was held, 2026-03-17T09:30 by the clocks of your site", optional: true),
    CommandField("assessed", "true: the participant was assessed for toxicity on it", optional: true), .whyCorrected,
  ]
  public static let permission = Permission.recordData

  /// Whom it is about.
  public let participant: ParticipantID
  /// The visit as it is recorded.
  public let visit: String
  /// The day for which it is recorded; nil where there is one of that name.
  public let recordedFor: CalendarDate?
  /// Whether it did not take place.
  public let inError: Bool?
  /// Which visit it was; nil where that is right.
  public let correctVisit: String?
  /// When it was held; nil where that is right.
  public let held: Moment?
  /// Whether the participant was assessed for toxicity; nil where that is right.
  public let assessed: Bool?
  /// Why what is recorded is wrong.
  public let reason: String

  public init(
    participant: ParticipantID, visit: String, recordedFor: CalendarDate? = nil, inError: Bool? = nil,
    correctVisit: String? = nil, held: Moment? = nil, assessed: Bool? = nil, reason: String
  ) {
    self.participant = participant
    self.visit = visit
    self.recordedFor = recordedFor
    self.inError = inError
    self.correctVisit = correctVisit
    self.held = held
    self.assessed = assessed
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    let (was, recorded) = try entry(in: state)
    let takenBack = WayEvent.corrected(correction: .visit(was: was, corrected: nil), reason: reason)
    try Refusal.requireAlone(inError, isCorrected: correctVisit != nil || held != nil || assessed != nil)
    if inError == true { return withConsequences([Fact(.way(participant, takenBack))], situation) }
    let held = self.held ?? was.held
    try situation.requirePast(held)
    // Decided as if it were recorded as it was, by the rules of whoever records a visit.
    let record = RecordVisit(
      participant: participant, visit: correctVisit ?? was.visit, assessed: assessed ?? recorded.assessed)
    let facts = try record.decide(in: situation.asOf(held, after: [.way(participant, takenBack)]))
    guard case .way(_, .visitRecorded(let visit)) = facts.first?.event, visit != recorded || held != was.held else {
      throw .nothingCorrected
    }
    let correction = WayCorrection.visit(was: was, corrected: CorrectedVisit(visit: visit, held: held))
    return withConsequences([Fact(.way(participant, .corrected(correction: correction, reason: reason)))], situation)
  }

  /// Whoever was infused since, on the strength of this visit's assessment, may have been infused too soon.
  private func withConsequences(_ facts: [Fact], _ situation: Situation) -> [Fact] {
    facts + situation.tooCloseAfter(facts, participant, isHeld: false)
  }

  /// The visit that is meant, as it is recorded.
  private func entry(in state: ParticipantState) throws(Refusal) -> (VisitEntry, RecordedVisit) {
    let named = state.entries.all.compactMap { entry -> (VisitEntry, RecordedVisit)? in
      guard case .visitRecorded(let recorded) = entry.way, recorded.visit == visit else { return nil }
      return (VisitEntry(visit: visit, held: entry.happened), recorded)
    }
    let meant = named.filter { entry, _ in recordedFor.map { $0 == entry.held.date } ?? true }
    guard let last = meant.last else {
      throw Refusal(
        "no-such-visit", because: "No visit ‘\(visit.prefix(40))’ of \(participant) is recorded by itself on that day.",
        remedy: "The timeline shows the visits; where a form says when it was held, correct the form.")
    }
    guard Set(meant.map(\.0.held.day)).count == 1 else {
      let days = Set(meant.map(\.0.held.date)).sorted { $0.daysSinceEpoch < $1.daysSinceEpoch }
      throw Refusal(
        "which-visit", because: "There are several visits ‘\(visit.prefix(40))’ of \(participant).",
        remedy: "Give the day for which it is recorded: \(days.map(\.description).joined(separator: ", ")).")
    }
    return last
  }
}
