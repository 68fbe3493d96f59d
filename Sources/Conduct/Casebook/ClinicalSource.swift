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
  /// What was written of the casebook before.
  var written: WrittenForms?

  /// The one record, and the bundle that it is read from; nil where nothing is known.
  ///
  /// - Parameter ofPersonAlone: whether it holds who the participant is also where no form is filled.
  /// - Throws: `RecordError` with all that is wrong.
  func record(by study: Study, ofPersonAlone: Bool = false) throws -> MergedRecord? {
    let record = CasebookRecord(state: state, study: study, person: person, laboratories: laboratories)
    let casebook = record.resources(written) ?? (ofPersonAlone ? record.patientAlone : nil)
    guard casebook != nil || !parts.isEmpty else { return nil }
    return try RecordMerge.record(of: state.id, parts, casebook, written)
  }
}
