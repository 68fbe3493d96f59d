import CQL
import StudyDesign

/// Which of the records that leave a criterion open are in order: tried by asking its parts again without the others.
///
/// It is not always seen from a record itself whether it is the cause. Of several glucocorticoids it is the one without a dose that leaves
/// their sum open; beside a medicine without an end the planned day of leukapheresis waits for nothing.
struct CulpritSearch {
  let criterion: Criterion
  let engine: Engine
  let context: EvaluationContext

  /// Of more records than these none is tried, since each costs an evaluation.
  private static let most = 10

  /// The places of the records that are in order in every part that they leave open.
  func inOrder(_ why: Why) throws(EvaluationError) -> Set<Int> {
    let parts = Judgement.parts(of: why).filter { $0.why.truth == nil }.map { (name: $0.definition, why: $0.why) }
    let whole = DefinitionName(library: criterion.library.value, name: criterion.definition.value)
    var inOrder: Set<Int> = []
    var others: Set<Int> = []
    for part in parts.isEmpty ? [(name: whole, why: why)] : parts {
      let records = part.why.undecided.compactMap(\.record)
      let found = try self.inOrder(records, of: part.name)
      inOrder.formUnion(found)
      others.formUnion(records.map(\.origin.index).filter { !found.contains($0) })
    }
    return inOrder.subtracting(others)
  }

  /// The places of those with which alone a definition does not stand in the way; none where no record is the cause, but several together
  /// are. Observations and the Patient are taken out of none of the trials: another would take the place of the latest.
  private func inOrder(_ records: [CQL.Record], of definition: DefinitionName) throws(EvaluationError) -> Set<Int> {
    let standing = records.filter { $0.className == "Observation" || $0.className == "Patient" }
    let tried = Set(records.map(\.origin.index)).subtracting(standing.map(\.origin.index))
    var inOrder = Set(standing.map(\.origin.index))
    guard (1...CulpritSearch.most).contains(tried.count), tried.count + inOrder.count > 1 else { return [] }
    for place in tried {
      if try passes(definition, without: tried.subtracting([place])) { inOrder.insert(place) }
    }
    return try passes(definition, without: tried.subtracting(inOrder)) ? inOrder : []
  }

  private func passes(_ definition: DefinitionName, without places: Set<Int>) throws(EvaluationError) -> Bool {
    var context = context
    context.data = LackingData(data: context.data, places: places)
    let value = try engine.evaluation(context).value(of: definition.name, in: definition.library)
    return Outcome(value, of: criterion) == .pass
  }
}

/// A record without the resources at some of its places.
private struct LackingData: DataSource {
  let data: any DataSource
  let places: Set<Int>

  func retrieve(_ request: Retrieve, terminology: any Terminology) throws(EvaluationError) -> [any DataObject] {
    try data.retrieve(request, terminology: terminology).filter { !places.contains($0.origin.index) }
  }
}
