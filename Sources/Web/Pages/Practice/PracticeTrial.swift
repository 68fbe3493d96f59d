import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// A trial that exists in memory alone, in which somebody practises: its commands are decided by the very rules of the trial, and what they
/// lead to is folded and forgotten. It has no ledger, so that nothing of it can get into one.
struct PracticeTrial: Sendable {
  private(set) var state = TrialState()
  /// Now, there.
  var now: Moment
  let plan: ConductPlan
  private let version: ProtocolVersion
  /// What is known of everybody's data: nothing speaks against anybody.
  private var pictures: [ParticipantID: ClinicalPicture] = [:]

  /// A trial in which nothing has happened.
  init(_ study: Study, from start: Instant) {
    plan = study.conduct
    version = ProtocolVersion(
      version: study.version, digest: Digest(of: "practice"), cohorts: study.cohorts.map(\.id), provisional: [])
    now = Moment(start)
  }

  /// What a decision looks at.
  func situation(by actor: Acting, together: [Acting] = []) -> Situation {
    Situation(
      state: state, plan: plan, protocolVersion: version, actor: actor, together: together, happened: now,
      now: now.instant, pictures: pictures)
  }

  /// Decides a command and folds what it leads to.
  @discardableResult
  mutating func perform(
    _ command: any TrialCommand, by actor: Acting, together: [Acting] = []
  ) throws(Refusal) -> [TrialEvent] {
    let facts = try Trial.decide(command, in: situation(by: actor, together: together))
    for fact in facts { take(fact.event, by: actor) }
    return facts.map(\.event)
  }

  /// Takes something as having happened.
  mutating func take(_ event: TrialEvent, by actor: Acting) {
    state.apply(
      Recorded(
        event, happened: now, recorded: now.instant,
        actor: Actor(actor)))
  }

  /// Lets days pass.
  mutating func wait(days: Int) { now = Moment(now.instant.adding(hours: days * 24)) }

  /// Everything that is asked of somebody's data is known as of now, and good.
  mutating func know(_ participant: ParticipantID) {
    func passed(_ ids: [String]) -> AssessmentSummary {
      AssessmentSummary(
        criteria: ids.map { .init(id: $0, outcome: .pass) }, asOf: now.date, protocolVersion: version,
        record: version.digest, report: version.digest)
    }
    var picture = ClinicalPicture(longWait: passed(plan.way.longWaitCriteria))
    for finding in plan.findings {
      picture.findings[finding.id] = Finding(value: true, number: PracticeTrial.numbers[finding.id])
    }
    for cohort in version.cohorts { picture.eligibility[cohort] = passed(["INC-1"] + plan.way.longWaitCriteria) }
    for (kind, recheck) in plan.recheck { picture.rechecks[kind] = passed(recheck.criteria) }
    pictures[participant] = picture
  }

  /// What was measured of everybody there, by the finding that asks for it: kg, cm, mL/min.
  private static let numbers: [String: Decimal] = [
    "baselineWeight": weight, "weightSinceFirstDose": weight, "bodyHeight": 175, "renalFunction": 95,
  ]
  /// What everybody there weighs, kg.
  static let weight: Decimal = 70
}
