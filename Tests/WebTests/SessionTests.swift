import ClinicalValues
import Testing
import Trial

@testable import Conduct
@testable import Web

/// When a session ends by itself.
struct SessionTests {
  private let settings = SiteSettings()
  private let start = Instant(milliseconds: 0)

  private func began(_ sessions: Sessions) throws -> String {
    let who = Authenticated(
      account: try AccountID("nora.diaz"), name: "Nora Diaz", at: start, purpose: .signIn, mustChangePassword: false,
      notices: [])
    return sessions.begin(who, roles: [], address: "::1", browser: "a browser", now: start).token
  }

  @Test func `regulatory 33: a session ends when nobody uses it, and any after its hours`() throws {
    let sessions = Sessions(settings: settings, entropy: .system)
    let left = try began(sessions)
    let used = start.adding(minutes: settings.idleMinutes - 1)
    #expect(sessions.session(left, now: used) != nil)
    #expect(sessions.session(left, now: used.adding(minutes: settings.idleMinutes)) == nil)
    let busy = try began(sessions)
    var now = start
    while now < start.adding(hours: settings.sessionHours) {
      #expect(sessions.session(busy, now: now) != nil)
      now = now.adding(minutes: settings.idleMinutes - 1)
    }
    #expect(sessions.session(busy, now: now) == nil)
  }

  @Test func `what a page asks by itself keeps no session alive`() throws {
    let sessions = Sessions(settings: settings, entropy: .system)
    let token = try began(sessions)
    let later = start.adding(minutes: settings.idleMinutes - 1)
    #expect(sessions.session(token, now: later, isUsed: false)?.seen == start)
    #expect(sessions.session(token, now: start.adding(minutes: settings.idleMinutes)) == nil)
  }
}
