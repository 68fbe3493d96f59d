import ClinicalValues
import FoundationEssentials
import Instruments
import Ledger
import Testing

@testable import Analysis
@testable import StudyDesign
@testable import Trial

/// The shipped study's endpoints, forms and dictionary, read once.
enum ShippedEndpoints {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Studies/cd19-bcma-aid/1.0").path

  static let study = Swift.Result<ResponseStudy, any Error> {
    let parts = StudyParts(StudyFolder(path: folder))
    try #require(parts.problems.map(\.description) == [])
    return ResponseStudy(
      endpoints: try #require(parts.endpoints).plan,
      casebook: CasebookPlan(forms: parts.casebook.plans, schedule: parts.casebook.schedule.plan),
      dictionary: parts.dictionary, grading: parts.conduct.grading)
  }
}

/// A participant who was lymphodepleted on 1 March and infused on 6 March 2026, and the casebook in the making.
struct ResponseDesk {
  var participant: ParticipantState
  let study: ResponseStudy
  private var position = 0

  init(_ cohort: String) throws {
    study = try ShippedEndpoints.study.get()
    participant = ParticipantState(id: try ParticipantID("01-0001"))
    participant.way.cohort = cohort
    participant.way.firstLymphodepletion = try Self.moment("2026-03-01")
    participant.product.infusion = InfusionCourse(
      begun: try Self.moment("2026-03-06"), ended: nil, dosePerKg: 1_000_000, outsideGate: false,
      lot: LotNumber(participant: participant.id, lot: 1), bag: nil)
  }

  /// Ten o'clock of a day.
  static func moment(_ day: String) throws -> Moment {
    try #require(Moment("\(day)T10:00:00.000+01:00[Europe/Berlin]"))
  }

  /// The day that lies so many days after the infusion.
  static func day(_ studyDay: Int) throws -> String {
    let dayZero = try #require(CalendarDate("2026-03-06"))
    return "\(try #require(CalendarDate(daysSinceEpoch: dayZero.daysSinceEpoch + studyDay)))"
  }

  /// Saves answers by item; a quantity is in the first unit of its item. Limits of normal go by item too.
  mutating func save(
    _ form: String, _ answers: [String: String], upper: [String: ClinicalValues.Decimal] = [:],
    lower: [String: ClinicalValues.Decimal] = [:]
  ) throws {
    let key = try FormKey(form)
    let plan = try #require(study.casebook.form(key.form))
    let entries = try answers.sorted { $0.key < $1.key }.map { id, text in
      let item = try #require(plan.item(id), "\(form) has no \(id)")
      let unit = item.type == .quantity ? item.units.first : nil
      return Entry(id, .value(text, unit: unit), low: lower[id], high: upper[id])
    }
    position += 1
    let now = try Self.moment("2028-03-06")
    participant.casebook.apply(
      Recorded(
        .saved(form: key, entries: entries, source: nil, reason: nil), happened: now, recorded: now.instant,
        actor: Actor(account: "nora", role: "nurse"), position: position))
  }

  /// Saves a form of a visit on a study day: every item of an instrument with one answer, but for those named.
  mutating func assess(
    _ visit: String, _ form: String, on studyDay: Int, all answer: String? = nil, _ answers: [String: String] = [:],
    upper: [String: ClinicalValues.Decimal] = [:], lower: [String: ClinicalValues.Decimal] = [:], without: [String] = []
  ) throws {
    let plan = try #require(study.casebook.form(form))
    var saved: [String: String] = [:]
    if let answer {
      for item in plan.items where item.gives == .component { saved[item.id] = answer }
    }
    saved.merge(answers) { _, new in new }
    if let dated = plan.dated, let item = plan.item(dated) {
      saved[dated] = try Self.day(studyDay) + (item.type == .dateTime ? "T08:00+01:00" : "")
    }
    for item in without { saved[item] = nil }
    try save("\(visit)/1/\(form)/1", saved, upper: upper, lower: lower)
  }

  /// A row of the log of medicines.
  mutating func medicine(
    _ row: Int, _ medicine: String, from start: Int, to end: Int?, for reason: String, dose: String? = nil,
    isNew: Bool? = nil
  ) throws {
    var answers = [
      "CMTRT": medicine, "CMSTDTC": try Self.day(start), "CMREAS": reason,
      "CMSTAT": end == nil ? "active" : "completed",
    ]
    if let end { answers["CMENDTC"] = try Self.day(end) }
    if let dose { answers["CMDOSTOT"] = dose }
    if let isNew { answers["CMNEWTX"] = "\(isNew)" }
    try save("log/1/concomitantMedication/\(row)", answers)
  }

  /// What is said beside an assessment: free of drugs since a study day; nil: not.
  mutating func says(_ visit: String, on studyDay: Int, drugFreeSince since: Int?, flare: Int? = nil) throws {
    var answers = ["RSDRUGFREE": "\(since != nil)", "RSNEWTX": "false", "RSFLARE": "\(flare != nil)"]
    if let since { answers["RSDRUGFREEDTC"] = try Self.day(since) }
    if let flare { answers["RSFLAREDTC"] = try Self.day(flare) }
    try assess(visit, "responseContext", on: studyDay, answers)
  }

  func view() throws -> ResponseView {
    try #require(ResponseView(of: participant, laboratories: LaboratoryState(), study: study))
  }
}

extension ResponseView {
  /// How an outcome came out at a time.
  func standing(_ outcome: String, at time: String) throws -> OutcomeStanding {
    try #require(self.time(time)?.outcome(outcome)).standing
  }

  /// What counts for an outcome at a time.
  func counts(_ outcome: String, at time: String) throws -> OutcomeStanding {
    try #require(self.time(time)?.outcome(outcome)).counts
  }

  /// The items that an outcome lacks.
  func missing(_ outcome: String, at time: String) throws -> [String] {
    try #require(self.time(time)?.outcome(outcome)).missing.map(\.item)
  }

  /// A value of an evaluation's result.
  func result(_ evaluation: String, _ output: String, at time: String) throws -> Datum {
    try #require(self.time(time)?.evaluations.first { $0.id == evaluation }?.result[output])
  }
}
