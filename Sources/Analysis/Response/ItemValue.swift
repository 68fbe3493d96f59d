import ClinicalValues
import Ledger
import StudyDesign
import Trial

/// The number that an item of a form holds, in the unit of its concept, with the limits of normal of its day.
struct ItemValue {
  /// The number; of a value beyond a limit of the method (`<0.1`) the next one that it can be.
  let number: Decimal?
  /// The lower limit of normal.
  let low: Decimal?
  /// The upper limit of normal.
  let high: Decimal?
  /// Why there is no number, or no limit; nil where nothing is amiss.
  let problem: String?

  init(number: Decimal? = nil, low: Decimal? = nil, high: Decimal? = nil, problem: String? = nil) {
    self.number = number
    self.low = low
    self.high = high
    self.problem = problem
  }
}

extension CasebookReading {
  /// What an item holds as a number, and the limits that were printed beside it or that its laboratory had on that day.
  func value(of item: ItemPlan, _ entry: Entry, in key: FormKey) -> ItemValue {
    guard case .value(let text, let unit) = entry.answer, let measured = MeasuredValue(text) else {
      return ItemValue(problem: "‘\(entry.answer)’ is no number")
    }
    guard item.type == .quantity, let concept = item.concept.flatMap({ study.dictionary[$0] }) else {
      return ItemValue(number: measured.nearest(measured.number))
    }
    guard let number = concept.number(measured.number, in: unit) else {
      return ItemValue(problem: "the dictionary does not convert \(unit ?? "no unit") to \(concept.unit ?? "one")")
    }
    let found = limits(of: entry, concept, unit, in: key)
    return ItemValue(number: measured.nearest(number), low: found.low, high: found.high, problem: found.problem)
  }

  private func limits(
    of entry: Entry, _ concept: DataConcept, _ unit: String?, in key: FormKey
  ) -> (low: Decimal?, high: Decimal?, problem: String?) {
    func converted(_ limit: Decimal?, _ unit: String?) -> Decimal? { limit.flatMap { concept.number($0, in: unit) } }
    if entry.low != nil || entry.high != nil {
      return (converted(entry.low, unit), converted(entry.high, unit), nil)
    }
    guard let laboratory = entry.laboratory ?? participant.way.site.flatMap({ laboratories.ownLaboratory(of: $0) })
    else { return (nil, nil, "no limits of normal: its laboratory is not named") }
    guard let day = day(of: key),
      let range = laboratories.range(laboratory: laboratory, concept: concept.id, sex: sex, age: nil, on: day)
    else { return (nil, nil, "no limits of normal of \(laboratory) are known for that day") }
    return (converted(range.low, range.unit), converted(range.high, range.unit), nil)
  }

  /// The sex that a form holds. The date of birth is in no form: limits that hold for some ages only are not found.
  private var sex: AdministrativeSex? {
    for form in study.casebook.forms {
      guard let item = form.items.first(where: { $0.concept.flatMap { study.dictionary[$0]?.element } == "gender" })
      else { continue }
      return filled(form.id).lazy.compactMap { text(item.id, in: $0) }.first.flatMap { AdministrativeSex(rawValue: $0) }
    }
    return nil
  }
}

extension DataConcept {
  /// A number of a unit in the concept's own; nil for a unit that the dictionary does not list. UCUM is not asked: the study's
  /// factors outrank its own, and what is not listed is never guessed.
  func number(_ number: Decimal, in unit: String?) -> Decimal? {
    guard let own = self.unit, let unit, unit != own else { return number }
    return conversions.first { $0.unit == unit }?.apply(to: ExactNumber(number))?.neighbors?.below
  }
}

extension MeasuredValue {
  /// The number that it is compared as.
  fileprivate func nearest(_ number: Decimal) -> Decimal {
    switch comparator {
    case "<": number.predecessor ?? number
    case ">": number.successor ?? number
    default: number
    }
  }
}
