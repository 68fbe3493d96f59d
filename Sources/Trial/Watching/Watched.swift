public import ClinicalValues
public import StudyDesign

/// All that a watch looks at: the trial, what the protocol says, and the time.
public struct Watched: Sendable {
  /// The folded ledger.
  public let state: TrialState
  /// Now, by the server's clock, for what belongs to no site.
  public let now: Moment
  /// The conduct of the protocol version that is in force.
  public let plan: ConductPlan
  /// The participants that are looked at, each under the protocol version that holds for them.
  public let participants: [ParticipantID: WatchedParticipant]
  /// The forms of everybody whom rules of the whole study look at.
  public let books: [ParticipantID: FormBook]

  /// The trial at a moment. Rules of the whole study look at all of `state`; those of participants only at these.
  ///
  /// - Parameter books: the forms of everybody; nil for those who are looked at alone.
  public init(
    state: TrialState, now: Moment, plan: ConductPlan, participants: [ParticipantID: WatchedParticipant],
    books: [ParticipantID: FormBook]? = nil
  ) {
    self.state = state
    self.now = now
    self.plan = plan
    self.participants = participants
    self.books = books ?? participants.mapValues(\.book)
  }

  /// Those that are looked at, in the order of their numbers.
  public var sorted: [WatchedParticipant] { participants.sorted { $0.key < $1.key }.map(\.value) }
}

/// A participant who is looked at.
public struct WatchedParticipant: Sendable {
  /// Who it is, and where things stand.
  public let state: ParticipantState
  /// Now, by the clocks of the participant's site.
  public let now: Moment
  /// The conduct of the protocol version that the participant is under.
  public let plan: ConductPlan
  /// Its forms and visits.
  public let book: FormBook
  /// To whom visits apply, as far as it was asked.
  public let picture: SchedulePicture

  /// A participant under a protocol version at a moment.
  public init(
    _ state: ParticipantState, now: Moment, plan: ConductPlan, book: FormBook, picture: SchedulePicture = .unknown
  ) {
    self.state = state
    self.now = now
    self.plan = plan
    self.book = book
    self.picture = picture
  }
}
