import ClinicalValues
import Ledger
public import StudyDesign

/// A participant's way as it happened, with what of the study as a whole touched the participant.
public struct ParticipantTimeline: Sendable {
  /// What an event is of.
  public enum Subject: String, Sendable, Hashable {
    case participant, site, study
  }

  /// An event of the way.
  public struct Entry: Sendable {
    /// The event with its envelope.
    public let recorded: Recorded<TrialEvent>
    /// What it is of.
    public let subject: Subject
    /// What it tells.
    public let told: Told
  }

  /// In the order in which it happened; what happened at one moment stays in the order of the ledger.
  public let entries: [Entry]

  /// The way of a participant.
  ///
  /// - Parameters:
  ///   - events: the ledger, or of it the streams of the participant, the study, the sites and the accounts, in its order.
  ///   - safety: the plan of the intervals between infusions; nil where none is at hand.
  public init(of id: ParticipantID, in events: [Recorded<TrialEvent>], by telling: EventTelling, safety: SafetyPlan?) {
    var reader = TimelineReader(id: id, telling: telling, safety: safety)
    var found: [Entry] = []
    for recorded in events {
      if let entry = reader.read(recorded) { found.append(entry) }
    }
    entries = found.sorted {
      ($0.recorded.happened.instant, $0.recorded.position) < ($1.recorded.happened.instant, $1.recorded.position)
    }
  }

  /// The entries in paragraphs: steps in a row that are about the same thing, on one day, stand together.
  public var paragraphs: [[Entry]] {
    var paragraphs: [[Entry]] = []
    for entry in entries {
      if let last = paragraphs.last?.last, let about = entry.told.about, last.told.about == about,
        last.recorded.happened.date == entry.recorded.happened.date, entry.subject == last.subject
      {
        paragraphs[paragraphs.count - 1].append(entry)
      } else {
        paragraphs.append([entry])
      }
    }
    return paragraphs
  }
}

/// Folds the ledger and picks what belongs to one participant's way.
private struct TimelineReader {
  let id: ParticipantID
  let telling: EventTelling
  let safety: SafetyPlan?
  private var state = TrialState()
  /// Holds that covered the participant when they were set.
  private var holds: Set<Int> = []
  /// DLT questions about the participant.
  private var questions: Set<Int> = []

  init(id: ParticipantID, telling: EventTelling, safety: SafetyPlan?) {
    self.id = id
    self.telling = telling
    self.safety = safety
  }

  mutating func read(_ recorded: Recorded<TrialEvent>) -> ParticipantTimeline.Entry? {
    state.apply(recorded)
    // Most events are another's: they are folded, and not told.
    switch recorded.event {
    case .way(let of, _), .product(let of, _), .record(let of, _), .casebook(let of, _), .safety(let of, _),
      .grade(let of, _):
      if of != id { return nil }
    default: break
    }
    let told = telling.told(recorded.event)
    switch recorded.event {
    case .way(let of, _), .product(let of, _), .record(let of, _), .casebook(let of, _), .safety(let of, _),
      .grade(let of, _):
      return of == id ? .init(recorded: recorded, subject: .participant, told: told) : nil
    case .study(let event):
      return touching(event, at: recorded.happened, told).map { .init(recorded: recorded, subject: .study, told: $0) }
    case .site(let site, .consentPutInForce):
      guard site == way?.site, isPresent(at: recorded.happened), way?.consents.isEmpty == false else { return nil }
      return .init(recorded: recorded, subject: .site, told: told)
    case .people(.identityErased(let of, _)):
      return of == id ? .init(recorded: recorded, subject: .participant, told: told) : nil
    case .studyRecord, .site(_, .siteAdded), .people, .laboratory: return nil
    }
  }

  private var way: WayState? { state.participants[id]?.way }

  /// Whether the participant takes part: registered, and not gone.
  private func isPresent(at moment: Moment) -> Bool {
    switch state.participants[id]?.status(at: moment) {
    case nil, .screenFailed, .completed, .leftEarly: false
    default: true
    }
  }

  /// Whether the participant is enrolled and waits for the infusion.
  private func waits(at moment: Moment) -> Bool {
    isPresent(at: moment) && way?.enrolled != nil && state.participants[id]?.product.infusion == nil
  }

  /// What an event of the study tells this participant's reader; nil where it does not touch the participant.
  private mutating func touching(_ event: StudyEvent, at now: Moment, _ told: Told) -> Told? {
    switch event {
    case .slotAllotted(let of), .slotFreed(let of), .boardDecidedOnParticipant(let of, _, _):
      return of == id ? told : nil
    case .infusionBegun(let of), .infusionTimeCorrected(let of, _):
      return of != id && waits(at: now) ? stagger(after: of) : nil
    case .opened(let scope), .closed(let scope):
      return isPresent(at: now) && way?.enrolled == nil && covers(scope) ? told : nil
    case .protocolPutInForce: return isPresent(at: now) ? told : nil
    case .holdSet(let hold):
      guard isPresent(at: now), let site = way?.site, hold.covers(site: site, cohort: way?.cohort ?? "") else {
        return nil
      }
      holds.insert(hold.number)
      return told
    case .holdLiftDecided(let hold, _), .holdLifted(let hold, _): return holds.contains(hold) ? told : nil
    case .dltQuestionOpened(let question, let of, _, _, _):
      guard of == id else { return nil }
      questions.insert(question)
      return told
    case .dltAnswered(let question, _), .dltConfirmed(let question), .dltDisputed(let question, _),
      .dltDecided(let question, _, _):
      return questions.contains(question) ? told : nil
    case .boardReviewed: return waits(at: now) ? told : nil
    case .founded, .configurationTested, .provisionalAdopted, .provisionalChanged, .boardMemberAppointed,
      .boardMemberReleased, .stoppingRuleFired, .exported, .enteredLate, .clockSetRight:
      return nil
    }
  }

  private func covers(_ scope: StudyScope) -> Bool {
    switch scope {
    case .study: true
    case .site(let site): site == way?.site
    case .cohort(let cohort): cohort == way?.cohort
    }
  }

  /// How long the infusion of somebody else bars that of this participant.
  private func stagger(after other: ParticipantID) -> Told? {
    guard let safety, let ordinal = state.study.infusions.firstIndex(where: { $0.participant == other }) else {
      return nil
    }
    let days = StudyState.intervalDays(after: ordinal, plan: safety)
    let first = state.study.infusions[ordinal].begun.day + days
    return Told(
      "participant \(other) was infused. This participant's infusion waits until \(Say.date(first)) (interval of "
        + "\(days) days), and until an assessment on or after that day is recorded")
  }
}
