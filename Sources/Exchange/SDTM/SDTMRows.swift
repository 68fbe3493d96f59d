import ClinicalValues
import StudyDesign
import Trial

/// The rows of one dataset as filled forms.
struct SDTMRows {
  /// Why no form takes a dataset, as a sentence.
  struct NoForm: Error, CustomStringConvertible { let description: String }

  /// What came of reading.
  struct Reading {
    var records: [SDTMRecord] = []
    var refused: [SDTMReport.Refused] = []
  }

  /// What a variable is for.
  private enum Use {
    case key, unplaced
    /// An item; where its date has a time of day, that goes to `time`.
    case item(ItemPlan, time: ItemPlan?)
    /// `--STAT`: the item that was not done.
    case status(ItemPlan)
  }

  private let dataset: TransportDataset
  private let form: FormPlan
  private let visits: SDTMVisits
  private let studyID: String?
  private let places: [String: Int]
  private let uses: [Use]
  private let required: [String]
  private let book: FormBook
  private var unplacedCounts: [Int]

  /// The form of a dataset: the only one of the domain that its rows name.
  static func form(for dataset: TransportDataset, in plan: CasebookPlan) -> Result<FormPlan, NoForm> {
    let column = dataset.variables.firstIndex { $0.name == "DOMAIN" }
    var domain = String(dataset.name.prefix(2))
    if let column, let row = dataset.rows.first, case .text(let text) = row[column], !text.isEmpty { domain = text }
    let forms = plan.forms.filter { $0.domain == domain }
    if forms.count == 1, dataset.name.hasPrefix(domain) { return .success(forms[0]) }
    let why =
      forms.isEmpty
      ? "No form of the study has the domain \(domain)."
      : forms.count > 1
        ? "The study has \(forms.count) forms of the domain \(domain), and only one can take its rows."
        : "The rows name the domain \(domain), and the dataset is \(dataset.name)."
    return .failure(NoForm(description: why))
  }

  init(_ dataset: TransportDataset, form: FormPlan, visits: SDTMVisits, studyID: String?) {
    self.dataset = dataset
    self.form = form
    self.visits = visits
    places = Dictionary(dataset.variables.enumerated().map { ($1.name, $0) }) { first, _ in first }
    let first = places["STUDYID"].flatMap { dataset.rows.first?[$0] }
    self.studyID = studyID ?? first.flatMap { if case .text(let text) = $0 { text } else { nil } }
    let isOfVisit = form.occurs == .visit || form.occurs == .repeated
    let keys = Set(["STUDYID", "DOMAIN", "USUBJID", form.domain + "SEQ"] + (isOfVisit ? ["VISIT", "VISITNUM"] : []))
    uses = dataset.variables.map { variable in
      if keys.contains(variable.name) { return .key }
      if let item = form.item(variable.name) {
        let isDate = item.type == .date || item.type == .partialDate
        let time = isDate && item.id.hasSuffix("DTC") ? form.item(item.id.dropLast(3) + "TIM") : nil
        return .item(item, time: time)
      }
      if variable.name == form.domain + "STAT", let result = form.item(form.domain + "ORRES") { return .status(result) }
      return .unplaced
    }
    required = form.items.filter { $0.required == .always }.map(\.id)
    book = FormBook(forms: [form], visits: visits.ids, keptApart: [])
    unplacedCounts = Array(repeating: 0, count: dataset.variables.count)
  }

  /// Variables whose values no item takes.
  var unplaced: [SDTMReport.Unplaced] {
    zip(dataset.variables, unplacedCounts).filter { $1 > 0 }.map {
      SDTMReport.Unplaced(variable: $0.name, label: $0.label, values: $1)
    }
  }

  /// Reads every row; `objection` says why a form cannot be filled in there, nil where it can.
  mutating func read(_ objection: (SDTMRecord.Place) -> String?) -> Reading {
    var reading = Reading()
    for (index, row) in dataset.rows.enumerated() {
      do throws(Fault) {
        let record = try record(row)
        if let why = objection(record.place) { throw Fault(why) }
        reading.records.append(record)
      } catch {
        reading.refused.append(SDTMReport.Refused(row: index + 1, why: error.why))
      }
    }
    return reading
  }

  private struct Fault: Error {
    let why: String

    init(_ why: String) { self.why = why }
  }

  // MARK: whose, and which form

  private mutating func record(_ row: [TransportValue]) throws(Fault) -> SDTMRecord {
    let study = try text("STUDYID", row)
    if let studyID, study != studyID { throw Fault("STUDYID is ‘\(study)’, and ‘\(studyID)’ in the rows before.") }
    let domain = try text("DOMAIN", row)
    guard domain == form.domain else { throw Fault("DOMAIN is ‘\(domain)’, and \(form.domain) in the rows before.") }
    let subject = SubjectKey(try text("USUBJID", row))
    let key = try key(row, of: subject)
    return SDTMRecord(
      studyID: study, place: SDTMRecord.Place(subject: subject, key: key), entries: try entries(row))
  }

  private func key(_ row: [TransportValue], of subject: SubjectKey) throws(Fault) -> FormKey {
    var visit = form.occurs == .log ? FormKey.log : FormKey.once
    var number = 1
    if form.occurs == .visit || form.occurs == .repeated {
      let title = try text("VISIT", row)
      guard let found = visits.visit(title, number: places["VISITNUM"].flatMap { row[$0].decimal }, of: subject) else {
        throw Fault("The schedule has no visit ‘\(title)’.")
      }
      (visit, number) = found
    }
    let row = form.occurs == .log || form.occurs == .repeated ? try sequence(row) : 1
    do {
      let key = try FormKey(visit: visit, number: number, form: form.id, row: row)
      _ = try book.form(of: key)
      return key
    } catch {
      throw Fault("\(visit)/\(number)/\(form.id)/\(row) is no form of the study.")
    }
  }

  /// `--SEQ`, unique for a subject and a dataset.
  private func sequence(_ row: [TransportValue]) throws(Fault) -> Int {
    let name = form.domain + "SEQ"
    guard let place = places[name], let number = row[place].decimal, let sequence = Int("\(number)"), sequence > 0
    else { throw Fault("\(name) is no whole number above 0.") }
    return sequence
  }

  private func text(_ name: String, _ row: [TransportValue]) throws(Fault) -> String {
    guard let place = places[name], case .text(let text) = row[place], !text.isEmpty else {
      throw Fault("There is no \(name).")
    }
    return text
  }

  // MARK: entries

  private mutating func entries(_ row: [TransportValue]) throws(Fault) -> [Entry] {
    var entries: [Entry] = []
    for (index, use) in uses.enumerated() {
      guard let written = try written(row[index], dataset.variables[index].name) else { continue }
      switch use {
      case .key: break
      case .unplaced: unplacedCounts[index] += 1
      case .status(let result):
        guard written == "NOT DONE" else {
          throw Fault("\(dataset.variables[index].name) is ‘\(written)’, and is NOT DONE or empty.")
        }
        entries.append(Entry(result.id, .absent(.notDone)))
      case .item(let item, let time):
        var date = written[...]
        if let time, let separator = written.firstIndex(of: "T") {
          date = written[..<separator]
          entries.append(try entry(time, String(written[written.index(after: separator)...])))
        }
        entries.append(try entry(item, String(date)))
      }
    }
    for item in required where !entries.contains(where: { $0.item == item }) {
      throw Fault("There is no \(item), which \(form.id) requires.")
    }
    if let twice = entries.firstIndex(where: { entry in entries.count { $0.item == entry.item } > 1 }) {
      throw Fault("\(entries[twice].item) has a result, and was not done.")
    }
    return entries
  }

  private func entry(_ item: ItemPlan, _ text: String) throws(Fault) -> Entry {
    let entry = Entry(item.id, .value(text))
    if let objection = item.objection(to: entry) { throw Fault("\(item.id) \(objection).") }
    return entry
  }

  /// A value as an answer is written; nil where there is none.
  private func written(_ value: TransportValue, _ name: String) throws(Fault) -> String? {
    switch value {
    case .text(let text): return text.isEmpty ? nil : text
    case .missing(.plain): return nil
    case .missing(let kind): throw Fault("\(name) is \(kind), a special missing value, which SDTM does not have.")
    case .number(let number):
      guard let decimal = number.decimal else {
        throw Fault("\(name) is \(number.value): a casebook holds 8 digits after the point and 20 before it.")
      }
      return decimal.description
    }
  }
}

extension TransportValue {
  /// The number that it is; nil where it is none.
  var decimal: Decimal? { if case .number(let number) = self { number.decimal } else { nil } }
}
