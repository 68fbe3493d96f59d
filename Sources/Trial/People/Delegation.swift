public import ClinicalValues

/// A line of the delegation log: what a person may do, from when to when, and who signed it.
///
/// It takes effect with the last of both signatures, never before; one alone is nothing.
public struct Delegation: Sendable, Hashable {
  /// Its number in the log, from 1.
  public let number: Int
  /// Whose it is.
  public let account: AccountID
  /// In which role.
  public let role: Role
  /// The site; nil for a role of no site.
  public let site: SiteID?
  /// What is delegated, of what the role may do.
  public let tasks: [Permission]
  /// The first day.
  public let from: CalendarDate
  /// The last day; nil while it has no end.
  public let to: CalendarDate?
  /// Who delegated: the site's principal investigator, or the sponsor's signatory.
  public let delegator: Signature?
  /// The person's own signature.
  public internal(set) var accepted: Signature?
  /// When the second of both was given.
  public internal(set) var effective: Instant?
  /// When it was ended before its last day.
  public internal(set) var ended: Instant?
  /// Why it was ended.
  public internal(set) var endReason: String?

  /// Whether it holds at a moment; the days count at the place of the moment.
  public func covers(_ moment: Moment) -> Bool {
    guard let effective, effective <= moment.instant else { return false }
    if let ended, ended <= moment.instant { return false }
    return from.daysSinceEpoch <= moment.day && to.map { moment.day <= $0.daysSinceEpoch } ?? true
  }

  /// Whether it holds or may come to hold on a day, so that a second one beside it would be one too many.
  func isOpen(on day: Int) -> Bool { ended == nil && to.map { day <= $0.daysSinceEpoch } ?? true }
}
