import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

/// What the operator sets.
struct SiteSettingsTests {
  @Test(
    arguments: [
      ("10.0.0.9", nil, "10.0.0.9"), ("10.0.0.9", "203.0.113.7", "10.0.0.9"),
      ("10.0.0.1", "203.0.113.7", "203.0.113.7"),
      ("10.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
      ("10.0.0.1", "203.0.113.7, 10.0.0.2", "203.0.113.7"), ("10.0.0.1", nil, "10.0.0.1"),
      ("10.0.0.1", " ,", "10.0.0.1"),
    ] as [(String, String?, String)])
  func `only a proxy that is believed says who asks`(address: String, forwarded: String?, reader: String) {
    var settings = SiteSettings()
    settings.proxies = ["10.0.0.1", "10.0.0.2"]
    var headers: HTTPFields = [:]
    headers[SiteSettings.forwardedFor] = forwarded
    #expect(settings.reader(behind: address, headers) == reader)
  }

  @Test func `where a second factor is required, who has none is led to set it and does nothing else`() async throws {
    var settings = SiteSettings()
    settings.requiresSecondFactor = true
    try await SiteStage(settings: settings).ask { asker in
      let anna = try await asker.signedIn()
      let answer = try await anna.get("/accounts")
      #expect(answer.status == .seeOther)
      #expect(answer.headers[.location]?.hasPrefix("/account/second-factor") == true)
      let page = try await anna.get("/account/second-factor")
      #expect(page.status == .ok && page.text.contains("Here nobody works without a second factor."))
      let program = try await asker.bearer()
      #expect(try await program.get("/api/accounts").status == .forbidden)
    }
  }

  @Test func `over TLS every cookie is of this host alone`() async throws {
    var settings = SiteSettings()
    settings.isSecure = true
    try await SiteStage(settings: settings).ask { asker in
      let answer = try await asker.post("/look", ["theme": "dark"])
      let cookies = answer.headers[values: .setCookie]
      #expect(!cookies.isEmpty && cookies.allSatisfy { $0.hasPrefix("__Host-") && $0.contains("Secure") })
    }
  }
}
