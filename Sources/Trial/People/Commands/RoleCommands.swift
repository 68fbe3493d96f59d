public import ClinicalValues

/// Grants a role, for a site where the role is a site's. It takes effect with training and delegation only.
public struct GrantRole: TrialCommand {
  /// Its name.
  public static let name = "account grant"
  /// What it does, in a sentence.
  public static let abstract = "Grant an account a role; it acts in it once trained and delegated."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.manageAccounts
  /// Its members, as the help shows them.
  public static let fields = [
    CommandField("account", "the account"),
    CommandField("role", "such as subInvestigator, qualityAssurance"),
    CommandField("site", "the site, for a role of a site", optional: true),
  ]

  /// To whom.
  public var account: AccountID
  /// Which role.
  public var role: Role
  /// For which site.
  public var site: SiteID?

  /// The sites that it touches.
  public var sites: Set<SiteID> { site.map { [$0] } ?? [] }

  /// The command.
  public init(account: AccountID, role: Role, site: SiteID? = nil) {
    self.account = account
    self.role = role
    self.site = site
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.otherAccount(account)
    guard (site != nil) == role.isOfSite else {
      throw Refusal(
        role.isOfSite ? "site-missing" : "site-not-asked",
        because: "The role \(role.title) is \(role.isOfSite ? "" : "not ")a site's.",
        remedy: role.isOfSite ? "Name the site." : "Leave the site out.")
    }
    if let site, situation.state.sites[site] == nil {
      throw Refusal("unknown-site", because: "There is no site \(site).", remedy: "Check the number, or add the site.")
    }
    if let first = found.grants.first(where: { $0.withdrawn == nil && $0.role == role && $0.site == site }) {
      throw Refusal(
        "role-held", because: "\(found.name) has that role since \(first.granted).", remedy: "Nothing is left to do.")
    }
    try requireSegregation(found)
    return [Fact(.people(.roleGranted(account: account, role: role, site: site)))]
  }

  /// Roles that no one person may hold: of those held now, and, for quality assurance and the laboratory, ever.
  private func requireSegregation(_ account: Account) throws(Refusal) {
    let held = account.grants.filter {
      $0.withdrawn == nil || Set([$0.role, role]) == [.cellLaboratory, .qualityAssurance]
    }.map(\.role)
    guard let other = held.first(where: { !role.goes(with: $0) }) else { return }
    throw Refusal(
      "duties-segregated",
      because: "\(account.name) is or was \(other.title), and nobody is that and \(role.title) too.",
      remedy: role.standsAlone || other.standsAlone
        ? "Withdraw the other role first, or choose another person." : "Choose another person.")
  }
}

/// Withdraws a role; as long as it is withdrawn nothing of its delegation counts. The line of the log stays as it was signed, and
/// counts again if the role is granted anew within its dates.
public struct WithdrawRole: TrialCommand {
  /// Its name.
  public static let name = "account withdraw"
  /// What it does, in a sentence.
  public static let abstract = "Withdraw a role from an account, at once."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.manageAccounts
  /// Its members, as the help shows them.
  public static let fields = [
    CommandField("account", "the account"), CommandField("role", "the role"),
    CommandField("site", "the site, for a role of a site", optional: true), CommandField("reason", "why"),
  ]

  /// From whom.
  public var account: AccountID
  /// Which role.
  public var role: Role
  /// For which site.
  public var site: SiteID?
  /// Why.
  public var reason: String

  /// The command.
  public init(account: AccountID, role: Role, site: SiteID? = nil, reason: String) {
    self.account = account
    self.role = role
    self.site = site
    self.reason = reason
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.otherAccount(account)
    guard found.grants.contains(where: { $0.withdrawn == nil && $0.role == role && $0.site == site }) else {
      throw Refusal(
        "role-not-held", because: "\(found.name) does not have that role there.", remedy: "Check role and site.")
    }
    return [Fact(.people(.roleWithdrawn(account: account, role: role, site: site, reason: try stated(reason))))]
  }
}

/// Records training in the system or in a protocol version.
public struct RecordTraining: TrialCommand {
  /// Its name.
  public static let name = "account train"
  /// What it does, in a sentence.
  public static let abstract = "Record training in the system, or in a protocol version."
  /// What whoever acts must be allowed to do.
  public static let permission = Permission.manageAccounts
  /// Its members, as the help shows them.
  public static let fields = [
    CommandField("account", "the account"),
    CommandField(
      "version", "the protocol version, such as 1.0; without it the training is in the system", optional: true),
    CommandField("from", "the day of the training, such as 2026-01-15"),
    CommandField("to", "the last day on which it holds", optional: true),
  ]

  /// Whose.
  public var account: AccountID
  /// The protocol version; nil for the system.
  public var version: String?
  /// The day of the training.
  public var from: CalendarDate
  /// The last day on which it holds.
  public var to: CalendarDate?

  /// The command.
  public init(account: AccountID, version: String? = nil, from: CalendarDate, to: CalendarDate? = nil) {
    self.account = account
    self.version = version
    self.from = from
    self.to = to
  }

  /// What it leads to.
  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    _ = try situation.otherAccount(account)
    try requirePeriod(from, to)
    guard from.daysSinceEpoch <= situation.today else {
      throw Refusal(
        "training-to-come", because: "The training of \(from) is still to come.", remedy: "Record it when it was held.")
    }
    let subject = version.map(Training.Subject.protocolVersion) ?? .system
    return [Fact(.people(.trained(account: account, training: Training(subject, from: from, to: to))))]
  }
}

extension Situation {
  /// The day that it is now, at the place where the act happened, counted since 1970-01-01.
  var today: Int { Moment(now, offsetMinutes: happened.offsetMinutes).day }
}

/// Refuses days that are not whole dates, or that are the wrong way round.
func requirePeriod(_ from: CalendarDate, _ to: CalendarDate?) throws(Refusal) {
  guard from.precision == .day, to.map({ $0.precision == .day }) ?? true else {
    throw Refusal("date-incomplete", because: "A whole date is needed.", remedy: "Give year, month and day.")
  }
  if let to, to.daysSinceEpoch < from.daysSinceEpoch {
    throw Refusal(
      "period-reversed", because: "The last day, \(to), is before the first, \(from).", remedy: "Check both dates.")
  }
}
