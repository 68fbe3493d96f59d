import ClinicalValues
import FHIR
import Rules
import StudyDesign
import Synchronization
import Trial

/// Whether decisions on eligibility still stand on the data as they are now, as it was last found out.
///
/// Most of what is entered after a decision is nothing that the criteria ask of the data of that day. Only where something
/// that they asked for has changed are they asked anew.
final class StandingVerdicts: Sendable {
  /// What a verdict follows from besides the record.
  struct Decision: Sendable, Hashable {
    let participant: ParticipantID
    let version: ProtocolVersion
    let cohort: String
    let day: CalendarDate
  }

  private struct Known {
    let passes: Bool
    let questions: Questions
    var parts: [BundlePart]
  }

  private let known = Mutex<[Decision: Known]>([:])

  /// Whether all criteria of a cohort pass on a record.
  func passes(
    _ decision: Decision, on merged: MergedRecord, by screening: Screening, _ cohort: Cohort
  ) throws -> Bool {
    if let last = known.withLock({ $0[decision] }), try !isTouched(last, by: merged) {
      known.withLock { $0[decision]?.parts = merged.parts }
      return last.passes
    }
    let (passes, questions) = try screening.passes(merged.record, asOf: decision.day, cohort: cohort)
    let found = Known(passes: passes, questions: questions, parts: merged.parts)
    known.withLock { $0[decision] = merged.isJoined ? found : nil }
    return passes
  }

  /// Whether what has changed since, as it was or as it is, is among what was asked for. What hangs on no form holds the
  /// Patient and whatever others refer to, so that a change there always counts.
  private func isTouched(_ last: Known, by merged: MergedRecord) throws -> Bool {
    guard merged.isJoined, let head = merged.parts.first, last.parts.first === head else { return true }
    let (before, now) = (Set(last.parts.map(ObjectIdentifier.init)), Set(merged.parts.map(ObjectIdentifier.init)))
    let changed =
      last.parts.filter { !now.contains(ObjectIdentifier($0)) }
      + merged.parts.filter { !before.contains(ObjectIdentifier($0)) }
    return try !changed.isEmpty && last.questions.concern(Record.loose(changed))
  }
}
