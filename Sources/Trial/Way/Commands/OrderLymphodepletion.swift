// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// An investigator orders lymphodepletion: doses by body surface, reduced by renal function, and the bags that follow.
public struct OrderLymphodepletion: TrialCommand {
  public static let name = "participant order-lymphodepletion"
  public static let abstract = "Order lymphodepletion by body surface and renal function, for the bags that follow it."
  public static let fields = [
    .whom, CommandField("height", "body height, cm"), CommandField("weight", "body weight at baseline, kg"),
    CommandField("creatinineClearance", "creatinine clearance by Cockcroft-Gault, mL/min"),
    CommandField(
      "doses", #"each agent with its dose at full renal function: {"concept": "fludarabine", "perSquareMeter": "30"}"#),
    CommandField("bags", "the bags of the dose"),
  ]
  public static let permission = Permission.judgeAndSign
  public static let readsClinicalData = true

  /// An agent and its dose at full renal function.
  public struct Dose: Sendable, Hashable, Codable {
    /// The agent's concept in the dictionary.
    public let concept: String
    /// In the plan's unit, mg/m2 a day.
    public let perSquareMeter: Decimal

    public init(concept: String, perSquareMeter: Decimal) {
      self.concept = concept
      self.perSquareMeter = perSquareMeter
    }
  }

  /// Whom it is about.
  public let participant: ParticipantID
  /// Body height, cm.
  public let height: Decimal
  /// Body weight, kg.
  public let weight: Decimal
  /// By Cockcroft-Gault, mL/min.
  public let creatinineClearance: Decimal
  /// The doses.
  public let doses: [Dose]
  /// The bags.
  public let bags: [BagNumber]

  public init(
    participant: ParticipantID, height: Decimal, weight: Decimal, creatinineClearance: Decimal, doses: [Dose],
    bags: [BagNumber]
  ) {
    self.participant = participant
    self.height = height
    self.weight = weight
    self.creatinineClearance = creatinineClearance
    self.doses = doses
    self.bags = bags
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.notInfused(participant)
    try situation.requireMeasured(height, as: FindingID.height, "height", "cm", of: participant)
    try situation.requireMeasured(weight, as: FindingID.baselineWeight, "weight", "kg", of: participant)
    try situation.requireMeasured(
      creatinineClearance, as: FindingID.clearance, "creatinine clearance", "mL/min", of: participant)
    try situation.requireReleased(bags, of: state)
    guard let surface = Self.bodySurface(height: height, weight: weight) else {
      throw Refusal(
        "body-surface", because: "No body surface follows from \(height) cm and \(weight) kg.",
        remedy: "Give height in cm and weight in kg.")
    }
    var agents: [OrderedAgent] = []
    for agent in situation.plan.way.lymphodepletionAgents { agents.append(try ordered(agent, surface: surface)) }
    let known = Set(agents.map(\.concept))
    if let other = doses.first(where: { !known.contains($0.concept) }) {
      throw Refusal(
        "unknown-agent", because: "‘\(other.concept)’ does not belong to the protocol's lymphodepletion.",
        remedy: "Order \(known.sorted().joined(separator: ", ")).")
    }
    let order = LymphodepletionOrder(
      round: state.way.lymphodepletionRounds + 1, height: height, weight: weight, bodySurface: surface,
      creatinineClearance: creatinineClearance, agents: agents, bags: bags)
    let daily = agents.map { "\($0.concept) \($0.daily) mg" }.joined(separator: ", ")
    return [
      Fact(
        .way(participant, .lymphodepletionOrdered(order: order)),
        signed: "I order lymphodepletion for \(participant): \(daily) a day for "
          + "\(situation.plan.way.lymphodepletionDays) days.")
    ]
  }

  /// Body surface in m2, to two places: the root of height in cm times weight in kg over 3600.
  ///
  /// Source: Mosteller RD. Simplified calculation of body-surface area. N Engl J Med 1987;317:1098.
  static func bodySurface(height: Decimal, weight: Decimal) -> Decimal? {
    guard (50...250).contains(height), (10...400).contains(weight), let product = height * weight,
      let square = product / 3600
    else { return nil }
    return square.squareRoot?.rounded(to: 2)
  }

  private func ordered(_ agent: LymphodepletionAgent, surface: Decimal) throws(Refusal) -> OrderedAgent {
    let given = doses.filter { $0.concept == agent.concept }
    guard given.count == 1, let dose = given.first?.perSquareMeter else {
      throw Refusal(
        "dose-missing", because: "The order gives \(given.count) doses of \(agent.concept).",
        remedy: "Order one, from \(agent.lowestDose) to \(agent.highestDose) \(agent.unit).")
    }
    guard (agent.lowestDose...agent.highestDose).contains(dose) else {
      throw Refusal(
        "dose-outside-limits", because: "\(dose) \(agent.unit) \(agent.concept) is outside the protocol.",
        remedy: "Order \(agent.lowestDose) to \(agent.highestDose) \(agent.unit); renal function reduces it further.")
    }
    let percent = agent.percentOfDose(atClearance: creatinineClearance)
    guard percent > 0 else {
      throw Refusal(
        "renal-function", because: "\(agent.concept) is not given at a clearance of \(creatinineClearance) mL/min.",
        remedy: "The re-check is repeated when renal function has recovered, or the participant leaves.")
    }
    guard let daily = OrderedAgent.daily(dose, surface: surface, percent: percent) else {
      throw Refusal(
        "dose-outside-limits", because: "The dose cannot be reckoned.", remedy: "Check the order's numbers.")
    }
    return OrderedAgent(concept: agent.concept, perSquareMeter: dose, percent: percent, daily: daily)
  }
}

extension OrderedAgent {
  /// The dose of a day in mg, rounded: a dose a square meter, and the share of it that renal function leaves.
  static func daily(_ perSquareMeter: Decimal, surface: Decimal, percent: Int) -> Decimal? {
    guard let full = perSquareMeter * surface, let share = full * Decimal(percent) else { return nil }
    return (share / 100)?.rounded()
  }

  /// The dose of a day at another surface and clearance; nil where none is given at that clearance.
  func daily(surface: Decimal, clearance: Decimal, _ plan: WayPlan) -> Decimal? {
    guard let agent = plan.lymphodepletionAgents.first(where: { $0.concept == concept }) else { return nil }
    let percent = agent.percentOfDose(atClearance: clearance)
    return percent > 0 ? Self.daily(perSquareMeter, surface: surface, percent: percent) : nil
  }
}

extension Situation {
  /// Refuses a number that is not what was measured, and any where nothing is known of it.
  func requireMeasured(
    _ number: Decimal, as finding: String, _ what: String, _ unit: String, of participant: ParticipantID
  ) throws(Refusal) {
    guard let measured = pictures[participant]?.findings[finding]?.number else {
      throw Refusal(
        "not-measured", because: "No \(what) in \(unit) follows from the record.",
        remedy: "The site measures it and records it first.")
    }
    guard measured != number else { return }
    throw Refusal(
      "not-as-measured", because: "The \(what) is \(measured) \(unit) in the record, not \(number).",
      remedy: "Order for the value of the record, or correct the record first.")
  }

  /// Refuses an order without bags, with one twice, or with one that is not of the participant's released lot.
  func requireReleased(_ bags: [BagNumber], of participant: ParticipantState) throws(Refusal) {
    guard !bags.isEmpty, Set(bags).count == bags.count else {
      throw Refusal(
        "bags-missing", because: bags.isEmpty ? "The order names no bag." : "The order names a bag twice.",
        remedy: "Name each bag of the dose once.")
    }
    guard let lot = participant.product.releasedLot, bags.allSatisfy({ $0.lot == lot }) else {
      throw Refusal(
        "bag-not-released", because: "Not every bag belongs to a released lot of \(participant.id).",
        remedy: "Read the bags' labels again; quality assurance releases the lot.")
    }
  }
}
