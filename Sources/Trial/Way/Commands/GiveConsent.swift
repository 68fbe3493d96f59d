// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

import ClinicalValues

/// Records that the consent form was signed: the first time, anew under a later version, or at another site.
public struct GiveConsent: TrialCommand {
  public static let name = "participant consent"
  public static let abstract = "Record that the consent form in force at the site was signed."
  public static let fields = [
    .whom, CommandField("version", "the version of the form that was signed, 1.0"),
    CommandField("obtainedBy", "the account of who explained it and obtained it, delegated for it"),
    CommandField("obtainedAs", "that person's role, subInvestigator"),
    CommandField("adult", "true: the participant is of age"),
    CommandField("copyGiven", "true: the participant got a copy"),
  ]
  public static let permission = Permission.recordData
  public static let readsClinicalData = true

  /// Whom it is about.
  public let participant: ParticipantID
  /// The version of the form.
  public let version: String
  /// Who explained it and obtained it.
  public let obtainedBy: AccountID
  /// That person's role.
  public let obtainedAs: Role
  /// Whether the participant is of age.
  public let adult: Bool
  /// Whether the participant got a copy.
  public let copyGiven: Bool

  public init(
    participant: ParticipantID, version: String, obtainedBy: AccountID, obtainedAs: Role, adult: Bool, copyGiven: Bool
  ) {
    self.participant = participant
    self.version = version
    self.obtainedBy = obtainedBy
    self.obtainedAs = obtainedAs
    self.adult = adult
    self.copyGiven = copyGiven
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let state = try situation.participant(participant)
    try situation.requirePresent(state)
    let site = try requireVersion(for: state, in: situation)
    let obtained = Acting(account: obtainedBy, role: obtainedAs, site: obtainedAs.isOfSite ? site : nil)
    try situation.requireAllowed(obtained, to: .recordData)
    guard adult, situation.pictures[participant]?.findings[ClinicalPicture.adult]?.value != false else {
      throw Refusal(
        "not-adult", because: "Only adults can take part, and \(participant) is not confirmed to be one.",
        remedy: "Check the date of birth.")
    }
    guard copyGiven else {
      throw Refusal(
        "copy-not-given", because: "The participant has no copy of the signed form.", remedy: "Give the copy first.")
    }
    guard !state.way.lacksCapacity else {
      throw Refusal(
        "lacks-capacity", because: "\(participant) has lost the capacity to consent.",
        remedy: "The task waits until the capacity has come back; safety follow-up goes on.")
    }
    guard !state.way.consents.contains(where: { $0.version == version && $0.site == site }) else {
      throw Refusal(
        "already-consented", because: "\(participant) has signed version \(version) at site \(site).",
        remedy: "Nothing is missing.")
    }
    let consent = GivenConsent(
      version: version, site: site, obtainedBy: obtainedBy, adult: adult, copyGiven: copyGiven)
    return [Fact(.way(participant, .consented(consent: consent)))]
  }

  /// The participant's site, where this version was in force at that moment.
  private func requireVersion(for state: ParticipantState, in situation: Situation) throws(Refusal) -> SiteID {
    guard let site = state.way.site,
      let inForce = situation.state.sites[site]?.consentVersion(at: situation.happened)
    else {
      throw Refusal(
        "no-consent-version", because: "No version of the consent form was in force at the site at that moment.",
        remedy: "The principal investigator puts a version in force first.")
    }
    guard version == inForce else {
      throw Refusal(
        "other-consent-version", because: "In force was version \(inForce), not \(version).",
        remedy: "The participant signs version \(inForce).")
    }
    return site
  }
}
