public import ClinicalValues
public import Ledger

/// What happened to a participant.
///
/// When, who and who signed stand in the envelope. No case holds a name, a birth date or a contact.
public enum WayEvent: Sendable, Hashable, Codable {
  /// A candidate was registered at a site for a cohort, or for any.
  case registered(site: SiteID, cohort: String?)
  /// Clinical data of this person were taken over; they lie apart, under their digest.
  case dataImported(data: ImportedData)
  /// A version of the consent form was signed, the first or a later one.
  case consented(consent: GivenConsent)
  /// Screening began; the first round is 1.
  case screeningStarted(round: Int)
  /// An investigator decided: eligible.
  case foundEligible(decision: EligibilityDecision)
  /// Screening was decided as failed.
  case screeningFailed(failure: ScreenFailure)
  /// A correction or a late result speaks against the eligibility decision, or that screening failed.
  case eligibilityQuestioned(question: EligibilityQuestion)
  /// A slot was allotted; what the gate saw.
  case enrolled(cohort: String, gate: [GateLine])
  /// Day 0 was booked, or booked anew.
  case dayZeroBooked(day: CalendarDate)
  /// A re-check was signed.
  case recheckSigned(recheck: SignedRecheck)
  /// Data on which re-checks may rest were taken back: those that were signed count no more, and are signed anew.
  case rechecksQuestioned(reason: String)
  /// Bridging treatment was given; one that does not stand on the protocol's list is a deviation.
  case bridgingRecorded(treatment: String, listed: Bool)
  /// An investigator ordered lymphodepletion.
  case lymphodepletionOrdered(order: LymphodepletionOrder)
  /// An investigator ordered the infusion.
  case infusionOrdered(order: InfusionOrder)
  /// Something that must be ready was confirmed at the site; doses where it is tocilizumab.
  case readinessConfirmed(item: Readiness, site: SiteID, doses: Int?)
  /// A dose of lymphodepletion was given.
  case lymphodepletionGiven(dose: LymphodepletionDose)
  /// An investigator signed lymphodepletion as ended before its last planned dose.
  case lymphodepletionEnded(reason: String)
  /// An investigator gave the written reason for an infusion long after the last dose.
  case infusionDelayJustified(reason: String)
  /// A visit took place.
  case visitRecorded(visit: RecordedVisit)
  /// Somebody tried to reach the participant.
  case contactAttempted(inWriting: Bool)
  /// The participant left the study, or its treatment.
  case left(departure: Departure)
  /// Who was lost was found again.
  case returned
  /// The participant died; the cause as reported.
  case died(cause: String)
  /// The capacity to consent was lost.
  case capacityLost(reason: String)
  /// The capacity to consent came back.
  case capacityRegained
  /// A pregnancy became known.
  case pregnancyReported(of: Expectant)
  /// A pregnancy ended.
  case pregnancyEnded(of: Expectant, outcome: String)
  /// The participant is looked after at another site from now on.
  case siteChanged(to: SiteID)
  /// What is kept of who the participant is was corrected: what of it, and why. What it was and what it is lies apart.
  case identityCorrected(items: [IdentityItem], reason: String)
  /// What a command recorded with this event happened long before; it was entered later from a source.
  case enteredLate(entry: LateEntry)
  /// Something that was recorded earlier was wrong: what holds instead, and why. The former entry stays readable.
  case corrected(correction: WayCorrection, reason: String)
}

/// Clinical data that were taken over, without the data.
public struct ImportedData: Sendable, Hashable, Codable {
  /// Where data come from.
  public enum Source: String, Sendable, Hashable, Codable, CaseIterable {
    case hospitalRecord, laboratory, device, paper, participant
  }

  /// SHA-256 of the bundle as it came.
  public let bundle: Digest
  /// Resources that it holds.
  public let resources: Int
  /// Where it comes from.
  public let source: Source

  /// Makes one of its members.
  public init(bundle: Digest, resources: Int, source: Source) {
    self.bundle = bundle
    self.resources = resources
    self.source = source
  }
}

/// A consent as it was given.
public struct GivenConsent: Sendable, Hashable, Codable {
  /// The version of the form, in force at the site at that moment.
  public let version: String
  /// The site.
  public let site: SiteID
  /// Who explained it and obtained it, delegated for it.
  public let obtainedBy: AccountID
  /// That the participant is of age, as who obtained it has seen.
  public let adult: Bool
  /// That the participant got a copy.
  public let copyGiven: Bool

  /// Makes one of its members.
  public init(version: String, site: SiteID, obtainedBy: AccountID, adult: Bool, copyGiven: Bool) {
    self.version = version
    self.site = site
    self.obtainedBy = obtainedBy
    self.adult = adult
    self.copyGiven = copyGiven
  }
}

/// A visit that took place.
public struct RecordedVisit: Sendable, Hashable, Codable {
  /// The visit's id, `D28`, or `unscheduled`.
  public let visit: String
  /// Whether the participant was assessed for toxicity on it.
  public let assessed: Bool
  /// Whether it is the last planned visit, which completes the study.
  public let completes: Bool

  /// Makes one of its members.
  public init(visit: String, assessed: Bool, completes: Bool) {
    self.visit = visit
    self.assessed = assessed
    self.completes = completes
  }
}

/// Who expects a child.
public enum Expectant: String, Sendable, Hashable, Codable, CaseIterable { case participant, partner }

/// What is kept of who a participant is.
public enum IdentityItem: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
  case name, birthDate, sexAtBirth, contact, document

  /// Whether it is what the person is known by: at the bedside, and by two people before it.
  public var isCompared: Bool { self == .name || self == .birthDate }

  /// In the order in which they are asked.
  public static func < (a: IdentityItem, b: IdentityItem) -> Bool { a.place < b.place }

  private var place: Int { IdentityItem.allCases.firstIndex(of: self) ?? 0 }
}

/// What must be ready at the site, each confirmed by name.
public enum Readiness: String, Sendable, Hashable, Codable, CaseIterable {
  /// Before lymphodepletion: booked for the days after Day 0.
  case tocilizumabBooked, intensiveCareBooked
  /// Before lymphodepletion: prophylaxis against infections planned, antivirals against hepatitis B taken.
  case infectionProphylaxis, antiviralProphylaxis
  /// Before thawing and infusion: kept, ready, free, reachable, given.
  case tocilizumabKept, resuscitationReady, intensiveCareReady, neurologistReachable, premedicationGiven

  /// Whether it is arranged for one booked Day 0 and must be arranged anew when that day moves.
  var isBooking: Bool { self == .tocilizumabBooked || self == .intensiveCareBooked }
}
