import CQL
import ClinicalValues
import FHIR
import StudyDesign

/// A record without the Observations that are too old, each concept having its own limit.
struct LimitedData: DataSource {
  private let data: RecordData
  private let terminology: DictionaryTerminology
  /// The first day that counts, as days since 1970-01-01, by concept (its place in the dictionary).
  private let firstDays: [Int: Int]
  /// The first day that counts for any other concept.
  private let firstDay: Int

  init(
    _ record: FHIR.Record, terminology: DictionaryTerminology, firstDay: Int, firstDays: [Int: Int]
  ) {
    data = RecordData(record)
    self.terminology = terminology
    self.firstDay = firstDay
    self.firstDays = firstDays
  }

  func retrieve(_ request: Retrieve, terminology: any Terminology) throws(EvaluationError) -> [any DataObject] {
    let found = try data.retrieve(request, terminology: terminology)
    return request.className == "Observation" ? found.filter(counts) : found
  }

  /// One whose date is missing is left to the criterion, which passes it over.
  private func counts(_ object: any DataObject) -> Bool {
    guard let observation = (object as? FHIRObject)?.content,
      let day = observation.observedAt?.latest.date.daysSinceEpoch
    else {
      return true
    }
    let concepts = observation.all("code").flatMap(\.codes).flatMap { terminology.concepts(identifiedBy: $0) }
    return day >= (concepts.compactMap { firstDays[$0] }.min() ?? firstDay)
  }
}

extension Element {
  /// When an Observation was made, as written: of a period its end. Nil where it has no date.
  var observedAt: DateTime? {
    guard let effective = first("effective") else { return nil }
    return (effective.isKind(of: "Period") ? effective.first("end") : effective)?.json?.string.flatMap { DateTime($0) }
  }
}
