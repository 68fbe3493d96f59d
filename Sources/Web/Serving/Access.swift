import Conduct
import Trial

/// Who may use a route. The server asks before the handler runs; the handler narrows it further where it must (the site of
/// a participant).
enum Access: Sendable, Hashable {
  /// Whoever comes.
  case everyone
  /// Whoever is signed in, in whatever role, also with a password that must be changed: the own account.
  case ownAccount
  /// Whoever may read what is clinical: reads the audit trail, and not that of accounts alone.
  case clinicalReader
  /// Whoever manages accounts, signs delegations for the sponsor, or reads the audit trail.
  case accountReader
  /// Whoever is signed in in a role of their own password: what they may there, the command decides.
  case member
  /// Whoever acts in a role that has a permission at all; whether they may now, the command decides, which also takes what
  /// somebody signs before they may do anything else, such as their own delegation.
  case actingFor(Permission)
  /// Whoever has a permission.
  case permitted(Permission)

  /// Whether a role may, by the protocol's table of roles alone.
  func allows(_ role: Role) -> Bool {
    switch self {
    case .everyone, .ownAccount, .member: true
    case .clinicalReader:
      role.extent(of: .readAudit) != nil && role.extent(of: .readAudit) != .accounts
    case .accountReader:
      [.manageAccounts, .signDelegationForSponsor, .readAudit].contains { role.extent(of: $0) != nil }
    case .actingFor(let permission), .permitted(let permission): role.extent(of: permission) != nil
    }
  }

  /// Whether nobody needs to be signed in.
  var isOpen: Bool { self == .everyone }
}
