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
    case .history: try await importHistory(key)
    case .anamnesis, .screening, .examine, .feverBeforeInfusion: try await examine(deed, key)
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
      guard let date = CalendarDate(daysSinceEpoch: opening + day) else { throw NotThere(what: "day \(day)") }
      try await act(BookDayZero(participant: try id(key), day: date), by: try of(.coordinator, key))
    case .prepareLymphodepletion: try await prepareLymphodepletion(key)
    case .lymphodepletion(let dose): try await lymphodepletion(dose, key)
    case .special(let act): try await perform(act, of: key)
    case .collect, .receiveCells, .fill, .test, .decideLot, .finalSterility, .ship, .store, .resolveQuarantine, .admit,
      .infuse:
      try await performOnProduct(deed, of: key)
    default: try await performOnCasebook(deed, of: key)
    }
  }

  /// What is entered at visits and beside them, and what becomes of it.
  private mutating func performOnCasebook(_ deed: Deed, of key: String) async throws {
    switch deed {
    case .visit(let name, let assessed):
      try await visit(name, assessed: assessed, key)
      if name == "BL" { try await takeOverResults(name, key) }
      if name == "M24" { try await endStudy("COMPLETED", key) }
      if let dose = name.hasPrefix("LD") ? Int(name.dropFirst(2)) : nil { try await fillLymphodepletion(dose, key) }
    case .results(let visit): try await takeOverResults(visit, key)
    case .ward(let visit): try await takeOverWard(visit, key)
    case .missed(let visit, let reason): try await miss(visit, reason, key)
    case .toxicity(let name, let step): try await record(name, step, key)
    case .medicine(let name, let step): try await record(medicine: name, step, key)
    case .hospitalStay(let step): try await record(step, key)
    case .correct(let place): try await correct(place, key)
    case .answerQueries: try await answerQueries(key)
    case .closeQueries: try await closeQueries(key)
    case .monitor(let visit, let asks): try await monitor(visit, asks: asks, key)
    case .judge: try await judgeValues(key)
    case .sign: try await sign(key)
    case .freeze(let visit): try await freeze(visit, key)
    default: return
    }
  }

  private mutating func register(_ key: String) async throws {
    let story = try story(key)
    let site = try SiteID(story.site)
    let person = try patient(key).person
    // Nobody is registered twice: whoever looks like somebody known is looked at first.
    guard try await vault.matches(for: person).isEmpty else {
      throw NotThere(what: "a person whom nobody known looks like")
    }
    try await act(RegisterCandidate(site: site, cohort: story.cohort), by: try of(.coordinator, key))
    let registered = try await live.state().participants.keys.filter { $0.site == site }.max()
    guard let registered else { throw NotThere(what: "who was registered") }
    patients[key]?.id = registered
    try await vault.put(person, for: registered)
  }

  mutating func consent(_ key: String, obtainedBy: Acting) async throws {
    let id = try id(key)
    let here = try here(key)
    guard let version = try await live.state().participants[id]?.way.site.map({ $0 }),
      let form = try await live.state().sites[version]?.consentVersion(at: here)
    else { throw NotThere(what: "a consent form in force") }
    try await act(
      GiveConsent(
        participant: id, version: form, obtainedBy: obtainedBy.account, obtainedAs: obtainedBy.role, adult: true,
        copyGiven: true),
      by: try of(.coordinator, key))
  }

  /// The form of the consent that was given last.
  mutating func fillConsent(_ key: String, _ kind: String) async throws {
    let id = try id(key)
    guard let consent = try await live.state().participants[id]?.way.consents.last else {
      throw NotThere(what: "a consent")
    }
    let investigator = try of(.subInvestigator, key)
    try await log(
      "consent", "consent \(consent.version)",
      [
        "DSSTDTC": consent.signed.dateTime.description, "DSDECOD": "active", "CONSVER": consent.version,
        "CONSTYPE": kind, "CONSLANG": try story(key).site == "01" ? "zh" : "OTHER",
        "CONSBY": cast.members.first { $0.account == investigator.account }?.name ?? "",
        "CONSINFDTC": consent.signed.adding(minutes: -2 * 1440).dateTime.description, "CONSTIME": "true",
        "CONSCOPY": "true", "CONSWITNESS": "false",
      ], key, by: investigator)
  }

  /// Takes over the hospital's record of a candidate.
  private mutating func importHistory(_ key: String) async throws {
    let id = try id(key)
    let decision = try opening + story(key).decision
    guard let bytes = patients[key]?.history(decision: decision, of: id) else { throw UnknownKey(key: key) }
    try await live.importData(
      bytes, file: "\(key).json", for: id, source: .hospitalRecord, by: try of(.coordinator, key), origin: .import)
    clock.advance(minutes: 5)
  }

  /// What was asked and examined, written into forms.
  private mutating func examine(_ deed: Deed, _ key: String) async throws {
    let id = try id(key)
    let here = try here(key)
    let story = try story(key)
    guard var patient = patients[key] else { throw UnknownKey(key: key) }
    switch deed {
    case .anamnesis:
      let bytes = patient.history(decision: opening + story.decision, of: id)
      patients[key] = patient
      try await fillConsent(key, "FIRST")
      try await fill(
        "demographics", on: try occasion("SCR", key), given: [sex(of: patient)], key, by: try of(.coordinator, key))
      try await transcribe(bytes, on: try occasion("SCR", key), key, of: .history)
    case .screening(let round):
      let decision = opening + (round == 1 ? story.decision : story.lastDecision)
      let bytes = patient.screening(decision: decision, round: round, of: id)
      let history = round == 2 ? patient.history(decision: opening + story.decision, of: id) : nil
      patients[key] = patient
      if let history {
        patients[key]?.rows["visit SCR"] = 2
        try await transcribe(history, on: try occasion("SCR", key), key, of: .historyAgain)
      }
      try await transcribe(bytes, on: try occasion("SCR", key), key, of: .screening)
      try await visit("SCR", assessed: false, key)
      try await takeOverResults("SCR", key)
    case .examine(let kind):
      let visit = [RecheckKind.leukapheresis: "LEU", .lymphodepletion: "BL", .infusion: "PRE"][kind] ?? "UNS"
      // Put off after its eve, the infusion has a second one.
      if kind == .infusion, story.course.isPutOff { patients[key]?.rows["visit PRE"] = 2 }
      if kind == .leukapheresis {
        let collections = try await live.state().participants[id]?.product.collections.count ?? 0
        patients[key]?.rows["visit LEU"] = collections + 1
      }
      patient.rows = patients[key]?.rows ?? [:]
      let bytes = patient.examination(at: here, day: day(of: story, at: here), of: id)
      patients[key] = patient
      try await transcribe(bytes, on: try occasion(visit, key), key, of: .recheck)
      if kind == .leukapheresis { try await takeOverResults("LEU", key, at: here) }
    case .feverBeforeInfusion:
      let bytes = patient.examination(
        at: here, day: day(of: story, at: here), of: id, temperature: 38_400,
        otherwise: ["uncontrolledInfection": .yes(true)])
      patients[key] = patient
      try await transcribe(bytes, on: try occasion("PRE", key), key, of: .recheck)
      try await putOff(key)
    default: return
    }
  }

  private func sex(of patient: Patient) -> Entry { Entry("SEX", .value(patient.template.gender)) }

  /// Fever on the eve of Day 0: the re-check is deferred. Another day is booked on the next.
  private mutating func putOff(_ key: String) async throws {
    let id = try id(key)
    try await act(
      SignRecheck(
        participant: id, kind: .infusion, outcome: .deferred, reason: "Fever of 38.4 °C this morning; cultures taken."),
      by: try of(.subInvestigator, key))
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
