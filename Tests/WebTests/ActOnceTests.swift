import ClinicalValues
import Conduct
import HTTPTypes
import HummingbirdTesting
import Ledger
import Synchronization
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

/// An act that waits to be signed is carried out once, and whoever sends it again is told what became of it.
struct PendingActTests {
  private let now = Instant("2026-01-05T08:00:00.000Z") ?? Instant(milliseconds: 0)

  private func kept(_ acts: PendingActs, session: String = "a", at now: Instant) throws -> String {
    let command = CreateAccount(account: try AccountID("eva.nowak"), name: "Eva Nowak")
    let actor = Acting(account: try AccountID("anna.berg"), role: .administrator)
    return acts.keep(
      .init(
        session: session, request: Request(command, by: actor, origin: .web), given: Given(texts: [:]), shown: [],
        back: "/", until: now.adding(minutes: PendingActs.minutes)),
      entropy: .system, now: now)
  }

  private func refusal(_ standing: PendingActs.Standing) -> String? {
    do throws(Refusal) {
      _ = try standing.waiting()
      return nil
    } catch {
      return error.id
    }
  }

  @Test func `it is claimed by one alone, waits again after a refusal, and is known once it is recorded`() throws {
    let acts = PendingActs()
    let key = try kept(acts, at: now)
    #expect(refusal(acts.standing(of: key, in: "a", now: now)) == nil)
    #expect(refusal(acts.claim(key, in: "another", now: now)) == "not-waiting")
    #expect(refusal(acts.claim(key, in: "a", now: now)) == nil)
    #expect(refusal(acts.claim(key, in: "a", now: now)) == "being-signed")
    acts.release(key)
    #expect(refusal(acts.claim(key, in: "a", now: now)) == nil)
    acts.settle(key, by: 7)
    #expect(refusal(acts.claim(key, in: "a", now: now)) == "already-recorded")
    #expect(refusal(acts.standing(of: key, in: "a", now: now)) == "already-recorded")
  }

  /// Minutes after it was shown, whether it was recorded by then, and what whoever sends it is told.
  @Test(
    arguments: [
      (4, false, nil), (5, false, "signing-took-too-long"), (4, true, "already-recorded"),
      (30, true, "already-recorded"),
      (30, false, "signing-took-too-long"), (66, true, "not-waiting"), (66, false, "not-waiting"),
    ] as [(Int, Bool, String?)])
  func `it waits for minutes, and what became of it is known for longer`(
    _ minutes: Int, _ isRecorded: Bool, _ told: String?
  ) throws {
    let acts = PendingActs()
    let key = try kept(acts, at: now)
    if isRecorded {
      _ = acts.claim(key, in: "a", now: now)
      acts.settle(key, by: 7)
    }
    let later = now.adding(minutes: minutes)
    _ = try kept(acts, session: "another", at: later)
    #expect(refusal(acts.claim(key, in: "a", now: later)) == told)
  }

  @Test(arguments: [0, 4, 5, 30, 66])
  func `of one that may have been recorded nobody is told that nothing was`(_ minutes: Int) throws {
    let acts = PendingActs()
    let key = try kept(acts, at: now)
    _ = acts.claim(key, in: "a", now: now)
    acts.leave(key)
    let later = now.adding(minutes: minutes)
    _ = try kept(acts, session: "another", at: later)
    #expect(refusal(acts.claim(key, in: "a", now: later)) == "not-waiting")
  }

  @Test func `what goes wrong once it is recorded leads to no second one`() async throws {
    let store = LosingStore()
    try await SiteStage(store: store).ask { asker in
      let anna = try await asker.bearer()
      for (command, fields) in [
        ("account-create", #""account":"clara.holm","name":"Clara Holm""#),
        ("account-check-identity", #""account":"clara.holm","how":"document""#),
        ("account-train", #""account":"clara.holm","from":"2026-01-05""#),
        ("account-enable", #""account":"clara.holm""#),
        ("account-grant", #""account":"clara.holm","role":"dataManager""#),
      ] { #expect(try await anna.send(#"{"fields":{\#(fields)}}"#, to: "/api/commands/\(command)").status == .created) }
      let boris = try await asker.bearer("boris.lind", "nine pale otters slept")
      let waiting = try await boris.send(
        #"{"fields":{"account":"clara.holm","role":"dataManager","from":"2026-01-05"}}"#,
        to: "/api/commands/account-appoint")
      let pending = try #require(try waiting.json["pending"]?.string)
      let body =
        #"{"pending":"\#(pending)","people":[{"account":"boris.lind","password":"nine pale otters slept"}]}"#
      let before = try await store.head().position
      store.losesNextSigned()
      let lost = try await boris.send(body, to: "/api/signatures")
      #expect(lost.status == .serviceUnavailable && !lost.text.contains("Nothing was recorded"), "\(lost.text)")
      let after = try await store.head().position
      #expect(after > before)
      let again = try await boris.send(body, to: "/api/signatures")
      #expect(try again.json["id"]?.string == "not-waiting", "\(again.text)")
      #expect(try await store.head().position == after)
    }
  }
}

/// A store whose answer is lost once, after it has written something that is signed.
private final class LosingStore: EventStore {
  private let store = InMemoryEventStore()
  private let loses = Mutex(false)

  func losesNextSigned() { loses.withLock { $0 = true } }

  func append(_ append: Append) async throws -> [Envelope] {
    let written = try await store.append(append)
    let isSigned = try written.contains { try !Recorded<TrialEvent>($0).signatures.isEmpty }
    let isLost = loses.withLock { loses in
      defer { if isSigned { loses = false } }
      return loses && isSigned
    }
    if isLost { throw StoreFailure(.io, found: "The answer was lost.", remedy: "Look what was recorded.") }
    return written
  }

  func events(after position: Position, limit: Int) async throws -> [Envelope] {
    try await store.events(after: position, limit: limit)
  }
  func events(of stream: StreamID, after version: Version) async throws -> [Envelope] {
    try await store.events(of: stream, after: version)
  }
  func head() async throws -> Head { try await store.head() }
  func attachment(_ digest: Digest) async throws -> [UInt8]? { try await store.attachment(digest) }
  func leaves(upTo position: Position) async throws -> [Digest] { try await store.leaves(upTo: position) }
  func keep(_ checkpoint: SignedCheckpoint) async throws { try await store.keep(checkpoint) }
  func checkpoints() async throws -> [SignedCheckpoint] { try await store.checkpoints() }
  func subscribe(after position: Position) -> AsyncThrowingStream<Envelope, any Error> {
    store.subscribe(after: position)
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
