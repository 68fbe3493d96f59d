import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

/// What was typed into a form that comes after its session has ended.
struct KeptFormTests {
  private let page: HTTPFields = [.accept: "text/html,application/xhtml+xml"]

  @Test func `it goes through sign-in and is there again`() async throws {
    try await SiteStage().ask { asker in
      let late = try await asker.post(
        "/act/account-create", ["account": "eva.nowak", "name": "Eva Nowak", "_csrf": "old"], headers: page)
      #expect(late.status == .unauthorized && late.text.contains(#"data-answers="/act/account-create""#))
      let found = try #require(late.text.firstMatch(of: /name="kept.fields" value="([^"]+)"/))
      let kept = String(found.1).replacing("&amp;", with: "&")
      let signed = try await asker.post(
        "/sign-in",
        [
          "account": "anna.berg", "password": SiteStage.password, "kept.path": "/act/account-create",
          "kept.fields": kept,
        ])
      #expect(signed.status == .ok && signed.text.contains("What you typed is still here"))
      let csrf = String(try #require(signed.text.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1)
      var anna = asker
      anna.cookie = signed.headers[.setCookie].map { String($0.prefix { $0 != ";" }) }
      let again = try await anna.post(
        "/act/account-create", ["_csrf": csrf, "_again": "true", "account": "eva.nowak", "name": "Eva Nowak"])
      // It is shown, and not carried out.
      #expect(again.status == .ok && again.text.contains("value=\"Eva Nowak\""))
    }
  }

  @Test func `who has to wait before they sign in keeps it`() async throws {
    try await SiteStage().ask { asker in
      for _ in 0..<RateLimit.signIn.times { _ = try await asker.post("/sign-in", ["account": "x", "password": "y"]) }
      let answer = try await asker.post(
        "/sign-in",
        [
          "account": "anna.berg", "password": SiteStage.password, "kept.path": "/act/account-create",
          "kept.fields": "name=Eva+Nowak",
        ])
      #expect(answer.status == .tooManyRequests)
      #expect(answer.text.contains("seconds, then try again") && answer.text.contains("Nowak"))
      #expect(answer.headers[.setCookie] == nil && !answer.text.contains(SiteStage.password))
    }
  }

  @Test func `a password that was typed is not kept`() {
    let form = Fields([("password", "secret"), ("password.0", "secret"), ("code.1", "123456"), ("reason", "x")])
    #expect(KeptForm(form, sentTo: "/act/a")?.fields == Fields([("reason", "x")]))
    #expect(KeptForm(Fields([("password", "secret")]), sentTo: "/act/a") == nil)
    #expect(KeptForm(form, sentTo: "//elsewhere") == nil)
  }

  @Test func `what a script sends is not answered with a page`() async throws {
    try await SiteStage().ask { asker in
      let answer = try await asker.post("/act/account-create", ["account": "eva.nowak"])
      #expect(answer.status == .seeOther && answer.headers[.location]?.hasPrefix("/sign-in") == true)
    }
  }

  @Test func `a form of another site is not kept`() async throws {
    try await SiteStage().ask { asker in
      var headers = page
      headers[try #require(HTTPField.Name("Sec-Fetch-Site"))] = "cross-site"
      let answer = try await asker.post("/act/account-create", ["account": "eva.nowak"], headers: headers)
      #expect(answer.status == .forbidden && !answer.text.contains("eva.nowak"))
    }
  }
}
