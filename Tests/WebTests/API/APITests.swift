import Conduct
import HTTPTypes
import HummingbirdTesting
import Ledger
import Testing
import Trial

@testable import Web

/// The API as a program uses it: signing in, reading, recording, signing; and how it tells faults.
struct APITests {
  @Test func `signing in gives a token, which opens what the role may, and is no cookie`() async throws {
    try await SiteStage().ask { asker in
      let answer = try await asker.send(
        #"{"account":"anna.berg","password":"\#(SiteStage.password)"}"#, to: "/api/sessions")
      #expect(answer.status == .created && answer.headers[.setCookie] == nil)
      let anna = try await asker.bearer()
      let session = try await anna.get("/api/session").json
      #expect(session["account"]?.string == "anna.berg")
      #expect(session["acting"]?["role"]?.string == "administrator")
      #expect(session["token"] == nil)
      #expect(try await anna.get("/api/accounts").status == .ok)
      #expect(try await anna.get("/api/participants").status == .forbidden)
    }
  }

  @Test func `a refused sign-in says neither which name is an account nor what was wrong`() async throws {
    try await SiteStage().ask { asker in
      for name in ["anna.berg", "nobody"] {
        let answer = try await asker.send(#"{"account":"\#(name)","password":"wrong"}"#, to: "/api/sessions")
        #expect(answer.status == .unprocessableContent)
        #expect(try answer.json["id"]?.string == "authentication-failed")
      }
    }
  }

  @Test func `signing out ends the token`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.bearer()
      #expect(try await anna.send("", to: "/api/session", .delete).status == .noContent)
      #expect(try await anna.get("/api/session").status == .unauthorized)
    }
  }

  @Test func `a cookie changes nothing without its token, and no form of another site is read`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.signedIn()
      let csrf = try await anna.get("/api/session").json["csrf"]?.string ?? ""
      let body = #"{"role":"administrator"}"#
      #expect(try await anna.send(body, to: "/api/session/role").status == .forbidden)
      let headers: HTTPFields = [Gatekeeper.csrfHeader: csrf]
      #expect(try await anna.send(body, to: "/api/session/role", headers: headers).status == .ok)
      let form = try await anna.post("/api/session/role", ["role": "administrator", "_csrf": csrf])
      #expect(form.status == .unsupportedMediaType)
      let foreign = try #require(HTTPField.Name("Sec-Fetch-Site"))
      let answer = try await anna.send(
        body, to: "/api/session/role", headers: [Gatekeeper.csrfHeader: csrf, foreign: "cross-site"])
      #expect(answer.status == .forbidden)
    }
  }

  @Test(arguments: [
    (#"{"account":"new.person""#, "", "cannot be read as JSON"),
    (#"{"fields":{"account":7,"name":"N"}}"#, "/fields/account", "must be a text"),
    (#"{"fields":{"name":"N"}}"#, "/fields/account", "missing"),
    (#"{"fields":{"account":"new.person","name":"N"},"more":1}"#, "/more", "not asked for here"),
  ])
  func `what is not as the document says is told with its place`(
    body: String, place: String, words: String
  ) async throws {
    try await SiteStage().ask { asker in
      let answer = try await asker.bearer().send(body, to: "/api/commands/account-create")
      #expect(answer.status == .badRequest && answer.headers[.contentType] == Problem.type)
      let problem = try answer.json
      #expect(problem["instance"]?.string == "/api/commands/account-create")
      if place.isEmpty {
        #expect(problem["detail"]?.string?.contains(words) == true)
      } else {
        let fault = problem["faults"]?.array?.first { $0["place"]?.string == place }
        #expect(fault?["detail"]?.string?.contains(words) == true, "\(answer.text)")
      }
    }
  }

  @Test func `a field that cannot be understood is told where it stands`() async throws {
    try await SiteStage().ask { asker in
      let answer = try await asker.bearer().send(
        #"{"fields":{"account":"Not A Name","name":"N"}}"#, to: "/api/commands/account-create")
      #expect(answer.status == .unprocessableContent)
      #expect(try answer.json["faults"]?.array?.first?["place"]?.string == "/fields/account")
    }
  }

  @Test func `a command is recorded, and a refusal says why and what to do`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.bearer()
      let body = #"{"fields":{"account":"clara.holm","name":"Clara Holm"}}"#
      let answer = try await anna.send(body, to: "/api/commands/account-create")
      #expect(answer.status == .created)
      #expect(try answer.json["events"]?.array?.first?["type"]?.string == "account.accountCreated")
      let again = try await anna.send(body, to: "/api/commands/account-create")
      #expect(again.status == .unprocessableContent)
      #expect(try again.json["remedy"]?.string?.isEmpty == false)
    }
  }

  @Test func `what must be signed waits, and is carried out as it was shown, by who gives the password`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.bearer()
      for (command, fields) in [
        ("account-create", #""account":"clara.holm","name":"Clara Holm""#),
        ("account-check-identity", #""account":"clara.holm","how":"document""#),
        ("account-train", #""account":"clara.holm","from":"2026-01-05""#),
        ("account-enable", #""account":"clara.holm""#),
        ("account-grant", #""account":"clara.holm","role":"dataManager""#),
      ] {
        let answer = try await anna.send(#"{"fields":{\#(fields)}}"#, to: "/api/commands/\(command)")
        #expect(answer.status == .created, "\(command): \(answer.text)")
      }
      let boris = try await asker.bearer("boris.lind", "nine pale otters slept")
      let waiting = try await boris.send(
        #"{"fields":{"account":"clara.holm","role":"dataManager","from":"2026-01-05"}}"#,
        to: "/api/commands/account-appoint")
      #expect(waiting.status == .accepted, "\(waiting.text)")
      let pending = try #require(try waiting.json["pending"]?.string)
      #expect(try waiting.json["toSign"]?.array?.first?["signer"]?["account"]?.string == "boris.lind")
      func sign(_ password: String) -> String {
        #"{"pending":"\#(pending)","people":[{"account":"boris.lind","password":"\#(password)"}]}"#
      }
      let another = try await anna.send(sign(SiteStage.password), to: "/api/signatures")
      #expect(another.status == .unprocessableContent)
      #expect(try another.json["id"]?.string == "not-waiting")
      let wrong = try await boris.send(sign("wrong"), to: "/api/signatures")
      #expect(try wrong.json["id"]?.string == "authentication-failed")
      // Sent three times at once it is recorded once; sent again it says so.
      let body = sign("nine pale otters slept")
      async let first = boris.send(body, to: "/api/signatures")
      async let second = boris.send(body, to: "/api/signatures")
      async let third = boris.send(body, to: "/api/signatures")
      let answers = try await [first, second, third]
      let signed = try #require(answers.first { $0.status == .created }, "\(answers.map(\.text))")
      #expect(try signed.json["events"]?.array?.first?["signatures"]?.array?.count == 1)
      let told: Set = ["being-signed", "already-recorded"]
      let others = try answers.filter { $0.status != .created }.map { try $0.json["id"]?.string ?? "" }
      #expect(others.count == 2 && told.isSuperset(of: others))
      let again = try await boris.send(body, to: "/api/signatures")
      #expect(again.status == .unprocessableContent && again.text.contains("recorded already, as event"))
    }
  }

  @Test func `a role reaches no command of another`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.bearer()
      for form in CommandForm.all where Role.administrator.extent(of: form.type.permission) == nil {
        let answer = try await anna.send("{}", to: CommandRoutes.path(form))
        #expect(answer.status == .forbidden, "\(form.name): \(answer.status)")
        #expect(try answer.json["id"]?.string == "role-may-not")
      }
    }
  }

  @Test func `an address that is none, or takes another method, is told to programs as such`() async throws {
    try await SiteStage().ask { asker in
      let nothing = try await asker.get("/api/nothing")
      #expect(nothing.status == .notFound && nothing.headers[.contentType] == Problem.type)
      let other = try await asker.send("{}", to: "/api/session", .put)
      #expect(other.status == .methodNotAllowed && other.headers[.allow] == "DELETE, GET, HEAD")
      #expect(try await asker.get("/api/audit/verification").headers[.allow] == "POST")
    }
  }

  @Test func `an answer of the audit trail and the check of the ledger are read`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.bearer()
      let events = try await anna.get("/api/audit?kind=account").json["events"]?.array ?? []
      #expect(events.first?["type"]?.string == "account.signedIn")
      let checked = try await anna.send("", to: "/api/audit/verification").json
      #expect(checked["whole"] == .bool(true))
      #expect(try await anna.get("/api/audit?from=yesterday").status == .badRequest)
      #expect(try await anna.get("/api/audit?colour=red").status == .badRequest)
    }
  }
}
