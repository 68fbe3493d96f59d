public import ClinicalValues
import Statistics
public import StudyDesign
public import Trial

/// Where the study stands against what stops it: the rule, its numbers, its boundary, as of the cut-off.
public struct StoppingStanding: Sendable, Hashable, Encodable {
  /// A line of the boundary.
  public struct Boundary: Sendable, Hashable, Encodable {
    /// So many evaluable participants.
    public let evaluable: Int
    /// The fewest with a toxicity that stop; nil where none do, or nobody looks yet.
    public let fewest: Int?
    /// Whether the rule is looked at for that number.
    public let isLookedAt: Bool
    /// Whether the study is here.
    public let isHere: Bool
  }

  /// Something that stops the study once it has happened.
  public struct StopEvent: Sendable, Hashable, Encodable {
    /// Its id in the plan.
    public let id: String
    /// What it is.
    public let title: String
    /// Days within which it counts.
    public let withinDays: Int?
    /// What on record meets it at the cut-off, each in a sentence; empty where nothing does, as far as is known.
    public let metBy: [String]
    /// Numbers of the holds that it set.
    public let holds: [Int]
  }

  /// Evaluable participants with a toxicity, of those evaluable.
  public let events: Share
  /// The exact 95 % interval of the rate (Clopper-Pearson), percent; nil without anybody evaluable.
  public let interval: [String]?
  /// Those with a toxicity.
  public let contributing: [ParticipantID]
  /// The rate that is not to be exceeded.
  public let rate: Decimal
  /// The posterior probability at which the study stops.
  public let cutoff: Decimal
  /// The prior's parameters.
  public let prior: [Decimal]
  /// The number of evaluable participants from which on it is looked at.
  public let fromEvaluable: Int
  /// The posterior probability of a higher rate, four digits; nil where the plan's numbers make no rule.
  public let posterior: String?
  /// Whether the rule is looked at for so many.
  public let isLookedAt: Bool
  /// Whether the boundary is reached; nil where the plan's numbers make no rule.
  public let isReached: Bool?
  /// The boundary up to the study's slots.
  public let boundary: [Boundary]
  /// How many toxicities in a row among those evaluable next would reach the boundary; 0 once it is reached, nil where none
  /// within the slots would.
  public let toxicitiesToStop: Int?
  /// How many of those so many evaluable next would have to have one; fewer than all of them where the rule is not looked at
  /// before the last of them is evaluable.
  public let fewestOfNext: Int?
  /// What stops the study once it has happened.
  public let stopEvents: [StopEvent]
  /// Numbers of safety holds in force at the cut-off.
  public let holdsInForce: [Int]

  /// Where a trial stands at its cut-off, by the plan and the forms in force then.
  public init(_ snapshot: TrialSnapshot, toxicity: LimitingToxicity, plan: ConductPlan, book: FormBook) {
    self.init(
      snapshot.state, history: snapshot.history, at: snapshot.cutoff, toxicity: toxicity, plan: plan, book: book)
  }

  /// Where a trial stands that is folded up to an instant. Of the history only what the stream of the study tells is read.
  public init(
    _ state: TrialState, history: StudyHistory, at instant: Instant, toxicity: LimitingToxicity, plan: ConductPlan,
    book: FormBook
  ) {
    let stopping = plan.safety.stopping
    let (x, n) = (toxicity.withToxicity.count, toxicity.evaluable.count)
    let rule = stopping.rule
    let slots = max(plan.way.slots, n)
    func stops(_ x: Int, _ n: Int) -> Bool { n >= stopping.fromEvaluable && rule?.stops(having: x, of: n) == true }
    events = Share(x, of: n)
    interval = Proportion(x, of: n)?.clopperPearson(confidence: 0.95).map {
      [($0.lower * 100).fixed(1), ($0.upper * 100).fixed(1)]
    }
    contributing = toxicity.withToxicity.map(\.participant)
    (rate, cutoff) = (stopping.rate, stopping.probability)
    prior = [stopping.priorA, stopping.priorB]
    fromEvaluable = stopping.fromEvaluable
    posterior = rule?.probability(having: x, of: n)?.fixed(4)
    isLookedAt = n >= stopping.fromEvaluable
    isReached = rule.map { _ in stops(x, n) }
    boundary = (0..<slots).map { index in
      let isLookedAt = index + 1 >= stopping.fromEvaluable
      return Boundary(
        evaluable: index + 1, fewest: isLookedAt ? rule?.fewest(of: index + 1) : nil, isLookedAt: isLookedAt,
        isHere: index + 1 == n)
    }
    let next = (0...max(slots - n, 0)).first { stops(x + $0, n + $0) }
    toxicitiesToStop = next
    fewestOfNext = next.flatMap { next in (0...next).first { stops(x + $0, n + next) } }
    let met = state.metRules(at: instant, plan: plan, books: state.participants.mapValues { _ in book })
    stopEvents = plan.safety.stopEvents.map { StopEvent($0, met: met, in: state, history: history) }
    holdsInForce = state.study.holdsInForce.map(\.hold).filter { $0.kind == .safety }.map(\.number)
  }

  /// The verdict in a sentence: rule, numbers, boundary, cut-off.
  public func verdict(asOf cutoffTime: Instant) -> String {
    let numbers =
      "\(events.count) of \(events.total) evaluable participants had a dose-limiting toxicity; the posterior probability of a "
      + "rate above \(rate) is \(Printed.known(posterior)), the limit is \(cutoff)"
    let fewest = boundary.first(where: \.isHere)?.fewest
    let limit = fewest.map { "; of \(events.total) evaluable, \($0) stop the study" } ?? ""
    let standing: String =
      switch isReached {
      case true?: "REACHED"
      case false? where !isLookedAt: "not looked at before \(fromEvaluable) are evaluable"
      case false?: "not reached"
      case nil: "unknown, since the plan's numbers make no rule"
      }
    return "The rule of the toxicity rate is \(standing) as of \(Printed.time(cutoffTime)): \(numbers)\(limit)."
  }

  /// How far the boundary is.
  public var distance: String {
    switch toxicitiesToStop {
    case 0?: "The boundary is reached."
    case let next? where fewestOfNext.map { $0 < next } == true:
      "At least \(fewestOfNext ?? next) of the next \(next) evaluable participants would have to have a dose-limiting toxicity "
        + "to reach it."
    case 1?: "The next evaluable participant would have to have a dose-limiting toxicity to reach it."
    case let more?:
      "The next \(more) evaluable participants would have to have a dose-limiting toxicity each to reach it."
    case nil: "No run of toxicities within the study's slots would reach it."
    }
  }
}
