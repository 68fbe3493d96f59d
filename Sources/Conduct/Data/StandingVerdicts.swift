import ClinicalValues
import FHIR
import Rules
import StudyDesign
import Synchronization
import Trial

/// Whether decisions on eligibility still stand on the data as they are now, as it was last found out.
///
/// Most of what is entered after a decision is nothing that the criteria ask of the data of that day. Only a criterion
/// that asked for something of what has changed is asked anew.
final class StandingVerdicts: Sendable {
  /// What a verdict follows from besides the record.
  struct Decision: Sendable, Hashable {
    let participant: ParticipantID
    let version: ProtocolVersion
    let cohort: String
    let day: CalendarDate
  }

  private struct Known {
    var criteria: [String: (outcome: Outcome, questions: Questions)] = [:]
    var parts: [BundlePart]
  }

  private let known = Mutex<[Decision: Known]>([:])

  /// Whether all criteria of a cohort pass on a record.
  func passes(
    _ decision: Decision, on merged: MergedRecord, by screening: Screening, _ cohort: Cohort
  ) throws -> Bool {
    var found = Known(parts: merged.parts)
    var changed: ChangedData?
    if let last = known.withLock({ $0[decision] }), let parts = difference(last.parts, merged) {
      found.criteria = last.criteria
      changed = ChangedData(Record.loose(parts), for: screening)
    }
    let criteria = screening.study.criteria(for: cohort)
    let open = try criteria.filter { criterion in
      guard let last = found.criteria[criterion.id], let changed else { return true }
      return try last.questions.concern(changed)
    }
    for group in Self.groups(of: open) {
      let asked = try screening.outcomes(of: group, merged.record, asOf: decision.day, cohort: cohort)
      for (criterion, outcome) in zip(group, asked.outcomes) {
        found.criteria[criterion.id] = (outcome, asked.questions)
      }
    }
    known.withLock { [found] in $0[decision] = merged.isJoined ? found : nil }
    return criteria.allSatisfy { found.criteria[$0.id]?.outcome == .pass }
  }

  /// Criteria that are asked in one evaluation. A few are asked one by one, so that each keeps only its own questions; of
  /// many it is cheaper to compute once what they share.
  private static func groups(of criteria: [Criterion]) -> [[Criterion]] {
    criteria.count <= 3 ? criteria.map { [$0] } : [criteria]
  }

  /// The parts that have changed since, as they were and as they are; nil where everything is to be asked anew. What hangs
  /// on no form holds the Patient and whatever others refer to, so that a change there counts for every criterion.
  private func difference(_ last: [BundlePart], _ merged: MergedRecord) -> [BundlePart]? {
    guard merged.isJoined, let head = merged.parts.first, last.first === head else { return nil }
    let (before, now) = (Set(last.map(ObjectIdentifier.init)), Set(merged.parts.map(ObjectIdentifier.init)))
    return last.filter { !now.contains(ObjectIdentifier($0)) }
      + merged.parts.filter { !before.contains(ObjectIdentifier($0)) }
  }
}
