public import ClinicalValues

/// What an investigator ordered to be given as lymphodepletion, on each of its days.
public struct LymphodepletionOrder: Sendable, Hashable, Codable {
  /// The round that it is for; the first is 1.
  public let round: Int
  /// Body height, cm.
  public let height: Decimal
  /// Body weight, kg.
  public let weight: Decimal
  /// Body surface, m2, by Mosteller.
  public let bodySurface: Decimal
  /// Creatinine clearance, mL/min, by Cockcroft-Gault.
  public let creatinineClearance: Decimal
  /// The agents, in the order of the protocol.
  public let agents: [OrderedAgent]
  /// The bags of the dose that is to follow.
  public let bags: [BagNumber]

  /// Makes one of its members.
  public init(
    round: Int, height: Decimal, weight: Decimal, bodySurface: Decimal, creatinineClearance: Decimal,
    agents: [OrderedAgent], bags: [BagNumber]
  ) {
    self.round = round
    self.height = height
    self.weight = weight
    self.bodySurface = bodySurface
    self.creatinineClearance = creatinineClearance
    self.agents = agents
    self.bags = bags
  }
}

/// An agent of lymphodepletion as it was ordered.
public struct OrderedAgent: Sendable, Hashable, Codable {
  /// Its concept in the dictionary.
  public let concept: String
  /// The dose per body surface at full renal function, in the plan's unit (mg/m2).
  public let perSquareMeter: Decimal
  /// The share of it that renal function allows, percent.
  public let percent: Int
  /// What is given a day, mg.
  public let daily: Decimal

  /// Makes one of its members.
  public init(concept: String, perSquareMeter: Decimal, percent: Int, daily: Decimal) {
    self.concept = concept
    self.perSquareMeter = perSquareMeter
    self.percent = percent
    self.daily = daily
  }
}

/// What an investigator ordered to be infused.
public struct InfusionOrder: Sendable, Hashable, Codable {
  /// The bags, in order.
  public let bags: [BagNumber]
  /// CAR-positive viable cells per kg that they hold together.
  public let dosePerKg: Decimal
  /// The weight that it was reckoned with, kg.
  public let weight: Decimal

  /// Makes one of its members.
  public init(bags: [BagNumber], dosePerKg: Decimal, weight: Decimal) {
    self.bags = bags
    self.dosePerKg = dosePerKg
    self.weight = weight
  }
}

/// A dose of lymphodepletion that was given.
public struct LymphodepletionDose: Sendable, Hashable, Codable {
  /// 1 for the first of the round.
  public let number: Int
  /// The round; the first is 1.
  public let round: Int
  /// The days (since 1970-01-01, at the site) on which the infusion may begin if this dose stays the last.
  public let infusable: ClosedRange<Int>
  /// What the gate saw; empty after the first dose of a round.
  public let gate: [GateLine]
  /// Whether it was given outside the gate.
  public let outsideGate: Bool

  /// Makes one of its members.
  public init(number: Int, round: Int, infusable: ClosedRange<Int>, gate: [GateLine], outsideGate: Bool) {
    self.number = number
    self.round = round
    self.infusable = infusable
    self.gate = gate
    self.outsideGate = outsideGate
  }
}
