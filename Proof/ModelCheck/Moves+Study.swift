import ClinicalValues
import Ledger
import StudyDesign
import Trial

extension Moves {
  /// What opens and closes: scopes, versions, provisional items, consent forms.
  func openness(in world: World) -> [Move] {
    let (principal, version) = (study.staff.principal, study.version)
    let scopes: [StudyScope] = [.study, .site(study.site), .cohort(SmallStudy.cohort)]
    var moves: [Move] = scopes.flatMap { scope -> [Move] in
      [.ask(OpenForEnrollment(scope: scope), principal), .ask(CloseForEnrollment(scope: scope), principal)]
    }
    moves += [
      .ask(
        AdoptProvisional(items: [SmallStudy.provisional], version: version.version, digest: version.digest), principal),
      .ask(
        ChangeProvisional(
          item: SmallStudy.provisional, change: "shorter", former: version.digest, version: version.version,
          digest: version.digest), principal),
      .ask(
        PutProtocolInForce(version: version.version, digest: version.digest, appliesTo: .all), principal),
      .ask(AddSite(site: study.site, name: "Hospital", zone: "UTC"), study.staff.administrator),
    ]
    for (form, before) in [("2.0", Activity.infusion), ("3.0", .enrollment)] {
      guard world.state.sites[study.site]?.consentForms.count ?? 0 < 2 else { break }
      moves.append(
        .ask(
          PutConsentInForce(site: study.site, version: form, signedAnewBy: .notYetInfused, beforeActivity: before),
          principal))
    }
    moves.append(
      .ask(
        SignConfigurationTest(
          version: version.version, digest: version.digest, report: version.digest, tests: 1, failures: 0), principal))
    return moves
  }

  /// Holds, set and lifted by whoever may and by whoever may not; DLT questions.
  func holds(in world: World) -> [Move] {
    let (staff, state) = (study.staff, world.state.study)
    var moves: [Move] = []
    if state.holdsInForce.count < Scope.holds, state.holdsSet < Scope.holds + 1 {
      moves += [
        .ask(SetHold(kind: .safety, reason: "deaths elsewhere", rule: .earlyDeath), staff.principal),
        .ask(SetHold(kind: .safety, reason: "toxicity", activities: [.infusion]), staff.safety),
        .ask(SetHold(kind: .operational, reason: "no staff", activities: [.lymphodepletion]), staff.quality),
        .ask(SetHold(kind: .operational, reason: "no beds"), staff.principal),
      ]
    }
    for hold in state.holdsInForce.map(\.hold.number) {
      for actor in [staff.quality, staff.principal, staff.safety] {
        moves.append(.ask(LiftOperationalHold(hold: hold), actor))
      }
      moves += [
        .ask(AcceptLift(hold: hold, approvals: [study.version.digest]), staff.safety),
        .ask(AcceptLift(hold: hold, approvals: []), staff.safety),
        decided(2) { DecideLift(hold: hold, ballot: $0) }, decided(1) { DecideLift(hold: hold, ballot: $0) },
      ]
    }
    if state.questions.count < Scope.questions {
      for infusion in state.infusions {
        let ask = OpenDLTQuestion(
          participant: infusion.participant, toxicity: .crs, onset: infusion.begun.date, about: "CRS")
        moves.append(.ask(ask, staff.nurse))
      }
    }
    for question in state.openQuestions {
      let number = question.number
      moves += [
        .ask(
          AnswerDLTQuestion(question: number, participant: question.participant, basis: .unrelated), staff.principal),
        .ask(ConfirmDLTAnswer(question: number), staff.safety),
        .ask(DisputeDLTAnswer(question: number, basis: .meetsDefinition), staff.safety),
        decided(2) { DecideDLTQuestion(question: number, basis: .belowThreshold, ballot: $0) },
      ]
    }
    return moves
  }

  /// The board: its members, its reviews, its word on a participant.
  func board(in world: World) -> [Move] {
    let (staff, digest) = (study.staff, study.version.digest)
    var moves: [Move] = [
      decided(2) { ReviewAsBoard(decision: .goOn, report: digest, ballot: $0) },
      decided(1) { ReviewAsBoard(decision: .goOn, report: digest, ballot: $0) },
    ]
    if world.state.study.holdsInForce.count < Scope.holds, world.state.study.holdsSet < Scope.holds + 1 {
      moves.append(decided(2) { ReviewAsBoard(decision: .hold, report: digest, ballot: $0) })
    }
    for id in study.participants where world.state.participants[id] != nil {
      for goesOn in [true, false] {
        moves.append(decided(2) { DecideOnParticipant(participant: id, goesOn: goesOn, ballot: $0) })
      }
    }
    if let last = staff.board.last {
      moves += [
        .ask(ReleaseBoardMember(account: last.account), staff.sponsor),
        .ask(AppointBoardMember(account: last.account, isStatistician: true), staff.sponsor),
      ]
    }
    return moves
  }

  /// A decision of so many members of the board, all in favor and without interests.
  func decided(_ members: Int, _ make: (Ballot) -> any TrialCommand) -> Move {
    let present = Array(study.staff.board.suffix(members))
    let ballot = Ballot(
      inFavor: present.map(\.account),
      interests: present.map { DeclaredInterest(account: $0.account, interest: "none") }, minutes: study.version.digest)
    return .command(
      make(ballot), by: present.first ?? study.staff.safety, together: Array(present.dropFirst()), earlier: false)
  }
}
