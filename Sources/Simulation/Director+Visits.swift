import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

extension Director {
  /// A visit: that it took place, and the forms of what was examined and asked.
  mutating func visit(_ name: String, assessed: Bool, _ key: String) async throws {
    let nurse = try of(.nurse, key, Int(numbers.next() % 2))
    let occasion = try occasion(name, key)
    try await act(RecordVisit(participant: try id(key), visit: name, assessed: assessed), by: nurse)
    try await fillVisit(on: occasion, key)
  }

  /// The forms of a visit that people fill, in the order of its activities.
  mutating func fillVisit(on occasion: Occasion, _ key: String, late: EntrySource? = nil) async throws {
    let study = try protocolStudy()
    guard let visit = study.schedule.visit(occasion.visit) else { throw NotThere(what: "visit \(occasion.visit)") }
    let (nurse, investigator) = (try nurse(key), try of(.subInvestigator, key))
    let held = Set(try await live.state().participants[try id(key)]?.casebook.forms.keys.map { $0 } ?? [])
    for form in try expected(key, on: occasion).forms(of: visit, in: study.schedule) {
      guard let plan = study.forms.first(where: { $0.id == form }), plan.source != .laboratory, plan.occurs != .log,
        !Self.filledElsewhere.contains(form)
      else { continue }
      let place = try? FormKey(
        visit: plan.occurs == .once ? FormKey.once : occasion.visit, number: plan.occurs == .once ? 1 : occasion.number,
        form: form)
      guard place.map({ !held.contains($0) }) ?? false, !isByRound(form, on: occasion, key) else { continue }
      let isMedical = plan.signed != nil || ["crs", "icans", "ice"].contains(form) || plan.source == .thisSystem
      try await fill(
        form, on: try timed(form, occasion), key, by: isMedical && form != "visit" ? investigator : nurse, late: late)
    }
  }

  /// Forms that are filled when what they tell of is done.
  private static let filledElsewhere: Set = [
    "lymphodepletion", "infusion", "infusionDose", "leukapheresis", "endOfStudy", "demographics",
    "eligibilityStatements",
    "diagnosis", "death",
  ]

  /// Vital signs of the ward come with its rounds; before the infusion the first are taken by hand.
  private func isByRound(_ form: String, on occasion: Occasion, _ key: String) -> Bool {
    guard form == "vitalSigns", let day = occasion.day, let story = try? story(key) else { return false }
    return occasion.visit != "D0" && (story.admission...story.discharge).contains(day)
  }

  /// The score is taken at eight in the morning.
  private func timed(_ form: String, _ occasion: Occasion) throws -> Occasion {
    guard form == "ice", let day = occasion.day, day > 0 else { return occasion }
    return occasion.at(occasion.time.adding(minutes: 480 - occasion.time.minuteOfDay))
  }

  // MARK: - The ward

  /// Vital signs and evening scores of a day, taken over from the ward's monitors in one file.
  mutating func takeOverWard(_ visit: String, _ key: String, at time: Moment? = nil) async throws {
    let study = try protocolStudy()
    let now = try occasion(visit, key, at: time)
    guard let plan = study.schedule.visit(visit), let signs = study.forms.first(where: { $0.id == "vitalSigns" }),
      let score = study.forms.first(where: { $0.id == "ice" })
    else { throw NotThere(what: "visit \(visit) with vital signs and score") }
    let midnight = now.time.adding(minutes: -now.time.minuteOfDay)
    let infused = try await live.state().participants[try id(key)]?.product.infusion?.begun
    let expected = try expected(key, on: now)
    let casebook = try await live.state().participants[try id(key)]?.casebook ?? CasebookState()
    var saves: [FormSave] = []
    for (activity, planned) in expected.activities(of: plan, in: study.schedule) {
      for form in activity.forms where form == signs.id || form == score.id {
        var row = casebook.forms.keys.filter { $0.visit == visit && $0.number == now.number && $0.form == form }.count
        for minutes in planned.minutes {
          guard let from = planned.fromInfusion ? infused : midnight else { continue }
          let time = from.adding(minutes: minutes)
          // What was before the round was written down already.
          guard time <= now.time, form == signs.id ? !planned.fromInfusion || minutes > 0 : minutes > 720 else {
            continue
          }
          row += 1
          let isSigns = form == signs.id
          guard let entries = patients[key]?.entries(of: isSigns ? signs : score, on: now.at(time)) else { continue }
          let place = try FormKey(visit: visit, number: now.number, form: form, row: row)
          if let save = try await change(entries, place, of: key, source: isSigns ? .device : nil) {
            saves.append(save)
          }
        }
      }
    }
    guard !saves.isEmpty else { return }
    let file = document("Ward monitors, \(try id(key)), \(now.time.date), \(saves.count) rounds.")
    try await act(RecordResults(file: file.digest, saves: saves), by: try nurse(key))
  }

  // MARK: - The laboratory

  /// The results of a visit's samples: counts, chemistry and inflammation as the laboratory's file, the rest from reports.
  mutating func takeOverResults(_ visit: String, _ key: String, at time: Moment? = nil, late: EntrySource? = nil)
    async throws
  {
    let study = try protocolStudy()
    let now = try occasion(visit, key, at: time)
    guard let plan = study.schedule.visit(visit) else { throw NotThere(what: "visit \(visit)") }
    let drawn = now.at(now.time.adding(minutes: 450 + now.time.minuteOfDay % 23 - now.time.minuteOfDay))
    let coordinator = try of(.coordinator, key)
    let held = try await live.state().participants[try id(key)]?.casebook.forms ?? [:]
    let forms = try expected(key, on: now).forms(of: plan, in: study.schedule).compactMap { id in
      study.forms.first { $0.id == id && $0.source == .laboratory }
    }.filter { form in !held.keys.contains { $0.visit == visit && $0.number == now.number && $0.form == form.id } }
    guard !forms.isEmpty else { return }
    if late == nil, now.number == 1 {
      try await importFile(forms.filter { Self.ofFile.contains($0.id) }, on: drawn, key, by: coordinator)
    }
    for form in forms where late != nil || now.number > 1 || !Self.ofFile.contains(form.id) {
      try await fill(form.id, on: drawn, key, by: coordinator, late: late)
    }
    try await complete(forms.filter { Self.ofFile.contains($0.id) }, on: drawn, key, by: coordinator)
  }

  /// Forms that come as the laboratory's file.
  private static let ofFile: Set = ["hematology", "chemistry", "inflammation"]

  /// A laboratory's file in CSV with its mapping, one row a sample.
  private mutating func importFile(_ forms: [FormPlan], on drawn: Occasion, _ key: String, by coordinator: Acting)
    async throws
  {
    guard !forms.isEmpty else { return }
    let id = try id(key)
    var columns: [(concept: String, unit: String?, text: String)] = []
    for form in forms {
      for entry in patients[key]?.entries(of: form, on: drawn) ?? [] {
        guard let concept = form.item(entry.item)?.concept, let text = entry.answer.text else { continue }
        columns.append((concept, entry.answer.unit, text))
      }
    }
    let number =
      "L\(drawn.time.date.description.prefix(4).suffix(2))-\(Int.random(in: 10_000...98_999, using: &numbers))"
    let header = ["Participant", "Visit", "Sampled", "SampleNo"] + columns.map(\.concept)
    let cells = [id.description, drawn.visit, drawn.time.dateTime.description, number] + columns.map(\.text)
    let tests = columns.map { column in
      "  \(column.concept): {concept: \(column.concept)\(column.unit.map { ", unit: \"\($0)\"" } ?? "")}"
    }
    let mapping = try ResultMapping(
      """
      laboratory: \(drawn.laboratory)
      participant: Participant
      visit: Visit
      sampled: Sampled
      sample: SampleNo
      columns:
      \(tests.joined(separator: "\n"))
      """, file: "mapping.yaml")
    let text = header.joined(separator: ",") + "\n" + cells.joined(separator: ",") + "\n"
    _ = try await live.importResults(
      text, file: "results \(number).csv", mapping: mapping, by: coordinator, isDryRun: false, origin: .import)
    clock.advance(minutes: 4)
  }

  /// What a file of results does not hold and the form asks.
  private mutating func complete(_ forms: [FormPlan], on drawn: Occasion, _ key: String, by coordinator: Acting)
    async throws
  {
    for form in forms {
      let place = try FormKey(visit: drawn.visit, number: drawn.number, form: form.id)
      guard let record = try await live.state().participants[try id(key)]?.casebook.forms[place],
        !record.missing.isEmpty
      else { continue }
      guard let entries = patients[key]?.entries(of: form, on: drawn, given: record.entries) else { continue }
      try await save(entries.filter { record.missing.contains($0.item) }, place, of: key, by: coordinator)
    }
  }
}
