public import ClinicalValues
import StudyDesign
public import Trial

/// A pregnancy of a participant or a partner, as far as it is followed.
public struct PregnancyLine: Sendable, Hashable, Encodable {
  /// Whose casebook it is in.
  public let participant: ParticipantID
  /// The disease.
  public let cohort: String?
  /// Its number in the casebook; nil where it was told and no form tells of it.
  public let number: Int?
  /// Who expects the child, or did; nil where nobody says.
  public let expectant: Expectant?
  /// The expected date of birth.
  public let expected: CalendarDate?
  /// The last outcome that was recorded; nil where none was.
  public let outcome: Pregnancy.Outcome?
  /// The day of that outcome.
  public let ended: CalendarDate?
  /// What was said of the child, by the code of the casebook.
  public let child: String?

  static func all(in snapshot: TrialSnapshot, plan: SafetyPlan) -> [PregnancyLine] {
    snapshot.state.participants.values.sorted { $0.id < $1.id }.flatMap { state -> [PregnancyLine] in
      let known = state.pregnancies(by: plan)
      let going = Set(known.filter { $0.outcome?.isFinal != true }.compactMap(\.expectant))
      let told = state.way.pregnancies.subtracting(going).sorted { $0.rawValue < $1.rawValue }
      return known.map { PregnancyLine($0, cohort: state.way.cohort) }
        + told.map { PregnancyLine(told: $0, of: state) }
    }
  }

  private init(_ pregnancy: Pregnancy, cohort: String?) {
    participant = pregnancy.participant
    self.cohort = cohort
    number = pregnancy.number
    expectant = pregnancy.expectant
    expected = pregnancy.expected
    outcome = pregnancy.outcome
    ended = pregnancy.ended
    child = pregnancy.child
  }

  private init(told expectant: Expectant, of state: ParticipantState) {
    participant = state.id
    cohort = state.way.cohort
    number = nil
    self.expectant = expectant
    expected = nil
    outcome = nil
    ended = nil
    child = nil
  }
}

/// A report that was called for, and whether it was in time by the cut-off.
public struct ReportLine: Sendable, Hashable, Encodable {
  /// About whom; nil for one of the whole study.
  public let participant: ParticipantID?
  /// Its number among the clocks of the participant, or of the study.
  public let number: Int
  /// The clock's id in the plan.
  public let clock: String
  /// What is reported to whom.
  public let title: String
  /// When somebody was aware.
  public let aware: Moment
  /// When it is due.
  public let due: Instant
  /// When it was handed in; nil where it was not by the cut-off.
  public let submitted: Instant?
  /// Whether it was late, or is overdue at the cut-off.
  public let isLate: Bool

  /// All of them: of participants by number, then of the study.
  static func all(in snapshot: TrialSnapshot, plan: SafetyPlan) -> [ReportLine] {
    func lines(_ clocks: [ClockState], _ participant: ParticipantID?) -> [ReportLine] {
      clocks.map { clock in
        ReportLine(
          participant: participant, number: clock.number, clock: clock.clock,
          title: plan.clocks.first { $0.id == clock.clock }?.title ?? clock.clock, aware: clock.aware, due: clock.due,
          submitted: clock.submitted, isLate: clock.isLate(at: snapshot.cutoff))
      }
    }
    let participants = snapshot.state.participants.values.sorted { $0.id < $1.id }
    return participants.flatMap { lines($0.record.clocks, $0.id) } + lines(snapshot.state.record.clocks, nil)
  }
}
