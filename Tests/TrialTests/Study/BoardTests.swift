import ClinicalValues
import Ledger
import Testing

@testable import Trial

struct BoardTests {
  @Test(arguments: [
    (Acting.fourthMember, Acting.sponsor, nil as String?), (.boardMember, .sponsor, "already-a-member"),
    (.dependentMember, .sponsor, "not-independent"), (.nurse, .sponsor, "role-not-held"),
    (.sponsor, .sponsor, "role-not-held"), (.fourthMember, .principalInvestigator, "role-may-not"),
    (.fourthMember, .administrator, "role-may-not"),
  ])
  func `the sponsor appoints members who belong to nobody else`(_ who: Acting, _ by: Acting, _ refusal: String?) {
    let outcome = TrialScenario.study().when(AppointBoardMember(account: who.account, isStatistician: false), by: by)
    if let refusal { outcome.refused(refusal) } else { #expect(outcome.events?.count == 1) }
  }

  @Test func `a decision takes a quorum of two thirds, a majority, declared interests and everybody's signature`() {
    var trial = TrialScenario.study()
    let one: Acting = .boardMember
    let two: Acting = .secondMember
    let three: Acting = .thirdMember
    let cases: [(Ballot, [Acting], String?)] = [
      (.of([one, two, three]), [two, three], nil), (.of([one, two]), [two], nil),
      (.of([one, two], against: [three]), [two, three], nil), (.of([one]), [], "no-quorum"),
      (.of([one, two], silent: [two]), [two], "interests-missing"),
      (.of([one], against: [two]), [two], "no-majority"),
      (.of([one], against: [two], abstained: [three]), [two, three], "no-majority"),
      (.of([one, two, three]), [two], "votes-unclear"), (.of([one, two]), [two, three], "votes-unclear"),
      (.of([one, one]), [one], "votes-unclear"),
      (.of([one, two, .fourthMember]), [two, .fourthMember], "not-a-member"),
      (.of([one, two, .statistician]), [two, .statistician], "not-a-member"),
    ]
    trial.given(trial.state.study.hold(by: .earlyDeath).event)
    for (ballot, together, refusal) in cases {
      let outcome = trial.when(DecideLift(hold: 1, ballot: ballot), by: one, together: together)
      if let refusal { outcome.refused(refusal) } else { #expect(outcome.facts.map(\.signedByAll) == [true]) }
    }
    trial.given(.study(.boardMemberReleased(account: one.account)))
    trial.when(DecideLift(hold: 1, ballot: .of([two, three])), by: two, together: [three]).refused("board-not-complete")
  }

  @Test func `the board without a statistician decides nothing`() {
    var trial = TrialScenario.study()
    trial.given(trial.state.study.hold(by: .earlyDeath).event)
    trial.given(.study(.boardMemberAppointed(account: Acting.boardMember.account, isStatistician: false)))
    trial.when(DecideLift(hold: 1, ballot: .of()), by: .boardMember, together: otherMembers)
      .refused("board-not-complete")
  }

  @Test func `a decision to hold or stop sets a safety hold on everything, to stop also closes the study`() throws {
    for (decision, count) in [(BoardDecision.goOn, 1), (.hold, 3), (.stop, 4)] {
      var trial = TrialScenario.study()
      trial.given(.study(.opened(scope: .study)))
      let review = ReviewAsBoard(decision: decision, report: .example, ballot: .of())
      let events = try trial.perform(review, by: .boardMember, together: otherMembers)
      #expect(events.count == count)
      #expect(trial.state.study.holdsInForce.map(\.hold.isTotal) == (count == 1 ? [] : [true]))
      #expect(trial.state.study.open.contains(.study) == (decision != .stop))
    }
  }

  @Test(arguments: [
    (BoardDecision.goOnWithChanges, "Lower dose." as String?, nil as String?),
    (.goOnWithChanges, nil, "changes-unclear"), (.goOnWithChanges, " ", "words-missing"),
    (.goOn, "Lower dose.", "changes-unclear"),
  ])
  func `changes belong to going on with changes`(_ decision: BoardDecision, _ changes: String?, _ refusal: String?) {
    let outcome = TrialScenario.study().when(
      ReviewAsBoard(decision: decision, changes: changes, report: .example, ballot: .of()), by: .boardMember,
      together: otherMembers)
    if let refusal { outcome.refused(refusal) } else { #expect(outcome.events?.count == 1) }
  }

  @Test func `a review is asked of the board when three are through Day 28`() throws {
    var trial = TrialScenario.study()
    for id in [ParticipantID.first, .second, .third] { trial.infuse(id) }
    trial.wait(days: 27)
    for id in [ParticipantID.first, .second, .third] { trial.assess(id) }
    #expect(trial.dueReview == nil)
    trial.wait(days: 1)
    trial.assess(.first)
    trial.assess(.second)
    #expect(trial.dueReview == nil)
    trial.given(.way(.third, .died(cause: "Road accident.")))
    #expect(trial.dueReview == "3 participants are through Day 28.")
    try trial.perform(
      ReviewAsBoard(decision: .goOn, report: .example, ballot: .of()), by: .boardMember, together: otherMembers)
    #expect(trial.dueReview == nil)
  }

  @Test(arguments: [
    ("not assessed", nil as Int?, false as Bool?), ("before the window ended", -1, nil), ("as it was", nil, nil),
  ])
  func `the board is asked anew where a visit that it had seen is corrected`(
    _ name: String, _ days: Int?, _ assessed: Bool?
  ) throws {
    var trial = TrialScenario.study()
    for id in [ParticipantID.first, .second, .third] { trial.infuse(id) }
    trial.wait(days: 28)
    for id in [ParticipantID.first, .second, .third] { trial.assess(id) }
    let visit = VisitEntry(visit: "D28", held: trial.now)
    trial.wait(days: 1)
    let review = ReviewAsBoard(decision: .goOn, report: .example, ballot: .of())
    try trial.perform(review, by: .boardMember, together: otherMembers)
    trial.wait(days: 1)
    #expect(trial.dueReview == nil)
    let held = trial.ago(days: 2 - (days ?? 0))
    let corrected = CorrectedVisit(
      visit: RecordedVisit(visit: "D28", assessed: assessed ?? true, completes: false), held: held)
    trial.given(
      .way(.third, .corrected(correction: .visit(was: visit, corrected: corrected), reason: "misread the chart")))
    let isAsked = assessed == false || days != nil
    #expect(trial.dueReview == nil, "\(name): the third is not through yet")
    trial.assess(.third)
    #expect((trial.dueReview == "3 participants are through Day 28.") == isAsked, "\(name)")
    try trial.perform(review, by: .boardMember, together: otherMembers)
    #expect(trial.dueReview == nil, "\(name)")
  }

  @Test func `what was recorded after a review that bears a time still to come the board has not seen`() throws {
    var trial = TrialScenario.study()
    for id in [ParticipantID.first, .second, .third] { trial.infuse(id) }
    trial.wait(days: 28)
    for id in [ParticipantID.first, .second, .third] { trial.assess(id) }
    let visit = VisitEntry(visit: "D28", held: trial.now)
    trial.wait(days: 3)
    try trial.perform(
      ReviewAsBoard(decision: .goOn, report: .example, ballot: .of()), by: .boardMember, together: otherMembers)
    trial.wait(days: -2)
    let corrected = CorrectedVisit(
      visit: RecordedVisit(visit: "D28", assessed: false, completes: false), held: visit.held)
    trial.given(
      .way(.third, .corrected(correction: .visit(was: visit, corrected: corrected), reason: "misread the chart")))
    trial.assess(.third)
    #expect(trial.dueReview == "3 participants are through Day 28.")
  }

  @Test func `an infusion that is found to have begun later was not through its window when the board met`() throws {
    var trial = TrialScenario.study()
    for id in [ParticipantID.first, .second, .third] { trial.infuse(id) }
    trial.wait(days: 28)
    for id in [ParticipantID.first, .second, .third] { trial.assess(id) }
    try trial.perform(
      ReviewAsBoard(decision: .goOn, report: .example, ballot: .of()), by: .boardMember, together: otherMembers)
    trial.wait(days: 2)
    trial.given(.study(.infusionTimeCorrected(participant: .third, begun: trial.ago(days: 29))))
    trial.assess(.third)
    #expect(trial.dueReview == "3 participants are through Day 28.")
  }

  @Test func `a review is due every six months, and asked for a month ahead`() throws {
    var trial = TrialScenario.study()
    trial.wait(days: 400)
    #expect(trial.dueReview == nil)
    trial.infuse(.first)
    trial.wait(days: 160)
    #expect(trial.dueReview == nil)
    #expect(trial.tasks.map(\.kind) == [.reviewStudy])
    trial.wait(days: 24)
    #expect(trial.dueReview?.hasPrefix("6 months after the first infusion") == true)
    try trial.perform(
      ReviewAsBoard(decision: .goOn, report: .example, ballot: .of()), by: .boardMember, together: otherMembers)
    #expect(trial.dueReview == nil)
    #expect(trial.tasks.isEmpty)
  }

  @Test func `a review is due within seven days of a safety hold`() throws {
    var trial = TrialScenario.study()
    trial.given(trial.state.study.hold(by: .relatedDeath).event)
    let task = trial.tasks.first
    #expect(task?.kind == .reviewStudy)
    #expect(task?.deadline == .through(trial.date(inDays: 7)))
    trial.wait(days: 7)
    #expect(task?.isLate(at: trial.now) == false)
    trial.wait(days: 1)
    #expect(task?.isLate(at: trial.now) == true)
    try trial.perform(
      ReviewAsBoard(decision: .hold, report: .example, ballot: .of()), by: .boardMember, together: otherMembers)
    #expect(!trial.tasks.contains { $0.kind == .reviewStudy })
    #expect(trial.state.study.holdsInForce.count == 1)
  }

  @Test func `a safety hold is the safety officer's to accept, and waits until the board has decided`() throws {
    var trial = TrialScenario.study()
    trial.given(trial.state.study.hold(by: .relatedDeath).event)
    func acceptance() -> StudyTask? { trial.tasks.first { $0.kind == .acceptLift } }
    #expect(acceptance()?.roles == [.safetyOfficer])
    #expect(acceptance()?.about == .hold(1))
    #expect(acceptance()?.waits != nil)
    try trial.perform(DecideLift(hold: 1, ballot: .of()), by: .boardMember, together: otherMembers)
    let decided = try #require(acceptance())
    #expect(decided.waits == nil)
  }
}
