// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Corrects when the infusion of a bag was started and ended, and what ran in. That it ran in is never taken back.
public struct CorrectInfusion: TrialCommand {
  public static let name = "product correct-infusion"
  public static let abstract =
    "Correct when the infusion of a bag was started or ended, or the volume that ran in; what was recorded stays readable."
  public static let fields = [
    CommandField("participant", "who is infused, such as 03-0007"),
    CommandField("bag", "the bag, such as 03-0007-L1-B2-X"),
    CommandField("started", "when it was started, 2026-03-17T09:30 by the clocks of your site", optional: true),
    CommandField("stopped", "when it ended, 2026-03-17T09:30 by the clocks of your site", optional: true),
    CommandField("volumeML", "volume that ran in, mL", optional: true), .whyCorrected,
  ]
  public static let permission = Permission.bedsideAndInfusion

  /// Who is infused.
  public let participant: ParticipantID
  /// The bag.
  public let bag: BagNumber
  /// When it was started; nil where that is right.
  public let started: Moment?
  /// When it ended; nil where that is right.
  public let stopped: Moment?
  /// Volume that ran in, mL; nil where that is right.
  public let volumeML: Decimal?
  /// Why what is recorded is wrong.
  public let reason: String

  public init(
    participant: ParticipantID, bag: BagNumber, started: Moment? = nil, stopped: Moment? = nil,
    volumeML: Decimal? = nil, reason: String
  ) {
    self.participant = participant
    self.bag = bag
    self.started = started
    self.stopped = stopped
    self.volumeML = volumeML
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    guard let course = state.product.infusion, let was = state.infusion(of: bag) else {
      throw Refusal(
        "not-infused-bag", because: "No infusion of \(bag) into \(participant) is recorded.",
        remedy: "What ran in and is not recorded is recorded as outside the gate.")
    }
    var corrected = try self.corrected(was, state, situation)
    guard corrected != was else { throw .nothingCorrected }
    let why = situation.objections(to: corrected.started, was: was, of: bag, state)
    corrected.outsideGate = was.outsideGate || !why.isEmpty
    let correction = ProductCorrection.infusion(bag: bag, was: was, corrected: corrected)
    let event = ProductEvent.corrected(correction: correction, reason: reason)
    try requireOrder(state, after: event, situation)
    var facts = [Fact(.product(participant, event))]
    if course.begun == was.started, corrected.started != was.started {
      facts.append(Fact(.study(.infusionTimeCorrected(participant: participant, begun: corrected.started))))
    }
    if !why.isEmpty {
      let said = why.joined(separator: "; ")
      facts += try situation.foundOutsideGate(.infusion(bag: bag), of: participant, why: said, reason)
    }
    if let end = corrected.end { facts += endForOwner(end, situation) }
    return facts + situation.tooCloseAfter(facts, participant, isHeld: !why.isEmpty)
      + lateEnd(was, corrected, situation)
  }

  private func corrected(
    _ was: BagInfusion, _ state: ParticipantState, _ situation: Situation
  ) throws(Refusal) -> BagInfusion {
    var corrected = was
    for moment in [started, stopped].compactMap(\.self) { try situation.requirePast(moment) }
    corrected.started = started ?? was.started
    guard stopped != nil || volumeML != nil else { return corrected }
    guard var end = was.end else {
      throw Refusal(
        "not-stopped", because: "The infusion of \(bag) has not ended.", remedy: "Record its end, with the volume.")
    }
    end.stopped = stopped ?? end.stopped
    if let volumeML, volumeML != end.volumeML {
      try situation.require(volume: volumeML, of: bag)
      let held = situation.state.participants[bag.lot.participant]?.product[bag]
      end.volumeML = volumeML
      end.whole = held?.volumeML.map { volumeML >= $0 } ?? false
      end.dosePerKg = situation.dose(of: volumeML, from: bag, into: state)
    }
    corrected.end = end
    return corrected
  }

  /// Refuses times that cannot be, by what else is recorded of the infusion, the thaw, lymphodepletion and the participant.
  private func requireOrder(
    _ state: ParticipantState, after event: ProductEvent, _ situation: Situation
  ) throws(Refusal) {
    let after = situation.asOf(situation.happened, after: [.product(participant, event)]).state.participants[
      participant]
    let times = (after ?? state).entries.all.filter { $0.isOfInfusion }.map(\.happened)
    let isInOrder = zip(times, times.dropFirst()).allSatisfy { $0 <= $1 }
    let first = (after ?? state).product.infusion?.begun
    let thawed = situation.state.participants[bag.lot.participant]?.product[bag]?.thaw?.thawed
    let start = (after ?? state).infusion(of: bag)?.started
    let isAfterThaw = zip([start].compactMap { $0?.instant }, [thawed].compactMap(\.self)).allSatisfy { $1 <= $0 }
    let isAfterDoses = zip([first].compactMap(\.self), [state.way.lymphodepletionDoses.last].compactMap(\.self))
      .allSatisfy { $1 < $0 }
    let isAlive = state.way.died.map { died in times.allSatisfy { $0 <= died } } ?? true
    guard isInOrder, isAfterThaw, isAfterDoses, isAlive else {
      throw Refusal(
        "out-of-order", because: "The infusion of \(bag) cannot have been at that time, by what else is recorded.",
        remedy: "Check the time: it lies after thaw and lymphodepletion, and start, pauses and end follow one another.")
    }
  }

  /// The same correction in the record of whose cells they were, where the bag was another's.
  private func endForOwner(_ end: BagInfusion.End, _ situation: Situation) -> [Fact] {
    let owner = bag.lot.participant
    let entry = situation.state.participants[owner]?.entries.all.last { entry in
      guard let step = entry.product?.custodyStep else { return false }
      return step.material == .bag(bag) && step.followsFromInfusion
        && step.place == participant.description
    }
    guard let entry, let step = entry.product?.custodyStep else {
      return situation.endForOwner(of: bag, whole: end.whole, into: participant)
    }
    let corrected = DoneStep(
      step: CustodyStep(
        step: BagEnd(whole: end.whole).rawValue, material: step.material, place: step.place,
        temperature: step.temperature, container: step.container, seal: step.seal, otherParty: step.otherParty,
        keepsUntil: step.keepsUntil, lastDay: step.lastDay), done: end.stopped)
    let was = DoneStep(step: step, done: entry.happened)
    guard corrected != was else { return [] }
    return [Fact(.product(owner, .corrected(correction: .step(was: was, corrected: corrected), reason: reason)))]
  }

  private func lateEnd(_ was: BagInfusion, _ corrected: BagInfusion, _ situation: Situation) -> [Fact] {
    guard let stopped = corrected.end?.stopped, let former = was.end?.stopped,
      let held = situation.state.participants[bag.lot.participant]?.product[bag], let by = held.infusedBy,
      stopped.instant > by, former.instant <= by
    else { return [] }
    return [situation.lateEnd(of: bag, at: stopped, by: by, isThawed: held.thaw != nil, participant)]
  }
}

extension ParticipantState {
  /// The infusion of a bag as it stands in the record.
  func infusion(of bag: BagNumber) -> BagInfusion? {
    let all = entries.all
    guard let start = all.last(where: { $0.starts(bag) }),
      case .infusionStarted(_, let outsideGate, _) = start.product
    else { return nil }
    var end: BagInfusion.End?
    if let stop = all.last(where: { $0.stops(bag) }),
      case .infusionStopped(_, let volume, let whole, let dose, _) = stop.product
    {
      end = BagInfusion.End(stopped: stop.happened, volumeML: volume, whole: whole, dosePerKg: dose)
    }
    return BagInfusion(started: start.happened, outsideGate: outsideGate, end: end)
  }
}

extension Recorded where Event == TrialEvent {
  /// Whether it is of the infusion itself: its starts, pauses and ends.
  fileprivate var isOfInfusion: Bool {
    switch product {
    case .infusionStarted, .infusionPaused, .infusionResumed, .infusionStopped: true
    default: false
    }
  }
}

extension Situation {
  /// Why an infusion that passed its gate at one moment, and was started at another, was not behind it: what the gate saw
  /// had ended, or lymphodepletion, the interval after an earlier infusion, or the first bag's day do not allow it.
  fileprivate func objections(
    to started: Moment, was: BagInfusion, of bag: BagNumber, _ state: ParticipantState
  ) -> [String] {
    guard !was.outsideGate, started != was.started else { return [] }
    var why: [String] = []
    for case .infusionStarted(bag, _, let lines) in state.entries.all.compactMap(\.product) {
      why += [lines.objection(to: started, passed: was.started)].compactMap(\.self)
    }
    if let days = state.way.infusable, !days.contains(started.day), days.contains(was.started.day) {
      why.append("lymphodepletion let it begin on other days")
    }
    let starts = state.entries.all.filter { if case .infusionStarted = $0.product { true } else { false } }
    let others = starts.filter { !$0.starts(bag) }.map(\.happened.day)
    if others.contains(where: { $0 != started.day }), others.allSatisfy({ $0 == was.started.day }) {
      why.append("its bags were not infused on one day")
    }
    let earlier = self.state.study.infusions.prefix { $0.participant != state.id }
    for (ordinal, infusion) in earlier.enumerated() {
      let last = infusion.begun.day + StudyState.intervalDays(after: ordinal, plan: plan.safety)
      if started.day < last, last <= was.started.day { why.append("the interval after \(infusion.participant) ran") }
    }
    return why
  }
}
