import CQL
import StudyDesign

/// Which of the records that leave a criterion open are in order, and which are the cause: tried by asking its parts again without some.
///
/// It is not always seen from a record itself whether it is the cause. Of several glucocorticoids it is the one without a dose that leaves
/// their sum open; beside a medicine without an end the planned day of leukapheresis waits for nothing.
struct CulpritSearch {
  let criterion: Criterion
  let engine: Engine
  let context: EvaluationContext
  let reader: EvidenceReader
  let readings: PartReadings
  let windows: [DefinitionName: Window]

  /// Of more suspects than these none is tried by itself, since each costs an evaluation.
  private static let most = 10

  /// What is known of records, by their places.
  struct Found {
    /// Those that leave nothing open.
    var inOrder: Set<Int> = []
    /// Those that leave something open: what is left of a search that came to its end.
    var culprits: Set<Int> = []
  }

  /// The records that are in order in every part that they leave open, and those that are the cause in one of them. Of a part of which
  /// a trial cannot be evaluated nothing is known.
  func found(_ why: Why) -> Found {
    let parts = Judgement.parts(of: why).filter { $0.why.truth == nil }.map { (name: $0.definition, why: $0.why) }
    let whole = DefinitionName(library: criterion.library.value, name: criterion.definition.value)
    var all = Found()
    var others: Set<Int> = []
    for part in parts.isEmpty ? [(name: whole, why: why)] : parts {
      let records = part.why.undecided.compactMap(\.record)
      let found = (try? self.found(among: records, of: part.name)) ?? Found()
      all.inOrder.formUnion(found.inOrder)
      all.culprits.formUnion(found.culprits)
      others.formUnion(records.map(\.origin.index).filter { !found.inOrder.contains($0) })
    }
    all.inOrder.subtract(others)
    return all
  }

  /// First all suspects are left out together, then each is tried without the others. None of them is in order where no record is the
  /// cause, but several together are. Observations and the Patient are taken out of none of the trials: another would take the place
  /// of the latest.
  private func found(among records: [CQL.Record], of definition: DefinitionName) throws(EvaluationError) -> Found {
    let standing = places(records.filter { $0.className == "Observation" || $0.className == "Patient" })
    let tried = places(records).subtracting(standing)
    guard tried.count + standing.count > 1 else { return Found(culprits: tried) }
    guard !tried.isEmpty else { return Found() }
    let suspects = try suspects(among: records.filter { tried.contains($0.origin.index) }, of: definition)
    let left = suspects ?? tried
    var cleared = tried.subtracting(left)
    var found = Found(inOrder: suspects == nil ? [] : cleared.union(standing))
    guard left.count <= CulpritSearch.most else { return found }
    for place in left {
      if try passes(definition, without: tried.subtracting([place])) { cleared.insert(place) }
    }
    if try passes(definition, without: tried.subtracting(cleared)) {
      found.inOrder = cleared.union(standing)
    } else if suspects == nil, try !passes(definition, without: tried) {
      return found
    }
    found.culprits = tried.subtracting(found.inOrder)
    return found
  }

  /// Those of some records that look guilty and without which a definition does not stand in the way: what is wrong with them is seen, or
  /// else what they do not say; nil where there are none, or no others.
  private func suspects(
    among records: [CQL.Record], of definition: DefinitionName
  ) throws(EvaluationError) -> Set<Int>? {
    let reader = reader.reading(readings[definition], windows: windows)
    let surely = places(
      records.filter { !reader.weaknesses(of: $0).isEmpty || reader.unstated(in: $0)?.isSurelyACause == true })
    let perhaps = surely.union(places(records.filter { reader.unstated(in: $0) != nil }))
    for suspects in [surely, perhaps].unique where !suspects.isEmpty && suspects != places(records) {
      if try passes(definition, without: suspects) { return suspects }
    }
    return nil
  }

  private func places(_ records: [CQL.Record]) -> Set<Int> { Set(records.map(\.origin.index)) }

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
