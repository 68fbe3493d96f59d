import ClinicalValues
import Conduct
import Crypto
import Synchronization
import Trial

/// Who is signed in, in memory: a restart signs everybody out, and what was being typed is kept in the browser.
///
/// A session is found by the SHA-256 of its token, so that what is in memory opens nothing.
/// Source: OWASP ASVS 5.0, V7 (session management).
final class Sessions: Sendable {
  /// How many sessions one account may have at once; the oldest ends.
  static let perAccount = 10

  private let sessions = Mutex<[String: Session]>([:])
  private let settings: SiteSettings
  private let entropy: Entropy

  init(settings: SiteSettings, entropy: Entropy) {
    self.settings = settings
    self.entropy = entropy
  }

  /// Begins a session.
  ///
  /// - Returns: the session and its token, which is handed to the browser and kept nowhere.
  func begin(
    _ who: Authenticated, roles: [Acting], address: String, browser: String, now: Instant
  ) -> (session: Session, token: String) {
    let token = random(32)
    let session = Session(
      id: random(9), account: who.account, name: who.name, began: now, address: address,
      browser: String(browser.prefix(120)), csrf: random(24), seen: now, acting: roles.count == 1 ? roles.first : nil,
      roles: roles, mustChangePassword: who.mustChangePassword, notices: who.notices)
    sessions.withLock { sessions in
      sessions = sessions.filter { isAlive($0.value, now) }
      let own = sessions.filter { $0.value.account == who.account }.sorted { $0.value.began < $1.value.began }
      for (key, _) in own.dropLast(Sessions.perAccount - 1) { sessions[key] = nil }
      sessions[Sessions.key(token)] = session
    }
    return (session, token)
  }

  /// The session of a token; nil where there is none, or it has ended.
  ///
  /// - Parameter isUsed: whether it counts as used now.
  func session(_ token: String, now: Instant, isUsed: Bool = true) -> Session? {
    let key = Sessions.key(token)
    return sessions.withLock { sessions in
      guard var session = sessions[key] else { return nil }
      guard isAlive(session, now) else {
        sessions[key] = nil
        return nil
      }
      if isUsed {
        session.seen = now
        sessions[key] = session
      }
      return session
    }
  }

  /// The session of an id; nil where it has ended.
  func session(of id: String) -> Session? { sessions.withLock { $0.values.first { $0.id == id } } }

  /// Whether a session goes on; asking does not prolong it.
  func isAlive(_ id: String, now: Instant) -> Bool { session(of: id).map { isAlive($0, now) } ?? false }

  /// Changes a session.
  func update(_ id: String, _ change: (inout Session) -> Void) {
    sessions.withLock { sessions in
      for (key, session) in sessions where session.id == id {
        var session = session
        change(&session)
        sessions[key] = session
      }
    }
  }

  /// Ends a session.
  func end(_ id: String) {
    sessions.withLock { sessions in sessions = sessions.filter { $0.value.id != id } }
  }

  /// Ends every session of an account but one.
  func endAll(of account: AccountID, but kept: String? = nil) {
    sessions.withLock { sessions in
      sessions = sessions.filter { $0.value.account != account || $0.value.id == kept }
    }
  }

  /// The sessions of an account, the newest first.
  func all(of account: AccountID, now: Instant) -> [Session] {
    sessions.withLock { sessions in
      sessions.values.filter { $0.account == account && isAlive($0, now) }.sorted { $0.began > $1.began }
    }
  }

  private func isAlive(_ session: Session, _ now: Instant) -> Bool {
    now < session.seen.adding(minutes: settings.idleMinutes) && now < session.began.adding(hours: settings.sessionHours)
  }

  /// So many random bytes as text that fits a cookie and a form (base64url without padding, RFC 4648, 5).
  private func random(_ count: Int) -> String { Base64URL.encode(entropy.bytes(count)) }

  private static func key(_ token: String) -> String { Base64URL.encode(Array(SHA256.hash(data: Array(token.utf8)))) }
}

/// base64url without padding (RFC 4648, section 5).
enum Base64URL {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    var bits = 0
    var held = 0
    for byte in bytes {
      held = held << 8 | Int(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(alphabet[held >> bits & 63])
      }
    }
    if bits > 0 { text.append(alphabet[held << (6 - bits) & 63]) }
    return String(decoding: text, as: UTF8.self)
  }
}
