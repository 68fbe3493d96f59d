import ClinicalValues
import Conduct
import StudyDesign
import Trial

extension Director {
  /// What the site enters of an adverse event.
  mutating func record(_ name: String, _ step: ToxicityStep, _ key: String) async throws {
    guard let toxicity = try story(key).toxicities.first(where: { $0.name == name }) else {
      throw UnknownKey(key: name)
    }
    let investigator = try of(.subInvestigator, key)
    let now = try here(key)
    switch step {
    case .begins:
      try await log(
        "adverseEvent", name, answers(toxicity, in: try story(key), at: now), key, by: investigator)
      try await recordCourse(toxicity, toxicity.grades.first?.grade ?? 1, key)
    case .turns(let grade):
      try await recordCourse(toxicity, grade, key)
      // The row of the event holds the highest grade.
      let earlier = toxicity.grades.prefix { $0.day < (day(now, key)) }.map(\.grade).max() ?? 0
      if grade > earlier {
        var answers = ["AETOXGR": "\(grade)"]
        if grade == toxicity.worst, let seriousness = toxicity.seriousness {
          answers.merge(serious(seriousness)) { $1 }
        }
        if grade >= 3 || grade == toxicity.worst { answers["AENARR"] = toxicity.narrative }
        try await log("adverseEvent", name, answers, key, by: investigator, correction: "It has become worse.")
      }
    case .ends:
      var answers = ["AEOUT": "RECOVERED/RESOLVED", "AEENDTC": now.date.description]
      if toxicity.worst >= 3 || toxicity.seriousness != nil { answers["AENARR"] = toxicity.story }
      try await log("adverseEvent", name, answers, key, by: investigator, correction: "It is over.")
      if let interest = toxicity.interest, !toxicity.details.isEmpty { try await detail(toxicity, interest, key) }
      if toxicity.seriousness != nil { try await tellOutcome(of: toxicity, key) }
    case .told: try await tell(toxicity, key)
    case .judged: try await judge(toxicity, key)
    case .submitted: try await sendOn(toxicity, key)
    case .followedUp: try await tellMore(of: toxicity, key)
    }
  }

  private func day(_ now: Moment, _ key: String) -> Int { (try? story(key)).flatMap { day(of: $0, at: now) } ?? 0 }

  /// The row of an adverse event as it is first entered: serious only where it was so from the start.
  private func answers(_ toxicity: Toxicity, in story: Story, at now: Moment) -> [String: String] {
    let grade = toxicity.grades.first?.grade ?? 1
    let onset = CalendarDate(daysSinceEpoch: opening + (story.infusion ?? 0) + toxicity.onset) ?? now.date
    let isTreated = story.medicines.contains { $0.toxicity == toxicity.name }
    var answers = [
      "AETERM": toxicity.words, "AEDECOD": toxicity.term, "AESTDTC": onset.description, "AETOXGR": "\(grade)",
      "AEPROPOSED": "ENTERED", "AEAWAREDTC": now.adding(minutes: -20).dateTime.description, "AESER": "false",
      "AEACN": toxicity.causes.contains(.product) && toxicity.onset == 0 ? "DRUG INTERRUPTED" : "NOT APPLICABLE",
      "AECONTRT": isTreated ? "true" : "false",
      "AEOUT": toxicity.seriousness == .death ? "FATAL" : "NOT RECOVERED/NOT RESOLVED",
    ]
    for cause in Toxicity.Cause.allCases {
      answers[cause.rawValue] =
        toxicity.causes.contains(cause) ? (cause == .product ? "RELATED" : "POSSIBLY RELATED") : "NOT RELATED"
    }
    if let specified = toxicity.specified { answers["AEOTHSPEC"] = specified }
    answers["AESI"] = toxicity.interest ?? "NONE"
    if let seriousness = toxicity.seriousness, toxicity.worst == grade { answers.merge(serious(seriousness)) { $1 } }
    if grade >= 3 || answers["AESER"] == "true" { answers["AENARR"] = toxicity.narrative }
    if toxicity.seriousness == .death { answers["AEENDTC"] = onset.description }
    return answers
  }

  private func serious(_ criterion: Toxicity.Seriousness) -> [String: String] {
    var answers = ["AESER": "true", "AESDISAB": "false", "AESCONG": "false"]
    for one in Toxicity.Seriousness.allCases { answers[one.rawValue] = one == criterion ? "true" : "false" }
    return answers
  }

  private mutating func recordCourse(_ toxicity: Toxicity, _ grade: Int, _ key: String) async throws {
    guard toxicity.grades.count > 1 else { return }
    let now = try here(key)
    let event = try await row("adverseEvent", toxicity.name, key)
    try await log(
      "adverseEventCourse", "\(toxicity.name) \(now.date)",
      ["FAAENO": "\(event)", "FADTC": now.adding(minutes: -380).dateTime.description, "FATOXGR": "\(grade)"], key,
      by: try of(.subInvestigator, key))
  }

  private mutating func detail(_ toxicity: Toxicity, _ interest: String, _ key: String) async throws {
    let event = try await row("adverseEvent", toxicity.name, key)
    var answers = toxicity.details
    answers["FAAENO"] = "\(event)"
    answers["FAAESI"] = interest
    answers["FADTC"] = try here(key).date.description
    try await log("aesiDetails", toxicity.name, answers, key, by: try of(.subInvestigator, key))
  }

  /// The sponsor is told: of a serious event by its form, of one of special interest by a message, which stops the clock.
  private mutating func tell(_ toxicity: Toxicity, _ key: String) async throws {
    guard toxicity.seriousness != nil else {
      let id = try id(key)
      for clock in try await live.state().participants[id]?.record.runningClocks ?? []
      where clock.permission == .recordData {
        try await act(
          SubmitReport(participant: id, clock: clock.number, to: "the sponsor"), by: try of(.coordinator, key))
      }
      return
    }
    let known = try here(key).adding(minutes: -260).dateTime.description
    var version = ["SAEVERS": "FIRST", "SAEVERNO": "0", "SAEAWARE": known, "SAENARR": toxicity.narrative]
    if toxicity.seriousness == .hospitalization { version["SAEHOSPST"] = known }
    try await report(toxicity, as: toxicity.name, version, key)
  }

  /// A further version of a serious event's report: what was found out since the first.
  private mutating func tellMore(of toxicity: Toxicity, _ key: String) async throws {
    guard let later = toxicity.followUp else { throw NotThere(what: "what was found out of \(toxicity.name)") }
    let version = [
      "SAEVERS": "FOLLOW-UP", "SAEVERNO": "1", "SAEAWARE": try here(key).adding(minutes: -50).dateTime.description,
      "SAENARR": "\(toxicity.narrative) \(later.words)",
    ]
    try await report(toxicity, as: "\(toxicity.name) follow-up", version, key)
  }

  /// The last version of a serious event's report, once it is over.
  private mutating func tellOutcome(of toxicity: Toxicity, _ key: String) async throws {
    let now = try here(key)
    let version = [
      "SAEVERS": "FINAL", "SAEVERNO": toxicity.followUp == nil ? "1" : "2",
      "SAEAWARE": now.adding(minutes: -30).dateTime.description, "SAENARR": "\(toxicity.story) Over on \(now.date).",
    ]
    try await report(toxicity, as: "\(toxicity.name) final", version, key)
  }

  /// A version of the report on a serious event, sent at once.
  private mutating func report(
    _ toxicity: Toxicity, as name: String, _ version: [String: String], _ key: String
  ) async throws {
    let investigator = try of(.subInvestigator, key)
    let now = try here(key)
    var answers = [
      "SAEAENO": "\(try await row("adverseEvent", toxicity.name, key))", "SAEDTC": now.dateTime.description,
      "SAESENT": now.dateTime.description, "SAEDIAG": toxicity.words,
      "SAERELPROD": toxicity.causes.contains(.product) ? "RELATED" : "NOT RELATED",
      "SAERELLD": toxicity.causes.contains(.lymphodepletion) ? "POSSIBLY RELATED" : "NOT RELATED",
      "SAERELWHY": toxicity.causes.isEmpty
        ? "An accident." : "Time since the infusion, and what is known of such cells.",
      "SAEBY": "Sub-investigator",
    ]
    answers.merge(version) { $1 }
    try await log("sae", name, answers, key, by: investigator)
  }

  /// The safety officer's own judgment, beside the site's.
  private mutating func judge(_ toxicity: Toxicity, _ key: String) async throws {
    let now = ZoneClock.moment(clock.now, zone: "UTC")
    let isRelated = toxicity.causes.contains(.product)
    let isUrgent = toxicity.seriousness == .lifeThreatening || toxicity.seriousness == .death
    try await judge(
      toxicity,
      [
        "SOAAENO": "\(try await row("adverseEvent", toxicity.name, key))", "SOADTC": now.dateTime.description,
        // Of a death the sponsor hears on the day; of all else it was told the day before.
        "SOAAWARE": now.adding(minutes: toxicity.seriousness == .death ? -10 : -18 * 60).dateTime.description,
        "SOARELPROD": isRelated ? "RELATED" : "NOT RELATED",
        "SOARELLD": toxicity.causes.contains(.lymphodepletion) ? "POSSIBLY RELATED" : "NOT RELATED",
        "SOAEXPECT": toxicity.isUnexpected ? "UNEXPECTED" : "EXPECTED", "SOARSI": "Reference safety information 1.0",
        "SOASERCAT": isUrgent ? "FATAL OR LIFE-THREATENING" : "OTHER SERIOUS",
        "SOASUSAR": toxicity.isUnexpected && isRelated ? "true" : "false",
        "SOAWHY": !toxicity.isUnexpected
          ? "As listed for such cells, in kind and grade."
          : isRelated
            ? "Not listed for this product; the time since the infusion speaks for the cells."
            : "Not listed for this product, and an accident: not related to it.",
        "SOADOWN": "false",
      ], key)
  }

  /// What is suspected and unexpected goes to authority, ethics committee and sites.
  private mutating func sendOn(_ toxicity: Toxicity, _ key: String) async throws {
    let sent = ZoneClock.moment(clock.now, zone: "UTC").adding(minutes: -30).dateTime.description
    try await judge(
      toxicity, ["SOAAUTH": sent, "SOAEC": sent, "SOASITES": sent, "SOAREF": "SUSAR 1 of the demonstration"], key)
  }

  private mutating func judge(_ toxicity: Toxicity, _ answers: [String: String], _ key: String) async throws {
    guard let plan = try protocolStudy().forms.first(where: { $0.id == "saeAssessment" }) else {
      throw UnknownKey(key: "saeAssessment")
    }
    let form = try FormKey(
      visit: FormKey.log, form: plan.id, row: try await row(plan.id, toxicity.name, key))
    let entries = plan.items.compactMap { item in answers[item.id].map { Entry(item.id, .value($0)) } }
    guard let save = try await change(entries, form, of: key) else { return }
    try await act(
      JudgeSeriousEvent(participant: save.participant, form: form, entries: save.entries),
      by: try cast.acting(.safetyOfficer))
  }

  // MARK: - Questions about dose-limiting toxicity

  /// The form of the principal investigator's answer to the question about an event.
  mutating func fillAnswer(_ isDoseLimiting: Bool, to question: DLTQuestion, _ key: String) async throws {
    let story = try story(key)
    let interests: [QualifyingToxicity: String] = [
      .crs: "CRS", .icans: "ICANS", .cytopenia: "ICAHT", .infection: "INFECTION",
    ]
    guard let toxicity = story.toxicities.first(where: { $0.interest == interests[question.toxicity] }) else {
      throw NotThere(what: "the event of question \(question.number)")
    }
    let categories: [QualifyingToxicity: String] = [.crs: "CRS", .icans: "ICANS", .cytopenia: "HEMATOLOGIC"]
    let today = day(try here(key), key)
    let goesOn = (toxicity.grades.last { $0.day <= today }?.grade ?? 0) >= (question.toxicity == .cytopenia ? 4 : 3)
    let not =
      goesOn
      ? "Its grade has not lasted as long as the definition asks so far; the window stays open while it goes on."
      : "Its grade has not lasted as long as the definition asks."
    var answers = [
      "DLTAENO": "\(try await row("adverseEvent", toxicity.name, key))",
      "DLTCAT": categories[question.toxicity] ?? "NONHEMATOLOGIC", "DLTGRADE": "\(toxicity.worst)",
      "DLTDAY": "\(toxicity.onset)", "DLTEXP": "false", "DLTREL": "true", "DLTANSW": isDoseLimiting ? "YES" : "NO",
      "DLTWHY": isDoseLimiting ? "By the protocol's definition: its grade has lasted longer than the limit." : not,
      "DLTDTC": try here(key).dateTime.description,
    ]
    if categories[question.toxicity] == nil { answers["DLTLAB"] = "false" }
    try await log("dltQuestion", "\(question.number)", answers, key, by: try of(.principalInvestigator, key))
  }

  /// What the board decided, beside the answer that the safety officer did not confirm.
  mutating func fillDecision(_ isDoseLimiting: Bool, on question: Int, _ key: String) async throws {
    let now = try here(key).dateTime.description
    try await log(
      "dltQuestion", "\(question)",
      [
        "DLTSOANS": "NOT CONFIRMED", "DLTSODTC": now, "DLTBOARD": isDoseLimiting ? "YES" : "NO", "DLTBOARDDTC": now,
      ], key, by: try of(.principalInvestigator, key))
  }

  // MARK: - Medicines, stays, products

  /// What the site enters of a medicine.
  mutating func record(medicine name: String, _ step: MedicineStep, _ key: String) async throws {
    let story = try story(key)
    guard let medicine = story.medicines.first(where: { $0.name == name }) else { throw UnknownKey(key: name) }
    let now = try here(key).date.description
    let coordinator = try of(.coordinator, key)
    guard case .begins = step else {
      return try await log(
        "concomitantMedication", name, ["CMSTAT": "completed", "CMENDTC": now, "CMREASND": "completed-as-planned"], key,
        by: coordinator, correction: "It was given for the last time today.")
    }
    var answers = [
      "CMTRT": medicine.code, "CMSTAT": "active", "CMSTDTC": now, "CMROUTE": medicine.route, "CMREAS": medicine.reason,
      "CMDTC": now,
    ]
    for (item, text) in [
      ("CMDOSTOT", medicine.perDay), ("CMDOSE", medicine.dose), ("CMDOSU", medicine.unit),
      ("CMDOSFRQ", medicine.frequency),
    ] {
      if let text { answers[item] = text }
    }
    if medicine.reason == "TARGET DISEASE" { answers["CMNEWTX"] = medicine.isNewTreatment ? "true" : "false" }
    if let toxicity = medicine.toxicity {
      answers["CMAENO"] = "\(try await row("adverseEvent", toxicity, key))"
    }
    try await log("concomitantMedication", name, answers, key, by: coordinator)
  }

  /// What the site enters of a stay in hospital.
  mutating func record(_ step: HospitalStep, _ key: String) async throws {
    let now = try here(key).dateTime.description
    let coordinator = try of(.coordinator, key)
    switch step {
    case .admitted(let toxicity):
      var answers = [
        "HOOCCUR": "true", "HOSTDTC": now, "HOREAS": toxicity == nil ? "PLANNED BY PROTOCOL" : "ADVERSE EVENT",
        "HODEPT": toxicity == nil ? "Ward 7, hematology" : "Internal medicine",
      ]
      if let toxicity { answers["HOAENO"] = "\(try await row("adverseEvent", toxicity, key))" }
      try await log("hospitalStays", toxicity ?? "planned", answers, key, by: coordinator)
    case .discharged(let toxicity):
      try await log("hospitalStays", toxicity ?? "planned", ["HOENDTC": now], key, by: coordinator)
    }
  }
}
