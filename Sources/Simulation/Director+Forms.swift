import ClinicalValues
import Conduct
import FHIR
import Ledger
import StudyDesign
import Trial

extension Director {
  /// The protocol whose forms are filled.
  func protocolStudy() throws -> Study {
    guard let study = shelf.editions.first?.study else { throw UnknownKey(key: "protocol") }
    return study
  }

  /// An occasion now, at a participant's site.
  func occasion(_ visit: String, _ key: String, at time: Moment? = nil) throws -> Occasion {
    let story = try story(key)
    let time = try time ?? here(key)
    let mode = try protocolStudy().schedule.visit(visit)?.mode ?? .site
    let assessors = cast.all(.subInvestigator, try SiteID(story.site))
    return Occasion(
      visit: visit, number: visits(of: visit, key), time: time, day: day(of: story, at: time), mode: mode,
      assessor: assessors.first?.name ?? "", laboratory: Self.laboratories[story.site] ?? "")
  }

  /// The laboratories, named as in the example files of the study.
  static let laboratories = ["01": "Clinical laboratory of site 01", "02": "Zentrallabor of site 02"]

  /// Which of the visits of a name it is that forms are filled for: a second collection, a second pre-infusion.
  private func visits(of visit: String, _ key: String) -> Int { patients[key]?.rows["visit \(visit)"] ?? 1 }

  /// The day counted from Day 0, where one is planned.
  func day(of story: Story, at moment: Moment) -> Int? { story.infusion.map { moment.day - opening - $0 } }

  /// To whom activities apply.
  func expected(_ key: String, on occasion: Occasion) throws -> Expected {
    let patient = try patient(key)
    let story = patient.story
    let day = occasion.day ?? -30
    return Expected(
      cohort: story.cohort, mayBecomePregnant: patient.stated["childbearingPotential"] == "true",
      isInHospital: (-1...story.discharge).contains(day) || story.isInHospital(onDay: day),
      isToxic: story.courseOfValues.crsGrade(onDay: day) > 0 || story.iceScore(onDay: day) < 10)
  }

  // MARK: - Saving

  /// Saves what a form does not hold yet, as a person does at the screen.
  mutating func save(
    _ entries: [Entry], _ form: FormKey, of key: String, by actor: Acting, source: SourceOfData? = nil,
    correction: String? = nil, late: EntrySource? = nil, together: [Acting] = []
  ) async throws {
    guard !entries.isEmpty, let save = try await change(entries, form, of: key, source: source, reason: correction)
    else { return }
    try await act(
      SaveForm(
        participant: save.participant, form: form, entries: save.entries, source: save.source, correction: save.reason),
      by: actor, with: together, reason: late?.reason, late: late)
  }

  /// The entries of a form that say something new, each with the version that was read; nil where none does.
  func change(
    _ entries: [Entry], _ form: FormKey, of key: String, source: SourceOfData? = nil, reason: String? = nil
  ) async throws -> FormSave? {
    let id = try id(key)
    let casebook = try await live.state().participants[id]?.casebook
    let record = casebook?.forms[form]
    let save = FormSave(
      participant: id, form: form, entries: entries.map { ReadEntry($0, read: record?.items[$0.item]?.version ?? 0) },
      source: source, reason: reason)
    return save.changes(in: record).isEmpty ? nil : save
  }

  /// Fills a form of an occasion and saves it.
  mutating func fill(
    _ form: String, on occasion: Occasion, row: Int = 1, given: [Entry] = [], _ key: String, by actor: Acting,
    late: EntrySource? = nil
  ) async throws {
    guard let plan = try protocolStudy().form(form) else { throw UnknownKey(key: form) }
    let place = try FormKey(
      visit: plan.occurs == .once ? FormKey.once : plan.occurs == .log ? FormKey.log : occasion.visit,
      number: plan.occurs == .once || plan.occurs == .log ? 1 : occasion.number, form: form, row: row)
    guard let entries = patients[key]?.entries(of: plan, on: occasion, given: given) else { return }
    try await save(try slipped(entries, place, key), place, of: key, by: actor, late: late)
  }

  /// What is typed wrong stands in place of what was meant.
  private func slipped(_ entries: [Entry], _ form: FormKey, _ key: String) throws -> [Entry] {
    let slips = try story(key).slips.filter { $0.form == form.description }
    return entries.map { entry in
      guard let slip = slips.first(where: { $0.item == entry.item }) else { return entry }
      return Entry(entry.item, .value(slip.typed, unit: entry.answer.unit))
    }
  }

  /// The next free row of a log, kept under a name of the story.
  mutating func row(_ form: String, _ name: String, _ key: String) async throws -> Int {
    if let known = patients[key]?.rows["\(form) \(name)"] { return known }
    let id = try id(key)
    let forms = try await live.state().participants[id]?.casebook.forms.keys.filter { $0.form == form } ?? []
    let next = (forms.map(\.row).max() ?? 0) + 1
    patients[key]?.rows["\(form) \(name)"] = next
    return next
  }

  /// Saves a row of a log.
  mutating func log(
    _ form: String, _ name: String, _ answers: [String: String], _ key: String, by actor: Acting,
    correction: String? = nil, source: SourceOfData? = nil
  ) async throws {
    guard let plan = try protocolStudy().form(form) else { throw UnknownKey(key: form) }
    let row = try await row(form, name, key)
    let entries = plan.items.compactMap { item -> Entry? in
      guard let text = answers[item.id] else { return nil }
      let isCut = item.type == .date || item.type == .partialDate
      return Entry(
        item.id,
        .value(
          isCut ? String(text.prefix(10)) : text,
          unit: item.type == .quantity && item.units != ["1"] ? item.units.first : nil))
    }
    let place =
      plan.occurs == .once
      ? try FormKey(visit: FormKey.once, form: form) : try FormKey(visit: FormKey.log, form: form, row: row)
    try await save(entries, place, of: key, by: actor, source: source, correction: correction)
  }

  // MARK: - From the hospital's record

  /// What a hospital's record is written down for: of a re-check only what the visit asks.
  enum RecordKind { case history, screening, recheck }

  /// Writes what a hospital's record says into the forms of a visit, each completed with what the forms ask besides.
  mutating func transcribe(
    _ bytes: [UInt8], on occasion: Occasion, _ key: String, of kind: RecordKind
  ) async throws {
    let id = try id(key)
    let study = try protocolStudy()
    let record = try Record.read(bytes, file: "\(key).json")
    let state = try await live.state().participants[id]
    let consented = state?.way.consents.map(\.signed).min()
    let expected = try expected(key, on: occasion)
    let visit = study.schedule.visit(occasion.visit)
    let forms = Set(visit.map { expected.forms(of: $0, in: study.schedule) } ?? [])
    // What is found now belongs into the forms of the visit, what was found earlier into a log.
    let filled = FormFilling(
      study, visit: occasion.visit, noonAt: occasion.time.offsetMinutes,
      without: kind == .history ? [] : ["earlierResults"]
    ).fill(record, into: state?.casebook ?? CasebookState())
    let coordinator = try of(.coordinator, key)
    let investigator = try of(.subInvestigator, key)
    for (place, given) in filled.entries.sorted(by: { $0.key < $1.key })
    where kind != .recheck || forms.contains(place.form)
      || (place.form == "infectionScreening" && occasion.visit == "LEU")
    {
      guard let plan = study.form(place.form) else { continue }
      var moment = occasion
      moment.number = place.number
      guard let entries = patients[key]?.entries(of: plan, on: moment, given: given) else { continue }
      let day = plan.dated.flatMap { item in entries.first { $0.item == item }?.answer.text }
      // What is filled once is not asked again.
      let held = plan.occurs == .once ? state?.casebook.forms[place] : nil
      let isEarlier = if let day, let consented { day.prefix(10) < consented.date.description } else { false }
      try await save(
        entries.filter { held?.entry($0.item) == nil }, place, of: key,
        by: plan.signed == nil ? coordinator : investigator,
        source: isEarlier && plan.occurs != .log ? .hospitalRecord : nil)
    }
  }
}

extension Study {
  /// A form by its id.
  fileprivate func form(_ id: String) -> FormPlan? { forms.first { $0.id == id } }
}
