// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Records that a report was handed in: the only thing that stops its clock. What goes further than to the sponsor the
/// safety officer alone hands in.
public struct SubmitReport: TrialCommand {
  public static let name = "participant report submit"
  public static let abstract = "Record that a report was handed in; its clock stops."
  public static let permission = Permission.answerQueries
  public static let fields = [
    CommandField("participant", "whom it concerns; left out for one of the whole study", optional: true),
    CommandField("clock", "the clock's number"), CommandField("to", "to whom"),
  ]

  /// Whom it concerns; nil for the whole study.
  public var participant: ParticipantID?
  /// The clock's number.
  public var clock: Int
  /// To whom; when is when it happened.
  public var to: String

  public init(participant: ParticipantID? = nil, clock: Int, to: String) {
    self.participant = participant
    self.clock = clock
    self.to = to
  }

  public var participants: Set<ParticipantID> { Set([participant].compactMap(\.self)) }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let record = try situation.record(of: participant)
    guard let running = record.runningClocks.first(where: { $0.number == clock }) else {
      throw Refusal("no-such-clock", because: "No clock \(clock) runs.", remedy: "The list shows those that do.")
    }
    try situation.authorize(running.permission, sites: sites, participants: participants)
    try requireTexts(["to": to])
    var known: Moment? = running.aware
    if let participant { known = try situation.participant(participant).known(running) }
    if let known { try situation.requireNotBefore(known, "What is reported") }
    return running.submission(to: to, at: situation.happened, in: record).map { Fact(participant, $0) }
      + (try untold(in: situation, clocks: record.clocks.count))
  }
}

extension SubmitReport {
  /// Clocks for what the report was handed in too early to tell of.
  fileprivate func untold(in situation: Situation, clocks: Int) throws(Refusal) -> [Fact] {
    guard let participant else { return [] }
    let untold = try situation.participant(participant).untold(by: situation.happened.instant, clock: clock)
    return untold.enumerated().flatMap { index, matter in
      let plan = situation.plan.safety.clocks.first { $0.id == matter.duty.clock }
      let started = ReportClock(matter.duty.clock, aware: matter.known, hours: plan?.hoursInAll ?? 0)
      return [
        Fact(participant, .clockStarted(started)),
        Fact(.safety(participant, .reportDue(clock: clocks + index + 1, duty: matter.duty))),
      ]
    }
  }
}
