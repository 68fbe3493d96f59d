import ClinicalValues
import Ledger
import StudyDesign

@testable import Trial

extension Acting {
  static let secondMember = Acting(account: .named("board-2"), role: .safetyBoard)
  static let thirdMember = Acting(account: .named("board-3"), role: .safetyBoard)
  static let fourthMember = Acting(account: .named("board-4"), role: .safetyBoard)
  static let elsewherePI = Acting(account: .named("pi-elsewhere"), role: .principalInvestigator, site: .shanghai)
  /// Somebody of the board who works at a site too.
  static let dependentMember = Acting(account: .named("board-5"), role: .safetyBoard)
}

extension TrialScenario {
  /// A study of two sites in which everybody may act and the board has three members.
  static func study() -> TrialScenario {
    var trial = TrialScenario()
    trial.version = ProtocolVersion(
      version: "1.0", digest: .example, cohorts: ["sle", "ssc"], provisional: ["slots", "stagger"])
    let cast = Acting.everybody + [.secondMember, .thirdMember, .fourthMember, .elsewherePI, .dependentMember]
    trial.state.people = .working(cast, also: [(.dependentMember, .nurse)])
    trial.given(
      .site(.berlin, .siteAdded(name: "Berlin", zone: "Europe/Berlin")),
      .site(.shanghai, .siteAdded(name: "Shanghai", zone: "Asia/Shanghai")))
    for (member, isStatistician) in [(Acting.boardMember, true), (.secondMember, false), (.thirdMember, false)] {
      trial.given(.study(.boardMemberAppointed(account: member.account, isStatistician: isStatistician)))
    }
    return trial
  }

  /// Somebody is infused now.
  mutating func infuse(_ participant: ParticipantID, at moment: Moment? = nil) {
    let bag = BagNumber(lot: LotNumber(participant: participant, lot: 1), bag: 1)
    given(
      .way(participant, .registered(site: participant.site, cohort: "sle")),
      .product(participant, .infusionStarted(bag: bag, outsideGate: false, lines: [])),
      .study(.infusionBegun(participant: participant)), at: moment)
  }

  /// Somebody is assessed now.
  mutating func assess(_ participant: ParticipantID) {
    given(.way(participant, .visitRecorded(visit: RecordedVisit(visit: "D28", assessed: true, completes: false))))
  }

  /// Somebody gets the first dose of lymphodepletion now.
  mutating func lymphodeplete(_ participant: ParticipantID, round: Int = 1) {
    let dose = LymphodepletionDose(
      number: 1, round: round, infusable: (now.day + 2)...(now.day + 14), gate: [], outsideGate: false)
    given(
      .way(participant, .registered(site: participant.site, cohort: "sle")),
      .way(participant, .lymphodepletionGiven(dose: dose)))
  }

  /// Whether a participant may be infused so many days from now.
  func stagger(for participant: ParticipantID, inDays days: Int = 0) -> Stagger {
    state.study.stagger(for: participant, onDay: now.day + days, in: state, plan: plan.safety)
  }

  /// The review that the board owes now.
  var dueReview: String? { state.study.dueReview(in: state, plan: plan.safety, at: now) }

  /// What is due now.
  var tasks: [StudyTask] { state.studyTasks(at: now, plan: plan.safety) }
}

extension PeopleState {
  /// People who can act under both versions of these tests, some of them in a second role.
  fileprivate static func working(_ cast: [Acting], also second: [(Acting, Role)]) -> PeopleState {
    var people = PeopleState()
    for event in staffing(cast) { people.record(event) }
    for person in cast {
      people.record(.trained(account: person.account, training: Training(.protocolVersion("2.0"), from: .summer)))
    }
    for (person, role) in second { people.record(.roleGranted(account: person.account, role: role, site: .berlin)) }
    return people
  }
}

extension Ballot {
  /// A vote of those named; everybody declares no interest.
  static func of(
    _ inFavor: [Acting] = [.boardMember, .secondMember, .thirdMember], against: [Acting] = [],
    abstained: [Acting] = [], silent: [Acting] = []
  ) -> Ballot {
    let silent = Set(silent.map(\.account))
    return Ballot(
      inFavor: inFavor.map(\.account), against: against.map(\.account), abstained: abstained.map(\.account),
      interests: (inFavor + against + abstained).map(\.account).filter { !silent.contains($0) }
        .map { DeclaredInterest(account: $0, interest: "none") },
      minutes: .example)
  }
}

/// The two members who sign beside the first.
let otherMembers: [Acting] = [.secondMember, .thirdMember]
