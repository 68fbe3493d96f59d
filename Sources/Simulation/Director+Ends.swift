import ClinicalValues
import Conduct
import StudyDesign
import Trial

// Forms of what is out of the usual: visits that were missed, pregnancies, who leaves and how.

extension Director {
  /// A visit to which the participant did not come. The deviation opens by itself once its window is over.
  mutating func miss(_ visit: String, _ reason: String, _ key: String) async throws {
    try await save(
      [Entry("SVOCCUR", .value("false")), Entry("SVREASND", .value(reason))], try FormKey(visit: visit, form: "visit"),
      of: key, by: try of(.coordinator, key))
  }

  mutating func fillBridging(_ treatment: String, _ key: String) async throws {
    let doses = [
      "hydroxychloroquine": ("P01BA02", "400", "mg", "once a day", "ORAL"),
      "ivig": ("J06BA02", "0.4", "g/kg", "once", "INTRAVENOUS"),
      "azathioprine": ("L04AX01", "50", "mg", "once a day", "ORAL"),
    ]
    guard let known = doses[treatment] else { throw UnknownKey(key: treatment) }
    let today = try here(key).date.description
    try await log(
      "bridging", treatment,
      [
        "CMTRT": known.0, "CMSTAT": "active", "CMSTDTC": today, "CMDOSE": known.1, "CMDOSU": known.2,
        "CMDOSFRQ": known.3,
        "CMROUTE": known.4, "CMREAS": "Activity of the disease while the cells are made.", "CMDTC": today,
      ], key, by: try of(.coordinator, key))
  }

  mutating func fillPregnancy(_ key: String) async throws {
    let now = try here(key)
    try await log(
      "pregnancyReport", "partner",
      [
        "RPWHO": "PARTNER", "RPAWARE": now.adding(minutes: -70).dateTime.description, "RPDTC": now.dateTime.description,
        "RPSENT": now.dateTime.description, "RPCONSENT": "true",
        "RPLMPDTC": now.adding(minutes: -45 * 1440).date.description,
        "RPEDDDTC": now.adding(minutes: 235 * 1440).date.description, "RPWEEK": "6", "RPEXPOS": "PATERNAL",
        "RPCONTRA": "Condom", "RPGRAV": "1",
      ], key, by: try of(.subInvestigator, key))
  }

  mutating func fillPregnancyOutcome(_ outcome: String, _ key: String) async throws {
    let now = try here(key)
    try await log(
      "pregnancyOutcome", "partner",
      [
        "RPNO": "\(try await row("pregnancyReport", "partner", key))", "RPDTC": now.date.description,
        "RPOUT": "LIVE BIRTH", "RPOUTDTC": now.adding(minutes: -4 * 1440).date.description, "RPWEIGHT": "3280",
        "RPANOM": "false", "RPCHILD": "NOT YET", "RPCOM": outcome,
      ], key, by: try of(.subInvestigator, key))
  }

  mutating func fillWithdrawal(_ what: String, _ detail: String, _ key: String) async throws {
    let now = try here(key)
    let isInfused = what != "TREATMENT"
    var answers = [
      "DSSTDTC": now.adding(minutes: -15).dateTime.description, "DSWHAT": what, "DSBY": "PARTICIPANT", "DSREAS": detail,
      "DSSAMPLES": "KEEP", "DSCELLS": isInfused ? "KEEP" : "DESTROY", "DSLASTDTC": now.date.description,
    ]
    if isInfused {
      answers["DSSAFETY"] = "true"
      answers["DSSAFANS"] = "NO"
    }
    let investigator = try of(.subInvestigator, key)
    try await log("withdrawal", "withdrawal", answers, key, by: investigator)
    // Who was never infused is seen once more before the study ends for them.
    if isInfused { try await endStudy("WITHDRAWAL BY SUBJECT", key) }
  }

  /// The death, with the event that led to it.
  mutating func fillDeath(_ cause: String, _ key: String) async throws {
    let now = try here(key)
    let event = try await row("adverseEvent", "accident", key)
    let died = now.adding(minutes: -20 * 1440).date.description
    try await log(
      "death", "death",
      [
        "DTHFL": "true", "DTHDTC": died, "DTHCAUSE": cause, "DTHAENO": "\(event)", "DTHPLACE": "OTHER",
        "DTHREL_PROD": "NOT RELATED", "DTHREL_LD": "NOT RELATED", "DTHREL_LEUK": "NOT RELATED",
        "DTHREL_PROC": "NOT RELATED", "DTHAUTOPSY": "false", "DTHCERT": "true",
        "DTHAWARE": now.adding(minutes: -30).dateTime.description,
      ], key, by: try of(.principalInvestigator, key))
    try await endStudy("DEATH", key)
  }

  /// The visit after the last procedure of somebody who left before any infusion, and the end of the study for them.
  mutating func seeOnceMore(_ key: String) async throws {
    try await visit("SFU", assessed: false, key)
    try await takeOverResults("SFU", key)
    try await endStudy("NEVER INFUSED", key, because: "Withdrew from treatment before the infusion.")
  }

  /// The end of the study for a participant.
  mutating func endStudy(_ how: String, _ key: String, because reason: String? = nil) async throws {
    let today = try here(key).date.description
    let byWhom =
      ["COMPLETED": "INVESTIGATOR", "WITHDRAWAL BY SUBJECT": "PARTICIPANT", "NEVER INFUSED": "PARTICIPANT"][how]
      ?? "NOBODY"
    var answers = ["DSSTDTC": today, "DSDECOD": how, "DSWHO": byWhom, "DSLASTDTC": today, "DSOPENAE": "false"]
    if let reason { answers["DSTERM"] = reason }
    try await log("endOfStudy", "end", answers, key, by: try of(.principalInvestigator, key))
  }
}
