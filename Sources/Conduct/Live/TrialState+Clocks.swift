public import ClinicalValues
public import StudyDesign
public import Trial

extension TrialState {
  /// An instant by the clocks of the site that looks after a participant: what is a day for them is one there, whoever looks. UTC where no
  /// site does.
  public func moment(_ instant: Instant, of participant: ParticipantState) -> Moment {
    ZoneClock.moment(instant, zone: zone(of: participant))
  }

  /// The zone of the site that looks after a participant; UTC where no site does.
  public func zone(of participant: ParticipantState) -> String {
    participant.way.site.flatMap { sites[$0]?.zone } ?? "UTC"
  }

  /// The same by number; UTC for one that nobody has.
  public func moment(_ instant: Instant, of participant: ParticipantID) -> Moment {
    participants[participant].map { moment(instant, of: $0) } ?? Moment(instant)
  }
}

extension Vocabulary {
  /// Words of a protocol version; what runs out for a participant stands by the clocks of the site that looks after them.
  public init(_ study: Study?, byClocksOf state: TrialState) {
    self.init(study, in: state) { instant, id in state.moment(instant, of: id) }
  }
}
