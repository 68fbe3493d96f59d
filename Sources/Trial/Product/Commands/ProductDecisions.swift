import ClinicalValues
import StudyDesign

// What the commands of the product share: who acts, what was read, and what follows from a mix-up or a problem.

extension Situation {
  /// Everybody who acts, the actor first.
  var everybody: [AccountID] { [actor.account] + together.map(\.account) }

  /// Refuses unless exactly two different people act, both of whom may; what is `done` to a material by who has it in hand.
  func requireTwoPeople(
    _ permission: Permission, for participant: ParticipantID, doing done: (any DoneToMaterial)? = nil
  ) throws(Refusal) {
    guard together.count == 1, let second = together.first, second.account != actor.account else {
      throw Refusal(
        "two-people", because: "This is done by two people together; \(Set(everybody).count) signed in for it.",
        remedy: "Ask a second person who may do it to sign in beside you.")
    }
    try authorize(second, for: permission, participants: [participant], doing: done)
  }

  /// A collection, lot or bag of a participant; refuses a number that was never issued or belongs to somebody else.
  func require(_ material: Material, of participant: ParticipantState) throws(Refusal) {
    let exists =
      switch material {
      case .collection(let number): participant.product[number] != nil
      case .lot(let number): participant.product[number] != nil
      case .bag(let number): participant.product[number] != nil
      }
    guard exists else {
      throw Refusal(
        "unknown-material", because: "There is no \(material) of participant \(participant.id).",
        remedy: "Look the number up among the participant's collections, lots and bags.")
    }
  }

  /// A participant of whom there are cells, or an identifier under which there will be; refuses anybody else, a
  /// candidate too: of them nothing is recorded about cells.
  func withCells(_ id: ParticipantID) throws(Refusal) -> ParticipantState {
    let state = try participant(id)
    guard state.product.hasCells else {
      throw Refusal(
        "no-cells", because: "\(id) has no cells in the study, and no identifier for any.",
        remedy: "Check the participant's number.")
    }
    return state
  }

  /// What a label says; a text that cannot be read is refused, with nothing else.
  func read(label text: String) throws(Refusal) -> LabelReading {
    do { return try LabelReading(text) } catch { throw .readAgain }
  }

  /// What follows if a label was read that is not of the material in hand; nil if it is.
  func mixUp(
    reading: LabelReading, expecting material: Material, at step: String, of participant: ParticipantState
  ) -> [Fact]? {
    let agrees =
      reading.material == material
      && (reading.identity == nil || reading.identity == participant.product.identity)
      && (reading.participant == nil || reading.participant == participant.id)
    if agrees { return nil }
    var others: Set<ParticipantID> = [reading.material.participant]
    if let read = reading.participant { others.insert(read) }
    if let read = reading.identity, let owner = owner(of: read) { others.insert(owner) }
    let what = "At step \(step) the label of \(material) was expected; read was: \(reading.text)."
    let event = ProductEvent.labelMismatched(step: step, expected: material, read: reading)
    return [Fact(.product(participant.id, event))]
      + identityFacts(what, at: step, of: participant, others: others, found: reading.material)
  }

  /// The quarantines and critical deviations of a mix-up: everything of the participant, and of everybody else whose
  /// cells or name turned up.
  func identityFacts(
    _ what: String, at step: String, of participant: ParticipantState, others: Set<ParticipantID>, found: Material?
  ) -> [Fact] {
    var facts = [
      Fact(.product(participant.id, .quarantined(Quarantine(.identity, of: nil, step: step, involved: everybody)))),
      deviation(.identity, what, of: participant.id, severity: .critical),
    ]
    // A candidate's number that was read is no product: there is nothing of theirs to stop.
    for other in others.sorted() where other != participant.id && state.participants[other]?.product.hasCells == true {
      if let found, found.participant == other {
        facts.append(
          Fact(.product(other, .foundElsewhere(material: found, step: step, expectedOf: participant.id))))
      }
      facts.append(
        Fact(.product(other, .quarantined(Quarantine(.identity, of: nil, step: step, involved: everybody)))))
      facts.append(deviation(.identity, what, of: other, severity: .critical))
    }
    return facts
  }

  /// Whose an identifier is; nil if nobody's.
  func owner(of identity: ChainOfIdentity) -> ParticipantID? {
    state.participants.values.filter { $0.product.identity == identity }.map(\.id).min()
  }

  /// A deviation that the software opens by itself.
  func deviation(
    _ kind: DeviationKind, _ what: String, of participant: ParticipantID, severity: DeviationSeverity? = nil
  ) -> Fact {
    Fact(.record(participant, .deviationOpened(Deviation(kind, what: what, noticed: happened, severity: severity))))
  }

  /// The clock of a report about wrong or contaminated cells, by its id in the plan.
  func clock(_ id: String, of participant: ParticipantID) -> Fact {
    let hours = plan.safety.clocks.first { $0.id == id }?.hours ?? ReportClock.productHours
    return Fact(.record(participant, .clockStarted(ReportClock(id, aware: happened, hours: hours))))
  }

  /// The quarantine and the deviation for each problem that a step brought to light.
  func consequences(of problems: [CustodyProblem], at step: CustodyStep) -> [Fact] {
    problems.flatMap { problem in
      [
        Fact(
          .product(
            step.material.participant,
            .quarantined(Quarantine(problem.cause, of: step.material, step: step.step, involved: everybody)))),
        deviation(problem.kind, problem.what, of: step.material.participant, severity: .important),
      ]
    }
  }

  /// Refuses where a quarantine covers the material.
  func requireNoQuarantine(over material: Material, in product: ProductState) throws(Refusal) {
    let numbers = product.quarantines(over: material)
    guard numbers.isEmpty else {
      throw Refusal(
        "quarantined",
        because: "\(material) is in quarantine (number \(numbers.map(String.init).joined(separator: ", "))).",
        remedy: "Quality assurance, not involved in what led to it, decides on each quarantine first.")
    }
  }
}

extension Refusal {
  /// Of a code that cannot be read: it says nothing of what is expected, so that nobody types what is not there.
  static let readAgain = Refusal("read-again", because: "This could not be read.", remedy: "Read again.")

  /// Of a text that must not be empty.
  static func missing(_ field: String) -> Refusal {
    Refusal("text-missing", because: "\(field) is empty.", remedy: "Say it in a sentence.")
  }
}

/// Refuses texts without a word in them.
func requireTexts(_ texts: KeyValuePairs<String, String?>) throws(Refusal) {
  for (field, text) in texts where !(text ?? "").contains(where: { !$0.isWhitespace }) {
    throw Refusal.missing(field)
  }
}
