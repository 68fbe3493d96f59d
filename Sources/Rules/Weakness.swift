import CQL
import ClinicalValues
import FHIR
import StudyDesign

extension EvidenceReader {
  /// What of a record keeps it from deciding a criterion, as far as it can be seen from the record itself, in clauses that say how it
  /// is put right: what whoever made the export has to mend, so that nobody repeats a test for it.
  func weaknesses(of record: CQL.Record) -> [String] {
    guard let object = record.object as? FHIRObject else { return [] }
    let element = object.content
    switch element.definition.name {
    case "Observation": return observation(element, of: record)
    case "Condition", "AllergyIntolerance": return statement(element)
    default: return []
    }
  }

  private func observation(_ element: Element, of record: CQL.Record) -> [String] {
    var weaknesses: [String] = []
    if let status = element.first("status")?.text, !["final", "amended", "corrected"].contains(status) {
      weaknesses.append("its status is ‘\(status)’ and not final")
    }
    if element.first("effective") == nil { weaknesses.append("it has no date") }
    guard let value = element.first("value") else {
      return element.all("component").isEmpty ? weaknesses + ["it has no value"] : weaknesses
    }
    guard value.isKind(of: "Quantity") else { return weaknesses }
    if value.first("value")?.json?.number == nil { weaknesses.append("it has no number") }
    return weaknesses + unit(of: value, record)
  }

  private func unit(of quantity: Element, _ record: CQL.Record) -> [String] {
    guard let code = quantity.first("code")?.text else {
      return ["its unit has no UCUM code (valueQuantity.code)"]
    }
    guard UCUM.isValid(code) else {
      return ["‘\(code)’ is no UCUM unit"]
    }
    let concepts = terminology.concepts(of: record.retrieve.datum) ?? []
    guard concepts.count == 1, let index = concepts.first else { return [] }
    let concept = study.dictionary.concepts[index]
    guard let wanted = concept.unit, concept.inItsUnit(quantity) == nil else { return [] }
    return ["the dictionary does not take ‘\(code)’ for it, but \(wanted)"]
  }

  private func statement(_ element: Element) -> [String] {
    guard let status = element.first("verificationStatus") else {
      return ["it has no verificationStatus: record whether it is confirmed or refuted"]
    }
    let codes = status.codes.map(\.code)
    guard codes.contains(where: { ["provisional", "differential", "unconfirmed"].contains($0) }) else { return [] }
    return ["it is \(codes.joined(separator: ", "))"]
  }
}
