// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Starts the infusion of a bag, behind the infusion gate.
public struct StartInfusion: TrialCommand {
  public static let name = "product infuse"
  public static let abstract = "Start the infusion of a bag: every line of the infusion gate must be true."
  public static let permission = Permission.bedsideAndInfusion
  public static let passesGate = true
  public static let fields =
    infusionFields + [CommandField("label", "the bag's label as read by scanning or typing when it is hung up")]

  /// Who is infused.
  public var participant: ParticipantID
  /// The bag that is hung up.
  public var bag: BagNumber
  /// The bag's label as read when it is hung up.
  public var label: String

  public init(participant: ParticipantID, bag: BagNumber, label: String) {
    self.participant = participant
    self.bag = bag
    self.label = label
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.withCells(participant)
    let reading = try situation.read(label: label)
    let step = StepID.infusionStarted
    if let facts = situation.mixUp(reading: reading, expecting: .bag(bag), at: step, of: state) { return facts }
    try situation.require(.bag(bag), of: state)
    try requireOneInfusion(state.product, situation)
    try situation.requireThawed(bag, in: state.product)
    try situation.requireOrder(of: try situation.stepPlan(step), for: .bag(bag), in: state.product)
    let lines = try situation.pass(.infusion, for: participant, bag: bag)
    let started = Fact(.product(participant, .infusionStarted(bag: bag, outsideGate: false, lines: lines)))
    guard state.product.infusion == nil else { return [started] }
    return [started, Fact(.study(.infusionBegun(participant: participant)))]
  }

  /// Further bags of the same lot on the same day belong to the one infusion; nothing else does.
  private func requireOneInfusion(_ product: ProductState, _ situation: Situation) throws(Refusal) {
    guard let course = product.infusion else { return }
    if let running = course.bag { throw .infusionRuns(running) }
    guard course.lot == bag.lot, course.begun.day == situation.happened.day, !course.outsideGate else {
      throw Refusal(
        "one-infusion", because: "\(participant) was infused on \(course.begun.date).",
        remedy: "There is never a second infusion, also not with a reserve bag.")
    }
  }
}

/// Pauses the infusion of a bag.
public struct PauseInfusion: TrialCommand {
  public static let name = "product pause"
  public static let abstract = "Pause the infusion of a bag, with the volume given so far and the reason."
  public static let permission = Permission.bedsideAndInfusion
  public static let onlyCloses = true
  public static let fields =
    infusionFields + [
      CommandField("volumeML", "volume that ran in so far, mL"), CommandField("reason", "why, with the vital signs"),
    ]

  /// Who is infused.
  public var participant: ParticipantID
  /// The bag that runs in.
  public var bag: BagNumber
  /// Volume that ran in so far, mL.
  public var volumeML: Decimal
  /// Why, with the vital signs.
  public var reason: String

  public init(participant: ParticipantID, bag: BagNumber, volumeML: Decimal, reason: String) {
    self.participant = participant
    self.bag = bag
    self.volumeML = volumeML
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.running(bag, of: participant)
    guard state.product[bag]?.isPaused != true else {
      throw Refusal("paused", because: "\(bag) is paused.", remedy: "Resume or stop it.")
    }
    try situation.require(volume: volumeML, of: bag)
    try requireTexts(["reason": reason])
    return [Fact(.product(participant, .infusionPaused(bag: bag, volumeML: volumeML, reason: reason)))]
  }
}

/// Resumes a paused bag within its time after thaw, if nothing has come up since the infusion began that would bar it.
public struct ResumeInfusion: TrialCommand {
  public static let name = "product resume"
  public static let abstract = "Resume a paused infusion within the bag's time, where no hold or question has come up."
  public static let permission = Permission.bedsideAndInfusion
  public static let passesGate = true
  public static let fields = infusionFields

  /// Who is infused.
  public var participant: ParticipantID
  /// The paused bag.
  public var bag: BagNumber

  public init(participant: ParticipantID, bag: BagNumber) {
    self.participant = participant
    self.bag = bag
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.running(bag, of: participant)
    guard let paused = state.product[bag], paused.isPaused else {
      throw Refusal("not-paused", because: "\(bag) is not paused.", remedy: "Nothing is to be resumed.")
    }
    try situation.requirePresent(state)
    try situation.requireNoQuarantine(over: .bag(bag), in: state.product)
    if let end = paused.infusedBy, situation.happened.instant >= end {
      throw Refusal(
        paused.thaw == nil ? "expired" : "thawed-too-long",
        because: "\(bag) could be infused until \(Moment(end, like: situation.happened)).",
        remedy: "End the infusion: the dose is what ran in.")
    }
    try situation.requireNothingSince(state)
    return [Fact(.product(participant, .infusionResumed(bag: bag)))]
  }
}

/// Ends the infusion of a bag: the dose is what ran in.
public struct StopInfusion: TrialCommand {
  public static let name = "product stop"
  public static let abstract = "End the infusion of a bag, with the volume that ran in."
  public static let permission = Permission.bedsideAndInfusion
  public static let onlyCloses = true
  public static let fields =
    infusionFields + [
      CommandField("volumeML", "volume that ran in, mL"),
      CommandField("reason", "why, where it is not the whole bag", optional: true),
    ]

  /// Who is infused.
  public var participant: ParticipantID
  /// The bag that ran in.
  public var bag: BagNumber
  /// Volume that ran in, mL.
  public var volumeML: Decimal
  /// Why, where it is not the whole bag.
  public var reason: String?

  public init(participant: ParticipantID, bag: BagNumber, volumeML: Decimal, reason: String? = nil) {
    self.participant = participant
    self.bag = bag
    self.volumeML = volumeML
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.running(bag, of: participant)
    try situation.require(volume: volumeML, of: bag)
    let held = situation.state.participants[bag.lot.participant]?.product[bag]
    let whole = held?.volumeML.map { volumeML >= $0 } ?? false
    if !whole { try requireTexts(["reason": reason]) }
    let stopped = ProductEvent.infusionStopped(
      bag: bag, volumeML: volumeML, whole: whole, dosePerKg: situation.dose(of: volumeML, from: bag, into: state),
      reason: reason)
    let facts =
      [Fact(.product(participant, stopped))] + situation.endForOwner(of: bag, whole: whole, into: participant)
    guard let end = held?.infusedBy, situation.happened.instant > end else { return facts }
    return facts + [
      situation.lateEnd(of: bag, at: situation.happened, by: end, isThawed: held?.thaw != nil, participant)
    ]
  }
}

private let infusionFields = [
  CommandField("participant", "who is infused, such as 03-0007"),
  CommandField("bag", "the bag, such as 03-0007-L1-B2-X"),
]

extension Refusal {
  /// Of what waits until a bag has run in.
  fileprivate static func infusionRuns(_ bag: BagNumber) -> Refusal {
    Refusal("infusion-runs", because: "The infusion of \(bag) has not ended.", remedy: "Record its end first.")
  }
}

extension Situation {
  /// Refuses to do anything to a bag that runs into somebody, or is paused, whosever cells are in it.
  func requireNotRunning(_ bag: BagNumber) throws(Refusal) {
    if runs(bag) { throw .infusionRuns(bag) }
  }

  /// Whether a bag runs into somebody, or is paused, whosever cells are in it.
  func runs(_ bag: BagNumber) -> Bool { state.participants.values.contains { $0.product.infusion?.bag == bag } }

  /// A participant whose infusion of a bag runs or is paused.
  fileprivate func running(_ bag: BagNumber, of id: ParticipantID) throws(Refusal) -> ParticipantState {
    let state = try participant(id)
    guard let course = state.product.infusion, course.bag == bag else {
      throw Refusal(
        "not-running", because: "No infusion of \(bag) runs or is paused.", remedy: "Its page shows how it ended.")
    }
    try requireTimeOrder(for: .bag(bag), in: state)
    return state
  }

  /// Refuses to go on with an infusion where a hold of infusions was set, or a DLT question about somebody infused earlier
  /// was opened, since it began. What stood before the gate has seen, and the board has let pass; of an infusion outside
  /// the gate nothing was seen.
  fileprivate func requireNothingSince(_ participant: ParticipantState) throws(Refusal) {
    guard let course = participant.product.infusion, let site = participant.way.site,
      let cohort = participant.way.cohort
    else { return }
    let holds = state.study.holdsInForce.filter {
      $0.hold.activities.contains(.infusion) && $0.hold.covers(site: site, cohort: cohort) && course.isNew($0.place)
    }
    let earlier = state.study.infusions.prefix { $0.participant != participant.id }.map(\.participant)
    let questions = state.study.openQuestions.filter { earlier.contains($0.participant) && course.isNew($0.place) }
    let found =
      holds.map { "hold \($0.hold.number) (\($0.hold.kind.rawValue)): \($0.hold.reason)" }
      + questions.map { "DLT question \($0.number) about \($0.participant)" }
    guard found.isEmpty else {
      throw Refusal(
        "barred-since", because: "Since this infusion began there stands against it: \(found.joined(separator: "; ")).",
        remedy: "End the infusion: the dose is what ran in.")
    }
  }

  /// CAR-positive viable cells per kg in a volume of a bag, by the weight of the order; nil where that is not known, or
  /// the cells are another's.
  func dose(of volumeML: Decimal, from bag: BagNumber, into participant: ParticipantState) -> Decimal? {
    guard bag.lot.participant == participant.id, let held = participant.product[bag], let cells = held.cells,
      let volume = held.volumeML, let weight = participant.way.infusionOrder?.weight, let share = cells * volumeML
    else { return nil }
    return (share / volume).flatMap { $0 / weight }
  }

  /// The end of another's bag that ran in, for the record of whose cells they were: there it is accounted for, and comes to
  /// no other end. Nothing where that record has it so.
  func endForOwner(of bag: BagNumber, whole: Bool, into participant: ParticipantID) -> [Fact] {
    let owner = bag.lot.participant
    let end = BagEnd(whole: whole)
    guard owner != participant, let held = state.participants[owner]?.product[bag], held.end != end else { return [] }
    let step = CustodyStep(
      step: end.rawValue, material: .bag(bag), place: participant.description, container: .unknown, seal: .unknown)
    return [Fact(.product(owner, .custodyStepDone(step)))]
  }

  /// The deviation that the infusion of a bag is which ran in longer than the bag allows.
  func lateEnd(
    of bag: BagNumber, at stopped: Moment, by end: Instant, isThawed: Bool, _ participant: ParticipantID
  ) -> Fact {
    let clock = isThawed ? "the bag's time after thaw" : "the bag's time"
    let what = "The infusion of \(bag) ended at \(stopped), \(clock) at \(Moment(end, like: stopped))."
    return deviation(.expiry, what, of: participant, severity: .important)
  }

  func require(volume: Decimal, of bag: BagNumber) throws(Refusal) {
    let held = state.participants[bag.lot.participant]?.product[bag]?.volumeML
    guard volume >= .zero, held.map({ volume <= $0 }) ?? true else {
      throw Refusal(
        "volume", because: "\(volume) mL cannot have run in from a bag of \(held?.description ?? "?") mL.",
        remedy: "Check the volume.")
    }
  }
}
