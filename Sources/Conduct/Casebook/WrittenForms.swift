import ClinicalValues
import Ledger
import Synchronization
import Trial

/// The resources of forms as they were written last. Whoever enters data changes one form of hundreds; the others are not
/// written again.
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
    let resources: [CasebookRecord.Resources.Named]
  }

  private struct Casebook {
    let context: Context
    var forms: [FormKey: Written] = [:]
  }

  private let casebooks = Mutex<[ParticipantID: Casebook]>([:])

  /// The resources of a form: those written before where form and context are the same.
  func resources(
    of key: FormKey, _ record: FormRecord, in context: Context, _ write: () -> [CasebookRecord.Resources.Named]
  ) -> [CasebookRecord.Resources.Named] {
    let known = casebooks.withLock { casebooks -> Written? in
      guard let casebook = casebooks[context.participant], casebook.context == context else {
        casebooks[context.participant] = Casebook(context: context)
        return nil
      }
      return casebook.forms[key]
    }
    if let known, known.record == record { return known.resources }
    let resources = write()
    casebooks.withLock { $0[context.participant]?.forms[key] = Written(record: record, resources: resources) }
    return resources
  }
}
