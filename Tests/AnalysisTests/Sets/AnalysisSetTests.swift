import ClinicalValues
import Ledger
import Testing

@testable import Analysis
@testable import StudyDesign
@testable import Trial

struct AnalysisSetTests {
  private let study: ResponseStudy
  private let plan: ConductPlan

  init() throws {
    study = try ShippedEndpoints.study.get()
    plan = try ConductPlan.inFolder(ShippedEndpoints.folder)
  }

  /// Participants by what they have come through, on a study day of somebody infused on 6 March 2026.
  private func sets(_ state: TrialState, on studyDay: Int) throws -> AnalysisSets {
    AnalysisSets(of: state, at: try ResponseDesk.moment(try ResponseDesk.day(studyDay))) { _ in
      plan
    } study: { _ in
      study
    }
  }

  private func id(_ number: Int) throws -> ParticipantID { try ParticipantID("01-000\(number)") }

  /// Somebody infused, with a dose, last assessed on a study day.
  private func infused(_ number: Int, dose: Decimal? = 1_000_000, assessed: Int? = 28) throws -> ParticipantState {
    var participant = ParticipantState(id: try id(number))
    let day = { (studyDay: Int) in try ResponseDesk.moment(try ResponseDesk.day(studyDay)) }
    participant.way.cohort = "ssc"
    participant.way.screeningStarted = try day(-60)
    participant.way.enrolled = try day(-40)
    participant.way.firstLymphodepletion = try day(-5)
    participant.way.lastAssessment = try assessed.map { try day($0) }
    participant.product.infusion = InfusionCourse(
      begun: try day(0), ended: nil, dosePerKg: dose, outsideGate: false,
      lot: LotNumber(participant: participant.id, lot: 1), bag: nil)
    return participant
  }

  private func state(_ participants: [ParticipantState]) -> TrialState {
    var state = TrialState()
    for participant in participants {
      state.participants[participant.id] = participant
      guard let begun = participant.product.infusion?.begun else { continue }
      state.study.apply(
        Recorded(
          .infusionBegun(participant: participant.id), happened: begun, recorded: begun.instant,
          actor: Actor(account: "petra", role: "pi")))
    }
    return state
  }

  @Test func `each set holds those who came that far`() throws {
    var screened = ParticipantState(id: try id(2))
    screened.way.screeningStarted = try ResponseDesk.moment("2026-01-05")
    var enrolled = ParticipantState(id: try id(3))
    enrolled.way.screeningStarted = try ResponseDesk.moment("2026-01-05")
    enrolled.way.enrolled = try ResponseDesk.moment("2026-02-05")
    let sets = try sets(state([try infused(1), screened, enrolled, ParticipantState(id: try id(4))]), on: 30)
    let expected: [(AnalysisSetID, [Int])] = [
      (.screened, [1, 2, 3]), (.enrolled, [1, 3]), (.leukapheresed, []), (.lymphodepleted, [1]), (.infused, [1]),
      (.dltEvaluable, [1]), (.responseEvaluable, []),
    ]
    for (set, members) in expected {
      let ids = try members.map { try id($0) }
      #expect(sets.members(of: set) == ids, "\(set)")
    }
    #expect(AnalysisSetID.allCases.allSatisfy { sets.memberships[$0]?.count == 4 })
  }

  @Test func `evaluable for dose-limiting toxicity needs the least dose and a closed window`() throws {
    typealias Standing = DoseLimitingStanding.Standing
    let cases: [(participant: ParticipantState, on: Int, isIn: Bool?, because: Standing)] = [
      (try infused(1), 28, true, .windowClosed), (try infused(1), 27, nil, .windowOpen),
      (try infused(1, assessed: 20), 40, nil, .windowOpen), (try infused(1, dose: 1), 40, false, .belowLeastDose),
      (try infused(1, dose: nil), 40, nil, .doseUnknown),
    ]
    for (participant, day, isIn, because) in cases {
      let membership = try #require(try sets(state([participant]), on: day).memberships[.dltEvaluable]?.first)
      #expect(membership.isIn == isIn && membership.because == because.words)
    }
    var died = try infused(1, assessed: 10)
    died.way.died = try ResponseDesk.moment(try ResponseDesk.day(12))
    #expect(try sets(state([died]), on: 40).memberships[.dltEvaluable]?.first?.isIn == false)
  }

  @Test func `an open DLT question leaves it open, and a dose-limiting toxicity counts before the window closes`()
    throws
  {
    var trial = state([try infused(1)])
    func apply(_ event: StudyEvent) throws {
      let moment = try ResponseDesk.moment(try ResponseDesk.day(10))
      trial.study.apply(
        Recorded(event, happened: moment, recorded: moment.instant, actor: Actor(account: "petra", role: "pi")))
    }
    let onset = try #require(CalendarDate(try ResponseDesk.day(9)))
    try apply(
      .dltQuestionOpened(question: 1, participant: try id(1), toxicity: .crs, onset: onset, about: "CRS grade 4"))
    #expect(
      try sets(trial, on: 40).open(.dltEvaluable).map(\.because) == [DoseLimitingStanding.Standing.questionOpen.words])
    try apply(.dltAnswered(question: 1, answer: DLTAnswer(basis: .meetsDefinition)))
    try apply(.dltConfirmed(question: 1))
    #expect(try sets(trial, on: 12).members(of: .dltEvaluable) == [try id(1)])
  }

  @Test func `evaluable for response needs a baseline and one later assessment`() throws {
    func membership(_ visits: [(String, Int)]) throws -> AnalysisSets.Membership? {
      var desk = try ResponseDesk("ssc")
      for (visit, day) in visits { try desk.assess(visit, "mrss", on: day, all: "1") }
      return try sets(state([desk.participant]), on: 100).memberships[.responseEvaluable]?.first
    }
    #expect(try membership([("BL", -8), ("M3", 90)])?.isIn == true)
    #expect(try membership([("BL", -8)])?.isIn == nil)
    #expect(try membership([("M3", 90)])?.isIn == false)
  }
}
