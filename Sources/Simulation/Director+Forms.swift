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
      isInHospital: (story.admission...story.discharge).contains(day) || story.isInHospital(onDay: day),
      isToxic: story.courseOfValues.crsGrade(onDay: day) > 0 || story.iceScore(onDay: day) < 10,
      isHepatitisBCarrier: story.findings["hbsAg"] == .answer("positive"))
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
    let state = try await live.state().participants[id]
    let record = state?.casebook.forms[form]
    let save = FormSave(
      participant: id, form: form, entries: entries.map { ReadEntry($0, read: record?.items[$0.item]?.version ?? 0) },
      source: source, reason: reason)
    return save.changes(in: record, since: state?.way.assessedAnewSince ?? 0).isEmpty ? nil : save
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
    guard let entries = patients[key]?.entries(of: plan, on: occasion, given: given) else { throw UnknownKey(key: key) }
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

  /// What a hospital's record is written down for: of a re-check only what the visit asks, of a history that is gone through
  /// once more, for another screening, not the logs, which go on.
  enum RecordKind { case history, historyAgain, screening, recheck }

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
      without: kind == .history || kind == .historyAgain ? [] : ["earlierResults"]
    ).fill(record, into: state?.casebook ?? CasebookState())
    let coordinator = try of(.coordinator, key)
    let investigator = try of(.subInvestigator, key)
    for (place, given) in try Sheets(study, on: occasion, in: state?.casebook).gathered(filled.entries)
    where kind != .recheck || forms.contains(place.form)
      || (place.form == "infectionScreening" && occasion.visit == "LEU")
    {
      guard let plan = study.form(place.form), kind != .historyAgain || place.isOfVisit else { continue }
      var moment = occasion
      moment.number = place.number
      guard let entries = patients[key]?.entries(of: plan, on: moment, given: given) else { continue }
      let day = plan.dated.flatMap { item in entries.first { $0.item == item }?.answer.text }
      // What is filled once, or stands in the form of this visit already, is not asked again.
      let held = plan.occurs == .once || plan.occurs == .visit ? state?.casebook.forms[place] : nil
      let isEarlier = if let day, let consented { day.prefix(10) < consented.date.description } else { false }
      try await save(
        entries.filter { held?.entry($0.item) == nil }, place, of: key,
        by: plan.signed == nil ? coordinator : investigator,
        source: isEarlier && plan.occurs != .log ? .hospitalRecord : nil)
    }
  }
}

/// What a hospital's record gives, as the forms of one visit hold it: one number a visit, whatever days the results are of.
private struct Sheets {
  let plans: [String: FormPlan]
  let occasion: Occasion
  /// How many rows of a form the visit holds already.
  let rows: [String: Int]

  init(_ study: Study, on occasion: Occasion, in casebook: CasebookState?) {
    plans = Dictionary(study.forms.map { ($0.id, $0) }) { first, _ in first }
    self.occasion = occasion
    let keys = casebook?.forms.keys.filter { $0.visit == occasion.visit && $0.number == occasion.number } ?? []
    rows = Dictionary(keys.map { ($0.form, 1) }, uniquingKeysWith: +)
  }

  /// The sheets with their places: those of a form of the visit become one, of the latest day, in which older ones fill what
  /// that leaves open; rows follow those that the visit holds.
  func gathered(_ entries: [FormKey: [Entry]]) throws -> [(place: FormKey, given: [Entry])] {
    var gathered: [FormKey: [Entry]] = [:]
    var added: [String: Int] = [:]
    for (place, sheet) in entries.sorted(by: { latestFirst($0, $1) }) {
      switch plans[place.form]?.occurs {
      case .visit?:
        let one = try FormKey(visit: place.visit, number: occasion.number, form: place.form)
        let answered = Set((gathered[one] ?? []).map(\.item))
        let isFirst = answered.isEmpty
        // Of a day that nothing says it is of today, as whoever writes it down dates it.
        gathered[one, default: []] += sheet.filter {
          !answered.contains($0.item) && (isFirst || $0.item != plans[place.form]?.dated)
        }
      case .repeated? where occasion.number > 1:
        added[place.form, default: 0] += 1
        let row = (rows[place.form] ?? 0) + (added[place.form] ?? 1)
        gathered[try FormKey(visit: place.visit, number: occasion.number, form: place.form, row: row)] = sheet
      default: gathered[place] = sheet
      }
    }
    return gathered.sorted { $0.key < $1.key }.map { (place: $0.key, given: $0.value) }
  }

  /// By form, the sheets of one the latest first.
  private func latestFirst(_ one: (key: FormKey, value: [Entry]), _ other: (key: FormKey, value: [Entry])) -> Bool {
    guard one.key.form == other.key.form else { return one.key.form < other.key.form }
    let (day, otherDay) = (day(one), day(other))
    return day == otherDay || plans[one.key.form]?.occurs != .visit ? one.key < other.key : day > otherDay
  }

  /// The day that a sheet is of, as text; after all others where it does not say.
  private func day(_ sheet: (key: FormKey, value: [Entry])) -> String {
    plans[sheet.key.form]?.dated.flatMap { item in sheet.value.first { $0.item == item }?.answer.text } ?? "9999"
  }
}

extension Study {
  /// A form by its id.
  fileprivate func form(_ id: String) -> FormPlan? { forms.first { $0.id == id } }
}
