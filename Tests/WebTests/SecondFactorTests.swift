import ClinicalValues
import HTTPTypes
import HummingbirdTesting
import Ledger
import Testing
import Trial

@testable import Conduct
@testable import Web

/// The second factor of one's own account, and the way back for who has forgotten the password.
struct SecondFactorTests {
  private func token(_ asker: SiteStage.Asker, _ path: String) async throws -> String {
    String(try #require(try await asker.get(path).text.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1)
  }

  @Test func `an offer shows the secret, and counts only with a code of it`() async throws {
    let stage = try await SiteStage()
    try await stage.ask { asker in
      let anna = try await asker.signedIn()
      let csrf = try await token(anna, "/account/second-factor")
      #expect(try await anna.post("/account/second-factor/offer", ["_csrf": csrf]).status == .seeOther)
      let page = try await anna.get("/account/second-factor").text
      #expect(page.contains("otpauth://totp/Tandem:anna.berg") && page.contains("<svg"))
      let wrong = try await anna.post(
        "/account/second-factor", ["_csrf": csrf, "new": "000000", "password": SiteStage.password])
      #expect(wrong.status == .unprocessableContent)
      let account = try AccountID("anna.berg")
      #expect(try await stage.site.live.state().people.accounts[account]?.access.hasSecondFactor == false)
    }
  }

  @Test func `a factor is set with its code, asked for at sign-in, and taken out of use by its person`() async throws {
    let stage = try await SiteStage()
    let account = try AccountID("anna.berg")
    try await stage.ask { asker in
      let anna = try await asker.signedIn()
      let elsewhere = try await asker.signedIn()
      let csrf = try await token(anna, "/account/second-factor")
      _ = try await anna.post("/account/second-factor/offer", ["_csrf": csrf])
      let page = try await anna.get("/account/second-factor").text
      let secret = String(try #require(page.firstMatch(of: /secret=([A-Z2-7]+)/)).1)
      let code = OneTimeCode.now(secret: secret, at: stage.site.clock())
      let done = try await anna.post(
        "/account/second-factor", ["_csrf": csrf, "new": code, "password": SiteStage.password])
      #expect(done.status == .ok)
      // Who came in without it is out.
      #expect(try await elsewhere.get("/account").status == .seeOther)
      let recovery = done.text.matches(of: /<code>([a-z0-9-]+)<\/code>/).map { String($0.1) }
      #expect(recovery.count == 8)
      let bare = try await asker.post("/sign-in", ["account": "anna.berg", "password": SiteStage.password])
      #expect(bare.status == .unprocessableContent)

      let removed = try await anna.post(
        "/account/second-factor/remove", ["_csrf": csrf, "password": SiteStage.password, "code": recovery[0]])
      #expect(removed.status == .seeOther)
      #expect(try await stage.site.live.state().people.accounts[account]?.access.hasSecondFactor == false)
      #expect(try await asker.signedIn().get("/account").status == .ok)
    }
  }

  @Test func `a recovery link is good once, forces a new password and tells the person`() async throws {
    let stage = try await SiteStage()
    let key = try await stage.resetPassword(of: "boris.lind", by: "anna.berg")
    let path = "/recover?account=boris.lind&key=\(key)"
    try await stage.ask { asker in
      // The old password opens nothing any more.
      #expect(
        try await asker.post("/sign-in", ["account": "boris.lind", "password": "nine pale otters slept"]).status
          == .unprocessableContent)
      #expect(try await asker.get(path).status == .ok)
      let fields: KeyValuePairs = [
        "account": "boris.lind", "key": key, "new": "seven tall geese flew", "again": "seven tall geese flew",
      ]
      let answer = try await asker.post("/recover", fields)
      #expect(answer.headers[.location] == "/account")
      var boris = asker
      boris.cookie = answer.headers[.setCookie].map { String($0.prefix { $0 != ";" }) }
      #expect(try await boris.get("/account").text.contains("the password was reset"))
      // Once is once.
      #expect(try await asker.post("/recover", fields).status == .unprocessableContent)
    }
  }

  @Test func `whoever made the link cannot use it where they are signed in`() async throws {
    let stage = try await SiteStage()
    let key = try await stage.resetPassword(of: "boris.lind", by: "anna.berg")
    try await stage.ask { asker in
      let anna = try await asker.signedIn()
      let answer = try await anna.post(
        "/recover",
        ["account": "boris.lind", "key": key, "new": "seven tall geese flew", "again": "seven tall geese flew"])
      #expect(answer.status == .unprocessableContent && answer.text.contains("the link is for somebody else"))
    }
  }
}

extension SiteStage {
  /// Has an administrator reset a password.
  ///
  /// - Returns: the key of the link.
  func resetPassword(of account: String, by administrator: String) async throws -> String {
    let acting = Acting(account: try AccountID(administrator), role: .administrator)
    let request = Request(ResetPassword(account: try AccountID(account), reason: "forgotten"), by: acting, origin: .web)
    return try await site.live.resetPassword(request).password
  }
}

/// A code as an authenticator shows it that was given the secret as text.
enum OneTimeCode {
  static func now(secret: String, at instant: Instant) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var bytes: [UInt8] = []
    var held = 0
    var bits = 0
    for letter in secret {
      held = (held << 5 | (alphabet.firstIndex(of: letter) ?? 0)) & 0xFFFF
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(held >> bits & 0xFF))
      }
    }
    return OneTimePassword.code(
      secret: bytes, step: OneTimePassword.step(atSecond: instant.milliseconds / 1000))
  }
}
