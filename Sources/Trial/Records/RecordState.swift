public import ClinicalValues

/// Deviations and report clocks of a participant, or of the study apart from any participant.
public struct RecordState: Sendable, Hashable {
  /// In the order of their numbers.
  public private(set) var deviations: [DeviationState] = []
  /// In the order of their numbers.
  public private(set) var clocks: [ClockState] = []
  /// What a deviation stands for that names it: none is noticed a second time.
  public private(set) var noticed: Set<DeviationSubject> = []

  /// Nothing has happened yet.
  public init() {}

  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<RecordEvent>) {
    switch recorded.event {
    case .deviationOpened(let deviation):
      deviations.append(
        DeviationState(
          number: deviations.count + 1, kind: deviation.kind, noticed: deviation.noticed,
          about: deviation.about ?? [], isByHand: deviation.byHand == true, severity: deviation.severity))
      noticed.formUnion(deviation.about ?? [])
    case .deviationClassified(let number, let severity, _): change(number) { $0.severity = severity }
    case .deviationAssessed(let number, _, _, _): change(number) { $0.isAssessed = true }
    case .deviationLapsed(let number):
      change(number) { $0.isLapsed = true }
      // What comes to be so again is a new one.
      noticed = Set(deviations.filter { !$0.isLapsed }.flatMap(\.about))
    case .deviationReported(let number, _, _): change(number) { $0.isReported = true }
    case .clockStarted(let clock):
      clocks.append(
        ClockState(
          number: clocks.count + 1, clock: clock.clock, aware: clock.aware, due: clock.due, submitted: nil))
    case .reportSubmitted(let number, _, let submitted):
      if clocks.indices.contains(number - 1) { clocks[number - 1].submitted = submitted.instant }
    case .reportCorrected(let number, _, let submitted, _):
      if clocks.indices.contains(number - 1) { clocks[number - 1].submitted = submitted?.instant }
    }
  }

  private mutating func change(_ number: Int, _ change: (inout DeviationState) -> Void) {
    if deviations.indices.contains(number - 1) { change(&deviations[number - 1]) }
  }

  /// Clocks that run.
  public var runningClocks: [ClockState] { clocks.filter { $0.submitted == nil } }
}

/// Where a deviation stands; its texts stand in the ledger.
public struct DeviationState: Sendable, Hashable {
  /// Its number in its stream, from 1.
  public let number: Int
  /// What it is about.
  public let kind: DeviationKind
  /// When it was noticed.
  public let noticed: Moment
  /// What it is about, by names that stay; empty where nothing names it.
  public let about: [DeviationSubject]
  /// Whether a person recorded it who said what it is about.
  public let isByHand: Bool
  /// Nil until it is classified.
  public fileprivate(set) var severity: DeviationSeverity?
  /// Whether cause, correction and prevention are recorded.
  public fileprivate(set) var isAssessed = false
  /// Whether anybody was told.
  public fileprivate(set) var isReported = false
  /// Whether what it was opened for turned out not to be so.
  public fileprivate(set) var isLapsed = false
  /// Whether nothing is left to do about it.
  public var isClosed: Bool { isLapsed || severity != nil && isAssessed }
}

/// Where a report clock stands.
public struct ClockState: Sendable, Hashable {
  /// Its number in its stream, from 1.
  public let number: Int
  /// Its id in the plan.
  public let clock: String
  /// When somebody became aware of what is to be reported.
  public let aware: Moment
  /// When the report is due.
  public let due: Instant
  /// When the report was handed in; nil while it runs.
  public fileprivate(set) var submitted: Instant?

  /// What whoever hands the report in must be allowed to do: what goes to the sponsor those of the site send who record data, everything
  /// else is the safety officer's. Growth after infusion is in the hands of both (protocol/conduct.md, section 3).
  public var permission: Permission {
    if clock == ReportClock.growth { return SubmitReport.permission }
    return ReportClock.toSponsor.contains(clock) ? .recordData : .judgeExpectedness
  }

  /// Whether the report is or was late.
  public func isLate(at now: Instant) -> Bool { (submitted ?? now) > due }
}
