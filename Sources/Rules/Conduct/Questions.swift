public import CQL
public import ClinicalValues
public import FHIR
public import StudyDesign
import Synchronization

/// What an evaluation asked its record for, each question once.
///
/// An evaluation is a function of the answers: a record in which every question has the same answers, about the same Patient,
/// gives the same value. So whoever adds data can tell whether it need be asked anew without asking it.
public final class Questions: Sendable {
  private let asked = Mutex<[Question: Retrieve]>([:])

  init() {}

  /// Whether any of them may have another answer than before what changed.
  ///
  /// - Throws: as the evaluation would, where a value set is not known.
  public func concern(_ changed: ChangedData) throws(EvaluationError) -> Bool {
    for (question, retrieve) in asked.withLock({ $0 }) {
      if try changed.answers(question, retrieve) { return true }
    }
    return false
  }

  fileprivate func note(_ retrieve: Retrieve) {
    let question = Question(retrieve)
    asked.withLock { $0[question] = retrieve }
  }
}

/// The resources of a record that have changed, as they were and as they are.
public final class ChangedData: Sendable {
  private let data: RecordData
  private let terminology: DictionaryTerminology
  /// Criteria share most of their questions: each is looked up once.
  private let known = Mutex<[Question: Bool]>([:])

  /// Resources by themselves (`Record.loose`), to be compared with what the criteria of a study ask for.
  public init(_ record: FHIR.Record, for screening: Screening) {
    data = RecordData(record)
    terminology = screening.terminology
  }

  /// Whether one of them is among the answers to a question.
  fileprivate func answers(_ question: Question, _ retrieve: Retrieve) throws(EvaluationError) -> Bool {
    if let found = known.withLock({ $0[question] }) { return found }
    let found = try !data.retrieve(retrieve, terminology: terminology).isEmpty
    known.withLock { $0[question] = found }
    return found
  }
}

/// What makes two retrieves the same.
private struct Question: Hashable {
  enum Codes: Hashable {
    case all
    case valueSet(String)
    case codeSystem(String)
    case codes([Code])
  }
  let className: String
  let codePath: String?
  let codes: Codes
  let dates: DateFilter?

  init(_ retrieve: Retrieve) {
    className = retrieve.className
    codePath = retrieve.codePath
    dates = retrieve.dates
    codes =
      switch retrieve.codes {
      case nil: .all
      case .valueSet(let set): .valueSet(set.id)
      case .codeSystem(let system): .codeSystem(system.id)
      case .codes(let codes): .codes(codes)
      }
  }
}

/// Data that note what they are asked for.
private struct QuestionedData: DataSource {
  let data: RecordData
  let questions: Questions

  func retrieve(_ request: Retrieve, terminology: any Terminology) throws(EvaluationError) -> [any DataObject] {
    questions.note(request)
    return try data.retrieve(request, terminology: terminology)
  }
}

extension Screening {
  /// What some criteria say of a record, in their order and without reasons, and what they asked the record for together.
  ///
  /// What they share is computed once, for whichever asks first; so the questions are those of all of them.
  public func outcomes(
    of criteria: [Criterion], _ record: FHIR.Record, asOf: CalendarDate, cohort: Cohort
  ) throws(EvaluationError) -> (outcomes: [Outcome], questions: Questions) {
    var context = try context(record, asOf: asOf, cohort: cohort)
    let questions = Questions()
    context.data = QuestionedData(data: RecordData(record), questions: questions)
    let evaluation = engine.evaluation(context)
    var outcomes: [Outcome] = []
    for criterion in criteria {
      let value = try evaluation.value(of: criterion.definition.value, in: criterion.library.value)
      outcomes.append(Outcome(value, of: criterion))
    }
    return (outcomes, questions)
  }
}
