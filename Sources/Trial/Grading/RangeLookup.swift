import ClinicalValues
import StudyDesign

/// Finds the normal range of a value's day: printed beside it, else that of its laboratory for the participant's sex and age.
struct RangeLookup {
  private let laboratories: LaboratoryState
  private let own: String?
  private let sex: AdministrativeSex?
  /// The age in completed years at the first consent, and the day of that.
  private let age: (years: Int, on: CalendarDate)?

  init(of participant: ParticipantState, laboratories: LaboratoryState, book: FormBook) {
    self.laboratories = laboratories
    own = participant.way.site.flatMap { laboratories.ownLaboratory(of: $0) }
    func text(_ item: ItemReference?) -> String? {
      guard let item, let key = try? FormKey(visit: FormKey.once, form: item.form) else { return nil }
      return participant.casebook.forms[key]?.entry(item.item)?.answer.text
    }
    sex = text(book.grading.items.sex).flatMap { AdministrativeSex(rawValue: $0) }
    let consented = participant.way.consents.map(\.signed).min()?.date
    age = text(book.grading.items.age).flatMap { Int($0) }.flatMap { years in consented.map { (years, $0) } }
  }

  /// The range of an entry in the unit of its concept, or why there is none.
  func range(
    of entry: Entry, in record: FormRecord, concept: String, unit: ConceptUnit?, on day: CalendarDate?
  ) -> (range: ReferenceRange?, problem: String?) {
    if entry.low != nil || entry.high != nil {
      let printed = limits(low: entry.low, high: entry.high, in: entry.answer.unit, unit)
      return (ReferenceRange(low: printed.low, high: printed.high, laboratory: nil), nil)
    }
    guard let laboratory = record.laboratory(of: entry) ?? own else { return (nil, "its laboratory is not named") }
    guard let day, day.precision == .day else { return (nil, "its day is not known") }
    let found = Set(
      ages(on: day).map { laboratories.range(laboratory: laboratory, concept: concept, sex: sex, age: $0, on: day) })
    guard found.count == 1, let range = found.first.flatMap(\.self) else {
      return (
        nil,
        found.count > 1
          ? "the range of \(laboratory) changes with an age that is known only to the year"
          : "no range of \(laboratory) holds on \(day)"
      )
    }
    let held = limits(low: range.low, high: range.high, in: range.unit, unit)
    guard held.low != nil || held.high != nil else {
      return (nil, "the dictionary does not convert the range's unit \(range.unit)")
    }
    return (ReferenceRange(low: held.low, high: held.high, laboratory: laboratory), nil)
  }

  private func limits(
    low: Decimal?, high: Decimal?, in unit: String?, _ concept: ConceptUnit?
  ) -> (low: Decimal?, high: Decimal?) {
    guard let concept else { return (low, high) }
    func converted(_ limit: Decimal?) -> Decimal? {
      limit.flatMap { concept.number($0, in: unit ?? concept.unit)?.neighbors?.below.trimmed }
    }
    return (converted(low), converted(high))
  }

  /// The ages that the participant can have on a day: from the age at consent alone they are known to within a year.
  private func ages(on day: CalendarDate) -> [Int?] {
    guard let age, let passed = age.on.duration(to: day, in: .year) else { return [nil] }
    if day == age.on { return [age.years] }
    let years = age.years + Int(passed.lowerBound)
    return day.daysSinceEpoch > age.on.daysSinceEpoch ? [years, years + 1] : [years - 1, years]
  }
}
