import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

extension Director {
  /// What is out of the usual for a participant.
  mutating func perform(_ act: Act, of key: String) async throws {
    switch act {
    case .askDLT, .answerDLT, .confirmDLT, .disputeDLT, .boardDecidesDLT: try await judgeToxicity(act, key)
    case .withdraw, .death, .attemptContact, .lose, .findAgain, .eraseIdentity, .destroyCells:
      try await leave(act, key)
    case .screenAgain:
      try await self.act(StartScreening(participant: try id(key)), by: try of(.coordinator, key))
    case .bridge(let treatment):
      try await self.act(
        RecordBridging(participant: try id(key), treatment: treatment), by: try of(.coordinator, key))
      try await fillBridging(treatment, key)
    case .safetyVisit: try await seeOnceMore(key)
    case .deferLymphodepletion(let reason):
      try await self.act(
        SignRecheck(participant: try id(key), kind: .lymphodepletion, outcome: .deferred, reason: reason),
        by: try of(.subInvestigator, key))
    case .partnerPregnancy:
      try await self.act(ReportPregnancy(participant: try id(key), of: .partner), by: try of(.coordinator, key))
      try await fillPregnancy(key)
    case .partnerDelivery(let outcome):
      try await self.act(
        EndPregnancy(participant: try id(key), of: .partner, outcome: outcome), by: try of(.coordinator, key))
      try await fillPregnancyOutcome(outcome, key)
    case .reconsent:
      try await consent(key, obtainedBy: try of(.subInvestigator, key))
      try await fillConsent(key, "NEW VERSION")
    case .deviation(let kind, let what, let severity, let why, let fix):
      try await deviation(kind, what, severity, why, fix, key)
    case .visitAfterDowntime(let visit, let hours): try await enterAfterDowntime(visit, hours, key)
    case .loseCapacity(let reason):
      try await self.act(
        RecordCapacity(participant: try id(key), present: false, reason: reason), by: try of(.subInvestigator, key))
    case .regainCapacity:
      try await self.act(RecordCapacity(participant: try id(key), present: true), by: try of(.subInvestigator, key))
    }
  }

  private mutating func judgeToxicity(_ act: Act, _ key: String) async throws {
    let id = try id(key)
    let asked = try await live.state().study.questions.last { $0.participant == id }
    let question = asked?.number ?? 0
    switch act {
    case .askDLT(let toxicity, let onset, let about):
      // A question that the data opened by themselves is not asked twice.
      let isAsked = try await live.state().study.questions.contains { $0.participant == id && $0.isDoseLimiting == nil }
      guard !isAsked, let day = CalendarDate(daysSinceEpoch: opening + onset) else { return }
      try await self.act(
        OpenDLTQuestion(participant: id, toxicity: toxicity, onset: day, about: about),
        by: try of(.subInvestigator, key))
    case .answerDLT(let basis, let days):
      try await self.act(
        AnswerDLTQuestion(question: question, participant: id, basis: basis, lastedDays: days),
        by: try of(.principalInvestigator, key))
      guard let asked else { throw NotThere(what: "a question about dose-limiting toxicity") }
      try await fillAnswer(basis == .meetsDefinition, to: asked, key)
    case .confirmDLT:
      try await self.act(ConfirmDLTAnswer(question: question), by: try cast.acting(.safetyOfficer))
    case .disputeDLT(let basis):
      try await self.act(DisputeDLTAnswer(question: question, basis: basis), by: try cast.acting(.safetyOfficer))
    case .boardDecidesDLT(let basis):
      let board = try board("a toxicity on which investigator and safety officer differ")
      try await self.act(
        DecideDLTQuestion(question: question, basis: basis, ballot: board.ballot), by: board.chair, with: board.others,
        attachments: [board.minutes])
      try await fillDecision(basis == .meetsDefinition, on: question, key)
    default: return
    }
  }

  private mutating func leave(_ act: Act, _ key: String) async throws {
    let id = try id(key)
    let here = try here(key)
    let coordinator = try of(.coordinator, key)
    switch act {
    case .withdraw(let scope, let detail):
      let isBefore = scope == .treatment
      try await self.act(
        Withdraw(
          participant: id, scope: scope, samples: .kept, cells: isBefore ? .destroyed : .kept, lastContact: here.date,
          detail: detail),
        by: coordinator)
      try await fillWithdrawal(isBefore ? "TREATMENT" : "VISITS", detail, key)
    case .death(let cause):
      try await fillDeath(cause, key)
      try await record("accident", .begins, key)
      try await record("accident", .told, key)
      try await record("accident", .judged, key)
      // No visit follows at which the investigators would sign.
      try await answerQueries(key)
      try await closeQueries(key)
      try await sign(key)
      try await self.act(
        RecordDeath(participant: id, cause: cause, lastContact: here.date.adding(-20, .day) ?? here.date),
        by: coordinator)
    case .attemptContact(let inWriting):
      try await self.act(AttemptContact(participant: id, inWriting: inWriting), by: coordinator)
      try await log(
        "contactAttempts", "\(here.date)",
        [
          "DSDTC": here.dateTime.description, "DSHOW": inWriting ? "LETTER" : "TELEPHONE", "DSREACHED": "false",
          "DSBY": "Coordinator",
        ], key, by: coordinator)
    case .lose:
      try await self.act(
        LoseToFollowUp(participant: id, lastContact: here.date.adding(-40, .day) ?? here.date), by: coordinator)
    case .findAgain: try await self.act(FindAgain(participant: id), by: coordinator)
    case .eraseIdentity(let reason):
      try await self.act(
        EraseIdentity(participant: id, reason: reason), by: try of(.principalInvestigator, key), with: [coordinator])
      let wasInfused = try await live.state().participants[id]?.product.infusion != nil
      try await vault.erase(id, wasInfused: wasInfused)
    case .destroyCells:
      guard let participant = try await live.state().participants[id],
        let plan = shelf.editions.first?.study.conduct.product
      else { return }
      for bag in participant.product.lots.flatMap(\.bags) where bag.isFilled {
        let isAtSite = participant.place(of: .bag(bag.number), at: here, plan: plan) == .site
        let (first, second) =
          isAtSite ? (try of(.nurse, key), coordinator) : (try laboratory(key), try laboratory(key, other: true))
        try await step("destroyed", .bag(bag.number), key, by: first, with: [second], at: "Cell storage")
      }
    default: return
    }
  }

  mutating func deviation(
    _ kind: DeviationKind, _ what: String, _ severity: DeviationSeverity, _ why: String, _ fix: [String], _ key: String
  ) async throws {
    let id = try id(key)
    // One that was noticed by itself is not opened a second time.
    let noticed = try await live.state().participants[id]?.record.deviations.last {
      $0.kind == kind && $0.severity == nil && !$0.isLapsed
    }
    if noticed == nil {
      try await act(OpenDeviation(participant: id, kind: kind, what: what), by: try of(.coordinator, key))
    }
    let opened = try await live.state().participants[id]?.record.deviations.last
    let number = (noticed ?? opened)?.number ?? 0
    clock.advance(minutes: 25)
    try await act(
      ClassifyDeviation(participant: id, deviation: number, severity: severity, reason: why),
      by: try of(.principalInvestigator, key))
    guard fix.count == 3 else { return }
    try await act(
      AssessDeviation(participant: id, deviation: number, cause: fix[0], correction: fix[1], prevention: fix[2]),
      by: try of(.principalInvestigator, key))
    try await act(
      ReportDeviation(participant: id, deviation: number, to: "the sponsor's monitor"), by: try of(.coordinator, key))
  }

  /// A visit that was written down on the printed sheet while the system was down, entered later by two people.
  private mutating func enterAfterDowntime(_ visit: String, _ hours: Int, _ key: String) async throws {
    let now = try here(key)
    let happened = Moment(now.instant.adding(hours: -hours), offsetMinutes: now.offsetMinutes, zone: now.zone)
    try await act(
      RecordVisit(participant: try id(key), visit: visit, assessed: true), by: try of(.nurse, key),
      with: [try of(.coordinator, key)], happened: happened, reason: "Entered from the printed sheet.",
      late: EntrySource(
        source: "The printed sheet of the day, signed by both", reason: "The hospital's network was down.",
        downtime: true))
    try await fillVisit(on: try occasion(visit, key, at: happened), key)
    try await takeOverResults(visit, key, at: happened)
    // The monitors kept what they measured until the network was back.
    try await takeOverWard(visit, key, at: happened.adding(minutes: 22 * 60 + 35 - happened.minuteOfDay))
  }
}
