import CQL
import ClinicalValues
import FHIR
import StudyDesign

/// What of a record keeps it from deciding a criterion.
struct Weakness {
  /// A clause that says what it is and how it is put right.
  let clause: String
  /// Whether it is the file that is wrong and not the finding: it is mended where the record stands, and nobody repeats a test for it.
  let isOfTheFile: Bool

  /// A weakness of the finding itself.
  static func finding(_ clause: String) -> Weakness { Weakness(clause: clause, isOfTheFile: false) }
  /// A weakness of how it is written.
  static func file(_ clause: String) -> Weakness { Weakness(clause: clause, isOfTheFile: true) }
}

extension EvidenceReader {
  /// What of a record keeps it from deciding a criterion, as far as it can be seen from the record itself.
  func weaknesses(of record: CQL.Record) -> [Weakness] {
    guard let object = record.object as? FHIRObject else { return [] }
    let element = object.content
    switch element.definition.name {
    case "Observation": return observation(element, of: record)
    case "Condition", "AllergyIntolerance": return statement(element)
    default: return []
    }
  }

  private func observation(_ element: Element, of record: CQL.Record) -> [Weakness] {
    var weaknesses: [Weakness] = []
    if let status = element.first("status")?.text, !["final", "amended", "corrected"].contains(status) {
      weaknesses.append(.finding("its status is ‘\(status)’ and not final"))
    }
    if element.first("effective") == nil { weaknesses.append(.file("it has no date")) }
    guard let value = element.first("value") else {
      return element.all("component").isEmpty ? weaknesses + [.finding("it has no value")] : weaknesses
    }
    guard value.isKind(of: "Quantity") else { return weaknesses }
    guard let number = value.json?["value"]?.number else { return weaknesses + [.file("it has no number")] }
    guard ExactNumber(number) != nil else { return weaknesses + [.file("its number is larger than any measurement")] }
    return weaknesses + unit(of: value, record)
  }

  private func unit(of quantity: Element, _ record: CQL.Record) -> [Weakness] {
    guard let code = quantity.first("code")?.text else {
      return [.file("its unit has no UCUM code (valueQuantity.code)")]
    }
    guard UCUM.isValid(code) else {
      return [.file("‘\(code)’ is no UCUM unit")]
    }
    let concepts = terminology.concepts(of: record.retrieve.datum) ?? []
    guard concepts.count == 1, let index = concepts.first else { return [] }
    let concept = study.dictionary.concepts[index]
    guard let wanted = concept.unit, concept.inItsUnit(quantity) == nil else { return [] }
    return [.file("the dictionary does not take ‘\(code)’ for it, but \(wanted)")]
  }

  private func statement(_ element: Element) -> [Weakness] {
    guard let status = element.first("verificationStatus") else {
      return [.file("it has no verificationStatus: record whether it is confirmed or refuted")]
    }
    let codes = status.codes.map(\.code)
    guard codes.contains(where: { ["provisional", "differential", "unconfirmed"].contains($0) }) else { return [] }
    return [.finding("it is \(codes.joined(separator: ", "))")]
  }
}
