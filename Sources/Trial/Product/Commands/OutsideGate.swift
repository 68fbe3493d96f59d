// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues
import StudyDesign

/// Records, by two people, that a gated act happened without its gate. A gate bars the command, never the truth.
public struct RecordOutsideGate: TrialCommand {
  public static let name = "product outside-gate"
  public static let abstract = "Record by two people that a gated act happened without its gate."
  public static let permission = Permission.recordData
  public static let fields = [
    CommandField("participant", "to whom it happened, such as 03-0007"),
    CommandField("act", Self.listed(Act.self)),
    CommandField("bag", "the bag that was thawed or infused, whosever it is", optional: true),
    CommandField("circumstances", "what happened and why the gate was not used"),
  ]

  /// What happened.
  public enum Act: String, Sendable, Hashable, Codable, CaseIterable {
    case leukapheresis, lymphodepletionDose, thaw, infusion, resumption
  }

  /// Whom it happened to.
  public var participant: ParticipantID
  /// The act that a gate stands before.
  public var act: Act
  /// The bag that was thawed or infused, whosever it is.
  public var bag: BagNumber?
  /// What happened and why the gate was not used.
  public var circumstances: String

  public init(participant: ParticipantID, act: Act, bag: BagNumber? = nil, circumstances: String) {
    self.participant = participant
    self.act = act
    self.bag = bag
    self.circumstances = circumstances
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    try situation.requireTwoPeople(.recordData, for: participant)
    try requireTexts(["circumstances": circumstances])
    let gate: Gate
    let done: OutsideGateAct
    switch act {
    case .leukapheresis: (gate, done) = (.leukapheresis, .leukapheresis)
    case .lymphodepletionDose: (gate, done) = (.lymphodepletion, .lymphodepletionDose)
    case .thaw: (gate, done) = (.thawing, .thaw(bag: try requireBag(situation)))
    case .infusion: (gate, done) = (.infusion, .infusion(bag: try requireBag(situation)))
    case .resumption: (gate, done) = (.infusion, .resumption(bag: try requirePaused(state)))
    }
    let lines = situation.lines(of: gate, for: participant, bag: bag)
    let recorded = ProductEvent.outsideGateRecorded(act: done, circumstances: circumstances, lines: lines)
    let facts = [
      Fact(
        .product(participant, recorded),
        signed: "We record that this happened outside the gate: \(act.rawValue), \(participant).", signedByAll: true),
      situation.deviation(
        .outsideGate, "Outside the gate: \(act.rawValue). \(circumstances)", of: participant, severity: .critical),
    ]
    return facts + contradiction(done, situation) + (try consequences(done, state, lines, situation))
  }

  /// That the record says of the bag what cannot be where this happened. Which of the two is wrong is found out: neither is
  /// left out for the other.
  private func contradiction(_ act: OutsideGateAct, _ situation: Situation) -> [Fact] {
    let bag: BagNumber
    let done: String
    switch act {
    case .thaw(let thawed): (bag, done) = (thawed, "thawed")
    case .infusion(let infused): (bag, done) = (infused, "infused")
    case .leukapheresis, .lymphodepletionDose, .resumption: return []
    }
    guard let held = situation.state.participants[bag.lot.participant]?.product[bag] else { return [] }
    let before: String
    if let end = held.end, held.isOver {
      before = end.words
    } else if held.isStarted || situation.runs(bag) {
      before = "being infused"
    } else {
      return []
    }
    let what = "By this, bag \(bag) was \(done), and the record has it as \(before) before: one of the two is wrong."
    return [situation.deviation(.other, what, of: participant, severity: .critical)]
  }

  private func requireBag(_ situation: Situation) throws(Refusal) -> BagNumber {
    guard let bag, situation.state.participants[bag.lot.participant]?.product[bag]?.isFilled == true else {
      throw Refusal(
        "unknown-material", because: "There is no such bag.", remedy: "Give the number of the bag that it was.")
    }
    return bag
  }

  /// A resumption outside the gate is of the bag that is paused.
  private func requirePaused(_ state: ParticipantState) throws(Refusal) -> BagNumber {
    guard let running = state.product.infusion?.bag, bag == nil || bag == running,
      state.product[running]?.isPaused == true
    else {
      throw Refusal(
        "not-paused", because: "No infusion of that bag is paused.", remedy: "Its page shows how it stands.")
    }
    return running
  }

  private func consequences(
    _ act: OutsideGateAct, _ state: ParticipantState, _ lines: [GateLine], _ situation: Situation
  ) throws(Refusal) -> [Fact] {
    switch act {
    case .leukapheresis:
      let next = CollectionNumber(participant: participant, collection: state.product.collections.count + 1)
      let number = state.product.openCollection?.number ?? next
      return [
        Fact(.product(participant, .collectionBegun(collection: number, outsideGate: true, lines: lines))),
        Fact(
          .product(
            participant,
            .quarantined(
              Quarantine(.outsideGate, of: .collection(number), step: "leukapheresis", involved: situation.everybody)))),
      ]
    case .lymphodepletionDose:
      return [Fact(.way(participant, .lymphodepletionGiven(dose: dose(state, lines, situation))))]
    case .thaw(let bag): return thaw(bag, state, lines, situation)
    case .infusion(let bag): return infusion(bag, state, lines, situation)
    case .resumption(let bag):
      return [
        Fact(.product(participant, .infusionResumed(bag: bag))),
        situation.state.study.hold(by: .infusionOutsideGate), situation.clock(ReportClock.outsideGate, of: participant),
      ]
    }
  }

  /// The next dose of the round that runs, else the first of a new one.
  private func dose(_ state: ParticipantState, _ lines: [GateLine], _ situation: Situation) -> LymphodepletionDose {
    let day = situation.happened.day
    let goesOn = state.way.isConditioned(onDay: day)
    let days = situation.plan.way.infusionAfterLastDose
    return LymphodepletionDose(
      number: goesOn ? state.way.lymphodepletionDoses.count + 1 : 1,
      round: max(goesOn ? state.way.lymphodepletionRounds : state.way.lymphodepletionRounds + 1, 1),
      infusable: (day + days.lowerBound)...(day + days.upperBound), gate: lines, outsideGate: true)
  }

  private func thaw(
    _ bag: BagNumber, _ state: ParticipantState, _ lines: [GateLine], _ situation: Situation
  ) -> [Fact] {
    let step = CustodyStep(
      step: StepID.thawed, material: .bag(bag), place: "outside the gate", container: .unknown, seal: .unknown)
    let quarantine = Quarantine(.outsideGate, of: .bag(bag), step: StepID.thawed, involved: situation.everybody)
    let owner = bag.lot.participant
    let own = [
      situation.thawed(bag, step, outsideGate: true, lines: lines), Fact(.product(owner, .quarantined(quarantine))),
    ]
    guard owner != participant else { return own }
    let what = "Bag \(bag) was thawed for \(participant)."
    return own
      + situation.identityFacts(what, at: StepID.thawed, of: state, others: [owner], found: .bag(bag))
  }

  /// The infusion as it was: whatever ran in, it counts; the study is put on hold and the report falls due.
  private func infusion(
    _ bag: BagNumber, _ state: ParticipantState, _ lines: [GateLine], _ situation: Situation
  ) -> [Fact] {
    var facts = [Fact(.product(participant, .infusionStarted(bag: bag, outsideGate: true, lines: lines)))]
    if let course = state.product.infusion {
      // A bag that came before those that are recorded: the infusion began with it.
      if situation.happened < course.begun {
        facts.append(Fact(.study(.infusionTimeCorrected(participant: participant, begun: situation.happened))))
      }
    } else {
      facts.append(Fact(.study(.infusionBegun(participant: participant))))
    }
    facts.append(situation.state.study.hold(by: .infusionOutsideGate))
    facts.append(situation.clock(ReportClock.outsideGate, of: participant))
    guard bag.lot.participant != participant else { return facts }
    let what = "Bag \(bag) was infused into \(participant)."
    return facts
      + situation.identityFacts(
        what, at: StepID.infusionStarted, of: state, others: [bag.lot.participant], found: .bag(bag))
  }
}

/// The principal investigator signs what happened outside the gate.
public struct SignOutsideGate: TrialCommand {
  public static let name = "product outside-gate sign"
  public static let abstract = "Sign what happened outside the gate, as principal investigator."
  public static let permission = Permission.signAsPrincipalInvestigator
  public static let fields = [
    CommandField("participant", "to whom it happened, such as 03-0007"), CommandField("number", "its number"),
  ]

  /// Whom it happened to.
  public var participant: ParticipantID
  /// Its number.
  public var number: Int

  public init(participant: ParticipantID, number: Int) {
    self.participant = participant
    self.number = number
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let product = try situation.participant(participant).product
    guard let open = product.outsideGate.first(where: { $0.number == number }), !open.isSigned else {
      let numbers = product.outsideGate.filter { !$0.isSigned }.map { String($0.number) }.joined(separator: ", ")
      throw Refusal(
        "nothing-to-sign", because: "No act \(number) outside the gate waits for a signature.",
        remedy: numbers.isEmpty ? "Nothing is left to do." : "Waiting are: \(numbers).")
    }
    guard !open.recordedBy.contains(situation.actor.account.description) else {
      throw Refusal(
        "own-entry", because: "You are one of those who recorded this.",
        remedy: "Nobody confirms what they entered: another principal investigator of the site signs it.")
    }
    return [
      Fact(
        .product(participant, .outsideGateSigned(number: number)),
        signed: "I have taken note that this happened outside the gate: number \(number), \(participant).")
    ]
  }
}
