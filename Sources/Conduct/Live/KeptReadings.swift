import ClinicalValues
import Synchronization
import Trial

/// What was read of participants last: their record, what CQL said of days that are over, what waits. Whoever
/// looks at everybody reads anew only those whom something has happened to.
///
/// A reading is kept with the basis that it follows from, one a participant; of a very large trial only the last few hundred.
final class KeptReadings: Sendable {
  /// A day, as the clocks of the participant's site have it.
  struct Day: Sendable, Hashable {
    let day: Int
    let offsetMinutes: Int
    let zone: String
  }

  /// A record that was read; nil in it where nothing is known, or nothing can be read any more.
  struct ReadRecord: Sendable {
    let record: MergedRecord?
  }

  /// What was read of one participant on one basis.
  private struct Kept {
    let basis: ParticipantBasis
    var record: ReadRecord?
    /// What the definitions of the schedule said as of the ends of days.
    var days: [Day: [String: Bool]] = [:]
    var gradingTasks: [StudyTask]?
    var worklist: (day: Day, picture: SchedulePicture, part: Worklist.Part)?
  }

  private static let most = 400
  private let kept = Mutex<[ParticipantID: Kept]>([:])

  /// The record on this basis, where it was read already.
  func record(of participant: ParticipantID, on basis: ParticipantBasis) -> ReadRecord? {
    known(participant, on: basis)?.record
  }

  /// Keeps a record that was read.
  func keep(_ record: ReadRecord, of participant: ParticipantID, on basis: ParticipantBasis) {
    keep(participant, on: basis) { $0.record = record }
  }

  /// What the definitions of the schedule said as of the ends of days, as far as they were asked.
  func days(of participant: ParticipantID, on basis: ParticipantBasis) -> [Day: [String: Bool]] {
    known(participant, on: basis)?.days ?? [:]
  }

  /// Keeps what they said.
  func keep(_ days: [Day: [String: Bool]], of participant: ParticipantID, on basis: ParticipantBasis) {
    keep(participant, on: basis) { $0.days.merge(days) { _, new in new } }
  }

  /// What the grades of a participant wait for: as it is kept, or made now.
  func gradingTasks(
    of participant: ParticipantID, on basis: ParticipantBasis, make: () -> [StudyTask]
  ) -> [StudyTask] {
    if let tasks = known(participant, on: basis)?.gradingTasks { return tasks }
    let tasks = make()
    keep(participant, on: basis) { $0.gradingTasks = tasks }
    return tasks
  }

  /// What waits of a participant: as it was made on the same day with the same picture of the schedule, or made now.
  func part(of participant: WatchedParticipant, on basis: ParticipantBasis) -> Worklist.Part {
    let id = participant.state.id
    let now = participant.now
    let day = Day(day: now.day, offsetMinutes: now.offsetMinutes, zone: now.zone)
    if let last = known(id, on: basis)?.worklist, last.day == day, last.picture == participant.picture {
      return last.part
    }
    let part = Worklist.Part(of: participant)
    keep(id, on: basis) { $0.worklist = (day, participant.picture, part) }
    return part
  }

  private func known(_ participant: ParticipantID, on basis: ParticipantBasis) -> Kept? {
    kept.withLock { $0[participant] }.flatMap { $0.basis == basis ? $0 : nil }
  }

  private func keep(_ participant: ParticipantID, on basis: ParticipantBasis, _ change: (inout Kept) -> Void) {
    kept.withLock { kept in
      var one = kept[participant].flatMap { $0.basis == basis ? $0 : nil } ?? Kept(basis: basis)
      change(&one)
      kept[participant] = one
      if kept.count > KeptReadings.most, let other = kept.keys.first(where: { $0 != participant }) {
        kept[other] = nil
      }
    }
  }
}

extension LiveStudy {
  /// The one record of a participant until a moment, read by the version that holds for them; nil where nothing is known, or their
  /// key was destroyed.
  func record(
    of state: ParticipantState, on basis: ParticipantBasis, until moment: Moment, by edition: ProtocolShelf.Edition,
    in fold: LedgerFold
  ) async throws -> MergedRecord? {
    if let read = readings.record(of: state.id, on: basis) { return read.record }
    let record = try await source(of: state, until: moment, in: fold)?.record(by: edition.study)
    readings.keep(.init(record: record), of: state.id, on: basis)
    return record
  }
}
