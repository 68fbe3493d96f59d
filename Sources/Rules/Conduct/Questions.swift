public import CQL
public import FHIR
import Synchronization

/// What an evaluation asked its record for.
///
/// An evaluation is a function of the answers: a record in which every question has the same answers, about the same Patient,
/// gives the same value. So whoever adds data can tell whether it need be asked anew without asking it.
public final class Questions: Sendable {
  private let asked = Mutex<[Retrieve]>([])
  private let terminology: any Terminology

  init(_ terminology: any Terminology) { self.terminology = terminology }

  /// Whether a resource of this record would be among the answers to any of them.
  ///
  /// - Throws: as the evaluation would, where a value set is not known.
  public func concern(_ record: FHIR.Record) throws(EvaluationError) -> Bool {
    let data = RecordData(record)
    for question in asked.withLock({ $0 }) {
      if try !data.retrieve(question, terminology: terminology).isEmpty { return true }
    }
    return false
  }

  fileprivate func note(_ question: Retrieve) { asked.withLock { $0.append(question) } }
}

/// Data that note what they are asked for.
struct QuestionedData: DataSource {
  let data: RecordData
  let questions: Questions

  func retrieve(_ request: Retrieve, terminology: any Terminology) throws(EvaluationError) -> [any DataObject] {
    questions.note(request)
    return try data.retrieve(request, terminology: terminology)
  }
}
