public import ClinicalValues

/// Who has access, to what, since when, and when it was last used: what a periodic review of access looks through.
public struct AccessReview: Sendable, Hashable {
  /// An account.
  public struct Row: Sendable, Hashable {
    /// The account.
    public let account: AccountID
    /// The name of its person.
    public let name: String
    /// How it stands.
    public let standing: Account.Standing
    /// Roles held, with their sites.
    public let roles: [RoleRow]
    /// How the person was identified; nil if nobody has.
    public let identityCheck: IdentityCheck?
    /// Whether a second factor is set.
    public let hasSecondFactor: Bool
    /// When it was last used.
    public let lastSignIn: Instant?
    /// Failed attempts since the last sign-in.
    public let failures: Int
    /// Whether it is locked after failed attempts.
    public let isLocked: Bool
    /// What a reviewer should look at: a sentence each.
    public let remarks: [String]
  }

  /// A role that an account holds.
  public struct RoleRow: Sendable, Hashable {
    /// The role.
    public let role: Role
    /// The site; nil for a role of no site.
    public let site: SiteID?
    /// What the account may do in it at the moment of the review.
    public let rights: [Permission]
    /// Why it may do nothing, where that is so.
    public let because: String?
  }

  /// When it was made.
  public let moment: Moment
  /// By account.
  public let rows: [Row]
  /// Failed attempts under names that are no account.
  public let unknownAttempts: Int
}

extension PeopleState {
  /// The review of access at a moment; accounts unused for so many days are remarked on.
  ///
  /// - Parameter site: of whom it tells: of one site, who holds a role there, or of no site, or none, each with those roles alone; nil for
  ///   everybody.
  public func accessReview(
    at moment: Moment, under version: String, site: SiteID? = nil, unusedDays: Int = 90
  ) -> AccessReview {
    let rows = accounts.values.sorted { $0.id < $1.id }.compactMap { account -> AccessReview.Row? in
      let grants = account.grants.filter { site == nil || $0.site == nil || $0.site == site }
      guard !grants.isEmpty || account.grants.isEmpty else { return nil }
      return row(of: account, grants, moment, version, unusedDays)
    }
    return AccessReview(moment: moment, rows: rows, unknownAttempts: unknownAttempts)
  }

  private func row(
    of account: Account, _ grants: [RoleGrant], _ moment: Moment, _ version: String, _ unusedDays: Int
  ) -> AccessReview.Row {
    let roles = grants.filter { $0.covers(moment.instant) }.map { grant in
      roleRow(Acting(account: account.id, role: grant.role, site: grant.site), moment, version)
    }
    var remarks: [String] = []
    if account.standing == .enabled {
      if roles.isEmpty { remarks.append("Enabled without any role.") }
      for role in roles where role.rights.isEmpty { remarks.append(role.because ?? "A role without rights.") }
      let since = account.access.lastSignIn.map { moment.instant.milliseconds(since: $0) / 86_400_000 }
      if let since, since >= unusedDays { remarks.append("Not used for \(since) days.") }
      if since == nil { remarks.append("Never used.") }
    }
    if account.standing != .enabled, !roles.isEmpty { remarks.append("Holds roles but is not enabled.") }
    if account.access.mustChangeSince != nil { remarks.append("Has not changed the password that it was given.") }
    if let reset = account.access.unconfirmedResets.last {
      remarks.append(
        "The password was given by \(reset.by) at \(Moment(reset.at)); nobody has confirmed that it reached the person."
      )
    }
    return AccessReview.Row(
      account: account.id, name: account.name, standing: account.standing, roles: roles,
      identityCheck: account.identityCheck, hasSecondFactor: account.access.hasSecondFactor,
      lastSignIn: account.access.lastSignIn, failures: account.access.failures,
      isLocked: account.access.isLocked(at: moment.instant), remarks: remarks)
  }

  private func roleRow(_ acting: Acting, _ moment: Moment, _ version: String) -> AccessReview.RoleRow {
    let objections = acting.role.permissions.map { ($0, objection(to: acting, for: $0, at: moment, under: version)) }
    let rights = objections.filter { $0.1 == nil }.map(\.0)
    return AccessReview.RoleRow(
      role: acting.role, site: acting.site, rights: rights, because: rights.isEmpty ? objections.first?.1?.because : nil
    )
  }

  /// What an account must be told and has not been: what others did to it since its last sign-in.
  public func notices(for account: AccountID) -> [AccountNotice] { accounts[account]?.access.notices ?? [] }
}

/// A line of the delegation log as it is shown at a moment.
public struct DelegationLogRow: Sendable, Hashable {
  /// Where a line stands.
  public enum Standing: String, Sendable, Hashable, Codable {
    /// Signed by who delegates, and not yet by the person.
    case awaitsAcceptance
    /// Signed by both; the first day is to come.
    case toCome
    case inForce
    /// Its last day is over.
    case past
    case ended
  }

  /// The line.
  public let delegation: Delegation
  /// The person's name.
  public let name: String
  /// How it stands.
  public let standing: Standing
}

extension PeopleState {
  /// The delegation log at a moment, in order; of one site, or of all.
  public func delegationLog(site: SiteID? = nil, at moment: Moment) -> [DelegationLogRow] {
    delegations.filter { site == nil || $0.site == site }.map { line in
      let standing: DelegationLogRow.Standing =
        if let ended = line.ended, ended <= moment.instant {
          .ended
        } else if line.effective == nil {
          .awaitsAcceptance
        } else if line.covers(moment) {
          .inForce
        } else {
          moment.day < line.from.daysSinceEpoch ? .toCome : .past
        }
      return DelegationLogRow(delegation: line, name: name(of: line.account), standing: standing)
    }
  }
}

/// Which role may do what, and how far: the protocol's table of roles as the program applies it.
public struct PermissionMatrix: Sendable, Hashable {
  /// A permission and what each role has of it.
  public struct Row: Sendable, Hashable {
    /// The right.
    public let permission: Permission
    /// How far each role has it; a role that is not there has not.
    public let extents: [Role: Extent]
  }

  /// In the order of the protocol's table.
  public let rows: [Row]

  /// The table as it is.
  public init() {
    self.rows = Permission.allCases.filter { $0 != .ownAccount }.map { permission in
      Row(
        permission: permission,
        extents: Dictionary(
          uniqueKeysWithValues: Role.allCases.compactMap { role in role.extent(of: permission).map { (role, $0) } }))
    }
  }
}
