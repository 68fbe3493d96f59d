import ClinicalValues
import Ledger
import StudyDesign

/// What safety follows with, fact by fact, on the trial as it would stand after each of them.
struct SafetyDraft {
  private(set) var state: TrialState
  private(set) var facts: [Fact] = []
  let plan: ConductPlan
  /// When what led to it happened.
  let happened: Moment
  let now: Instant
  /// The forms of those whose assessments are looked at.
  let books: [ParticipantID: FormBook]

  /// Nothing follows yet on a trial as it stands.
  init(
    _ state: TrialState, plan: ConductPlan, happened: Moment, now: Instant, books: [ParticipantID: FormBook] = [:]
  ) {
    self.state = state
    self.plan = plan
    self.happened = happened
    self.now = now
    self.books = books
  }

  /// Applies what was decided before; it is not part of what follows.
  mutating func assume(_ event: TrialEvent) {
    // Positions are not known before the ledger takes it; who acts is of no account here.
    state.apply(
      Recorded(event, happened: happened, recorded: now, actor: Actor(account: "", role: ""), position: .max))
  }

  /// One more event that follows.
  mutating func record(_ event: TrialEvent) {
    facts.append(Fact(event))
    assume(event)
  }

  /// A participant as it stands.
  func participant(_ id: ParticipantID) -> ParticipantState { state.participants[id] ?? ParticipantState(id: id) }

  /// A clock of the plan; nil where the study has none of that id.
  func clock(_ id: String) -> ClockPlan? { plan.safety.clocks.first { $0.id == id } }

  /// Now, by the clocks of the place where it happened.
  var present: Moment { Moment(now, offsetMinutes: happened.offsetMinutes, zone: happened.zone) }
}

extension ClockPlan {
  /// Its time in hours; days are counted as 24, so that its end is the same by every clock.
  var hoursInAll: Int { hours ?? (days ?? 0) * 24 }
}
