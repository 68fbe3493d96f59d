// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Corrects when a consent was signed, or which version of the form it was, by an investigator's signature.
///
/// Consent itself is never taken back by it. What was done before the corrected time, or without a version that was due, is
/// found: gated acts are outside the gate, the rest is a deviation, a decision on eligibility is questioned.
public struct CorrectConsent: TrialCommand {
  public static let name = "participant correct-consent"
  public static let abstract =
    "Correct when consent was signed, or which version, as an investigator; what was recorded stays readable."
  public static let fields = [
    .whom, CommandField("version", "the version of the consent form as it is recorded, 1.0"),
    CommandField("atSite", "the site of that consent, where the version was signed at several, 01", optional: true),
    CommandField("correctVersion", "which version was signed", optional: true),
    CommandField("signed", "when it was signed, 2026-03-17T09:30 by the clocks of your site", optional: true),
    .whyCorrected,
  ]
  public static let permission = Permission.judgeAndSign

  /// Whom it is about.
  public let participant: ParticipantID
  /// The version as it is recorded.
  public let version: String
  /// The site of that consent; nil where the version was signed at one.
  public let atSite: SiteID?
  /// Which version was signed; nil where that is right.
  public let correctVersion: String?
  /// When it was signed; nil where that is right.
  public let signed: Moment?
  /// Why what is recorded is wrong.
  public let reason: String

  public init(
    participant: ParticipantID, version: String, atSite: SiteID? = nil, correctVersion: String? = nil,
    signed: Moment? = nil, reason: String
  ) {
    self.participant = participant
    self.version = version
    self.atSite = atSite
    self.correctVersion = correctVersion
    self.signed = signed
    self.reason = reason
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.corrected(participant, because: reason)
    let (was, given) = try entry(in: state)
    let corrected = CorrectedConsent(version: correctVersion ?? was.version, signed: signed ?? was.signed)
    guard corrected.version != was.version || corrected.signed != was.signed else { throw .nothingCorrected }
    try situation.requirePast(corrected.signed)
    try requirePossible(corrected, was, given, state, situation)
    let correction = WayCorrection.consent(was: was, corrected: corrected)
    let after = state.asOf(state.entries.all.correcting(correction))
    let fact = Fact(
      .way(participant, .corrected(correction: correction, reason: reason)),
      signed: "\(participant) signed version \(corrected.version) of the consent form at \(corrected.signed), not "
        + "version \(was.version) at \(was.signed): \(reason)")
    return [fact] + (try situation.consequences(ofConsent: state, as: after, reason))
  }

  /// The consent that is meant, as it is recorded.
  private func entry(in state: ParticipantState) throws(Refusal) -> (ConsentEntry, GivenConsent) {
    let named = state.entries.all.compactMap { entry -> (ConsentEntry, GivenConsent)? in
      guard case .consented(let given) = entry.way, given.version == version, atSite.map({ $0 == given.site }) ?? true
      else { return nil }
      return (ConsentEntry(version: version, site: given.site, signed: entry.happened), given)
    }
    guard let last = named.last else {
      throw Refusal(
        "no-such-consent", because: "No consent of \(participant) to version ‘\(version.prefix(40))’ is recorded.",
        remedy: "The timeline shows the consents.")
    }
    guard Set(named.map(\.0.site)).count == 1 else {
      throw Refusal(
        "which-consent", because: "\(participant) has signed version \(version) at several sites.",
        remedy: "Say at which site: \(Set(named.map(\.0.site)).sorted().map(\.description).joined(separator: ", ")).")
    }
    return last
  }

  /// Refuses what could not have been recorded at that time: by the version in force, who obtained it, and whether the
  /// participant was there.
  private func requirePossible(
    _ corrected: CorrectedConsent, _ was: ConsentEntry, _ given: GivenConsent, _ state: ParticipantState,
    _ situation: Situation
  ) throws(Refusal) {
    let inForce = situation.state.sites[was.site]?.consentVersion(at: corrected.signed)
    guard inForce == corrected.version else {
      throw Refusal(
        "other-consent-version",
        because: inForce.map { "In force was version \($0), not \(corrected.version)." }
          ?? "No version of the consent form was in force at the site at that moment.",
        remedy: "Check time and version. Where another version was signed than was in force, open a deviation.")
    }
    let others = state.way.consents.filter { $0.version != was.version || $0.site != was.site }
    guard !others.contains(where: { $0.version == corrected.version && $0.site == was.site }) else {
      throw Refusal(
        "already-consented", because: "\(participant) has signed version \(corrected.version) at site \(was.site).",
        remedy: "Correct that consent.")
    }
    if let gone = [state.way.left, state.way.died].compactMap(\.self).min(), gone <= corrected.signed {
      throw Refusal(
        "has-left", because: "\(participant) left at \(gone).", remedy: "Check the time at which it was signed.")
    }
    try situation.requireObtained(by: given.obtainedBy, at: was.site, on: corrected.signed)
  }
}

extension Situation {
  /// Refuses a consent that was obtained by somebody who was not delegated for it at that time.
  fileprivate func requireObtained(by id: AccountID, at site: SiteID, on moment: Moment) throws(Refusal) {
    let people = state.people
    let roles = (people.accounts[id]?.grants ?? []).filter {
      $0.covers(moment.instant) && ($0.site == site || !$0.role.isOfSite)
    }
    var objection = Refusal(
      "role-not-held",
      because: "\(people.name(of: id)), who obtained it, had no role at site \(site) on \(moment.date).",
      remedy: "Check the time at which it was signed.")
    for role in roles {
      let acting = Acting(account: id, role: role.role, site: role.site)
      guard
        let found = people.objection(
          to: acting, for: .recordData, at: moment, under: protocolVersion.version, ignoringStanding: true)
      else { return }
      objection = found
    }
    throw objection
  }
}
