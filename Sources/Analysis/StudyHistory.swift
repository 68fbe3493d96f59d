public import ClinicalValues
public import Ledger
public import Trial

/// What happened to the study as a whole and to infusions, as far as the folded state keeps only how it ended.
public struct StudyHistory: Sendable, Hashable {
  /// A DLT question with everything that was answered.
  public struct Question: Sendable, Hashable {
    /// Whose answer it is.
    public enum Voice: String, Sendable, Hashable, Codable { case principalInvestigator, safetyOfficer, board }

    /// An answer.
    public struct Answer: Sendable, Hashable {
      /// Who gave it.
      public let by: Voice
      /// What it says.
      public let answer: DLTAnswer
      /// When.
      public let at: Moment
    }

    /// The day on which the toxicity began, at the site.
    public let onset: CalendarDate
    /// What happened, as the site told it.
    public let about: String
    /// In the order in which they were given.
    public internal(set) var answers: [Answer] = []
    /// When the safety officer confirmed the answer.
    public internal(set) var confirmed: Moment?
  }

  /// A hold with its end.
  public struct HoldCourse: Sendable, Hashable {
    /// As it was set.
    public let hold: Hold
    /// When it was set.
    public let set: Moment
    /// When the board decided that it may fall.
    public internal(set) var liftDecided: Moment?
    /// When it fell; nil while it stands.
    public internal(set) var lifted: Moment?
  }

  /// A review by the board.
  public struct Review: Sendable, Hashable {
    /// When it was.
    public let held: Moment
    /// What it decided.
    public let decision: BoardDecision
    /// The changes with which the study goes on.
    public let changes: String?
    /// How many were through the dose-limiting window.
    public let through: Int
    /// SHA-256 of the report that it read.
    public let report: Digest
  }

  /// The board's word on somebody who was lymphodepleted when a hold fell or a question opened.
  public struct Word: Sendable, Hashable {
    /// On whom.
    public let participant: ParticipantID
    /// Whether the infusion may follow.
    public let goesOn: Bool
    /// When.
    public let at: Moment
  }

  /// A dose of lymphodepletion.
  public struct Dose: Sendable, Hashable {
    /// The round, from 1.
    public let round: Int
    /// When it was given.
    public let given: Moment
  }

  /// DLT questions, by number.
  public private(set) var questions: [Int: Question] = [:]
  /// Every hold that was ever set, in the order of their numbers.
  public private(set) var holds: [HoldCourse] = []
  /// The board's reviews, as recorded.
  public private(set) var reviews: [Review] = []
  /// The board's words on participants, as recorded.
  public private(set) var words: [Word] = []
  /// Doses of lymphodepletion of every round.
  public private(set) var lymphodepletion: [ParticipantID: [Dose]] = [:]
  /// Volumes that ran in, bag by bag, milliliters.
  public private(set) var volumes: [ParticipantID: [Decimal]] = [:]
  /// How often an infusion was paused.
  public private(set) var pauses: [ParticipantID: Int] = [:]

  /// Nothing has happened yet.
  public init() {}

  /// The history after one more event.
  public mutating func apply(_ recorded: Recorded<TrialEvent>) {
    switch recorded.event {
    case .study(let event): apply(recorded.map { _ in event })
    case .way(let participant, .lymphodepletionGiven(let dose)):
      lymphodepletion[participant, default: []].append(Dose(round: dose.round, given: recorded.happened))
    case .way(let participant, .corrected(.dose(let was, let corrected), _)):
      guard
        let index = lymphodepletion[participant]?.lastIndex(where: { $0.round == was.round && $0.given == was.given })
      else { return }
      lymphodepletion[participant]?
        .replaceSubrange(index...index, with: corrected.map { [Dose(round: was.round, given: $0.given)] } ?? [])
    case .product(let participant, let event): apply(event, of: participant)
    default: break
    }
  }

  private mutating func apply(_ event: ProductEvent, of participant: ParticipantID) {
    switch event {
    case .infusionPaused: pauses[participant, default: 0] += 1
    case .infusionStopped(_, let volumeML, _, _, _): volumes[participant, default: []].append(volumeML)
    case .corrected(.infusion(_, let was, let corrected), _):
      guard let former = was.end?.volumeML, let volume = corrected.end?.volumeML,
        let index = volumes[participant]?.lastIndex(of: former)
      else { return }
      volumes[participant]?[index] = volume
    default: break
    }
  }

  private mutating func apply(_ recorded: Recorded<StudyEvent>) {
    let at = recorded.happened
    switch recorded.event {
    case .dltQuestionOpened(let number, _, _, let onset, let about):
      questions[number] = Question(onset: onset, about: about)
    case .dltAnswered(let number, let answer): add(answer, .principalInvestigator, to: number, at: at)
    case .dltDisputed(let number, let answer): add(answer, .safetyOfficer, to: number, at: at)
    case .dltDecided(let number, let answer, _): add(answer, .board, to: number, at: at)
    case .dltConfirmed(let number): questions[number]?.confirmed = at
    case .holdSet(let hold): holds.append(HoldCourse(hold: hold, set: at))
    case .holdLiftDecided(let number, _): change(number) { $0.liftDecided = at }
    case .holdLifted(let number, _): change(number) { $0.lifted = at }
    case .boardReviewed(let decision, let changes, let through, let report, _):
      reviews.append(Review(held: at, decision: decision, changes: changes, through: through, report: report))
    case .boardDecidedOnParticipant(let participant, let goesOn, _):
      words.append(Word(participant: participant, goesOn: goesOn, at: at))
    default: break
    }
  }

  private mutating func add(_ answer: DLTAnswer, _ voice: Question.Voice, to number: Int, at moment: Moment) {
    questions[number]?.answers.append(Question.Answer(by: voice, answer: answer, at: moment))
  }

  private mutating func change(_ number: Int, _ change: (inout HoldCourse) -> Void) {
    for index in holds.indices where holds[index].hold.number == number { change(&holds[index]) }
  }
}
