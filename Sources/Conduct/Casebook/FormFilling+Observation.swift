import ClinicalValues
import FHIR
import StudyDesign
import Trial

extension Sheet {
  /// Takes an Observation into a form; nil where it is taken, else why not.
  mutating func add(observation: Resource) -> String? {
    guard let status = observation["status"]?.text, ["final", "amended", "corrected"].contains(status) else {
      return "It is not final."
    }
    let concepts = filling.concepts(observation["code"]?.codes ?? [])
    guard !concepts.isEmpty else { return "Its code is none of the study's data dictionary." }
    let period = observation["effective"]?.period
    guard let when = observation["effective"]?.json?.string ?? period?.start?.description else {
      return "It says no day."
    }
    if filling.now?.isBeforeDay(of: .value(when)) == true { return "Its day lies in the future." }
    for concept in concepts {
      if let why = add(observation, concept, when, period) { return why } else { return nil }
    }
    return nil
  }

  private mutating func add(
    _ observation: Resource, _ concept: DataConcept, _ when: String, _ period: Period?
  ) -> String? {
    let components = observation.element.all("component").flatMap { component in
      filling.concepts(component.first("code")?.codes ?? []).map { (concept: $0, element: component) }
    }
    var places: [(form: FormPlan, entry: Entry)] = []
    if observation["value"] != nil {
      guard let place = filling.place(of: concept, [.value, .component]) else {
        return "No form asks for \(concept.id)."
      }
      guard let entry = entry(of: observation.element, concept, place.item) else {
        return "Its value is none that \(place.form.id)/\(place.item.id) can hold."
      }
      places.append((place.form, entry))
    }
    for component in components {
      let sameForm = places.first?.form
      guard let place = place(of: component.concept, preferring: sameForm),
        let entry = entry(of: component.element, component.concept, place.item)
      else { return "No form takes its component \(component.concept.id)." }
      places.append((place.form, entry))
    }
    guard let form = places.first?.form else { return "It has no value." }
    guard form.resource == nil || period == nil else {
      return add(row: form, places.map(\.entry), start: when, end: period?.end?.description)
    }
    guard let key = key(of: form, day: when) else { return "There are too many of them." }
    guard self.date(form, places[0].entry.item, when, key) else {
      return "\(form.id) asks for the time of day, and the record says the day alone."
    }
    for place in places where !write(place.entry, key) {
      return "\(place.form.id) has an answer for that time already."
    }
    return nil
  }

  private func place(of concept: DataConcept, preferring form: FormPlan?) -> (form: FormPlan, item: ItemPlan)? {
    if let form, let item = form.items.first(where: { $0.concept == concept.id && $0.gives != .nothing }) {
      return (form, item)
    }
    return filling.place(of: concept, [.value, .component])
  }

  /// Answers the item that dates another; false where it cannot hold the date.
  private mutating func date(_ form: FormPlan, _ item: String, _ when: String, _ key: FormKey) -> Bool {
    guard let dating = (form.item(item)?.dated ?? form.dated).flatMap({ form.item($0) }) else { return true }
    guard let text = filling.date(when, for: dating) else { return false }
    _ = write(Entry(dating.id, .value(text)), key)
    return true
  }

  private mutating func add(row form: FormPlan, _ entries: [Entry], start: String, end: String?) -> String? {
    guard let key = next(form) else { return "There are too many of them." }
    for entry in entries { _ = write(entry, key) }
    for (role, date) in [(ItemRole.start, start), (.end, end ?? "")] where !date.isEmpty {
      guard let item = form.items.first(where: { $0.gives == role }), let text = filling.date(date, for: item) else {
        continue
      }
      _ = write(Entry(item.id, .value(text)), key)
    }
    return nil
  }

  /// The value of an Observation or component as an answer to an item.
  private func entry(of element: Element, _ concept: DataConcept, _ item: ItemPlan) -> Entry? {
    guard let value = element.first("value") else { return nil }
    switch item.type {
    case .boolean: return value.boolean.map { Entry(item.id, .value($0 ? "true" : "false")) }
    case .integer:
      let number =
        value.integer.map(Int.init) ?? value.first("value")?.decimal.flatMap { $0.isWhole ? Int("\($0)") : nil }
      return number.map { Entry(item.id, .value("\($0)")) }
    case .quantity: return measured(element, value, concept, item)
    case .code:
      let codes = value.codes.compactMap { code -> String? in
        code.system == FHIRSystem.concept ? code.code : Self.results[code.code]
      }
      return codes.first { code in item.codes.isEmpty || item.codes.contains { $0.code == code } }
        .map { Entry(item.id, .value($0)) }
    case .date, .partialDate, .dateTime:
      return value.json?.string.flatMap { filling.date($0, for: item) }.map { Entry(item.id, .value($0)) }
    case .text, .adverseEventTerm, .medicine: return value.text.map { Entry(item.id, .value($0)) }
    }
  }

  /// Results in SNOMED CT that stand for the study's own answers (`patient-file.md`, section 2).
  private static let results = [
    "10828004": "positive", "260385009": "negative", "82334004": "indeterminate", "260373001": "detected",
    "260415000": "not-detected",
  ]

  private func measured(_ element: Element, _ value: Element, _ concept: DataConcept, _ item: ItemPlan) -> Entry? {
    let number: String?
    let unit: String?
    if let integer = value.integer {
      (number, unit) = ("\(integer)", item.units.first)
    } else {
      (number, unit) = (value.first("value")?.json?.number, value.ucumUnit ?? value.first("code")?.text)
    }
    guard let number, let unit, item.units.isEmpty || item.units.contains(unit) else { return nil }
    let range = element.all("referenceRange").first
    // Limits in another unit than the value's are not the value's limits as they stand.
    func limit(_ name: String) -> Decimal? {
      guard let limit = range?.first(name), (limit.ucumUnit ?? unit) == unit else { return nil }
      return limit.first("value")?.decimal
    }
    let comparator = value.first("comparator")?.text ?? ""
    return Entry(item.id, .value(comparator + number, unit: unit), low: limit("low"), high: limit("high"))
  }
}
