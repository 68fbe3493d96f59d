// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

/// Registers a candidate at a site. The number is the next of the site; it is kept for ever.
public struct RegisterCandidate: TrialCommand {
  public static let name = "participant register"
  public static let abstract = "Register a candidate; the next number of the site is given."
  public static let fields = [
    CommandField("site", "the site, 01"),
    CommandField("cohort", "the cohort that is meant, sle; left out for any", optional: true),
  ]
  public static let permission = Permission.recordData

  /// The site.
  public let site: SiteID
  /// The cohort.
  public let cohort: String?

  public init(site: SiteID, cohort: String? = nil) {
    self.site = site
    self.cohort = cohort
  }

  public var sites: Set<SiteID> { [site] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard situation.state.sites[site] != nil else {
      throw Refusal("unknown-site", because: "There is no site \(site).", remedy: "Look the site up in the list.")
    }
    if let cohort, !situation.protocolVersion.cohorts.contains(cohort) {
      throw Refusal(
        "unknown-cohort", because: "The protocol has no cohort ‘\(cohort)’.",
        remedy: "Its cohorts are \(situation.protocolVersion.cohorts.joined(separator: ", ")).")
    }
    let last = situation.state.participants.keys.filter { $0.site == site }.map(\.number).max() ?? 0
    do throws(InvalidCode) {
      let id = try ParticipantID(site: site, number: last + 1)
      return [Fact(.way(id, .registered(site: site, cohort: cohort)))]
    } catch {
      throw Refusal(
        "no-number-left", because: "Site \(site) has given all its numbers.", remedy: "Register at another site.")
    }
  }
}
