public import ClinicalValues

/// When the rate of dose-limiting toxicities (DLT) stops the trial: a beta-binomial rule.
public struct StoppingPlan: Sendable, Hashable, Codable {
  /// The rate of DLT that is not to be exceeded, 0 to 1.
  public var rate: Decimal
  /// The posterior probability of a higher rate at which the trial stops, 0 to 1.
  public var probability: Decimal
  /// First parameter of the prior beta distribution.
  public var priorA: Decimal
  /// Second parameter of the prior beta distribution.
  public var priorB: Decimal
  /// The number of evaluable participants from which on it is looked at.
  public var fromEvaluable: Int
  /// The provisional item that it rests on.
  public var provisional: String?
}

/// Something that stops the trial once it has happened.
public struct StopEventPlan: Sendable, Hashable, Codable {
  /// Its id, such as `earlyDeath`.
  public var id: String
  /// What it is, for people.
  public var title: String
  /// Days within which it counts, where it has such a limit.
  public var withinDays: Int?
}

/// A clock of a report: what starts it and when the report is due.
public struct ClockPlan: Sendable, Hashable, Codable {
  /// Its id, such as `siteToSponsor`.
  public var id: String
  /// What is to be reported to whom.
  public var title: String
  /// What starts it.
  public var starts: String
  /// Hours in which the report is due; nil where days are counted.
  public var hours: Int?
  /// Calendar days in which the report is due; nil where hours are counted.
  public var days: Int?
}
