public import ClinicalValues
import StudyDesign
public import Trial

/// How many there are in a set, by its name: the denominators of the report.
public struct SetCount: Sendable, Hashable, Encodable {
  /// The set.
  public let name: String
  /// How many are in it.
  public let participants: Int
  /// How many more may come to be in it: that is not known yet.
  public let open: Int
  /// Who is in it, in the study's words; nil for what needs none.
  public let definition: String?

  /// Analysis sets, and what became of participants.
  static func all(in snapshot: TrialSnapshot, study: Study) -> [SetCount] {
    let all = Array(snapshot.state.participants.values)
    func count(_ name: String, _ isIn: (ParticipantState) -> Bool) -> SetCount {
      SetCount(name: name, participants: all.filter(isIn).count, open: 0, definition: nil)
    }
    let endpoints = ResponseStudy(study)
    let sets = AnalysisSets(
      of: snapshot.state, at: snapshot.moment, plan: { _ in study.conduct }, study: { _ in endpoints })
    let analyzed = AnalysisSetID.allCases.map { id in
      let plan = study.endpoints?.sets.first { $0.id == id }
      return SetCount(
        name: plan?.title.lowercased() ?? Printed.words(id.rawValue),
        participants: sets.members(of: id).count, open: sets.open(id).count, definition: plan?.definition)
    }
    return [count("registered") { $0.way.site != nil }, count("consented") { !$0.way.consents.isEmpty }] + analyzed + [
      count("screening failed, not enrolled") {
        if case .failed = $0.way.eligibility { $0.way.enrolled == nil } else { false }
      }, count("completed") { $0.way.completed != nil && $0.way.left == nil },
      count("left early") { $0.way.left != nil }, count("died") { $0.death(by: study.conduct.safety) != nil },
    ]
  }
}

/// Where somebody who was ever enrolled stands.
public struct ParticipantLine: Sendable, Hashable, Encodable {
  /// Who.
  public let participant: ParticipantID
  /// The disease.
  public let cohort: String?
  /// The status at the cut-off.
  public let status: ParticipantStatus
  /// The day of enrollment.
  public let enrolled: CalendarDate?
  /// The first dose of lymphodepletion, of whatever round.
  public let firstLymphodepletion: CalendarDate?
  /// Day 0.
  public let dayZero: CalendarDate?
  /// Days from Day 0 to the cut-off, to the last visit, to leaving or to death.
  public let daysFollowed: Int?
  /// When and why the participant left.
  public let left: CalendarDate?
  /// Why.
  public let leftBecause: Departure.Reason?
  /// Whether anything tells of a death: form, command, or a fatal adverse event.
  public let isDead: Bool
  /// The day of death, as precisely as it is known; nil where it is not.
  public let died: CalendarDate?

  static func enrolled(in snapshot: TrialSnapshot, plan: SafetyPlan) -> [ParticipantLine] {
    snapshot.state.participants.values.filter { $0.way.enrolled != nil }.sorted { $0.id < $1.id }
      .map { ParticipantLine($0, at: snapshot, plan: plan) }
  }

  private init(_ state: ParticipantState, at snapshot: TrialSnapshot, plan: SafetyPlan) {
    let way = state.way
    let death = state.death(by: plan)
    participant = state.id
    cohort = way.cohort
    status = state.status(at: snapshot.moment)
    enrolled = way.enrolled?.date
    firstLymphodepletion = way.firstLymphodepletion?.date
    dayZero = state.product.infusion?.begun.date
    daysFollowed = state.product.infusion.map { infusion in
      let ends = [way.left, way.completed, infusion.begun.there(at: snapshot.cutoff)].map { $0?.day }
      let last = (ends + [death?.earliestDay]).compactMap(\.self).min() ?? infusion.begun.day
      return last - infusion.begun.day
    }
    left = way.left?.date
    leftBecause = way.departure?.reason
    isDead = death != nil
    died = death?.day
  }
}

extension Moment {
  /// Another instant, by the clocks of the same place.
  func there(at instant: Instant) -> Moment { Moment(instant, offsetMinutes: offsetMinutes, zone: zone) }
}

/// An infusion, with what ran in and the interval after the one before.
public struct InfusionLine: Sendable, Hashable, Encodable {
  /// Its place in the order of infusions, from 1.
  public let number: Int
  /// Who.
  public let participant: ParticipantID
  /// The disease.
  public let cohort: String?
  /// When it began, where that was.
  public let begun: Moment
  /// When it ended; nil while it runs or is paused.
  public let ended: Moment?
  /// CAR-positive viable cells per kg that ran in; nil where that is not known.
  public let dosePerKg: Decimal?
  /// Milliliters that ran in, of all bags.
  public let volumeML: Decimal?
  /// Bags of which any ran in.
  public let bags: Int
  /// How often it was paused.
  public let pauses: Int
  /// Whether any of it was begun outside the gate.
  public let isOutsideGate: Bool
  /// Days of lymphodepletion, of the last round.
  public let lymphodepletion: [CalendarDate]
  /// Calendar days since the infusion before; nil for the first.
  public let daysSincePrevious: Int?
  /// The fewest days that the protocol asks for after the infusion before.
  public let daysRequired: Int?

  static func all(in snapshot: TrialSnapshot, plan: SafetyPlan) -> [InfusionLine] {
    let begun = snapshot.state.study.infusions
    return begun.enumerated().compactMap { index, infusion -> InfusionLine? in
      guard let state = snapshot.state.participants[infusion.participant], let course = state.product.infusion else {
        return nil
      }
      let previous = index == 0 ? nil : begun[index - 1]
      let doses = snapshot.history.lymphodepletion[infusion.participant] ?? []
      return InfusionLine(
        number: index + 1, participant: infusion.participant, cohort: state.way.cohort, begun: infusion.begun,
        ended: course.ended, dosePerKg: course.dosePerKg,
        volumeML: snapshot.history.volumes[infusion.participant].flatMap(sum),
        bags: state.product.lots.flatMap(\.bags).filter(\.isStarted).count,
        pauses: snapshot.history.pauses[infusion.participant] ?? 0, isOutsideGate: course.outsideGate,
        lymphodepletion: doses.filter { $0.round == doses.last?.round }.map(\.given).sorted().map(\.date),
        daysSincePrevious: previous.map { infusion.begun.day - $0.begun.day },
        daysRequired: previous.map { _ in StudyState.intervalDays(after: index - 1, plan: plan) })
    }
  }
}

/// The sum; nil where it is beyond what a decimal holds.
private func sum(_ numbers: [Decimal]) -> Decimal? {
  numbers.reduce(Decimal(0)) { sum, number in sum.flatMap { $0 + number } }
}

/// A death.
public struct DeathLine: Sendable, Hashable, Encodable {
  /// Who.
  public let participant: ParticipantID
  /// The disease.
  public let cohort: String?
  /// The day, as precisely as it is known; nil where it is not.
  public let died: CalendarDate?
  /// Days from Day 0; nil for the never infused, and where the day is not known.
  public let daysAfterInfusion: Int?
  /// Days from the first dose of lymphodepletion, of whatever round.
  public let daysAfterLymphodepletion: Int?
  /// The number of the adverse event that it is the outcome of.
  public let event: Int?
  /// Whether form or command tells of it; otherwise a fatal adverse event alone does.
  public let isOnRecord: Bool
  /// The numbers of the adverse events that are fatal.
  public let fatalEvents: [Int]
  /// The relations that were judged, by part of the treatment.
  public let relations: [String: Causality]

  static func all(in snapshot: TrialSnapshot, plan: SafetyPlan) -> [DeathLine] {
    snapshot.state.participants.values.sorted { $0.id < $1.id }.compactMap { state in
      state.death(by: plan).map {
        DeathLine($0, of: state, fatalEvents: state.adverseEvents(by: plan).filter(\.isFatal).map(\.number))
      }
    }
  }

  private init(_ death: RecordedDeath, of state: ParticipantState, fatalEvents: [Int]) {
    let day = death.day.flatMap { $0.precision == .day ? $0.daysSinceEpoch : nil }
    func days(after moment: Moment?) -> Int? { moment.flatMap { moment in day.map { $0 - moment.day } } }
    participant = state.id
    cohort = state.way.cohort
    died = death.day
    daysAfterInfusion = days(after: state.product.infusion?.begun)
    daysAfterLymphodepletion = days(after: state.way.firstLymphodepletion)
    event = death.event
    isOnRecord = death.isOnRecord
    self.fatalEvents = fatalEvents
    relations = Dictionary(uniqueKeysWithValues: death.relations.map { ($0.key.rawValue, $0.value) })
  }
}
