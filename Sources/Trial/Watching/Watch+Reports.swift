import ClinicalValues

extension Watch {
  /// A report whose clock ran out and that nobody has handed in; and one that was in time after all.
  static let lateReports = Rule(id: "late-report", title: "A report is due and was not handed in.") { watched in
    let ofParticipants = watched.sorted.flatMap { participant in
      lateReports(in: participant.state.record, at: participant.now).map { Fact(participant.state.id, $0) }
    }
    return ofParticipants + lateReports(in: watched.state.record, at: watched.now).map { Fact(nil, $0) }
  }

  private static func lateReports(in record: RecordState, at now: Moment) -> [RecordEvent] {
    let late = record.runningClocks.compactMap {
      $0.lateDeviation(at: now, in: record).map(RecordEvent.deviationOpened)
    }
    return late
      + record.lapses { subject in
        guard case .report(let number) = subject, let clock = record.clocks.first(where: { $0.number == number }) else {
          return nil
        }
        return clock.isLate(at: now.instant)
      }
  }
}
