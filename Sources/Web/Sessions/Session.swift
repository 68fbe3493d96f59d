import ClinicalValues
import Conduct
import Trial

/// Somebody who is signed in.
struct Session: Sendable, Hashable {
  /// Tells it from others; not the token.
  let id: String
  /// The account.
  let account: AccountID
  /// The person's name.
  let name: String
  /// When they signed in.
  let began: Instant
  /// From which address.
  let address: String
  /// What their browser calls itself, cut short: so that a person knows their own sessions.
  let browser: String
  /// What a form of this session must carry.
  let csrf: String
  /// The last request.
  var seen: Instant
  /// The role that they act in; nil while it is still to be chosen.
  var acting: Acting?
  /// The roles that they can choose from.
  var roles: [Acting]
  /// Whether nothing but a new password may be asked for.
  var mustChangePassword: Bool
  /// What others did to the account since the last sign-in, until it was shown.
  var notices: [AccountNotice]
  /// Until when the account may be linked to a provider: its person has given the password for it.
  var linksUntil: Instant?
}
