import Conduct
import HTTPTypes
import HummingbirdTesting
import Testing
import Trial

@testable import Web

/// When a session ends besides by its time.
struct SessionEndTests {
  @Test func `who is disabled is out at once, by cookie and by token`() async throws {
    let stage = try await SiteStage()
    try await stage.ask { asker in
      let anna = try await asker.bearer()
      let (boris, password) = ("boris.lind", "nine pale otters slept")
      let (page, program) = (try await asker.signedIn(boris, password), try await asker.bearer(boris, password))
      #expect(try await page.get("/account").status == .ok)
      #expect(try await program.get("/api/session").status == .ok)
      let answer = try await anna.send(
        #"{"fields":{"account":"boris.lind","reason":"Left the company."}}"#, to: "/api/commands/account-disable")
      #expect(answer.status == .created, "\(answer.text)")
      #expect(try await page.get("/account").headers[.location]?.hasPrefix("/sign-in") == true)
      #expect(try await program.get("/api/session").status == .unauthorized)
    }
  }

  @Test func `a role that was withdrawn opens nothing more in a session that began with it`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.bearer()
      let boris = try await asker.signedIn("boris.lind", "nine pale otters slept")
      #expect(try await boris.get("/act").status == .ok)
      let answer = try await anna.send(
        #"{"fields":{"account":"boris.lind","role":"sponsor","reason":"Left the company."}}"#,
        to: "/api/commands/account-withdraw")
      #expect(answer.status == .created, "\(answer.text)")
      for path in ["/act", "/help", "/accounts"] {
        #expect(try await boris.get(path).headers[.location]?.hasPrefix("/role") == true, "\(path)")
      }
      #expect(try await boris.get("/account").status == .ok)
    }
  }

  @Test func `signing out has the browser forget what it keeps of the site`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.signedIn()
      let page = try await anna.get("/account").text
      let csrf = try #require(page.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1
      let answer = try await anna.post("/sign-out", ["_csrf": String(csrf)])
      #expect(answer.headers[SecurityHeaders.clearSiteData] == #""cache", "storage""#)
    }
  }
}
