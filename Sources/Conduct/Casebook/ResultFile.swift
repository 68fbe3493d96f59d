import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// Reads a laboratory's results, in CSV by a mapping, into entries of forms. A result that cannot be taken is told with
/// its line; an empty cell is no result.
struct ResultFile {
  /// Whose a result is: what their casebook holds, the protocol version that they are under, and now by the clocks there.
  struct Owner {
    let casebook: CasebookState
    let edition: ProtocolShelf.Edition
    let now: Moment
  }

  private let mapping: ResultMapping
  private let owner: (ParticipantID) throws(MissingVersion) -> Owner?

  private(set) var entries: [ParticipantID: [FormKey: [Entry]]] = [:]
  /// The occasions of visits that are not of the plan, with what was read of them, by visit.
  private var occasions: [ParticipantID: [String: Occasions]] = [:]
  private(set) var refused: [RefusedRow] = []

  /// Reads a file.
  ///
  /// - Parameter owner: who has a number; nil where nobody has. A file names participants of several versions.
  init(
    _ text: String, file: String, mapping: ResultMapping,
    owner: @escaping (ParticipantID) throws(MissingVersion) -> Owner?
  ) {
    self.mapping = mapping
    self.owner = owner
    let table: CSVTable
    do throws(Problem) { table = try CSVTable(text, file: file, separator: mapping.separator) } catch {
      refused = [RefusedRow("line \(error.line)", "\(error.message) \(error.remedy)")]
      return
    }
    let header = table.header.map(\.value)
    let named = mapping.columns.names + (mapping.isLong ? [] : mapping.tests.keys.sorted())
    let missing = named.filter { !header.contains($0) }
    guard missing.isEmpty, !table.rows.isEmpty else {
      let why = "The mapping names the columns \(missing.joined(separator: ", ")), which are not there."
      refused = [RefusedRow("line 1", missing.isEmpty ? "The file holds no result." : why)]
      return
    }
    for row in table.rows {
      let place = "line \(row.first?.line ?? 0)"
      let cells = Dictionary(zip(header, row.map(\.value))) { first, _ in first }.filter { !$0.value.isEmpty }
      for why in add(cells) { refused.append(RefusedRow(place, why)) }
      if row.count != header.count {
        refused.append(RefusedRow(place, "It has \(row.count) cells, and the header \(header.count)."))
      }
    }
  }

  /// A result as it stands in the file.
  private struct Result {
    let name: String
    let test: ResultMapping.Test
    let value: String
    var unit: String?
    var low: String?
    var high: String?
  }

  /// Takes a row; why results of it cannot be taken.
  private mutating func add(_ cells: [String: String]) -> [String] {
    let columns = mapping.columns
    let written = cells[columns.participant] ?? ""
    guard let participant = try? ParticipantID(written) else { return ["‘\(written)’ is no participant's number."] }
    let found: Owner?
    do throws(MissingVersion) { found = try owner(participant) } catch { return [error.description] }
    guard let found else { return ["There is no participant \(participant)."] }
    guard let visit = cells[columns.visit], found.edition.book.visits.contains(visit) else {
      return ["‘\(cells[columns.visit] ?? "")’ is no visit of the study."]
    }
    var results: [Result] = []
    if let column = columns.test {
      guard let name = cells[column], let test = mapping.tests[name] else {
        return ["The mapping does not say what the test ‘\(cells[column] ?? "")’ is."]
      }
      guard let value = columns.value.flatMap({ cells[$0] }) else { return ["There is no result."] }
      results = [
        Result(
          name: name, test: test, value: value, unit: columns.unit.flatMap { cells[$0] } ?? test.unit,
          low: columns.low.flatMap { cells[$0] }, high: columns.high.flatMap { cells[$0] })
      ]
    } else {
      results = mapping.tests.sorted { $0.key < $1.key }.compactMap { name, test in
        cells[name].map { Result(name: name, test: test, value: $0, unit: test.unit) }
      }
    }
    let filling = FormFilling(found.edition.study, visit: visit)
    return results.compactMap {
      add(
        $0, of: participant, filling, sampled: cells[columns.sampled] ?? "",
        sample: columns.sample.flatMap { cells[$0] }, found)
    }
  }

  private mutating func add(
    _ result: Result, of participant: ParticipantID, _ filling: FormFilling, sampled: String, sample: String?,
    _ owner: Owner
  ) -> String? {
    guard let concept = owner.edition.study.dictionary[result.test.concept] else {
      return "The mapping's ‘\(result.test.concept)’ is no concept of the data dictionary."
    }
    guard let place = filling.place(of: concept, [.value]) else { return "No form asks for \(concept.id)." }
    guard let dating = (place.item.dated ?? place.form.dated).flatMap({ place.form.item($0) }) else {
      return "\(place.form.id) does not say when it was."
    }
    let time = self.time(sampled, for: dating)
    if let objection = dating.objection(to: time) { return "The time of sampling \(objection)." }
    if owner.now.isBeforeDay(of: time.answer) { return "The time of sampling lies in the future." }
    guard let low = limit(result.low), let high = limit(result.high) else {
      return "\(result.name): a limit of the normal range is no number."
    }
    let value = result.test.codes[result.value] ?? result.value
    let entry = Entry(
      place.item.id, .value(value, unit: place.item.type == .quantity ? result.unit : nil), low: low.number,
      high: high.number, laboratory: mapping.laboratory)
    if let objection = place.item.objection(to: entry) { return "\(result.name): \(place.item.id) \(objection)." }
    let visit = filling.visit
    if occasions[participant]?[visit] == nil {
      occasions[participant, default: [:]][visit] = Occasions(of: visit, in: owner.edition.study, owner.casebook)
    }
    guard
      let key = filling.key(
        of: place.form, at: time, in: owner.casebook, entries[participant] ?? [:],
        among: occasions[participant]?[visit])
    else {
      return "\(result.name): there are too many samples of that visit."
    }
    var all = [time, entry]
    if let sample, place.form.item("LBREFID") != nil { all.append(Entry("LBREFID", .value(sample))) }
    for entry in all {
      if let other = entries[participant]?[key]?.first(where: { $0.item == entry.item }) {
        guard other != entry else { continue }
        return "\(result.name): \(entry.item) of \(key) stands in the file with another result, \(other.answer)."
      }
      entries[participant, default: [:]][key, default: []].append(entry)
      occasions[participant]?[visit]?.add(entry, of: key)
    }
    return nil
  }

  /// When the sample was taken, as an answer to the item that dates a form.
  private func time(_ written: String, for dating: ItemPlan) -> Entry {
    var text = String(written.map { $0 == " " ? "T" : $0 })
    if let time = DateTime(text), time.precision >= .hour, time.offsetMinutes == nil, let offset = mapping.offset {
      text += offset
    }
    if dating.type != .dateTime { text = String(text.prefix(10)) }
    return Entry(dating.id, .value(text))
  }

  private func limit(_ text: String?) -> (number: Decimal?, Void)? {
    guard let text else { return (nil, ()) }
    return Decimal(text).map { ($0, ()) }
  }
}

extension Moment {
  /// Whether what is written is of a day here that is still to come. Hours of today are not told apart: clocks differ.
  func isBeforeDay(of answer: Answer) -> Bool {
    guard let text = answer.text else { return false }
    if let instant = Instant(text) { return day < Moment(instant, offsetMinutes: offsetMinutes, zone: zone).day }
    return (DateTime(text)?.date ?? CalendarDate(text)).map { day < $0.earliest.daysSinceEpoch } ?? false
  }
}

extension FormFilling {
  /// The sheet of a form for a time: the one that is of that time, in the casebook or among entries that are being read;
  /// else the first that nothing was entered in. Nil where there is no number left.
  ///
  /// - Parameter occasions: those of the visit, with what is being read; nil for a visit of the plan.
  func key(
    of form: FormPlan, at time: Entry?, in casebook: CasebookState, _ pending: [FormKey: [Entry]],
    among occasions: Occasions?
  ) -> FormKey? {
    let visits = occasions?.numbers(at: time?.answer)
    for number in 1...999 {
      guard let key = key(of: form, number: number, among: visits) else { return nil }
      if let entries = pending[key] {
        if form.occurs == .once || (time != nil && entries.contains { $0 == time }) { return key }
        continue
      }
      guard let record = casebook.forms[key], record.isBegun else { return key }
      if form.occurs == .once || (time != nil && time.map { record.entry($0.item)?.answer } == time?.answer) {
        return key
      }
    }
    return nil
  }

  private func key(of form: FormPlan, number: Int, among visits: [Int]?) -> FormKey? {
    switch form.occurs {
    case .once: return try? FormKey(visit: FormKey.once, form: form.id)
    case .log: return try? FormKey(visit: FormKey.log, form: form.id, row: number)
    case .visit:
      guard let visits else { return try? FormKey(visit: visit, number: number, form: form.id) }
      guard visits.indices.contains(number - 1) else { return nil }
      return try? FormKey(visit: visit, number: visits[number - 1], form: form.id)
    case .repeated: return try? FormKey(visit: visit, number: visits?.first ?? 1, form: form.id, row: number)
    }
  }
}
