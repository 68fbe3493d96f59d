import CQL
import FHIR
import StudyDesign

extension EvidenceReader {
  /// The elements of the Patient that a criterion or finding uses, by the dictionary.
  func patientElements(usedBy id: String) -> [DataConcept] {
    study.dictionary.concepts.filter { $0.resource == "Patient" && $0.element != nil && $0.usedBy.contains(id) }
  }

  /// Those of them that can leave something open: that are not there, and dates without a day.
  func openElements(of patient: CQL.Record, usedBy id: String) -> [DataConcept] {
    guard let object = patient.object as? FHIRObject, object.className == "Patient" else { return [] }
    return patientElements(usedBy: id).filter { concept in
      guard let text = concept.element.flatMap({ object.content.first($0) })?.json?.string else { return true }
      return switch concept.valueType {
      case .dateTime: text.lacksDay
      case .coded: !["female", "male"].contains(text)
      default: false
      }
    }
  }
}

extension StringProtocol {
  /// Whether a date as written has no day.
  var lacksDay: Bool { count < "2000-01-01".count }
}
