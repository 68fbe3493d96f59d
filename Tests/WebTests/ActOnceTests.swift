import Conduct
import HTTPTypes
import HummingbirdTesting
import Ledger
import Testing
import Trial

@testable import Web

/// A form for an act is good once.
struct ActOnceTests {
  /// By what a page says that the form has arrived: until then a script keeps what was typed.
  private static let answer = #"data-answers="/act/account-create""#

  private func token(_ name: String, in text: String) throws -> String {
    String(
      try #require(
        text.firstMatch(of: try Regex("name=\"\(name)\" value=\"([^\"]+)\"", as: (Substring, Substring).self))
      ).1)
  }

  private func fields(_ anna: SiteStage.Asker) async throws -> KeyValuePairs<String, String> {
    let page = try await anna.get("/act/account-create").text
    #expect(!page.contains(Self.answer))
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
      let recorded = try await anna.get(place).text
      #expect(recorded.contains("This is in the record for good."))
      #expect(recorded.contains(Self.answer))
      let unknown = try await anna.get("/act/account-create/recorded?form=none").text
      #expect(unknown.contains("Not kept any longer") && !unknown.contains(Self.answer))
      // Nobody else is shown it.
      let boris = try await asker.signedIn("boris.lind", "nine pale otters slept")
      #expect(try await !boris.get(place).text.contains("Eva Nowak"))
    }
  }

  @Test func `however many are sent, none that is under way is taken a second time`() {
    let results = ActResults()
    for number in 0...ActResults.perSession { #expect(results.take(String(number), of: "session") == .first) }
    #expect(results.take("0", of: "session") == .underWay)
  }

  @Test func `a number that was not told is not recorded for one`() async throws {
    let stage = try await SiteStage()
    try await stage.ask { asker in
      let anna = try await asker.signedIn()
      let page = try await anna.get("/act/account-create").text
      let (csrf, once) = (try token("_csrf", in: page), try token("_once", in: page))
      let before = try await stage.site.live.store.head().position
      let answer = try await anna.post(
        "/act/account-create", ["_csrf": csrf, "_once": once, "account": "eva.nowak", "name": "02-····"])
      #expect(answer.text.contains("stands for a number that you were not told."))
      #expect(try await stage.site.live.store.head().position == before)
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
      #expect(refused.status == .unprocessableContent && refused.text.contains(Self.answer))
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

/// What a program sends with a key of its own is done once.
struct SentOnceTests {
  private static let create = "/api/commands/account-create"

  private func body(_ account: String) -> String { #"{"fields":{"account":"\#(account)","name":"Eva Nowak"}}"# }

  private func headers(_ key: String) throws -> HTTPFields {
    let name = try #require(HTTPField.Name("Idempotency-Key"))
    return [name: key]
  }

  @Test func `sent again with its key it is answered by what it came to, and nothing is recorded twice`() async throws {
    let stage = try await SiteStage()
    try await stage.ask { asker in
      let anna = try await asker.bearer()
      let first = try await anna.send(body("eva.nowak"), to: Self.create, headers: try headers("k-1"))
      #expect(first.status == .created)
      let after = try await stage.site.live.store.head().position
      let second = try await anna.send(body("eva.nowak"), to: Self.create, headers: try headers("k-1"))
      #expect(second.status == .created && second.text == first.text)
      #expect(try await stage.site.live.store.head().position == after)
    }
  }

  @Test func `a key is for one thing alone, and is not endless`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.bearer()
      _ = try await anna.send(body("eva.nowak"), to: Self.create, headers: try headers("k-1"))
      let other = try await anna.send(body("ida.roth"), to: Self.create, headers: try headers("k-1"))
      #expect(other.status == .unprocessableContent)
      #expect(try other.json["id"]?.string == "key-used")
      let endless = String(repeating: "k", count: SentOnce.longest + 1)
      let long = try await anna.send(body("ida.roth"), to: Self.create, headers: try headers(endless))
      #expect(long.status == .badRequest)
    }
  }

  @Test func `what was refused can be sent again with its key`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.bearer()
      let refused = try await anna.send(body("anna.berg"), to: Self.create, headers: try headers("k-1"))
      #expect(refused.status == .unprocessableContent)
      #expect(try await anna.send(body("eva.nowak"), to: Self.create, headers: try headers("k-1")).status == .created)
    }
  }

  @Test func `the document says so for everything that is recorded`() {
    for form in CommandForm.all {
      let route = Routes.all.first { $0.path == CommandRoutes.path(form) }
      #expect(route?.operation?.isOnce == true, "\(form.name)")
    }
  }
}
