public import ClinicalValues
public import Ledger
public import StudyDesign

/// A participant's way from candidate to Month 24, as far as decisions need it; the ledger holds the rest.
public struct WayState: Sendable, Hashable {
  /// Where the participant is looked after.
  public internal(set) var site: SiteID?
  /// When the candidate was registered.
  public internal(set) var registered: Moment?
  /// The cohort that was decided on, or is meant; nil for any.
  public internal(set) var cohort: String?
  /// Versions of the consent form that were signed, where and when.
  public internal(set) var consents: [SignedConsent] = []
  /// How often screening was begun.
  public internal(set) var screeningRound = 0
  /// Where in the ledger screening failed that was begun once more since; 0 in the first round. What forms of visits said
  /// before is not assessed again.
  public internal(set) var assessedAnewSince: Position = 0
  /// Where screening failed last.
  var screeningFailed: Position?
  /// When the present round of screening began.
  public internal(set) var screeningStarted: Moment?
  /// What was decided on eligibility in this round.
  public internal(set) var eligibility: EligibilityStanding?
  /// Whether a correction or a late result speaks against the decision, and no investigator has decided since.
  public internal(set) var isEligibilityQuestioned = false
  /// When the decision was last questioned.
  public internal(set) var eligibilityQuestioned: Moment?
  /// When the slot was allotted.
  public internal(set) var enrolled: Moment?
  /// The booked Day 0.
  public internal(set) var bookedDayZero: CalendarDate?
  /// How the last re-check of each kind ended, and when.
  public internal(set) var rechecks: [RecheckKind: RecheckStanding] = [:]
  /// When the re-checks were last questioned: none that was signed before counts.
  public internal(set) var rechecksQuestioned: Moment?
  /// The order of lymphodepletion that is in force.
  public internal(set) var lymphodepletionOrder: LymphodepletionOrder?
  /// The infusion order that is in force.
  public internal(set) var infusionOrder: InfusionOrder?
  /// What was confirmed as ready.
  public internal(set) var readiness: [Readiness: Confirmation] = [:]
  /// When each dose of lymphodepletion was given, in the round that counts.
  public internal(set) var lymphodepletionDoses: [Moment] = []
  /// How often lymphodepletion was begun.
  public internal(set) var lymphodepletionRounds = 0
  /// The very first dose of lymphodepletion, of whatever round.
  public internal(set) var firstLymphodepletion: Moment?
  /// When lymphodepletion was signed as ended before its last planned dose.
  public internal(set) var lymphodepletionEnded: Moment?
  /// The days (since 1970-01-01) on which the infusion may begin after the last dose.
  public internal(set) var infusable: ClosedRange<Int>?
  /// Whether an investigator has given the reason for a late infusion after this round.
  public internal(set) var isDelayJustified = false
  /// When the participant was last assessed; earlier assessments say no more than the last one does.
  public internal(set) var lastAssessment: Moment?
  /// When the last planned visit was done.
  public internal(set) var completed: Moment?
  /// Bridging that was told and that the protocol does not list.
  var unlistedBridging: Set<String> = []
  /// Attempts to reach the participant since the last contact, one a day at most of each kind.
  public internal(set) var contactAttempts: Set<ContactAttempt> = []
  /// When the participant left; nil while in the study.
  public internal(set) var left: Moment?
  /// Why the participant left.
  public internal(set) var departure: Departure?
  /// When the participant died.
  public internal(set) var died: Moment?
  /// Whether the capacity to consent is lost at present.
  public internal(set) var lacksCapacity = false
  /// Who expects a child at present.
  public internal(set) var pregnancies: Set<Expectant> = []
  /// How many pregnancies that were told have ended.
  var endedPregnancies: [Expectant: Int] = [:]

  /// Makes one of its members.
  public init() {}

  /// Whether consent was given at the present site, is not withdrawn, and covers a moment; it ends with death.
  public func consentInForce(at moment: Moment) -> Bool {
    guard consents.contains(where: { $0.site == site && $0.signed <= moment }) else { return false }
    return [left, died].compactMap(\.self).allSatisfy { moment < $0 }
  }

  /// Whether lymphodepletion was completed as planned or signed as ended.
  public func isLymphodepleted(_ plan: WayPlan) -> Bool {
    !lymphodepletionDoses.isEmpty
      && (lymphodepletionEnded != nil || lymphodepletionDoses.count >= plan.lymphodepletionDays)
  }

  /// Whether lymphodepletion was given and the infusion can still follow it on a day or after it.
  public func isConditioned(onDay day: Int) -> Bool {
    guard !lymphodepletionDoses.isEmpty, let infusable else { return false }
    return day <= infusable.upperBound
  }
}

/// A consent form that somebody signed.
public struct SignedConsent: Sendable, Hashable, Codable {
  /// The version of the form.
  public let version: String
  /// The site.
  public let site: SiteID
  /// When it was signed.
  public let signed: Moment

  /// Makes one of its members.
  public init(version: String, site: SiteID, signed: Moment) {
    self.version = version
    self.site = site
    self.signed = signed
  }
}

/// How an eligibility decision stands.
public enum EligibilityStanding: Sendable, Hashable, Codable {
  /// Eligible: when it was signed, the last day on which it enrolls, the version of the criteria.
  case eligible(signed: Moment, validThrough: Int, version: ProtocolVersion)
  /// Screening failed.
  case failed(decided: Moment)
}

/// How a re-check ended.
public struct RecheckStanding: Sendable, Hashable, Codable {
  /// How it ended.
  public let outcome: SignedRecheck.Outcome
  /// When it was signed.
  public let signed: Moment
  /// Whether the criteria of too long a wait were asked with it.
  public let coversLongWait: Bool
}

/// That something is ready: when and where that was confirmed.
public struct Confirmation: Sendable, Hashable, Codable {
  /// When.
  public let confirmed: Moment
  /// The site.
  public let site: SiteID
  /// Doses, where they count.
  public let doses: Int?
}

/// An attempt to reach somebody.
public struct ContactAttempt: Sendable, Hashable, Codable {
  /// Days since 1970-01-01, at the place of the attempt.
  public let day: Int
  /// Whether it was in writing.
  public let inWriting: Bool
}
