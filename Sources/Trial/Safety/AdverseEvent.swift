public import ClinicalValues
public import Instruments
public import StudyDesign

/// An adverse event as the casebook holds it: its row with the rows of other forms that name it. What has no answer is
/// nil; nothing is taken as absent because nobody recorded it.
///
/// `ParticipantState.adverseEvents(by:)` gives those of a participant, `TrialState.adverseEvents(by:)` all.
public struct AdverseEvent: Sendable, Hashable {
  /// Whose it is.
  public let participant: ParticipantID
  /// Its number: the row of its form.
  public let number: Int
  /// The form that it was recorded in.
  public let form: FormKey
  /// As it was reported.
  public let reported: String?
  /// The CTCAE v5.0 term that was chosen.
  public let term: String?
  /// What it is, where the term is “Other, specify”.
  public let specified: String?
  /// The first day, as precisely as it is known.
  public let start: CalendarDate?
  /// The last day, as precisely as it is known.
  public let end: CalendarDate?
  /// The worst grade as entered; `worstGrade` looks at the course too.
  public let gradeEntered: Int?
  /// Changes of grade, in the order of their time.
  public let course: [GradeChange]
  /// When somebody at the site was aware of it.
  public let aware: DateTime?
  /// Whether it is serious, as recorded; `isSerious` is what counts.
  public let seriousness: Seriousness
  /// The investigator's judgment of each relation that was answered.
  public let relations: [TreatmentPart: Causality]
  /// The event of special interest that it is, by the code of the casebook: as somebody said, else as its term says by itself.
  public let specialInterest: String?
  /// What rules know that event of special interest as.
  public let kind: SpecialInterestKind?
  /// What was done with the infusion.
  public let action: String?
  /// Whether a medicine was given for it.
  public let isTreated: Bool?
  /// How it ended or stands.
  public let outcome: EventOutcome?
  /// What happened.
  public let narrative: String?
  /// Whether a laboratory finding without symptoms, and whether an expected effect, where that was answered.
  public let isAsymptomaticLab, isExpectedOnTarget: Bool?
  /// The transgene in tumor tissue, for a second malignancy, by the code of the casebook.
  public let transgene: String?
  /// Versions of its report to the sponsor, in the order of their numbers.
  public let reports: [SeriousReport]
  /// The safety officer's judgments, in the order of their rows.
  public let assessments: [SafetyAssessment]
  /// Rows of concomitant medication that were given for it.
  public let medication: [FormKey]
}

extension AdverseEvent {
  /// The CTCAE term, with its system organ class and the grades that exist for it; nil where the text is none.
  public var ctcae: CTCAE.Term? { term.flatMap { CTCAE.term(named: $0) } }

  /// How a person calls it: the term, specified where it is “other”, else as it was reported.
  public var title: String {
    guard let term else { return reported ?? "adverse event \(number)" }
    return specified.map { "\(term): \($0)" } ?? term
  }

  /// Whether it ended in death.
  public var isFatal: Bool { outcome == .fatal || worstGrade == 5 || seriousness.criteria[.death] == true }

  /// Whether it is serious. A criterion that is met, death, and a report to the sponsor make it so, whatever was said of
  /// it as a whole; nil where nothing decides it.
  public var isSerious: Bool? {
    isFatal || !seriousness.met.isEmpty || !reports.isEmpty ? true : seriousness.said
  }

  /// Whether it is fatal or was life-threatening, in the more serious view; nil where nobody said so or not: then the
  /// shorter clock counts.
  public var isFatalOrLifeThreatening: Bool? {
    if isFatal || seriousness.criteria[.lifeThreatening] == true { return true }
    switch assessment?.seriousness {
    case .fatalOrLifeThreatening: return true
    case .otherSerious: return seriousness.criteria[.lifeThreatening] ?? false
    case .unknown: return nil
    case nil: return seriousness.criteria[.lifeThreatening]
    }
  }

  /// The safety officer's judgment that counts: the last, but for one that lowers the one before without a reason.
  public var assessment: SafetyAssessment? {
    assessments.reduce(nil) { counting, next in next.counts(after: counting) ? next : counting }
  }

  /// Judgments that do not count: each lowers the one that counted before it, and says no reason.
  var loweredWithoutReason: [SafetyAssessment] {
    var counting: SafetyAssessment?
    return assessments.filter { next in
      guard next.counts(after: counting) else { return true }
      counting = next
      return false
    }
  }

  /// The relation to a part of the treatment in the more serious view of investigator and safety officer; nil where
  /// nobody has judged it.
  public func causality(to part: TreatmentPart) -> Causality? {
    Causality.gravest(of: [relations[part], assessment?.relations[part]])
  }

  /// Whether it counts as related to a part of the treatment; what cannot be judged does; nil where nobody was asked.
  public func countsAsRelated(to part: TreatmentPart) -> Bool? { causality(to: part)?.countsAsRelated }

  /// Whether it has ended; nil where neither an end nor an outcome says it.
  public var isResolved: Bool? {
    switch outcome {
    case .resolved, .resolvedWithSequelae, .fatal: true
    case .resolving, .notResolved: false
    case .unknown, nil: end == nil ? nil : true
    }
  }

  /// Days from the first to the last, both counted; nil while it goes on, and where a day is not known.
  public var durationDays: Int? {
    guard let start, let end, start.precision == .day, end.precision == .day else { return nil }
    return end.daysSinceEpoch - start.daysSinceEpoch + 1
  }

  /// The day of onset counted from a day; nil where the day is not known.
  public func onsetDay(from day: Int) -> Int? {
    start.flatMap { $0.precision == .day ? $0.daysSinceEpoch - day : nil }
  }

  /// Whether it may have been present on a day from `first` to `last`, as precisely as its days are known; one without
  /// an end goes on, one without a beginning was on no day that is known.
  public func mayHaveBeenPresent(from first: CalendarDate, through last: CalendarDate) -> Bool {
    guard let start, start.earliest.daysSinceEpoch <= last.daysSinceEpoch else { return false }
    return end.map { $0.latest.daysSinceEpoch >= first.daysSinceEpoch } ?? true
  }

  /// Whether it began within the first days from a day, the day being 0; nil where its date leaves that open.
  public func began(within days: Int, of day: Int) -> Bool? {
    guard let start else { return nil }
    let window = day...(day + days)
    let (first, last) = (start.earliest.daysSinceEpoch, start.latest.daysSinceEpoch)
    if window.contains(first), window.contains(last) { return true }
    return last < window.lowerBound || first > window.upperBound ? false : nil
  }
}
