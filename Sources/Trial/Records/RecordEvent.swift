public import ClinicalValues

/// What was recorded about departures from the protocol, and the reports that they call for.
///
/// Deviations and clocks of a stream are numbered from 1 in the order of their events.
public enum RecordEvent: Sendable, Hashable, Codable {
  /// A departure from the protocol was noticed, by somebody or by the software.
  case deviationOpened(Deviation)
  /// Somebody who may said how grave it is, and why.
  case deviationClassified(deviation: Int, severity: DeviationSeverity, reason: String)
  /// Its cause was found, what was done about it and what keeps it from happening again.
  case deviationAssessed(deviation: Int, cause: String, correction: String, prevention: String)
  /// What it was opened for is not so: what it rested on was corrected. Nobody has to classify or assess it.
  case deviationLapsed(deviation: Int)
  /// Somebody was told.
  case deviationReported(deviation: Int, to: String, on: Moment)
  /// Something must be reported within a time.
  case clockStarted(ReportClock)
  /// The report was handed in; nothing else stops a clock.
  case reportSubmitted(clock: Int, to: String, submitted: Moment)
  /// A report was handed in at another time, or to somebody else, than was recorded; without a time it was not, and its
  /// clock runs again.
  case reportCorrected(clock: Int, to: String?, submitted: Moment?, reason: String)
}

/// A departure from the protocol. None is ever approved beforehand.
public struct Deviation: Sendable, Hashable, Codable {
  /// What it is about.
  public let kind: DeviationKind
  /// What happened, in a sentence.
  public let what: String
  /// When it was noticed.
  public let noticed: Moment
  /// How grave it is, where that is the software's own rule; nil until somebody says so.
  public let severity: DeviationSeverity?
  /// Whether it was made to avert an immediate danger.
  public let averting: Bool
  /// What it is about by a name that stays, so that it is noticed once, by the software or by a person; nil where nothing
  /// names it.
  public let about: [DeviationSubject]?
  /// Whether a person recorded it who said what it is about; nil where the software noticed it, and where nothing is named.
  public let byHand: Bool?

  /// A deviation; its severity is given only where it is the software's own rule.
  public init(
    _ kind: DeviationKind, what: String, noticed: Moment, severity: DeviationSeverity? = nil, averting: Bool = false,
    about: [DeviationSubject]? = nil, byHand: Bool? = nil
  ) {
    self.kind = kind
    self.what = what
    self.noticed = noticed
    self.severity = severity
    self.averting = averting
    self.about = about
    self.byHand = byHand
  }
}

/// How grave a deviation is.
public enum DeviationSeverity: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case minor, important, critical

  /// Whether the first is less grave than the second.
  public static func < (a: DeviationSeverity, b: DeviationSeverity) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .minor: 0
    case .important: 1
    case .critical: 2
    }
  }
}

/// What a deviation is about.
public enum DeviationKind: String, Sendable, Hashable, Codable, CaseIterable {
  case window, missedActivity, lateReport, identity, expiry, temperature, container, labels, release, outsideGate,
    medication, eligibility, consent, other
}

/// A report that is due.
public struct ReportClock: Sendable, Hashable, Codable {
  /// Its id in the plan, such as `infusionOutsideGate`.
  public let clock: String
  /// When somebody at the site was aware.
  public let aware: Moment
  /// When the report is due; calendar time.
  public let due: Instant

  /// A clock of a number of hours.
  public init(_ clock: String, aware: Moment, hours: Int) {
    self.clock = clock
    self.aware = aware
    self.due = aware.instant.adding(hours: hours)
  }

  /// Something grew in cells that were infused.
  static let growth = "growthAfterInfusion"
  /// An infusion outside the gate.
  static let outsideGate = "infusionOutsideGate"
  /// An urgent safety measure: a safety hold, and, due at once, a deviation made to avert an immediate danger.
  static let immediateDanger = "urgentSafetyMeasure"
  /// Reports to the sponsor, by the site or the laboratory.
  static let toSponsor: Set<String> = [siteToSponsor, pregnancyToSponsor, growth, outsideGate]
  /// Hours to the report of a wrong or contaminated product, where the plan names no such clock: conduct, section 6.
  static let productHours = 24
}
