import ClinicalValues

// Whether a report was in time, and the deviation that a late one is: both follow from its clock, and from nothing else.

extension ClockState {
  /// The deviation that a report is which is late at a moment; nil where it is not, or was noticed before.
  func lateDeviation(at moment: Moment, in record: RecordState) -> Deviation? {
    isLate(at: moment.instant) ? lateDeviation(noticed: moment, in: record) : nil
  }

  /// That a report was handed in, and the deviation where that was late.
  func submission(to: String, at moment: Moment, in record: RecordState) -> [RecordEvent] {
    let late = lateDeviation(at: moment, in: record)
    return [.reportSubmitted(clock: number, to: to, submitted: moment)]
      + [late].compactMap { $0.map(RecordEvent.deviationOpened) }
  }

  /// That a report was handed in at another time than was recorded, or was not, and what that makes of its lateness: one that
  /// was late is a deviation, and one that was in time after all is none any more.
  ///
  /// - Parameters:
  ///   - to: to whom; nil where that is as it was recorded.
  ///   - submitted: when it was handed in; nil where it was not, and its clock runs again.
  ///   - noticed: when that was found.
  func correction(
    to: String?, submitted: Moment?, because reason: String, noticed: Moment, in record: RecordState
  ) -> [RecordEvent] {
    let corrected = RecordEvent.reportCorrected(clock: number, to: to, submitted: submitted, reason: reason)
    guard (submitted ?? noticed).instant > due else {
      return [corrected] + record.lapses { $0 == .report(number) ? false : nil }
    }
    return [corrected]
      + [lateDeviation(noticed: noticed, in: record)].compactMap { $0.map(RecordEvent.deviationOpened) }
  }

  private func lateDeviation(noticed: Moment, in record: RecordState) -> Deviation? {
    guard !record.noticed.contains(.report(number)) else { return nil }
    return Deviation(
      .lateReport, what: "A report (\(clock)) was due at \(Moment(due)).", noticed: noticed,
      about: [.report(number)])
  }
}
