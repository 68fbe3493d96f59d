// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

/// Opens the study, a site or a cohort for enrollment.
public struct OpenForEnrollment: TrialCommand {
  public static let name = "study open"
  public static let abstract = "Open the study, a site or a cohort for enrollment."
  public static let permission = Permission.openAndClose
  public static let fields = [CommandField("scope", "what to open: study, site:03 or cohort:sle")]

  /// What to open.
  public var scope: StudyScope

  public init(scope: StudyScope) { self.scope = scope }

  public var sites: Set<SiteID> { scope.sites }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard !situation.state.study.open.contains(scope) else {
      throw Refusal("already-open", because: "\(scope.title) is open.", remedy: "Nothing is left to do.")
    }
    switch scope {
    case .study: try situation.requireTestedVersion()
    case .site(let site): try situation.requireSite(site)
    case .cohort(let cohort): try situation.requireCohort(cohort)
    }
    return [Fact(.study(.opened(scope: scope)), signed: "I open \(scope.title) for enrollment.")]
  }
}

/// Closes the study, a site or a cohort for enrollment. Whoever is enrolled goes on.
public struct CloseForEnrollment: TrialCommand {
  public static let name = "study close"
  public static let abstract = "Close the study, a site or a cohort for enrollment; who is enrolled goes on."
  public static let permission = Permission.openAndClose
  public static let onlyCloses = true
  public static let fields = [CommandField("scope", "what to close: study, site:03 or cohort:sle")]

  /// What to close.
  public var scope: StudyScope

  public init(scope: StudyScope) { self.scope = scope }

  public var sites: Set<SiteID> { scope.sites }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard situation.state.study.open.contains(scope) else {
      throw Refusal("not-open", because: "\(scope.title) is not open.", remedy: "Nothing is left to do.")
    }
    return [Fact(.study(.closed(scope: scope)), signed: "I close \(scope.title) for enrollment.")]
  }
}

extension StudyScope {
  fileprivate var sites: Set<SiteID> { if case .site(let site) = self { [site] } else { [] } }

  fileprivate var title: String {
    switch self {
    case .study: "the study"
    case .site(let site): "site \(site)"
    case .cohort(let cohort): "cohort \(cohort)"
    }
  }
}

extension Situation {
  /// Refuses unless a version is in force and it, and each that is to follow, was tested as it stands: the study opens
  /// on a validated configuration only (ICH E6(R3) 4.3.4).
  fileprivate func requireTestedVersion() throws(Refusal) {
    guard state.study.version(at: happened) != nil else {
      throw Refusal(
        "no-protocol-in-force", because: "No protocol version is in force.", remedy: "Put one in force first.")
    }
    if let version = state.study.untestedVersions(at: happened).first {
      throw Refusal(
        "configuration-not-tested",
        because: "No signed test report covers protocol \(version.version) with the content \(version.digest).",
        remedy: "Run the configuration test on exactly this version and sign its report.")
    }
  }
}
