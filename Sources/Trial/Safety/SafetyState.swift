public import ClinicalValues

/// What has followed by itself from a participant's safety data, so that it follows once.
public struct SafetyState: Sendable, Hashable {
  /// The clocks that run or ran for each report that was called for, by their numbers, the first started first.
  public private(set) var reports: [ReportDuty: [Int]] = [:]
  /// What came to be known after the clock had begun that counts for it, and since when.
  public private(set) var knownLater: [ReportDuty: Moment] = [:]
  /// DLT questions that were opened about an adverse event, by its number.
  public private(set) var questions: [Int: [AskedQuestion]] = [:]

  /// Nothing has followed yet.
  public init() {}

  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<SafetyEvent>) {
    switch recorded.event {
    case .reportDue(let clock, let duty, let known):
      reports[duty, default: []].append(clock)
      knownLater[duty] = known
    case .doseLimitingAsked(let event, let question, let result, _, let seen):
      questions[event, default: []].append(AskedQuestion(question: question, result: result, seen: seen))
    }
  }

  /// What followed from a death or a pregnancy that there is not follows anew, should there be one later. Its clocks run
  /// on: a report stops them.
  mutating func forget(_ subject: ReportSubject) {
    for duty in reports.keys where duty.subject == subject {
      reports[duty] = nil
      knownLater[duty] = nil
    }
  }

  /// The numbers of the clocks that were started about one of some subjects.
  public func clocks(about subjects: Set<ReportSubject>) -> [Int] {
    Set(reports.filter { subjects.contains($0.key.subject) }.values.joined()).sorted()
  }

  /// The reports that a clock was started for.
  public func duties(of clock: Int) -> [ReportDuty] {
    reports.filter { $0.value.contains(clock) }.keys.sorted {
      ($0.subject.description, $0.cause.rawValue) < ($1.subject.description, $1.cause.rawValue)
    }
  }
}

/// A DLT question that an adverse event opened by itself.
public struct AskedQuestion: Sendable, Hashable {
  /// Its number in the study.
  public let question: Int
  /// What the definition said then.
  public let result: DoseLimitingResult
  /// How bad the event was then; nil where that was not kept.
  public let seen: SeenToxicity?
}

extension ParticipantState {
  /// Since when what a clock's report tells of is known: a report sent earlier cannot tell of it.
  ///
  /// Of each matter the earliest clock counts, since somebody may have been aware earlier than was thought. Nil for a
  /// follow-up, which may come before its clock counts: that is when the first report is due.
  func known(_ clock: ClockState) -> Moment? {
    guard clock.clock != ReportClock.susarFatalFollowUp else { return nil }
    let first = safety.duties(of: clock.number).compactMap { duty in
      record.clocks.filter { safety.reports[duty]?.contains($0.number) == true }.map(\.aware).min()
    }
    return first.max() ?? clock.aware
  }

  /// What a clock counted for that a report cannot tell of which was sent at a time: it came to be known later, and is still to
  /// be reported. Nothing of it where another clock runs for it.
  func untold(by sent: Instant, clock: Int) -> [(duty: ReportDuty, known: Moment)] {
    safety.duties(of: clock).compactMap { duty in
      guard let known = safety.knownLater[duty], sent < known.instant, safety.reports[duty]?.last == clock else {
        return nil
      }
      return (duty, known)
    }
  }

  /// The clocks that run or ran for an adverse event, in the order of their numbers.
  public func clocks(of event: AdverseEvent) -> [ClockState] {
    let subjects: Set<ReportSubject> = event.isFatal ? [.event(event.number), .death] : [.event(event.number)]
    let numbers = Set(safety.clocks(about: subjects))
    return record.clocks.filter { numbers.contains($0.number) }
  }
}
