import ClinicalValues

extension Watch {
  /// A report whose clock ran out and that nobody has handed in.
  static let lateReports = Rule(id: "late-report", title: "A report is due and was not handed in.") { watched in
    let ofParticipants = watched.sorted.flatMap { participant in
      lateReports(in: participant.state.record, at: participant.now).map { Fact(participant.state.id, $0) }
    }
    return ofParticipants + lateReports(in: watched.state.record, at: watched.now).map { Fact(nil, $0) }
  }

  private static func lateReports(in record: RecordState, at now: Moment) -> [RecordEvent] {
    record.runningClocks.compactMap { clock in clock.lateDeviation(at: now, in: record).map { .deviationOpened($0) } }
  }
}
