public import ClinicalValues
import Ledger

/// That the clock of the machine was ahead of the time, and was set right. Until it says so nothing is recorded, since the
/// times of the ledger do not go back; that they do once, and why, two people who do nothing clinical say with their
/// signatures.
///
/// It is the one act of a running study that comes through no door but the machine's own: nobody can sign in meanwhile.
public struct ClockSetRight: Sendable, Hashable {
  /// The administrator.
  public let administrator: AccountID
  /// The sponsor's signatory.
  public let sponsor: AccountID
  /// How it came to be ahead, and what was done.
  public let reason: String

  /// An act of two people.
  public init(administrator: AccountID, sponsor: AccountID, reason: String) {
    self.administrator = administrator
    self.sponsor = sponsor
    self.reason = reason
  }

  /// That one person alone does not say it.
  public static let needsTwo = Refusal(
    "two-people", because: "Two people do this together, and only one is here.",
    remedy: "An administrator and the sponsor's signatory say it together.")

  /// Both, as they act.
  public var together: [Acting] {
    [Acting(account: administrator, role: .administrator), Acting(account: sponsor, role: .sponsor)]
  }

  /// What it leads to: that it was so, and a deviation of the study, since what was recorded meanwhile bears times that are
  /// too late, and is looked at.
  ///
  /// - Parameters:
  ///   - last: when the last event was recorded.
  ///   - moment: now, by the clock as it was set right.
  /// - Throws: `Refusal` if the clock is not behind the ledger, or the two may not say so.
  public func decide(in state: TrialState, last: Instant, at moment: Moment) throws(Refusal) -> [Fact] {
    try Refusal.requireText(reason, "reason")
    guard RecordedTime.isBehind(moment.instant, last) else {
      throw Refusal(
        "clock-not-behind", because: "The last event was recorded at \(last), and it is \(moment.instant) now.",
        remedy: "Nothing stands against recording; work goes on.")
    }
    guard administrator != sponsor else { throw Self.needsTwo }
    let version = (state.study.version(at: moment) ?? state.study.versions.last)?.version ?? ""
    for (acting, permission) in zip(together, [Permission.manageAccounts, .signDelegationForSponsor]) {
      if let objection = state.people.objection(to: acting, for: permission, at: moment, under: version) {
        throw objection
      }
      try state.people.requirePasswordConfirmed(of: acting.account)
    }
    let what = "The clock of the server was ahead until \(last); what was recorded by it bears times that are too late."
    let deviation = Deviation(.other, what: what, noticed: moment, severity: .important)
    return [
      Fact(
        .study(.clockSetRight(ahead: last, reason: reason)),
        signed: "The clock of the server was ahead until \(last), and is right now: \(reason)", signedByAll: true),
      Fact(.studyRecord(.deviationOpened(deviation))),
    ]
  }
}
