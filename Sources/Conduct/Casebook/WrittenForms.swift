import ClinicalValues
import Ledger
import Synchronization
import Trial

/// The resources of forms as they were written and read last. Whoever enters data changes one form of hundreds; the others
/// are neither written nor read again.
final class WrittenForms: Sendable {
  /// What a form's resources follow from besides the form itself: the dictionary, the person, the laboratories' limits.
  struct Context: Hashable {
    let participant: ParticipantID
    let version: String
    let sex: String?
    let birthDate: CalendarDate?
    let site: SiteID?
    let files: Set<Digest>
  }

  private struct Written {
    let record: FormRecord
    let visitDate: String?
    let form: CasebookRecord.Resources.Form
  }

  /// The forms as one version of the protocol writes them.
  private struct Edition {
    var context: Context
    var forms: [FormKey: Written] = [:]
  }

  private struct Casebook {
    /// By version: an eligibility decision may have been made by a former one.
    var editions: [String: Edition] = [:]
    var consents: CasebookRecord.Resources.Form?
    var head: (parts: [RecordMerge.Part], patient: [CasebookRecord.Member]?, head: RecordMerge.Head)?
  }

  private let casebooks = Mutex<[ParticipantID: Casebook]>([:])

  /// The resources of a form: those written before where form, date of its visit and context are the same.
  func form(
    _ key: FormKey, _ record: FormRecord, visitDate: String?, in context: Context,
    _ write: () -> CasebookRecord.Resources.Form
  ) -> CasebookRecord.Resources.Form {
    let (id, version) = (context.participant, context.version)
    let known = casebooks.withLock { casebooks -> Written? in
      if casebooks[id, default: Casebook()].editions[version]?.context != context {
        casebooks[id, default: Casebook()].editions[version] = Edition(context: context)
      }
      return casebooks[id]?.editions[version]?.forms[key]
    }
    if let known, known.record == record, known.visitDate == visitDate { return known.form }
    let form = write()
    casebooks.withLock {
      $0[id]?.editions[version]?.forms[key] = Written(record: record, visitDate: visitDate, form: form)
    }
    return form
  }

  /// The consents that the ledger holds, read once as long as they are the same.
  func consents(
    _ consents: [CasebookRecord.Resources.Named], of participant: ParticipantID
  ) -> CasebookRecord.Resources.Form {
    if let known = casebooks.withLock({ $0[participant]?.consents }), known.resources == consents { return known }
    let form = CasebookRecord.Resources.Form(consents)
    casebooks.withLock { $0[participant, default: Casebook()].consents = form }
    return form
  }

  /// What was made of the same imported files and the same Patient.
  func head(
    of participant: ParticipantID, _ parts: [RecordMerge.Part], _ patient: [CasebookRecord.Member]?
  ) -> RecordMerge.Head? {
    guard let known = casebooks.withLock({ $0[participant]?.head }), known.patient == patient, known.parts == parts
    else { return nil }
    return known.head
  }

  /// Keeps what was made of imported files and the Patient.
  func keep(
    _ head: RecordMerge.Head, of participant: ParticipantID, _ parts: [RecordMerge.Part],
    _ patient: [CasebookRecord.Member]?
  ) {
    casebooks.withLock { $0[participant, default: Casebook()].head = (parts, patient, head) }
  }
}
