import ClinicalValues
import Trial

/// Who has an account, and the delegation log.
struct AccountsReading: Sendable {
  let review: AccessReview
  let delegations: [DelegationLogRow]
}

extension Readings {
  private static let role = Shape<AccessReview.RoleRow>.object(
    "AccountRole", "A role of an account, with what it allows now.",
    [
      .choice("role", of: Role.allCases.map(\.rawValue)) { $0.role.rawValue },
      .textOrNull("site") { $0.site?.description },
      .texts("rights") { $0.rights.map(\.rawValue) }, .textOrNull("because", "Why it allows nothing.") { $0.because },
    ])

  private static let account = Shape<AccessReview.Row>.object(
    "Account", "An account.",
    [
      .text("account") { $0.account.description }, .text("name") { $0.name },
      .text("standing") { $0.standing.rawValue },
      .textOrNull("identityCheck") { $0.identityCheck?.rawValue }, .truth("secondFactor") { $0.hasSecondFactor },
      .instant("lastSignIn") { $0.lastSignIn }, .number("failures") { $0.failures }, .truth("locked") { $0.isLocked },
      .list("roles", role) { $0.roles }, .texts("remarks", "What to look at.") { $0.remarks },
    ])

  private static let delegation = Shape<DelegationLogRow>.object(
    "Delegation", "A line of the delegation log.",
    [
      .number("number") { $0.delegation.number }, .text("account") { $0.delegation.account.description },
      .text("name") { $0.name }, .choice("role", of: Role.allCases.map(\.rawValue)) { $0.delegation.role.rawValue },
      .textOrNull("site") { $0.delegation.site?.description },
      .texts("tasks") { $0.delegation.tasks.map(\.rawValue) }, .text("from") { $0.delegation.from.description },
      .textOrNull("to") { $0.delegation.to?.description }, .text("standing") { $0.standing.rawValue },
      .textOrNull("delegator") { $0.delegation.delegator?.manifestation },
      .textOrNull("accepted") { $0.delegation.accepted?.manifestation },
    ])

  /// Accounts.
  static let accounts = Shape<AccountsReading>.object(
    "Accounts", "Who has an account, what each may do, and the delegation log.",
    [
      .number("unknownAttempts", "Failed attempts under names that are no account.") { $0.review.unknownAttempts },
      .list("accounts", account) { $0.review.rows }, .list("delegations", delegation) { $0.delegations },
    ])
}
