public import ClinicalValues
public import Ledger

/// What was recorded wrongly of a participant's way, and what holds instead.
///
/// The entry that is meant is named by what it says, since that is what a person reads; where several say the same the last
/// recorded is meant. Without corrected values it was recorded in error, and nothing of it holds.
public enum WayCorrection: Sendable, Hashable, Codable {
  /// A visit; in error where it did not take place.
  case visit(was: VisitEntry, corrected: CorrectedVisit?)
  /// The death; in error where the participant lives, or where it is not known.
  case death(was: Moment, corrected: CorrectedDeath?)
  /// A dose of lymphodepletion in the round that counts; in error where it was not given.
  case dose(was: DoseEntry, corrected: CorrectedDose?)
  /// Something is not ready: whatever was confirmed of it until now counts no more.
  case readiness(item: Readiness)
  /// There was no such attempt to reach the participant.
  case contactAttempt(was: Moment, inWriting: Bool)
  /// There is no such pregnancy.
  case pregnancy(of: Expectant)
  /// The participant has not withdrawn; what stood before stands again.
  case withdrawal(was: Moment)
  /// A consent: when it was signed, or which version of the form. That there was one is never taken back.
  case consent(was: ConsentEntry, corrected: CorrectedConsent)
  /// Data that were taken over, by their digest, count no more.
  case dataImport(bundle: Digest)
}

/// A consent as it stands in the record.
public struct ConsentEntry: Sendable, Hashable, Codable {
  /// The version of the form.
  public let version: String
  /// The site.
  public let site: SiteID
  /// When it was signed, as recorded.
  public let signed: Moment

  /// Makes one of its members.
  public init(version: String, site: SiteID, signed: Moment) {
    self.version = version
    self.site = site
    self.signed = signed
  }
}

/// A consent as it was.
public struct CorrectedConsent: Sendable, Hashable, Codable {
  /// The version of the form.
  public let version: String
  /// When it was signed.
  public let signed: Moment

  /// Makes one of its members.
  public init(version: String, signed: Moment) {
    self.version = version
    self.signed = signed
  }
}

/// A visit as it stands in the record.
public struct VisitEntry: Sendable, Hashable, Codable {
  /// Its name.
  public let visit: String
  /// When it was held, as recorded.
  public let held: Moment

  /// Makes one of its members.
  public init(visit: String, held: Moment) {
    self.visit = visit
    self.held = held
  }
}

/// A visit as it was.
public struct CorrectedVisit: Sendable, Hashable, Codable {
  /// The visit.
  public let visit: RecordedVisit
  /// When it was held.
  public let held: Moment

  /// Makes one of its members.
  public init(visit: RecordedVisit, held: Moment) {
    self.visit = visit
    self.held = held
  }
}

/// A death as it was.
public struct CorrectedDeath: Sendable, Hashable, Codable {
  /// When the participant died.
  public let died: Moment
  /// The cause as reported.
  public let cause: String
  /// The day of the last contact, where the participant left by the death.
  public let lastContact: CalendarDate

  /// Makes one of its members.
  public init(died: Moment, cause: String, lastContact: CalendarDate) {
    self.died = died
    self.cause = cause
    self.lastContact = lastContact
  }
}

/// A dose of lymphodepletion as it stands in the record.
public struct DoseEntry: Sendable, Hashable, Codable {
  /// The round; the first is 1.
  public let round: Int
  /// 1 for the first of the round.
  public let number: Int
  /// When it was given, as recorded.
  public let given: Moment

  /// Makes one of its members.
  public init(round: Int, number: Int, given: Moment) {
    self.round = round
    self.number = number
    self.given = given
  }
}

/// A dose of lymphodepletion as it was.
public struct CorrectedDose: Sendable, Hashable, Codable {
  /// When it was given.
  public let given: Moment
  /// The days (since 1970-01-01, at the site) on which the infusion may begin if this dose stays the last.
  public let infusable: ClosedRange<Int>

  /// Makes one of its members.
  public init(given: Moment, infusable: ClosedRange<Int>) {
    self.given = given
    self.infusable = infusable
  }
}
