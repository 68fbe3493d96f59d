import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

extension Director {
  /// What is done for a participant in the usual way.
  mutating func perform(_ deed: Deed, of key: String) async throws {
    switch deed {
    case .register: try await register(key)
    case .history, .screening, .examine, .feverBeforeInfusion, .laboratory: try await importData(deed, of: key)
    case .consent: try await consent(key, obtainedBy: try of(.subInvestigator, key))
    case .decide:
      try await act(
        DecideEligible(participant: try id(key), cohort: try story(key).cohort), by: try of(.principalInvestigator, key)
      )
    case .fail:
      try await act(FailScreening(participant: try id(key)), by: try of(.subInvestigator, key))
    case .enroll:
      try await act(
        Enroll(participant: try id(key), identity: ChainOfIdentity(random: numbers.next())),
        by: try of(.coordinator, key))
    case .recheck(let kind):
      try await act(
        SignRecheck(participant: try id(key), kind: kind, outcome: .passed), by: try of(.subInvestigator, key))
    case .book(let day):
      guard let date = CalendarDate(daysSinceEpoch: opening + day) else { return }
      try await act(BookDayZero(participant: try id(key), day: date), by: try of(.coordinator, key))
    case .baselineVisit: try await visit("Baseline", assessed: false, key)
    case .visit(let name, let assessed): try await visit(name, assessed: assessed, key)
    case .prepareLymphodepletion: try await prepareLymphodepletion(key)
    case .lymphodepletion(let dose): try await lymphodepletion(dose, key)
    case .special(let act): try await perform(act, of: key)
    case .collect, .receiveCells, .fill, .test, .decideLot, .finalSterility, .ship, .store, .resolveQuarantine, .admit,
      .infuse:
      try await performOnProduct(deed, of: key)
    }
  }

  private mutating func register(_ key: String) async throws {
    let story = try story(key)
    let site = try SiteID(story.site)
    let person = try patient(key).person
    // Nobody is registered twice: whoever looks like somebody known is looked at first.
    guard try await vault.matches(for: person).isEmpty else { return }
    try await act(RegisterCandidate(site: site, cohort: story.cohort), by: try of(.coordinator, key))
    let registered = try await live.state().participants.keys.filter { $0.site == site }.max()
    guard let registered else { return }
    patients[key]?.id = registered
    try await vault.put(person, for: registered)
  }

  mutating func consent(_ key: String, obtainedBy: Acting) async throws {
    let id = try id(key)
    let here = try here(key)
    guard let version = try await live.state().participants[id]?.way.site.map({ $0 }),
      let form = try await live.state().sites[version]?.consentVersion(at: here)
    else { return }
    try await act(
      GiveConsent(
        participant: id, version: form, obtainedBy: obtainedBy.account, obtainedAs: obtainedBy.role, adult: true,
        copyGiven: true),
      by: try of(.coordinator, key))
  }

  mutating func visit(_ name: String, assessed: Bool, _ key: String) async throws {
    let nurse = try of(.nurse, key, Int(numbers.next() % 2))
    try await act(RecordVisit(participant: try id(key), visit: name, assessed: assessed), by: nurse)
  }

  private mutating func importData(_ deed: Deed, of key: String) async throws {
    let id = try id(key)
    let here = try here(key)
    let story = try story(key)
    guard var patient = patients[key] else { return }
    let bytes: [UInt8]
    var source = ImportedData.Source.laboratory
    switch deed {
    case .history:
      bytes = patient.history(decision: opening + story.decision, of: id)
      source = .hospitalRecord
    case .screening(let round):
      let consented = try await live.state().participants[id]?.way.consents.first?.signed ?? here
      let decision = opening + (round == 1 ? story.decision : story.lastDecision)
      bytes = patient.screening(decision: decision, consented: consented, round: round, of: id)
    case .examine:
      bytes = patient.examination(at: here, day: day(of: story, at: here), of: id)
    case .feverBeforeInfusion:
      bytes = patient.examination(
        at: here, day: day(of: story, at: here), of: id, temperature: 38_400,
        otherwise: ["uncontrolledInfection": .yes(true)])
    case .laboratory(let through):
      let days = [3: [1, 3], 7: [5, 7], 14: [10, 14], story.course.lateD28: [21, story.course.lateD28]]
      let times = (days[through] ?? [through]).compactMap { day -> (day: Int, time: Moment)? in
        moment((story.infusion ?? 0) + day, "07:30", cast.zone(of: try? SiteID(story.site))).map {
          (day, $0.adding(minutes: rhythm.minutes(key, day)))
        }
      }
      bytes = patient.laboratory(times, of: id)
    default: return
    }
    patients[key] = patient
    try await live.importData(
      bytes, file: "\(key).json", for: id, source: source, by: try of(.coordinator, key), origin: .import)
    clock.advance(minutes: 5)
    if case .feverBeforeInfusion = deed { try await putOff(key) }
  }

  /// The day counted from Day 0, where one is planned.
  private func day(of story: Story, at moment: Moment) -> Int? { story.infusion.map { moment.day - opening - $0 } }

  /// Fever on the morning of Day 0: the re-check is deferred and another day is booked.
  private mutating func putOff(_ key: String) async throws {
    let id = try id(key)
    try await act(
      SignRecheck(
        participant: id, kind: .infusion, outcome: .deferred, reason: "Fever of 38.4 °C this morning; cultures taken."),
      by: try of(.subInvestigator, key))
    guard let day = CalendarDate(daysSinceEpoch: try here(key).day + 3) else { return }
    try await act(BookDayZero(participant: id, day: day), by: try of(.coordinator, key))
  }

  private mutating func prepareLymphodepletion(_ key: String) async throws {
    let id = try id(key)
    let coordinator = try of(.coordinator, key)
    for item in [Readiness.infectionProphylaxis, .tocilizumabBooked, .intensiveCareBooked] {
      try await act(ConfirmReadiness(participant: id, item: item), by: coordinator)
    }
    let findings = try await live.picture(of: id, at: try here(key)).findings
    guard let lot = try await live.state().participants[id]?.product.releasedLot,
      let height = findings["bodyHeight"]?.number, let weight = findings["baselineWeight"]?.number,
      let clearance = findings["renalFunction"]?.number
    else { throw MissingFindings(findings: findings.filter { $0.value.value != true }.keys.sorted()) }
    try await act(
      OrderLymphodepletion(
        participant: id, height: height, weight: weight, creatinineClearance: clearance,
        doses: [
          .init(concept: "fludarabine", perSquareMeter: 30), .init(concept: "cyclophosphamide", perSquareMeter: 300),
        ], bags: [BagNumber(lot: lot, bag: 1)]),
      by: try of(.subInvestigator, key))
  }

  /// What an order needs and the record does not say.
  struct MissingFindings: Error { let findings: [String] }

  private mutating func lymphodepletion(_ dose: Int, _ key: String) async throws {
    let id = try id(key)
    if dose == 1 {
      try await act(StartLymphodepletion(participant: id), by: try nurse(key))
    } else {
      try await act(ContinueLymphodepletion(participant: id, nothingNew: true), by: try of(.subInvestigator, key))
    }
  }
}
