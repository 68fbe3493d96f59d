import ClinicalValues
import Conduct
import Trial

/// A session with what its reader must know of it, and the token where it begins.
struct SessionReading: Sendable {
  let session: Session
  let isSynthetic: Bool
  var token: String?
}

extension Readings {
  /// Who is signed in.
  static let session = Shape<SessionReading>.object(
    "Session", "Who is signed in, and in which role.",
    [
      .text("account") { $0.session.account.description }, .text("name") { $0.session.name },
      .objectOrNull("acting", acting, "The role in use; null while one of several is to be chosen.") {
        $0.session.acting
      },
      .list("roles", acting, "The roles to choose from.") { $0.session.roles },
      .truth("mustChangePassword", "Whether nothing but a new password is taken.") { $0.session.mustChangePassword },
      .text("csrf", "With a session of the site's cookie: what X-CSRF-Token says with whatever changes something.") {
        $0.session.csrf
      },
      .instant("began") { $0.session.began },
      .list("notices", notice, "What others did to the account since the last sign-in.") { $0.session.notices },
      .truth("synthetic", "Whether every person and value here is invented.") { $0.isSynthetic },
    ])

  /// The session that signing in begins.
  static let begunSession = session.adding(
    "BegunSession", "A session that has begun.",
    [
      .text("token", "What `Authorization: Bearer` says from now on; it is shown this once.") { $0.token ?? "" }
    ])

  private static let notice = Shape<AccountNotice>.object(
    "AccountNotice", "Something that was done to an account.",
    [.text("kind") { $0.kind.rawValue }, .instant("at") { $0.at }, .text("by") { $0.by }])
}
