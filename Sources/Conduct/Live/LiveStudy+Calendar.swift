import ClinicalValues
import Ledger
import StudyDesign
public import Trial

extension LiveStudy {
  /// The visits of participants, each by the clocks of the site and with what CQL says of to whom they apply, in the order
  /// of their numbers.
  ///
  /// - Throws: `MissingVersion`; `RecordError` where a participant's data cannot be read.
  public func calendars(of participants: Set<ParticipantID>) async throws -> [ParticipantCalendar] {
    try await refresh()
    return try await watched(participants, at: clock(), in: fold).sorted.map { ParticipantCalendar(of: $0) }
  }

  /// Visits as an iCalendar stream, stamped with the last event of the ledger.
  public func feed(of calendars: [ParticipantCalendar], title: String) -> CalendarFeed {
    CalendarFeed(
      calendars, title: title, study: fold.state.study.study ?? "study",
      stamp: fold.recorded ?? Instant(milliseconds: 0))
  }

  /// What waits for somebody now, the most urgent first, with the lines that keep a gate closed.
  ///
  /// - Parameters:
  ///   - participants: those to look at; nil for everybody. What concerns the whole study is always there.
  ///   - acting: whoever looks.
  /// - Throws: as `calendars`.
  public func worklist(of participants: Set<ParticipantID>?, by acting: Acting) async throws -> Worklist {
    try await refresh()
    let fold = self.fold
    let watched = try await watched(participants, at: clock(), in: fold)
    var lines: [ParticipantID: [GateLine]] = [:]
    var parts: [ParticipantID: Worklist.Part] = [:]
    var grading: [ParticipantID: [StudyTask]] = [:]
    for participant in watched.sorted {
      let basis = try await basis(of: participant.state, at: participant.now, in: fold)
      parts[participant.state.id] = readings.part(of: participant, on: basis)
      grading[participant.state.id] = readings.gradingTasks(of: participant.state.id, on: basis) {
        Grading(of: participant.state, laboratories: fold.state.laboratories, book: participant.book).tasks
      }
      guard let gate = participant.state.nextGate(at: participant.now, way: participant.plan.way) else { continue }
      lines[participant.state.id] = try await gates([gate], for: participant.state.id, by: acting).lines[gate]
    }
    return Worklist(watched, gates: lines, parts: parts, grading: grading)
  }
}
