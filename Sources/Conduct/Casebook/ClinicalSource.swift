import FHIR
import StudyDesign
import Trial

/// All that is known of a participant, of which one FHIR record is made: files that were imported, and the casebook.
struct ClinicalSource: Sendable {
  let state: ParticipantState
  /// The imported files, oldest first.
  var parts: [RecordMerge.Part]
  let person: Demographics
  let laboratories: LaboratoryState

  /// The one record, and the bundle that it was read from; nil where nothing is known.
  ///
  /// - Throws: `RecordError` with all that is wrong.
  func record(by study: Study) throws -> (record: Record, bundle: [UInt8])? {
    var parts = parts
    let casebook = CasebookRecord(state: state, study: study, person: person, laboratories: laboratories)
    if let bytes = casebook.bytes { parts.append(RecordMerge.Part(file: "casebook", bytes: bytes)) }
    return parts.isEmpty ? nil : try RecordMerge.record(of: state.id, parts)
  }
}
