public import ClinicalValues

/// A site's principal investigator delegates tasks to somebody of the site, by a signature.
public struct Delegate: TrialCommand {
  /// Its name.
  public static let name = "account delegate"
  /// What it does, in a sentence.
  public static let abstract = "Sign a line of the site's delegation log; it takes effect when the person accepts it."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.signAsPrincipalInvestigator
  /// Its members, as the help shows them.
  public static let fields = DelegationTerms.fields

  /// What is delegated.
  public var terms: DelegationTerms

  /// The command.
  public init(_ terms: DelegationTerms) { self.terms = terms }

  /// Reads it from JSON, without a level for the terms.
  public init(from decoder: any Decoder) throws { self.terms = try DelegationTerms(from: decoder) }

  /// Writes it as JSON, without a level for the terms.
  public func encode(to encoder: any Encoder) throws { try terms.encode(to: encoder) }

  /// The sites that it touches.
  public var sites: Set<SiteID> { terms.site.map { [$0] } ?? [] }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard terms.role.isDelegatedBySite else {
      throw Refusal(
        "delegated-by-sponsor", because: "A \(terms.role.title) is delegated by the sponsor's signatory.",
        remedy: "Ask the sponsor's signatory.")
    }
    return try terms.decide(in: situation)
  }
}

/// The sponsor's signatory delegates quality assurance, laboratory, sponsor roles and principal investigators.
public struct Appoint: TrialCommand {
  /// Its name.
  public static let name = "account appoint"
  /// What it does, in a sentence.
  public static let abstract = "Sign a line of the delegation log for the sponsor; it takes effect when accepted."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.signDelegationForSponsor
  /// Its members, as the help shows them.
  public static let fields = DelegationTerms.fields

  /// What is delegated.
  public var terms: DelegationTerms

  /// The command.
  public init(_ terms: DelegationTerms) { self.terms = terms }

  /// Reads it from JSON, without a level for the terms.
  public init(from decoder: any Decoder) throws { self.terms = try DelegationTerms(from: decoder) }

  /// Writes it as JSON, without a level for the terms.
  public func encode(to encoder: any Encoder) throws { try terms.encode(to: encoder) }

  /// The sites that it touches.
  public var sites: Set<SiteID> { terms.site.map { [$0] } ?? [] }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard !terms.role.isDelegatedBySite else {
      throw Refusal(
        "delegated-by-site", because: "A \(terms.role.title) is delegated by the site's principal investigator.",
        remedy: "Ask the principal investigator.")
    }
    return try terms.decide(in: situation)
  }
}

/// A line of the delegation log as it is proposed.
public struct DelegationTerms: Sendable, Hashable, Codable {
  static let fields = [
    CommandField("account", "the person's account"),
    CommandField("role", "the role, such as nurse"),
    CommandField("site", "the site, for a role of a site", optional: true),
    CommandField(
      "tasks", "what is delegated, such as recordData, bedsideAndInfusion; all of the role's if left out",
      optional: true),
    CommandField("from", "the first day, such as 2026-01-15; it never counts before both have signed"),
    CommandField("to", "the last day", optional: true),
  ]

  /// To whom.
  public var account: AccountID
  /// In which role.
  public var role: Role
  /// For which site.
  public var site: SiteID?
  /// Which of the role's permissions; nil for all.
  public var tasks: [Permission]?
  /// The first day.
  public var from: CalendarDate
  /// The last day.
  public var to: CalendarDate?

  /// What is proposed.
  public init(
    account: AccountID, role: Role, site: SiteID? = nil, tasks: [Permission]? = nil, from: CalendarDate,
    to: CalendarDate? = nil
  ) {
    self.account = account
    self.role = role
    self.site = site
    self.tasks = tasks
    self.from = from
    self.to = to
  }

  func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let people = situation.state.people
    let found = try situation.otherAccount(account)
    try requirePeriod(from, to)
    guard found.holds(role, at: site, on: situation.now) else {
      throw Refusal(
        "role-not-held", because: "\(found.name) does not have the role \(role.title) there.",
        remedy: "An administrator grants the role first.")
    }
    let named = Set(tasks ?? role.permissions).sorted()
    if let other = named.first(where: { !role.permissions.contains($0) }) {
      throw Refusal(
        "task-not-of-role", because: "A \(role.title) may not: \(other.title).",
        remedy: "Delegate tasks of the role only, or another role.")
    }
    guard !named.isEmpty else {
      throw Refusal("tasks-missing", because: "No task is named.", remedy: "Name at least one.")
    }
    let today = situation.today
    if let open = people.delegations.first(where: {
      $0.account == account && $0.role == role && $0.site == site && $0.isOpen(on: max(today, from.daysSinceEpoch))
    }) {
      throw Refusal(
        "delegated-already", because: "Line \(open.number) of the log delegates this role to \(found.name) already.",
        remedy: "End that line first.")
    }
    let number = people.delegations.count + 1
    return [
      Fact(
        .people(
          .delegationSigned(
            number: number, account: account, role: role, site: site, tasks: named, from: from, to: to)),
        // A first password is known to who gave it: whoever delegates has seen whose hands it is in.
        signed: "I delegate these tasks to \(found.name) as \(role.title)"
          + (found.access.unconfirmedResets.contains(where: \.isFirst)
            ? ", who has told me that the account is in this person's hands alone" : ""))
    ]
  }
}

/// The person accepts a delegation, by a signature; with it the delegation takes effect.
public struct AcceptDelegation: TrialCommand {
  /// Its name.
  public static let name = "account accept"
  /// What it does, in a sentence.
  public static let abstract = "Accept a delegation that was signed for you; with your signature it takes effect."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.ownAccount
  /// Its members, as the help shows them.
  public static let fields = [CommandField("number", "the line of the delegation log")]

  /// Which line.
  public var number: Int

  /// The command.
  public init(number: Int) { self.number = number }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let line = try situation.delegation(number)
    guard line.account == situation.actor.account else {
      throw Refusal(
        "not-yours", because: "Line \(number) of the delegation log is not about you.",
        remedy: "Only the person can accept it.")
    }
    guard line.role == situation.actor.role, line.site == situation.actor.site else {
      throw Refusal(
        "other-role", because: "Line \(number) is about you as \(line.role.title).", remedy: "Accept it in that role.")
    }
    guard line.accepted == nil, line.ended == nil else {
      throw Refusal(
        "delegation-settled", because: "Line \(number) is \(line.ended == nil ? "accepted" : "ended") already.",
        remedy: "Nothing is left to do.")
    }
    return [
      Fact(.people(.delegationAccepted(number: number)), signed: "I accept these tasks as \(line.role.title)")
    ]
  }
}

/// The principal investigator ends a line of the site's delegation log.
public struct EndDelegation: TrialCommand {
  /// Its name.
  public static let name = "account end-delegation"
  /// What it does, in a sentence.
  public static let abstract = "End a line of the site's delegation log, at once, by a signature."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.signAsPrincipalInvestigator
  /// Its members, as the help shows them.
  public static let fields = [CommandField("number", "the line of the delegation log"), CommandField("reason", "why")]

  /// Which line.
  public var number: Int
  /// Why.
  public var reason: String

  /// The command.
  public init(number: Int, reason: String) {
    self.number = number
    self.reason = reason
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let line = try situation.delegation(number)
    guard line.role.isDelegatedBySite, line.site == situation.actor.site else {
      throw Refusal(
        "not-of-your-site", because: "Line \(number) is not delegated by the principal investigator of your site.",
        remedy: "Ask who delegated it.")
    }
    return try line.end(reason)
  }
}

/// The sponsor's signatory ends a delegation.
public struct EndAppointment: TrialCommand {
  /// Its name.
  public static let name = "account end-appointment"
  /// What it does, in a sentence.
  public static let abstract = "End a delegation for the sponsor, at once, by a signature."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.signDelegationForSponsor
  /// Its members, as the help shows them.
  public static let fields = [CommandField("number", "the line of the delegation log"), CommandField("reason", "why")]

  /// Which line.
  public var number: Int
  /// Why.
  public var reason: String

  /// The command.
  public init(number: Int, reason: String) {
    self.number = number
    self.reason = reason
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let line = try situation.delegation(number)
    guard !line.role.isDelegatedBySite else {
      throw Refusal(
        "delegated-by-site", because: "Line \(number) is delegated by the site's principal investigator.",
        remedy: "Ask the principal investigator.")
    }
    return try line.end(reason)
  }
}

extension Situation {
  fileprivate func delegation(_ number: Int) throws(Refusal) -> Delegation {
    guard let line = state.people.delegation(number) else {
      throw Refusal(
        "unknown-delegation", because: "The delegation log has no line \(number).", remedy: "Look it up in the log.")
    }
    return line
  }
}

extension Delegation {
  fileprivate func end(_ reason: String) throws(Refusal) -> [Fact] {
    guard ended == nil else {
      throw Refusal(
        "delegation-settled", because: "Line \(number) is ended already.", remedy: "Nothing is left to do.")
    }
    return [
      Fact(
        .people(.delegationEnded(number: number, reason: try stated(reason))),
        signed: "I end this delegation as \(role.title)")
    ]
  }
}
