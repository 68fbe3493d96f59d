import Conduct
import HTTPTypes
import HummingbirdTesting
import Ledger
import Testing
import Trial

@testable import Web

/// A form for an act is good once.
struct ActOnceTests {
  private func token(_ name: String, in text: String) throws -> String {
    String(
      try #require(
        text.firstMatch(of: try Regex("name=\"\(name)\" value=\"([^\"]+)\"", as: (Substring, Substring).self))
      ).1)
  }

  private func fields(_ anna: SiteStage.Asker) async throws -> KeyValuePairs<String, String> {
    let page = try await anna.get("/act/account-create").text
    return [
      "_csrf": try token("_csrf", in: page), "_once": try token("_once", in: page), "account": "eva.nowak",
      "name": "Eva Nowak",
    ]
  }

  @Test func `who sends it again is led to what it came to, and nothing is recorded twice`() async throws {
    let stage = try await SiteStage()
    try await stage.ask { asker in
      let anna = try await asker.signedIn()
      let fields = try await self.fields(anna)
      let before = try await stage.site.live.store.head().position
      let first = try await anna.post("/act/account-create", fields)
      #expect(first.status == .seeOther)
      let after = try await stage.site.live.store.head().position
      #expect(after > before)
      let second = try await anna.post("/act/account-create", fields)
      #expect(second.status == .seeOther && second.headers[.location] == first.headers[.location])
      #expect(try await stage.site.live.store.head().position == after)
      let place = try #require(first.headers[.location])
      #expect(try await anna.get(place).text.contains("This is in the record for good."))
      // Nobody else is shown it.
      let boris = try await asker.signedIn("boris.lind", "nine pale otters slept")
      #expect(try await !boris.get(place).text.contains("Eva Nowak"))
    }
  }

  @Test func `one that was refused can be sent again`() async throws {
    let stage = try await SiteStage()
    try await stage.ask { asker in
      let anna = try await asker.signedIn()
      let page = try await anna.get("/act/account-create").text
      let (csrf, once) = (try token("_csrf", in: page), try token("_once", in: page))
      let refused = try await anna.post(
        "/act/account-create", ["_csrf": csrf, "_once": once, "account": "anna.berg", "name": "Anna Berg"])
      #expect(refused.status == .unprocessableContent)
      let taken = try await anna.post(
        "/act/account-create", ["_csrf": csrf, "_once": once, "account": "eva.nowak", "name": "Eva Nowak"])
      #expect(taken.status == .seeOther)
    }
  }

  @Test func `one without its token is not of a page`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.signedIn()
      let csrf = try token("_csrf", in: try await anna.get("/act/account-create").text)
      let answer = try await anna.post(
        "/act/account-create", ["_csrf": csrf, "account": "eva.nowak", "name": "Eva Nowak"])
      #expect(answer.status == .forbidden)
    }
  }
}
