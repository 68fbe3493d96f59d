import ClinicalValues
import Instruments
import StudyDesign
import Trial

/// A medicine as a row of a form lists it.
struct MedicineRow {
  /// Where it stands.
  let key: FormKey
  /// The medicine as recorded.
  let text: String
  /// The concepts that its code names; nil where it is written freely and not coded.
  let concepts: [DataConcept]?
  let start: CalendarDate?
  var end: CalendarDate?
  /// Whether it was never taken, and whether it is still taken.
  let wasNever: Bool
  let isStill: Bool
  /// The last day of which “still taken” tells; nil where it tells of any.
  var stillThrough: CalendarDate?
  /// The dose of a day as recorded.
  let dose: (number: Decimal, unit: String)?
  /// Why it is given.
  let reason: String?
  /// Whether that is the disease.
  let isForDisease: Bool

  /// Whether it was taken on some day of a time; nil where the dates leave that open.
  func isTaken(from first: CalendarDate, through last: CalendarDate) -> Bool? {
    if wasNever { return false }
    guard let start else { return end.map { $0.latest.daysSinceEpoch < first.daysSinceEpoch } == true ? false : nil }
    if start.daysSinceEpoch > last.daysSinceEpoch { return false }
    if let end, end.latest.daysSinceEpoch < first.daysSinceEpoch { return false }
    let isEndKnown =
      end.map { $0.daysSinceEpoch >= first.daysSinceEpoch }
      ?? (isStill && stillThrough.map { $0.daysSinceEpoch >= first.daysSinceEpoch } ?? true)
    let hasBegun = start.latest.daysSinceEpoch <= last.daysSinceEpoch
    // It began within that time: whenever it ended, it was taken on a day of it.
    let began = hasBegun && start.daysSinceEpoch >= first.daysSinceEpoch
    return began || (hasBegun && isEndKnown) ? true : nil
  }

  /// Its name with its code, where the dictionary has one medicine of it; else as it was recorded.
  private var name: String {
    guard let concepts, concepts.count == 1, let medicine = concepts.first, medicine.display != text else {
      return text
    }
    return ATC.isCode(text) ? "\(medicine.display) (\(text))" : medicine.display
  }

  /// As a person reads it: medicine, days, why.
  var words: String {
    let days =
      "\(start.map { "\($0)" } ?? "?") to \(end.map { "\($0)" } ?? (isStill && stillThrough == nil ? "now" : "?"))"
    return "\(name), \(days)\(reason.map { ", for \($0)" } ?? "")"
  }

  /// Whether another row lists the same medicine.
  func isSame(_ other: MedicineRow) -> Bool {
    guard let mine = concepts?.map(\.id), let others = other.concepts?.map(\.id), !mine.isEmpty, !others.isEmpty else {
      return text == other.text
    }
    return !Set(mine).isDisjoint(with: others)
  }

  /// The row as the form that goes on where its own stops leaves it: “still taken” holds until the first row of the same medicine
  /// there, and without one until the infusion; later nobody has said it.
  func continued(by rows: [MedicineRow], dayZero: CalendarDate?) -> MedicineRow {
    guard isStill, end == nil else { return self }
    let next = rows.filter { !$0.wasNever && isSame($0) }.compactMap(\.start)
      .min { $0.daysSinceEpoch < $1.daysSinceEpoch }
    var row = self
    row.end = next.map { $0.precision == .day ? $0.adding(-1, .day) ?? $0 : $0 }
    row.stillThrough = dayZero?.adding(-1, .day) ?? dayZero
    return row
  }
}

/// The medicines of a participant, from every form that lists them.
struct Medicines {
  let rows: [MedicineRow]
  private let study: ResponseStudy

  init(_ reading: CasebookReading) {
    study = reading.study
    let forms = reading.study.endpoints.medicines
    let listed = forms.map { form in reading.filled(form.form).compactMap { Medicines.row($0, form, reading) } }
    rows = zip(forms, listed).flatMap { form, rows in
      guard let index = forms.firstIndex(where: { $0.form == form.continuedIn }) else { return rows }
      return rows.map { $0.continued(by: listed[index], dayZero: reading.dayZero) }
    }
  }

  private static func row(_ key: FormKey, _ form: MedicineFormPlan, _ reading: CasebookReading) -> MedicineRow? {
    guard let text = reading.text(form.medicine, in: key) else { return nil }
    let state = reading.text(form.state, in: key)
    let reason = form.reason.flatMap { reading.text($0, in: key) }
    let answer = form.dose.flatMap { reading.participant.casebook.forms[key]?.entry($0)?.answer }
    let dose = answer.flatMap { answer in
      answer.text.flatMap { Decimal(exactly: $0) }.flatMap { number in answer.unit.map { (number, $0) } }
    }
    return MedicineRow(
      key: key, text: text, concepts: concepts(named: text, in: reading.study.dictionary),
      start: reading.date(form.start, in: key), end: reading.date(form.end, in: key),
      wasNever: state.map { form.neverTaken.contains($0) } ?? false,
      isStill: state.map { form.stillTaken.contains($0) } ?? false, dose: dose, reason: reason,
      isForDisease: form.reason == nil || reason.map { form.forDisease.contains($0) } ?? false)
  }

  /// The concepts of a medicine, by its ATC code or by the concept's own name; nil for a text that is neither.
  private static func concepts(named text: String, in dictionary: DataDictionary) -> [DataConcept]? {
    if let concept = dictionary[text] { return [concept] }
    let found = dictionary.concepts(identifiedBy: Code(text, system: "http://www.whocc.no/atc"))
    if !found.isEmpty { return found.map { dictionary.concepts[$0] } }
    return isATC(text) ? [] : nil
  }

  /// Whether a text is formed as an ATC code: `H02AB07`, or a level above it.
  private static func isATC(_ text: String) -> Bool {
    let pattern: [(Character) -> Bool] = [
      \.isUppercase, \.isNumber, \.isNumber, \.isUppercase, \.isUppercase, \.isNumber, \.isNumber,
    ]
    return [3, 4, 5, 7].contains(text.count) && zip(text, pattern).allSatisfy { $0.isASCII && $1($0) }
  }

  /// Whether a medicine is one of some concepts or sets; nil where it is not coded.
  func isOf(_ names: [String], _ row: MedicineRow) -> Bool? {
    row.concepts.map { concepts in
      concepts.contains { concept in names.contains(concept.id) || concept.sets.contains { names.contains($0) } }
    }
  }

  /// The rows of some concepts or sets that were taken, or may have been, on some day of a time.
  func taken(_ names: [String], from first: CalendarDate, through last: CalendarDate) -> [MedicineRow] {
    rows.filter { isOf(names, $0) == true && $0.isTaken(from: first, through: last) != false }
  }

  // MARK: prednisone

  /// The prednisone equivalent of a day, mg; nil with what is unknown. A glucocorticoid that no row names was not taken.
  func prednisone(on day: CalendarDate) -> (milligrams: Decimal?, unknown: [MissingAnswer]) {
    let set = [study.endpoints.context.glucocorticoids]
    var sum: Decimal? = 0
    var unknown: [MissingAnswer] = []
    for row in rows where isOf(set, row) != false {
      guard let isTaken = row.isTaken(from: day, through: day) else {
        unknown.append(missing(row, "its days leave open whether it was taken on \(day)"))
        continue
      }
      guard isTaken else { continue }
      guard let concept = row.concepts?.first else {
        unknown.append(missing(row, "not coded: it may be a glucocorticoid"))
        continue
      }
      guard let dose = equivalent(row, concept) else {
        unknown.append(missing(row, "without a daily dose in mg"))
        continue
      }
      sum = sum.flatMap { $0 + dose }
    }
    return (unknown.isEmpty ? sum : nil, unknown)
  }

  private func missing(_ row: MedicineRow, _ reason: String) -> MissingAnswer {
    MissingAnswer("\(row.key)", row.text, reason)
  }

  private func equivalent(_ row: MedicineRow, _ concept: DataConcept) -> Decimal? {
    guard let factor = concept.prednisoneEquivalent, let dose = row.dose,
      let number = ConceptUnit(concept)?.number(dose.number, in: dose.unit)?.neighbors?.below
        ?? concept.unit.flatMap({ try? UCUM.convert(dose.number, from: dose.unit, to: $0) })
    else { return nil }
    return (number * factor.numerator).flatMap { $0 / factor.denominator }
  }

  /// The highest prednisone equivalent of any day of a time.
  func highestPrednisone(from first: CalendarDate, through last: CalendarDate) -> Decimal? {
    var highest: Decimal = 0
    for number in first.daysSinceEpoch...max(first.daysSinceEpoch, last.daysSinceEpoch) {
      guard let day = CalendarDate(daysSinceEpoch: number), let dose = prednisone(on: day).milligrams else {
        return nil
      }
      highest = max(highest, dose)
    }
    return highest
  }
}
