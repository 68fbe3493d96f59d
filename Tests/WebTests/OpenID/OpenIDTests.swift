import ClinicalValues
import Conduct
import HTTPTypes
import HummingbirdTesting
import Ledger
import Testing
import Trial

@testable import Web

/// Signing in at an identity provider: linked by the person, never made, and never enough to sign.
struct OpenIDTests {
  /// A site that knows the provider, at the provider's time.
  private static func stage(_ issuer: String) async throws -> SiteStage {
    try await SiteStage(
      openID: try OpenIDSettings(
        issuer: issuer, client: SmallProvider.client, secret: SmallProvider.secret, origin: "http://127.0.0.1:8080"))
  }

  private static var now: Int { (Instant("2026-01-05T08:00:00.000Z")?.milliseconds ?? 0) / 1000 }

  /// Goes to the provider and comes back, with the cookies that a browser keeps.
  private static func round(
    _ asker: SiteStage.Asker, from path: String = "/sign-in/provider?next=%2Faccount"
  ) async throws -> TestResponse {
    let sent = try await asker.get(path)
    #expect(sent.status == .seeOther, "\(sent.text)")
    let back = try await SmallProvider.visit(sent.headers[.location] ?? "")
    var browser = asker
    let binder = sent.headers[.setCookie].map { String($0.prefix { $0 != ";" }) } ?? ""
    browser.cookie = [asker.cookie, binder].compactMap(\.self).joined(separator: "; ")
    return try await browser.get(String(back.dropFirst("http://127.0.0.1:8080".count)))
  }

  /// Links Anna's account.
  private static func link(_ anna: SiteStage.Asker) async throws {
    let page = try await anna.get("/account").text
    let csrf = try #require(page.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1
    let shown = try await anna.post("/account/provider", ["_csrf": String(csrf), "password": SiteStage.password])
    #expect(shown.status == .ok)
    #expect(try await round(anna, from: "/account/provider").headers[.location] == "/account")
  }

  @Test func `an account that its person has linked is signed in, and the record says by whom`() async throws {
    try await SmallProvider.run(now: Self.now) { issuer in
      let stage = try await Self.stage(issuer)
      try await stage.ask { asker in
        try await Self.link(try await asker.signedIn())
        let answer = try await Self.round(asker)
        #expect(answer.headers[.location] == "/account")
        var anna = asker
        anna.cookie = answer.headers[.setCookie].map { String($0.prefix { $0 != ";" }) }
        #expect(try await anna.get("/account").status == .ok)
        let types = try await stage.site.live.events().map(\.event.name)
        #expect(types.suffix(2) == ["account.providerLinked", "account.signedInAtProvider"])
        let told = try await stage.site.live.events().map { "\($0.event)" }.joined()
        #expect(!told.contains("subject-17"))
      }
    }
  }

  @Test func `whoever is linked to no account gets in nowhere, and no account is made`() async throws {
    try await SmallProvider.run(now: Self.now) { issuer in
      let stage = try await Self.stage(issuer)
      try await stage.ask { asker in
        let answer = try await Self.round(asker)
        #expect(answer.status == .unprocessableContent && answer.headers[.setCookie] == nil)
        #expect(answer.text.contains("No account is linked"))
        #expect(try await stage.site.live.state().people.accounts.count == 2)
      }
    }
  }

  @Test func `the link ends when its person ends it, who gives the password`() async throws {
    try await SmallProvider.run(now: Self.now) { issuer in
      try await Self.stage(issuer).ask { asker in
        let anna = try await asker.signedIn()
        try await Self.link(anna)
        let page = try await anna.get("/account").text
        let csrf = try #require(page.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1
        let path = "/account/provider/end"
        for wrong in ["", "wrong"] {
          let answer = try await anna.post(path, ["_csrf": String(csrf), "password": wrong])
          #expect(answer.status == .unprocessableContent)
        }
        #expect(try await Self.round(asker).headers[.location] == "/account")
        let answer = try await anna.post(path, ["_csrf": String(csrf), "password": SiteStage.password])
        #expect(answer.status == .seeOther)
        #expect(try await Self.round(asker).status == .unprocessableContent)
      }
    }
  }

  @Test func `an account is linked by who has its password alone`() async throws {
    try await SmallProvider.run(now: Self.now) { issuer in
      try await Self.stage(issuer).ask { asker in
        let anna = try await asker.signedIn()
        #expect(try await anna.get("/account/provider").headers[.location] == "/account")
        let page = try await anna.get("/account").text
        let csrf = try #require(page.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1
        let answer = try await anna.post("/account/provider", ["_csrf": String(csrf), "password": "wrong"])
        #expect(answer.status == .unprocessableContent)
      }
    }
  }

  @Test(arguments: SmallProvider.Lie.allCases)
  func `a provider that says what cannot be believed signs nobody in`(lie: SmallProvider.Lie) async throws {
    try await SmallProvider.run(now: Self.now, lying: lie) { issuer in
      try await Self.stage(issuer).ask { asker in
        let sent = try await asker.get("/sign-in/provider")
        guard lie != .otherConfiguration else { return #expect(sent.status == .badGateway) }
        let answer = try await Self.round(asker)
        #expect(answer.status == .badGateway && answer.headers[.setCookie] == nil, "\(answer.text)")
      }
    }
  }

  @Test func `an answer is good once, in the browser that asked, and for the state that it brings`() async throws {
    try await SmallProvider.run(now: Self.now) { issuer in
      try await Self.stage(issuer).ask { asker in
        let sent = try await asker.get("/sign-in/provider")
        let back = try await SmallProvider.visit(sent.headers[.location] ?? "").dropFirst("http://127.0.0.1:8080".count)
        let elsewhere = try await asker.get(String(back))
        #expect(elsewhere.text.contains("belongs to no sign-in"))
        var browser = asker
        browser.cookie = sent.headers[.setCookie].map { String($0.prefix { $0 != ";" }) }
        #expect(try await browser.get(String(back)).text.contains("belongs to no sign-in"))
        #expect(try await browser.get("/sign-in/provider/return?code=x&state=guess").status == .unprocessableContent)
      }
    }
  }

  @Test func `where no provider is named there is nothing of it`() async throws {
    try await SiteStage().ask { asker in
      let (nothing, page) = (try await asker.get("/sign-in/provider"), try await asker.get("/sign-in"))
      #expect(nothing.status == .notFound && !page.text.contains("/sign-in/provider"))
    }
  }

  @Test(arguments: ["http://id.example", "ftp://id.example", "", "http://localhost.example"])
  func `an issuer without TLS that is not of this machine is refused`(issuer: String) {
    #expect(throws: UnfitProvider.self) {
      _ = try OpenIDSettings(issuer: issuer, client: "a", secret: "b", origin: "https://trial.example")
    }
  }

  @Test func `what a provider vouches for signs nothing`() async throws {
    let site = try await SiteStage().site
    let anna = try AccountID("anna.berg")
    let vouched = VouchedSubject(issuer: "https://id.example", subject: "17")
    try await site.live.link(anna, to: vouched, origin: .web)
    let who = try await site.live.authenticate(vouched, origin: .web)
    #expect(who.account == anna && who.purpose == .signIn)
    let boris = try AccountID("boris.lind")
    await #expect(throws: Refusal.self) { try await site.live.link(boris, to: vouched, origin: .web) }
  }
}
