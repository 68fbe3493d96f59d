import ClinicalValues
import FHIR
import StudyDesign
import Trial

extension Sheet {
  /// Takes a resource that is a row of a log, or a form, of its own; nil where it is taken, else why not.
  mutating func add(row resource: Resource) -> String? {
    let names = ["code", "vaccineCode", "medication", "category", "event"]
    let codes = names.flatMap { resource.element.all($0).flatMap(\.codes) }
    let concepts = filling.concepts(codes)
    guard let place = place(of: resource.type, concepts, codes) else {
      return concepts.isEmpty
        ? "Its code is none of the study's data dictionary."
        : "No form asks for \(concepts.map(\.id).joined(separator: ", "))."
    }
    guard let key = next(place.form) else { return "There are too many of them." }
    for entry in place.codes { _ = write(entry, key) }
    for item in place.form.items where item.gives != .nothing && item.gives != .code && item.gives != .value {
      guard let answer = answer(item, in: resource.element, resource.type) else { continue }
      _ = write(Entry(item.id, answer), key)
    }
    if let dating = place.form.dated.flatMap({ place.form.item($0) }), dating.gives == .nothing,
      let recorded = (resource["recordedDate"] ?? resource["dateAsserted"])?.json?.string,
      let text = filling.date(recorded, for: dating)
    {
      _ = write(Entry(dating.id, .value(text)), key)
    }
    return nil
  }

  /// The form for a type of resource and the entries that say what it is of. One that names the concept comes before one
  /// in which it is chosen.
  private func place(
    of type: String, _ concepts: [DataConcept], _ codes: [Code]
  ) -> (form: FormPlan, codes: [Entry])? {
    let candidates = filling.forms.filter { $0.resource == type }
    for form in candidates {
      if form.items.contains(where: { item in concepts.contains { $0.id == item.concept } }) { return (form, []) }
    }
    // A code may identify several concepts; the one that stands first in the dictionary is the one that it is for.
    for concept in concepts {
      for form in candidates {
        let chosen = chosen(form, [concept] + concepts.filter { $0.id != concept.id })
        if chosen.contains(where: { $0.answer.text == concept.id }) { return (form, chosen) }
      }
    }
    // A medicine may be any: it is named by its code.
    for form in candidates {
      guard let item = form.items.first(where: { $0.gives == .code && $0.type == .medicine }),
        let name = concepts.first(where: { $0.valueType != .coded })?.id
          ?? codes.first(where: { $0.system == FHIRSystem.atc })?.code
      else { continue }
      return (form, [Entry(item.id, .value(name))])
    }
    return nil
  }

  /// What the code items of a form choose of these concepts, one concept an item.
  private func chosen(_ form: FormPlan, _ concepts: [DataConcept]) -> [Entry] {
    var left = concepts
    var entries: [Entry] = []
    for item in form.items where item.gives == .code && item.type == .code {
      guard let index = left.firstIndex(where: { concept in item.codes.contains { $0.code == concept.id } }) else {
        continue
      }
      entries.append(Entry(item.id, .value(left.remove(at: index).id)))
    }
    return entries
  }

  private func answer(_ item: ItemPlan, in element: Element, _ type: String) -> Answer? {
    func date(_ names: [String], _ end: Bool = false) -> Answer? {
      for name in names {
        guard let found = element.first(name) else { continue }
        let period = found.period
        let written = found.json?.string ?? (end ? period?.end : period?.start)?.description
        if let text = written.flatMap({ filling.date($0, for: item) }) { return .value(text) }
      }
      return nil
    }
    switch item.gives {
    case .effective: return date(["effective", "performed", "occurrence", "dateTime", "date", "onset"])
    case .start: return date(["effective", "performed", "onset", "date"])
    case .end: return date(["abatement"]) ?? date(["effective", "performed"], true)
    case .status:
      let text = element.first("clinicalStatus")?.codes.first?.code ?? element.first("status")?.text
      return text.flatMap { coded($0, item) }
    case .verification: return element.first("verificationStatus")?.codes.first.flatMap { coded($0.code, item) }
    case .statusReason:
      return element.all("statusReason").flatMap(\.codes).first.flatMap { coded($0.code, item) }
    case .indication:
      let codes = element.all("reasonCode").flatMap(\.codes)
      return filling.concepts(codes).compactMap { coded($0.id, item) }.first
        ?? codes.first.flatMap { coded($0.code, item) }
    case .effectiveDose:
      let said = element.all("extension").first { $0.first("url")?.json?.string == "urn:tandem:effective-dose" }
      return said?.first("value")?.boolean.map { .value($0 ? "true" : "false") }
    case .dose:
      guard let dose = element.first("dosage")?.first("doseAndRate")?.first("dose"), let unit = dose.ucumUnit,
        let number = dose.first("value")?.json?.number, item.units.isEmpty || item.units.contains(unit)
      else { return nil }
      return .value(number, unit: unit)
    case .severity:
      let texts = [element.first("criticality")?.text, element.first("reaction")?.first("severity")?.text]
      return texts.compactMap(\.self).compactMap { coded($0, item) }.first
    case .nothing, .value, .code, .component: return nil
    }
  }

  /// A code that an item can hold.
  private func coded(_ text: String, _ item: ItemPlan) -> Answer? {
    switch item.type {
    case .boolean: ["completed": .value("true"), "not-done": .value("false")][text]
    default: item.codes.isEmpty || item.codes.contains { $0.code == text } ? .value(text) : nil
    }
  }
}
