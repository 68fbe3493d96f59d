import Analysis
import ClinicalValues
import Foundation
import Ledger
import Rules
import StudyDesign
import Testing

@testable import Trial

/// A trial of four, event by event, as tests of reports need it: what happened when, and when it was recorded.
struct SmallTrial {
  private(set) var events: [(event: TrialEvent, happened: Moment, recorded: Instant)] = []

  static let study = Result {
    try StudyChecker(models: Screening.models).read(
      URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Studies/cd19-bcma-aid/1.0").path)
  }
  static let actor = Actor(account: "petra.wolf", role: "principalInvestigator", site: "01")

  /// A day of the trial at noon in Berlin; the first is 5 January 2026.
  static func noon(_ day: Int) -> Moment {
    Moment(Instant(milliseconds: 1_767_607_200_000 + day * 86_400_000), offsetMinutes: 60, zone: "Europe/Berlin")
  }

  mutating func add(_ event: TrialEvent, day: Int, recordedOn: Int? = nil) {
    events.append((event, Self.noon(day), Self.noon(recordedOn ?? day).instant))
  }

  /// Adds an event among those that were recorded before and after it.
  mutating func insert(_ event: TrialEvent, day: Int) {
    let recorded = Self.noon(day)
    let place = events.firstIndex { $0.recorded > recorded.instant } ?? events.endIndex
    events.insert((event, recorded, recorded.instant), at: place)
  }

  /// The envelopes of its ledger. No store takes them: participant stands after participant, each from the beginning, so
  /// that times go back.
  func envelopes() async throws -> [Envelope] {
    var versions: [StreamID: Version] = [:]
    return try events.enumerated().map { index, entry in
      let event = try entry.event.newEvent(
        happened: entry.happened, actor: Self.actor, origin: .commandLine, reason: nil)
      versions[event.stream, default: 0] += 1
      return Envelope(
        event, position: index + 1, version: versions[event.stream] ?? 1, recorded: entry.recorded, attachments: [])
    }
  }

  /// What was known at the end of a day.
  func snapshot(endOf day: Int) async throws -> TrialSnapshot {
    var snapshot = TrialSnapshot(asOf: Instant(endOf: Self.noon(day).date))
    _ = try snapshot.take(try await envelopes())
    return snapshot
  }

  /// The report at the end of a day.
  func report(endOf day: Int) async throws -> SafetyReport {
    SafetyReport(try await snapshot(endOf: day), study: try Self.study.get())
  }

  /// The report as it is printed.
  func document(endOf day: Int) async throws -> ReportDocument {
    let report = try await report(endOf: day)
    return report.document(digest: Digest(of: try report.canonical().bytes))
  }
}

extension SmallTrial {
  /// Somebody enrolled and lymphodepleted; with a dose, infused five days after LD 1.
  mutating func treat(_ id: ParticipantID, cohort: String, from day: Int, dosePerKg: ClinicalValues.Decimal?) throws {
    let site = try SiteID("01")
    add(.way(id, .registered(site: site, cohort: cohort)), day: day - 40)
    let consent = GivenConsent(
      version: "1.0", site: site, obtainedBy: try AccountID("ivan.kral"), adult: true, copyGiven: true)
    add(.way(id, .consented(consent: consent)), day: day - 39)
    add(.way(id, .screeningStarted(round: 1)), day: day - 38)
    add(.study(.slotAllotted(participant: id)), day: day - 30)
    add(.way(id, .enrolled(cohort: cohort, gate: [])), day: day - 30)
    let first = Self.noon(day - 5).day
    for number in 1...3 {
      let dose = LymphodepletionDose(
        number: number, round: 1, infusable: (first + 2)...(first + 12), gate: [], outsideGate: false)
      add(.way(id, .lymphodepletionGiven(dose: dose)), day: day - 6 + number)
    }
    guard let dosePerKg else { return }
    let bag = BagNumber(lot: LotNumber(participant: id, lot: 1), bag: 1)
    add(.study(.infusionBegun(participant: id)), day: day)
    add(.product(id, .infusionStarted(bag: bag, outsideGate: false, lines: [])), day: day)
    add(
      .product(id, .infusionStopped(bag: bag, volumeML: 60, whole: true, dosePerKg: dosePerKg, reason: nil)), day: day)
  }

  /// An assessment of somebody.
  mutating func assess(_ id: ParticipantID, day: Int) {
    add(.way(id, .visitRecorded(visit: RecordedVisit(visit: "D28", assessed: true, completes: false))), day: day)
  }

  /// A row of the form of adverse events.
  mutating func adverseEvent(
    _ id: ParticipantID, row: Int, term: String, start: CalendarDate, grade: Int, serious: Bool = false,
    specialInterest: String? = nil, day: Int, recordedOn: Int? = nil
  ) throws {
    var entries = [
      Entry("AETERM", .value("as Dr. Petra Wolf reported it")), Entry("AEDECOD", .value(term)),
      Entry("AESTDTC", .value(start.description)), Entry("AETOXGR", .value("\(grade)")),
      Entry("AESER", .value("\(serious)")), Entry("AEREL_PROD", .value("RELATED")),
      Entry("AEOUT", .value("NOT RECOVERED/NOT RESOLVED")), Entry("AENARR", .value("Mrs. Li Wei fell ill at home.")),
    ]
    if serious { entries.append(Entry("AESHOSP", .value("true"))) }
    if let specialInterest { entries.append(Entry("AESI", .value(specialInterest))) }
    let key = try FormKey(visit: FormKey.log, form: "adverseEvent", row: row)
    add(
      .casebook(id, .saved(form: key, entries: entries, source: nil, reason: nil)), day: day, recordedOn: recordedOn)
  }

  /// A change of an adverse event's grade, at noon of its day.
  mutating func turn(_ id: ParticipantID, event: Int, row: Int, grade: Int, day: Int) throws {
    let entries = [
      Entry("FAAENO", .value("\(event)")), Entry("FADTC", .value(Self.noon(day).dateTime.description)),
      Entry("FATOXGR", .value("\(grade)")),
    ]
    let key = try FormKey(visit: FormKey.log, form: "adverseEventCourse", row: row)
    add(.casebook(id, .saved(form: key, entries: entries, source: nil, reason: nil)), day: day)
  }

  /// A form of a visit, filled in at noon of its day.
  mutating func fill(_ id: ParticipantID, _ form: String, _ dated: String, _ entries: [Entry], day: Int) throws {
    let all = [Entry(dated, .value(Self.noon(day).dateTime.description))] + entries
    add(.casebook(id, .saved(form: try FormKey(form), entries: all, source: nil, reason: nil)), day: day)
  }

  /// A blood count, with the limits that the laboratory printed.
  mutating func bloodCount(_ id: ParticipantID, _ visit: String, neutrophils: String, day: Int) throws {
    try fill(
      id, "\(visit)/1/hematology/1", "LBDTC",
      [Entry("LBORRES_NEUT", .value(neutrophils, unit: "10*9/L"), low: 2, high: 7)], day: day)
  }

  /// An assessment of CRS of grade 1 to 3, by fever and what was needed for the pressure.
  mutating func crs(_ id: ParticipantID, _ visit: String, grade: Int, day: Int) throws {
    try fill(
      id, "\(visit)/1/vitalSigns/1", "VSDTC", [Entry("VSORRES_TEMP", .value("38.6", unit: "Cel"))], day: day)
    try fill(
      id, "\(visit)/1/crs/1", "CEDTC",
      [
        Entry("CRSHYPOT", .value("\(grade > 1)")), Entry("CRSVASOP", .value(grade > 2 ? "1" : "0")),
        Entry("CRSOXYGEN", .value("room-air")),
      ], day: day)
  }

  /// A question and the answers to it: dose-limiting or not.
  mutating func question(
    _ number: Int, _ id: ParticipantID, _ toxicity: QualifyingToxicity, day: Int, isDoseLimiting: Bool
  ) {
    add(
      .study(
        .dltQuestionOpened(
          question: number, participant: id, toxicity: toxicity, onset: Self.noon(day).date, about: "Told by Nora Diaz."
        )),
      day: day)
    let answer = DLTAnswer(basis: isDoseLimiting ? .meetsDefinition : .belowThreshold)
    add(.study(.dltAnswered(question: number, answer: answer)), day: day + 1)
    add(.study(.dltConfirmed(question: number)), day: day + 2)
  }

  /// Four treated, three infused and evaluable but for the last; two DLTs; a hold by the rule.
  static func example() throws -> SmallTrial {
    var trial = SmallTrial()
    let ids = try (1...4).map { try ParticipantID("01-000\($0)") }
    trial.add(.study(.founded(study: "cd19-bcma-aid", synthetic: true)), day: 0)
    let wolf = try AccountID("petra.wolf")
    trial.add(.people(.accountCreated(account: wolf, name: "Petra Wolf", namesakes: [])), day: 0)
    try trial.treat(ids[0], cohort: "sle", from: 60, dosePerKg: 1_000_000)
    try trial.adverseEvent(
      ids[0], row: 1, term: "Cytokine release syndrome", start: noon(63).date, grade: 3, serious: true,
      specialInterest: "CRS", day: 63)
    trial.question(1, ids[0], .crs, day: 63, isDoseLimiting: true)
    try trial.bloodCount(ids[0], "BL", neutrophils: "3.2", day: 54)
    for (day, count) in [(60, "1.8"), (64, "0.3"), (70, "0.4"), (74, "0.9"), (90, "2.4")] {
      try trial.bloodCount(ids[0], "D\(day - 60)", neutrophils: count, day: day)
    }
    for (day, grade) in [(62, 1), (63, 3), (64, 3), (65, 1)] {
      try trial.crs(ids[0], "D\(day - 60)", grade: grade, day: day)
    }
    trial.assess(ids[0], day: 88)
    try trial.treat(ids[1], cohort: "ssc", from: 90, dosePerKg: 1_000_000)
    try trial.adverseEvent(ids[1], row: 1, term: "Neutrophil count decreased", start: noon(92).date, grade: 4, day: 93)
    try trial.adverseEvent(ids[1], row: 2, term: "Nausea", start: noon(92).date, grade: 1, day: 93)
    try trial.turn(ids[1], event: 1, row: 1, grade: 4, day: 92)
    trial.question(2, ids[1], .cytopenia, day: 95, isDoseLimiting: false)
    try trial.turn(ids[1], event: 1, row: 2, grade: 3, day: 104)
    trial.assess(ids[1], day: 118)
    try trial.treat(ids[2], cohort: "sle", from: 120, dosePerKg: 1_000_000)
    trial.question(3, ids[2], .icans, day: 126, isDoseLimiting: true)
    let hold = Hold(
      number: 1, kind: .safety, activities: Activity.allCases, site: nil, cohort: nil,
      reason: "Set after a word with Petra Wolf.", setBy: nil, rule: .twoEarlyToxicities)
    trial.add(.study(.holdSet(hold: hold)), day: 128)
    try trial.treat(ids[3], cohort: "ms", from: 170, dosePerKg: nil)
    trial.add(.way(ids[2], .died(cause: "sepsis")), day: 180)
    return trial
  }
}
