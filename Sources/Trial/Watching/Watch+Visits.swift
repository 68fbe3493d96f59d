import ClinicalValues
import StudyDesign

extension Watch {
  /// A visit outside its window, one that was missed, and what was not done at one; and that it, or a medicine that is not
  /// allowed, was not so after all, since what it rested on was corrected. How grave it is a person says.
  static let visits = Rule(
    id: "visits", title: "A visit's window has passed without it, or without what is done at it."
  ) {
    watched in
    watched.sorted.flatMap { participant -> [Fact] in
      let record = participant.state.record
      let grace = participant.book.schedule.graceDays
      let calendar = ParticipantCalendar(of: participant)
      let lapsed = record.lapses { participant.holds($0, in: calendar) }.map { Fact(participant.state.id, $0) }
      return lapsed
        + calendar.visits.flatMap { visit in
          [
            visit.windowDeviation(at: participant.now, in: record),
            visit.missedDeviation(at: participant.now, in: record, grace: grace),
            visit.activityDeviation(at: participant.now, in: record, grace: grace),
          ].compactMap { $0.map { Fact(participant.state.id, .deviationOpened($0)) } }
        }
    }
  }
}
