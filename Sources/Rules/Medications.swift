import CQL
import ClinicalValues
import FHIR

/// Which medicine a statement of a record is of: by its own code, or by that of the Medication to which it refers.
struct Medications: Sendable {
  private let record: FHIR.Record

  /// The medicines of a record's statements.
  init(_ record: FHIR.Record) { self.record = record }

  /// The codes of a statement's medicine; none where it refers to a Medication that is not in the record.
  func codes(of statement: FHIRObject) -> [Code] {
    statement.content.all("medication").flatMap { medication -> [Code] in
      guard medication.isKind(of: "Reference") else { return medication.codes }
      return target(of: medication, in: statement)?.all("code").flatMap(\.codes) ?? []
    }
  }

  /// Whether it can be told which medicine a statement is of: a code says it, of whatever system; words alone do not.
  func isNamed(_ statement: FHIRObject) -> Bool {
    statement.content.all("medication").allSatisfy { medication in
      guard medication.isKind(of: "Reference") else { return medication.concept?.codes.isEmpty == false }
      return target(of: medication, in: statement)?.all("code").contains { $0.concept?.codes.isEmpty == false } ?? false
    }
  }

  private func target(of reference: Element, in statement: FHIRObject) -> Element? {
    guard let text = reference.first("reference")?.text, record.resources.indices.contains(statement.origin.index)
    else { return nil }
    switch record.index.target(of: text, from: record.resources[statement.origin.index]) {
    case .resource(let found)?: return found.type == "Medication" ? found.element : nil
    case .contained(let found)?: return found.definition.name == "Medication" ? found : nil
    case nil: return nil
    }
  }
}
