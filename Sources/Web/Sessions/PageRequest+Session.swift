import ClinicalValues
import Conduct
import Ledger
import Trial

// How sessions begin and change, the same for pages and programs.

extension PageRequest {
  /// Begins a session of somebody who has shown who they are.
  ///
  /// - Returns: the session and its token.
  func begin(_ who: Authenticated) async throws -> (session: Session, token: String) {
    try await live.finishErasing()
    let begun = site.sessions.begin(
      who, roles: try await live.roles(of: who.account), address: address, browser: browser, now: site.clock())
    // A former session of this browser ends: its token is replaced (ASVS 7.2.4).
    if let session { site.sessions.end(session.id) }
    return begun
  }

  /// Lets the reader act in one of the roles that they have now.
  ///
  /// - Returns: the role, with its site.
  /// - Throws: `Refusal` (`role-not-held`) where they have no such role.
  @discardableResult
  func choose(role: String, site: String?) async throws -> Acting {
    let session = try signedIn()
    let held = try await live.roles(of: session.account)
    guard let chosen = held.first(where: { $0.role.rawValue == role && $0.site?.description == site }) else {
      throw Refusal.notHeld
    }
    self.site.sessions.update(session.id) {
      $0.acting = chosen
      $0.roles = held
    }
    return chosen
  }

  /// Gives the reader's account a new password; every other session of it ends.
  ///
  /// - Throws: `Refusal`.
  func changePassword(from old: String, code: String?, to new: String) async throws {
    let session = try signedIn()
    let claim = Claim(account: session.account.description, password: old, code: code)
    try await live.changePassword(claim, to: new, origin: .web)
    // Whoever else knew the old one is out.
    site.sessions.endAll(of: session.account, but: session.id)
    site.sessions.update(session.id) { $0.mustChangePassword = false }
  }

  /// The reader's session as it stands now.
  func sessionReading() async throws -> SessionReading {
    let id = try signedIn().id
    guard let session = site.sessions.session(of: id) else { throw SignInNeeded() }
    return SessionReading(session: session, isSynthetic: try await live.state().study.isSynthetic)
  }
}

extension Session {
  /// Where its reader goes first, who meant to go somewhere.
  func firstPath(_ next: LocalPath) -> String {
    mustChangePassword
      ? "/account/password" : acting == nil ? "/role?" + Fields([("next", next.path)]).encoded : next.path
  }
}

extension Refusal {
  /// That somebody asks to act in a role that they do not have.
  static let notHeld = Refusal(
    "role-not-held", because: "You do not have this role.", remedy: "Choose the one in which you act.")
}
