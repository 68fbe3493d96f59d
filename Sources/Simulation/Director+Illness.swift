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
      try await log("adverseEvent", name, answers(toxicity, at: now), key, by: investigator)
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
      try await log(
        "adverseEvent", name, ["AEOUT": "RECOVERED/RESOLVED", "AEENDTC": now.date.description], key, by: investigator,
        correction: "It is over.")
      if let interest = toxicity.interest, !toxicity.details.isEmpty { try await detail(toxicity, interest, key) }
    case .told: try await tell(toxicity, key)
    }
  }

  private func day(_ now: Moment, _ key: String) -> Int { (try? story(key)).flatMap { day(of: $0, at: now) } ?? 0 }

  /// The row of an adverse event as it is first entered: serious only where it was so from the start.
  private func answers(_ toxicity: Toxicity, at now: Moment) -> [String: String] {
    let grade = toxicity.grades.first?.grade ?? 1
    var answers = [
      "AETERM": toxicity.words, "AEDECOD": toxicity.term, "AESTDTC": now.date.description, "AETOXGR": "\(grade)",
      "AEPROPOSED": "ENTERED", "AEAWAREDTC": now.adding(minutes: -20).dateTime.description, "AESER": "false",
      "AEACN": toxicity.causes.contains(.product) && toxicity.onset == 0 ? "DRUG INTERRUPTED" : "NOT APPLICABLE",
      "AECONTRT": toxicity.isTreated ? "true" : "false",
      "AEOUT": toxicity.seriousness == .death ? "FATAL" : "NOT RECOVERED/NOT RESOLVED",
    ]
    for cause in Toxicity.Cause.allCases {
      answers[cause.rawValue] =
        toxicity.causes.contains(cause) ? (cause == .product ? "RELATED" : "POSSIBLY RELATED") : "NOT RELATED"
    }
    if let specified = toxicity.specified { answers["AEOTHSPEC"] = specified }
    if let interest = toxicity.interest { answers["AESI"] = interest }
    if let seriousness = toxicity.seriousness, toxicity.worst == grade { answers.merge(serious(seriousness)) { $1 } }
    if grade >= 3 || answers["AESER"] == "true" { answers["AENARR"] = toxicity.narrative }
    if toxicity.seriousness == .death { answers["AEENDTC"] = now.date.description }
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
      ["FAAENO": "\(event)", "FADTC": now.dateTime.description, "FATOXGR": "\(grade)"], key,
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

  /// The first report of a serious event to the sponsor.
  private mutating func tell(_ toxicity: Toxicity, _ key: String) async throws {
    let investigator = try of(.subInvestigator, key)
    let now = try here(key)
    let event = try await row("adverseEvent", toxicity.name, key)
    let known = now.adding(minutes: -260).dateTime.description
    var answers = [
      "SAEAENO": "\(event)", "SAEVERS": "FIRST", "SAEVERNO": "0", "SAEDTC": now.dateTime.description, "SAEAWARE": known,
      "SAESENT": now.adding(minutes: -15).dateTime.description, "SAEDIAG": toxicity.words,
      "SAENARR": toxicity.narrative,
      "SAERELPROD": toxicity.causes.contains(.product) ? "RELATED" : "NOT RELATED",
      "SAERELLD": toxicity.causes.contains(.lymphodepletion) ? "POSSIBLY RELATED" : "NOT RELATED",
      "SAERELWHY": toxicity.causes.isEmpty
        ? "An accident." : "Time since the infusion, and what is known of such cells.",
      "SAEBY": cast.members.first { $0.account == investigator.account }?.name ?? "",
    ]
    if toxicity.seriousness == .hospitalization { answers["SAEHOSPST"] = known }
    try await log("sae", toxicity.name, answers, key, by: investigator)
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
