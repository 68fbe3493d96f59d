public import ClinicalValues
public import Ledger

/// What can be opened, closed and held, in the order of a participant's way.
public enum Activity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case enrollment, leukapheresis, lymphodepletion, infusion

  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// Whether it comes earlier on the way.
  public static func < (a: Activity, b: Activity) -> Bool { a.order < b.order }
}

/// Openness, holds, slots, the order of infusions, DLT questions, the safety board.
///
/// It keeps what decisions need; who said what and why stays in the ledger.
public struct StudyState: Sendable, Hashable {
  /// The study that the ledger was begun for; nil in an empty ledger.
  public private(set) var study: String?
  /// Whether its people are invented.
  public private(set) var isSynthetic = false
  /// Who holds a slot.
  public private(set) var slots: Set<ParticipantID> = []
  /// Everybody who was ever enrolled, and when.
  public private(set) var enrolled: [ParticipantID: Moment] = [:]
  /// Who was infused, in the order in which the infusions began, and when.
  public private(set) var infusions: [BegunInfusion] = []
  /// What is open.
  public private(set) var open: Set<StudyScope> = []
  /// Protocol versions that were put in force, in that order.
  public private(set) var versions: [ProtocolInForce] = []
  /// Digests of the versions whose configuration test was passed and signed.
  public private(set) var tested: Set<Digest> = []
  /// Provisional items that were adopted or changed, by the digest of the version.
  public private(set) var settledItems: [Digest: Set<String>] = [:]
  /// Holds in force, in the order of their numbers.
  public private(set) var holdsInForce: [HoldInForce] = []
  /// How many holds were ever set.
  public private(set) var holdsSet = 0
  /// On which facts stopping rules have fired, and the holds that stand for them.
  public private(set) var firedRules: [StoppingRule: [FiredRule]] = [:]
  /// All DLT questions, in the order of their numbers.
  public private(set) var questions: [DLTQuestion] = []
  /// The members of the safety board; true for a statistician.
  public private(set) var boardMembers: [AccountID: Bool] = [:]
  /// The board's reviews of the study, but for those of which a later one saw all.
  public private(set) var reviews: [BoardReview] = []
  /// What the board decided on somebody already lymphodepleted, as long as nothing newer stands against it.
  public private(set) var boardWords: [ParticipantID: Bool] = [:]
  /// When the board last decided on somebody already lymphodepleted.
  public private(set) var boardDecisions: [ParticipantID: Moment] = [:]

  /// A study of which nothing is recorded.
  public init() {}

  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<StudyEvent>) {
    switch recorded.event {
    case .founded(let study, let synthetic): (self.study, isSynthetic) = (study, synthetic)
    case .slotAllotted, .slotFreed, .infusionBegun, .infusionTimeCorrected: applySlot(recorded)
    case .opened(let scope): open.insert(scope)
    case .closed(let scope): open.remove(scope)
    case .configurationTested(_, let digest, _, _): tested.insert(digest)
    case .protocolPutInForce(let version, let digest, let from, let appliesTo):
      versions.append(ProtocolInForce(version: version, digest: digest, from: from, appliesTo: appliesTo))
    case .provisionalAdopted(let items, let digest): settledItems[digest, default: []].formUnion(items)
    case .provisionalChanged(let item, _, _, let digest): settledItems[digest, default: []].insert(item)
    case .holdSet, .holdLiftDecided, .holdLifted, .stoppingRuleFired: applyHold(recorded)
    case .dltQuestionOpened, .dltAnswered, .dltConfirmed, .dltDisputed, .dltDecided: applyQuestion(recorded)
    case .boardMemberAppointed, .boardMemberReleased, .boardReviewed, .boardDecidedOnParticipant: applyBoard(recorded)
    case .exported, .enteredLate, .clockSetRight: break
    }
  }

  private mutating func applySlot(_ recorded: Recorded<StudyEvent>) {
    switch recorded.event {
    case .slotAllotted(let participant):
      slots.insert(participant)
      enrolled[participant] = recorded.happened
    case .slotFreed(let participant): slots.remove(participant)
    case .infusionBegun(let participant):
      boardWords[participant] = nil
      guard !infusions.contains(where: { $0.participant == participant }) else { return }
      addInfusion(of: participant, begun: recorded.happened)
    case .infusionTimeCorrected(let participant, let begun):
      guard let former = infusions.firstIndex(where: { $0.participant == participant }) else { return }
      infusions.remove(at: former)
      addInfusion(of: participant, begun: begun)
    default: break
    }
  }

  /// One that is recorded late stands where it happened: its place decides the interval after it.
  private mutating func addInfusion(of participant: ParticipantID, begun: Moment) {
    let place = infusions.firstIndex { begun < $0.begun } ?? infusions.endIndex
    infusions.insert(BegunInfusion(participant: participant, begun: begun), at: place)
  }

  private mutating func applyHold(_ recorded: Recorded<StudyEvent>) {
    switch recorded.event {
    case .holdSet(let hold):
      holdsSet = max(holdsSet, hold.number)
      holdsInForce.append(HoldInForce(hold: hold, since: recorded.happened, place: recorded.place))
      if hold.activities.contains(.infusion) { boardWords = [:] }
    case .holdLiftDecided(let number, _):
      for index in holdsInForce.indices where holdsInForce[index].hold.number == number {
        holdsInForce[index].liftDecided = recorded.happened
      }
    case .holdLifted(let number, _): holdsInForce.removeAll { $0.hold.number == number }
    case .stoppingRuleFired(let rule, let hold, let basis, _):
      firedRules[rule, default: []].append(FiredRule(hold: hold, basis: basis))
    default: break
    }
  }

  /// A stopping rule that fired on a death that there was not fires anew on one that there is. The hold stands until the
  /// board and the safety officer have lifted it.
  mutating func forgetDeath(of participant: ParticipantID) {
    for rule in [StoppingRule.earlyDeath, .relatedDeath] {
      firedRules[rule]?.removeAll { $0.basis == [participant.description] }
    }
  }

  private mutating func applyQuestion(_ recorded: Recorded<StudyEvent>) {
    switch recorded.event {
    case .dltQuestionOpened(let number, let participant, let toxicity, _, _):
      questions.append(
        DLTQuestion(
          number: number, participant: participant, opened: recorded.happened, place: recorded.place,
          toxicity: toxicity))
      boardWords = [:]
    case .dltAnswered(let number, let answer):
      changeQuestion(number) { $0.stage = .answered(answer, recorded.happened) }
    case .dltConfirmed(let number):
      changeQuestion(number) { question in
        if let answer = question.answer { question.settle(by: answer, at: recorded.happened) }
      }
    case .dltDisputed(let number, _): changeQuestion(number) { $0.stage = .disputed(recorded.happened) }
    case .dltDecided(let number, let answer, _):
      changeQuestion(number) { $0.settle(by: answer, at: recorded.happened) }
    default: break
    }
  }

  private mutating func changeQuestion(_ number: Int, _ change: (inout DLTQuestion) -> Void) {
    guard let index = questions.firstIndex(where: { $0.number == number }) else { return }
    change(&questions[index])
  }

  private mutating func applyBoard(_ recorded: Recorded<StudyEvent>) {
    switch recorded.event {
    case .boardMemberAppointed(let account, let isStatistician): boardMembers[account] = isStatistician
    case .boardMemberReleased(let account): boardMembers[account] = nil
    case .boardReviewed(_, _, let through, _, _):
      let review = BoardReview(held: recorded.happened, place: recorded.place, through: through)
      reviews.removeAll { review.sawAll(of: $0) }
      reviews.append(review)
      // A review that is entered late has not seen a hold that was set after it.
      for index in holdsInForce.indices where holdsInForce[index].since <= recorded.happened {
        holdsInForce[index].isReviewed = true
      }
    case .boardDecidedOnParticipant(let participant, let goesOn, _):
      boardWords[participant] = goesOn
      boardDecisions[participant] = recorded.happened
    default: break
    }
  }
}
