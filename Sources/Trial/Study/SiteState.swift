public import ClinicalValues

/// What happened at a site.
public enum SiteEvent: Sendable, Hashable, Codable {
  /// A site joined the study; its time zone by IANA name.
  case siteAdded(name: String, zone: String)
  /// A version of the consent form was put in force.
  case consentPutInForce(form: ConsentForm)
}

/// A version of the consent form at a site.
public struct ConsentForm: Sendable, Hashable, Codable {
  /// Who signs it anew.
  public enum SignedAnewBy: String, Sendable, Hashable, Codable, CaseIterable {
    case nobody, notYetInfused, all, inFollowUp
  }

  /// Such as `2.0`.
  public let version: String
  /// From when it is in force.
  public let from: Moment
  /// Who of those under an older version signs it.
  public let signedAnewBy: SignedAnewBy
  /// The activity before which it is signed anew.
  public let beforeActivity: Activity?
  /// The day before which it is signed anew; from that day on it is due before anything else.
  public let beforeDate: CalendarDate?

  /// A version; whom it asks to sign anew has a deadline, an activity or a day.
  public init(
    version: String, from: Moment, signedAnewBy: SignedAnewBy, beforeActivity: Activity? = nil,
    beforeDate: CalendarDate? = nil
  ) {
    self.version = version
    self.from = from
    self.signedAnewBy = signedAnewBy
    self.beforeActivity = beforeActivity
    self.beforeDate = beforeDate
  }

  /// Whether somebody who signed an older one has to sign it, deadline aside.
  func concerns(_ participant: ParticipantState, at moment: Moment) -> Bool {
    switch participant.status(at: moment) {
    case .candidate, .screenFailed, .completed, .leftEarly: return false
    default: break
    }
    let infused = participant.product.infusion?.begun
    switch signedAnewBy {
    case .nobody: return false
    // Whoever was not infused when it came into force owes it, also if the infusion came first.
    case .notYetInfused: return infused.map { from < $0 } ?? true
    case .all: return true
    case .inFollowUp: return infused != nil
    }
  }

  /// Whether it must be signed before an activity at a moment.
  func isDue(before activity: Activity, at moment: Moment) -> Bool {
    if let beforeActivity { return beforeActivity <= activity }
    if let beforeDate { return beforeDate.daysSinceEpoch <= moment.day }
    return false
  }
}

/// A site: its name and zone, its consent versions in force.
public struct SiteState: Sendable, Hashable {
  /// Its number.
  public let id: SiteID
  /// Its name.
  public private(set) var name = ""
  /// IANA name.
  public private(set) var zone = "UTC"
  /// Versions of the consent form, in the order in which they came into force.
  public private(set) var consentForms: [ConsentForm] = []

  /// A site of which nothing is recorded.
  public init(id: SiteID) { self.id = id }

  /// The state after one more event.
  public mutating func apply(_ recorded: Recorded<SiteEvent>) {
    switch recorded.event {
    case .siteAdded(let name, let zone):
      self.name = name
      self.zone = zone
    case .consentPutInForce(let form): consentForms.append(form)
    }
  }

  /// The version of the consent form in force at a moment; nil if there is none.
  public func consentVersion(at moment: Moment) -> String? { consentForms.last { $0.from <= moment }?.version }

  /// The consent versions that a participant must still sign before an activity at a moment; before no activity: all
  /// that are still to be signed, whatever their deadline.
  ///
  /// A later version stands for the earlier ones. Whoever has never consented owes none anew.
  public func reconsentDue(_ participant: ParticipantState, before activity: Activity?, at moment: Moment) -> [String] {
    outstandingForms(participant, at: moment)
      .filter { form in activity.map { form.isDue(before: $0, at: moment) } ?? true }.map(\.version)
  }

  /// The versions in force that a participant who consented has still to sign.
  func outstandingForms(_ participant: ParticipantState, at moment: Moment) -> [ConsentForm] {
    let consents = participant.way.consents.filter { $0.site == id && $0.signed <= moment }
    guard !consents.isEmpty else { return [] }
    let signed = Set(consents.map(\.version))
    let newest = consentForms.lastIndex { signed.contains($0.version) } ?? -1
    return consentForms.dropFirst(newest + 1).filter { $0.from <= moment && $0.concerns(participant, at: moment) }
  }
}
