import CQL
import ClinicalValues
import FHIR
import StudyDesign

/// Turns the records that an outcome rests on into evidence that a person can check: concept, value, date, source.
struct EvidenceReader: Sendable {
  let study: Study
  let terminology: DictionaryTerminology
  let medications: Medications
  /// The ends of the laboratory's range of normal, `low` and `high`, without which a record cannot decide what is asked.
  var limits: Set<String> = []
  /// Names of the elements that what is asked reads.
  var elements: Set<String> = []
  /// The window of time from which records count, where it is known to be the only one.
  var window: Window?
  /// The places of records that are known to leave nothing open.
  var inOrder: Set<Int> = []
  /// The places of records that are known to leave something open.
  var culprits: Set<Int> = []

  /// The same for what a part of the libraries reads, in the windows as they are at this evaluation.
  func reading(_ part: PartReading, windows: [DefinitionName: Window] = [:]) -> EvidenceReader {
    var reader = self
    reader.limits = part.limits
    reader.elements = part.elements
    reader.window = part.onlyWindow.flatMap { windows[$0] }
    return reader
  }

  /// The evidence of a record found by a retrieve, for a criterion.
  func evidence(_ record: CQL.Record, for criterion: Criterion) -> [Evidence] {
    evidence(record, usedBy: criterion.id)
  }

  /// The evidence of a record found by a retrieve; of the Patient, the elements that the dictionary says `id` uses.
  func evidence(_ record: CQL.Record, usedBy id: String) -> [Evidence] {
    guard let object = record.object as? FHIRObject else { return [] }
    if object.className == "Patient" { return patient(object, id) }
    guard let concept = concept(of: record, object) else { return [] }
    let element = object.content
    let value = value(of: element)
    let total = otherTotal(of: object)
    return [
      Evidence(
        concept: concept.id, value: total.map { "\($0.trimmed) by its items (\(value.text) recorded)" } ?? value.text,
        converted: total == nil ? value.quantity.flatMap { converted($0, of: concept) } : nil, when: when(element),
        source: record.origin.reference)
    ]
  }

  /// The total of an instrument by its items, which decides, where the recorded one is another.
  private func otherTotal(of object: FHIRObject) -> Decimal? {
    guard object.className == "Observation" else { return nil }
    let functions = DictionaryFunctions(terminology: terminology, models: Screening.models, medications: medications)
    guard let recorded = functions.recordedTotal(of: object), let total = functions.total(of: object),
      total != recorded
    else { return nil }
    return total
  }

  /// A record that is of no concept of the dictionary, and that leaves a criterion open: a medicine that cannot be told.
  func evidence(unnamed record: CQL.Record) -> Evidence? {
    guard let object = record.object as? FHIRObject, concept(of: record, object) == nil, object.className != "Patient"
    else { return nil }
    let words = ["code", "medication"].lazy.flatMap { object.content.all($0) }.compactMap { $0.concept?.display }.first
    return Evidence(
      concept: object.className,
      value: [words, value(of: object.content).text].compactMap(\.self).joined(separator: ", "),
      converted: nil, when: when(object.content), source: record.origin.reference)
  }

  /// The concept that was asked for; of a set, the member that the record is of.
  func concept(of record: CQL.Record, _ object: FHIRObject) -> DataConcept? {
    let dictionary = study.dictionary
    let names = ["code", "vaccineCode"] + (object.className == "Consent" ? ["category"] : [])
    let codes = names.flatMap { object.content.all($0).flatMap(\.codes) } + medications.codes(of: object)
    let own = codes.flatMap { terminology.concepts(identifiedBy: $0) }
    guard let asked = terminology.concepts(of: record.retrieve.datum) else {
      return own.first.map { dictionary.concepts[$0] }
    }
    let index = asked.count == 1 ? asked.first : own.first { asked.contains($0) } ?? own.first
    return index.map { dictionary.concepts[$0] }
  }

  private func patient(_ object: FHIRObject, _ id: String) -> [Evidence] {
    patientElements(usedBy: id).compactMap { concept in
      guard let name = concept.element,
        let element = object.content.first(name), let text = element.json?.string
      else { return nil }
      return Evidence(
        concept: concept.id, value: text, converted: nil, when: nil, source: object.origin.reference)
    }
  }

  // MARK: values

  /// A record's value as text with the unit of the source, and its element where it is a quantity.
  private func value(of element: Element) -> (text: String, quantity: Element?) {
    switch element.definition.name {
    case "Observation": return observed(element)
    case "Condition":
      return (words([code(element, "verificationStatus"), code(element, "clinicalStatus")]), nil)
    case "MedicationStatement":
      let dose = element.first("dosage")?.first("doseAndRate")?.first("dose")
      return (
        words([element.first("status")?.text, dose.flatMap(quantityText), code(element, "statusReason")]), nil
      )
    case "AllergyIntolerance":
      let severities = element.all("reaction").compactMap { $0.first("severity")?.text }
      return (
        words(
          [code(element, "verificationStatus"), code(element, "clinicalStatus"), element.first("criticality")?.text]
            + severities.map { "reaction \($0)" }), nil
      )
    case "Consent":
      return (words([element.first("status")?.text, element.first("provision")?.first("type")?.text]), nil)
    default: return (words([element.first("status")?.text]), nil)
    }
  }

  private func observed(_ element: Element) -> (text: String, quantity: Element?) {
    var text = element.first("value").map(valueText) ?? ""
    let limits = element.all("referenceRange").compactMap { range -> String? in
      let low = range.first("low").flatMap(quantityText).map { "LLN \($0)" }
      let high = range.first("high").flatMap(quantityText).map { "ULN \($0)" }
      let limits = words([low, high])
      // Another kind of range than that of normal says which.
      guard !limits.isEmpty, let kind = range.first("type"),
        kind.concept?.codes.contains(where: { $0.code == "normal" }) != true
      else { return limits }
      return
        "range of type \(kind.concept?.codes.first?.code ?? kind.concept?.display ?? "unknown"), no limits of normal"
    }.filter { !$0.isEmpty }
    if !limits.isEmpty { text += " (\(limits.joined(separator: "; ")))" }
    let status = element.first("status")?.text
    if let status, !["final", "amended", "corrected"].contains(status) { text += " [\(status)]" }
    let components = element.all("component").compactMap(componentText)
    if text.isEmpty || components.count <= 2 {
      text = words([text.isEmpty ? nil : text] + components.prefix(30).map { $0 })
    }
    return (text.isEmpty ? "no value" : text, element.first("value").flatMap { $0.isKind(of: "Quantity") ? $0 : nil })
  }

  private func componentText(_ component: Element) -> String? {
    guard let value = component.first("value") else { return nil }
    let index = component.all("code").flatMap(\.codes).lazy.flatMap { terminology.concepts(identifiedBy: $0) }.first
    let name = index.map { study.dictionary.concepts[$0].id } ?? code(component, "code") ?? "component"
    return "\(name) \(valueText(value))"
  }

  private func valueText(_ element: Element) -> String {
    if let text = quantityText(element) { return text }
    if let concept = element.concept { return concept.codes.first?.code ?? concept.display ?? "" }
    if let json = element.json { return json.string ?? json.number ?? json.boolean.map { String($0) } ?? "" }
    return ""
  }

  /// `< 6.2 g/dL`: the number as it was written, with comparator and unit.
  private func quantityText(_ element: Element) -> String? {
    // The text itself: a number with more digits than a Decimal reads as absent.
    guard element.isKind(of: "Quantity"), let number = element.json?["value"]?.number else { return nil }
    let comparator = element.first("comparator")?.text.map { "\($0) " } ?? ""
    let unit = element.unit == "1" ? "" : " \(element.unit)"
    return comparator + number + unit
  }

  /// The value in the concept's unit, where the source has another one: with its comparator, and marked where the number has
  /// no end within 8 decimals. The criteria compare the exact number.
  private func converted(_ quantity: Element, of concept: DataConcept) -> String? {
    guard let unit = concept.unit, quantity.unit != unit, let number = concept.inItsUnit(quantity)?.neighbors else {
      return nil
    }
    let comparator = quantity.first("comparator")?.text.map { "\($0) " } ?? ""
    return "\(number.below == number.above ? "" : "≈ ")\(comparator)\(number.below.trimmed) \(unit)"
  }

  // MARK: dates

  /// The date as written; of a span of time its two ends.
  private func when(_ element: Element) -> String? {
    let start = beginning(of: element)
    if let period = start, period.isKind(of: "Period") {
      let ends = [period.first("start"), period.first("end")].map { $0?.json?.string }
      return switch (ends[0], ends[1]) {
      case (let start?, let end?): "\(start) to \(end)"
      case (let start?, nil): "\(start) on"
      case (nil, let end?): "? to \(end)"
      case (nil, nil): nil
      }
    }
    let end = element.first("abatement")?.json?.string
    let from = start?.json?.string
    guard let end else { return from }
    return "\(from ?? "?") to \(end)"
  }

  /// When it was, or began.
  func beginning(of element: Element) -> Element? {
    ["effective", "onset", "performed", "occurrence", "dateTime", "date"].lazy.compactMap { element.first($0) }.first
  }

  private func code(_ element: Element, _ name: String) -> String? {
    element.first(name).flatMap { $0.concept?.codes.first?.code ?? $0.concept?.display ?? $0.text }
  }

  private func words(_ parts: [String?]) -> String { parts.compactMap(\.self).joined(separator: ", ") }
}
