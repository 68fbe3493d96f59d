// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import Ledger

/// Sets a hold.
public struct SetHold: TrialCommand {
  public static let name = "study hold"
  public static let abstract = "Hold enrollment, leukapheresis, lymphodepletion or infusion, everywhere or in part."
  public static let permission = Permission.hold
  public static let onlyCloses = true
  public static let fields = [
    CommandField("kind", "safety or operational"), CommandField("reason", "why, in a sentence"),
    CommandField(
      "activities", "what to hold: enrollment, leukapheresis, lymphodepletion, infusion; without it all", optional: true
    ),
    CommandField("site", "the site; without it all", optional: true),
    CommandField("cohort", "the cohort; without it all", optional: true),
    CommandField("rule", "the stopping rule that fired; it holds everything everywhere", optional: true),
  ]

  /// Of what kind.
  public var kind: Hold.Kind
  /// Why.
  public var reason: String
  /// What to hold; nil for all.
  public var activities: [Activity]?
  /// At which site; nil for all.
  public var site: SiteID?
  /// For which cohort; nil for all.
  public var cohort: String?
  /// The rule that fired.
  public var rule: StoppingRule?

  public init(
    kind: Hold.Kind, reason: String, activities: [Activity]? = nil, site: SiteID? = nil, cohort: String? = nil,
    rule: StoppingRule? = nil
  ) {
    self.kind = kind
    self.reason = reason
    self.activities = activities
    self.site = site
    self.cohort = cohort
    self.rule = rule
  }

  public var sites: Set<SiteID> { site.map { [$0] } ?? [] }

  /// Who may set a hold of a kind.
  private static let roles: [Hold.Kind: [Role]] = [
    .safety: [.principalInvestigator, .safetyOfficer, .safetyBoard],
    .operational: [.qualityAssurance, .principalInvestigator],
  ]

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard Self.roles[kind, default: []].contains(situation.actor.role) else {
      throw Refusal(
        "role-may-not-hold", because: "This role cannot set \(kind == .safety ? "a safety" : "an operational") hold.",
        remedy: kind == .safety
          ? "Tell the principal investigator or the safety officer at once."
          : "Ask quality assurance or the principal investigator, or set a safety hold.")
    }
    if let site { try situation.requireSite(site) }
    if let cohort { try situation.requireCohort(cohort) }
    let reason = try required(reason, "the reason")
    if let rule { return [try held(by: rule, in: situation)] }
    let held = activities.map { Set($0).sorted() } ?? Activity.allCases
    guard !held.isEmpty else {
      throw Refusal("nothing-named", because: "The hold would stop nothing.", remedy: "Name what to hold.")
    }
    let hold = Hold(
      number: situation.state.study.holdsSet + 1, kind: kind, activities: held, site: site, cohort: cohort,
      reason: reason, setBy: situation.actor, rule: nil)
    return [Fact(.study(.holdSet(hold: hold)))]
  }

  private func held(by rule: StoppingRule, in situation: Situation) throws(Refusal) -> Fact {
    guard kind == .safety, activities == nil, site == nil, cohort == nil else {
      throw Refusal(
        "rule-holds-all", because: "A stopping rule sets a safety hold on everything everywhere.",
        remedy: "Leave activities, site and cohort out, or leave the rule out.")
    }
    return situation.state.study.hold(by: rule)
  }
}

/// Lifts an operational hold, in the role that set it.
public struct LiftOperationalHold: TrialCommand {
  public static let name = "study lift"
  public static let abstract = "Lift an operational hold, in the role that set it."
  public static let permission = Permission.hold
  public static let fields = [CommandField("hold", "the number of the hold")]

  /// Its number.
  public var hold: Int

  public init(hold: Int) { self.hold = hold }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.state.study.holdInForce(hold).hold
    guard found.kind == .operational, let setBy = found.setBy else {
      throw Refusal(
        "safety-hold", because: "Hold \(hold) is a safety hold.",
        remedy: "The safety board decides by its signatures, then the safety officer accepts.")
    }
    guard situation.actor.role == setBy.role, situation.actor.site == setBy.site else {
      throw Refusal(
        "other-role-set-it", because: "Hold \(hold) was set in another role, or for another site.",
        remedy: "It is lifted in the role that set it; \(setBy.account) did.")
    }
    return [Fact(.study(.holdLifted(hold: hold, approvals: [])), signed: "I lift hold \(hold).")]
  }
}

/// The safety officer's acceptance of the board's decision: with it a safety hold falls.
public struct AcceptLift: TrialCommand, RestsOnDocuments {
  public static let name = "study accept-lift"
  public static let abstract = "Accept the board's decision that a safety hold may fall; with it the hold falls."
  public static let permission = Permission.acceptLift
  public static let fields = [
    CommandField("hold", "the number of the hold"), CommandField("approvals", "digests of the approvals attached"),
  ]

  /// Its number.
  public var hold: Int
  /// SHA-256 of each approval that is attached (ethics committee, authority).
  public var approvals: [Digest]

  public init(hold: Int, approvals: [Digest]) {
    self.hold = hold
    self.approvals = approvals
  }

  /// The approvals.
  public var documents: [Digest] { approvals }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.state.study.holdInForce(hold)
    guard found.hold.kind == .safety else {
      throw Refusal(
        "operational-hold", because: "Hold \(hold) is an operational hold.", remedy: "The role that set it lifts it.")
    }
    guard let decided = found.liftDecided else {
      throw Refusal(
        "board-first", because: "The safety board has not decided that hold \(hold) may fall.",
        remedy: "The board decides first, by the signatures of its members.")
    }
    try situation.requireNotBefore(decided, "The board's decision")
    guard !approvals.isEmpty else {
      throw Refusal("approvals-missing", because: "No approval is attached.", remedy: "Attach the approvals.")
    }
    return [
      Fact(
        .study(.holdLifted(hold: hold, approvals: Set(approvals).sorted())),
        signed: "I accept the board's decision; hold \(hold) is lifted.")
    ]
  }
}
