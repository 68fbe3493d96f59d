import Conduct
import HTTPTypes
import HummingbirdTesting
import Ledger
import Testing

@testable import Web

struct GatekeeperTests {
  @Test func `who is not signed in is sent to sign in, and back afterwards`() async throws {
    try await SiteStage().ask { asker in
      let answer = try await asker.get("/participants?status=infused")
      #expect(answer.status == .seeOther)
      #expect(answer.headers[.location] == "/sign-in?next=%2Fparticipants%3Fstatus%3Dinfused")
    }
  }

  @Test(arguments: ["/", "/sign-in", "/nothing-here", "/assets/none"])
  func `every answer forbids framing, sniffing and foreign scripts`(path: String) async throws {
    try await SiteStage().ask { asker in
      let answer = try await asker.get(path)
      #expect(answer.headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
      #expect(answer.headers[.contentSecurityPolicy]?.contains("unsafe") == false)
      #expect(answer.headers[.xContentTypeOptions] == "nosniff")
      #expect(answer.headers[.strictTransportSecurity] == nil)
    }
  }

  @Test func `over TLS the cookie is for TLS and this host alone, and HSTS is sent`() async throws {
    var settings = SiteSettings()
    settings.isSecure = true
    try await SiteStage(settings: settings).ask { asker in
      let answer = try await asker.post("/sign-in", ["account": "anna.berg", "password": SiteStage.password])
      let cookie = try #require(answer.headers[.setCookie])
      #expect(cookie.hasPrefix("__Host-tandem="))
      for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] { #expect(cookie.contains(part)) }
      #expect(answer.headers[.strictTransportSecurity] != nil)
    }
  }

  @Test func `what can be read can be asked for by HEAD, and is answered without its body`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.signedIn()
      for path in ["/sign-in", "/account", "/participants", "/api/openapi.json", "/nothing-here"] {
        let (read, asked) = (try await anna.get(path), try await anna.head(path))
        #expect(asked.status == read.status && asked.text.isEmpty, "\(path)")
        #expect(asked.headers[.contentType] == read.headers[.contentType], "\(path)")
      }
      #expect(try await anna.head("/look").status == .methodNotAllowed)
    }
  }

  @Test func `a field with a character that no text has is refused by its name`() async throws {
    try await SiteStage().ask { asker in
      let form = try await asker.post("/sign-in", ["account": "anna\0.berg", "password": SiteStage.password])
      #expect(form.status == .badRequest && form.text.contains("account: U+0000"))
      let query = try await asker.get("/sign-in?next=%00")
      #expect(query.status == .badRequest && query.text.contains("next: U+0000"))
      let sent = try await asker.send(#"{"account":"anna\u0000.berg","password":"x"}"#, to: "/api/sessions")
      #expect(sent.status == .badRequest)
      #expect(try sent.json["faults"]?.array?.first?["place"]?.string == "/account")
    }
  }

  @Test(arguments: [("anna.berg", "wrong"), ("nobody", SiteStage.password), ("", "")])
  func `a refused sign-in says neither which name is an account nor what was wrong`(
    account: String, password: String
  ) async throws {
    try await SiteStage().ask { asker in
      let answer = try await asker.post("/sign-in", ["account": account, "password": password])
      #expect(answer.status == .unprocessableContent)
      #expect(answer.text.contains("Name, password or code do not fit."))
      #expect(answer.headers[.setCookie] == nil)
    }
  }

  @Test func `signing in leads on, and the session opens what the role may see`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.signedIn()
      #expect(try await anna.get("/account").status == .ok)
      // An administrator sees nothing clinical.
      #expect(try await anna.get("/participants").status == .forbidden)
    }
  }

  @Test func `who reads nothing clinical begins at the accounts, and a refusal leaves them a way on`() async throws {
    try await SiteStage().ask { asker in
      for (account, password) in [("anna.berg", SiteStage.password), ("boris.lind", "nine pale otters slept")] {
        let reader = try await asker.signedIn(account, password)
        let first = try await reader.get("/")
        #expect(first.status == .seeOther && first.headers[.location] == "/accounts")
        let refused = try await reader.get("/participants?status=infused")
        #expect(refused.status == .forbidden)
        for part in [
          #"href="/accounts""#, #"action="/sign-out""#, #"name="back" value="/participants?status=infused""#,
        ] {
          #expect(refused.text.contains(part), "\(account): \(part)")
        }
      }
      // Nobody is signed in, and a form comes from elsewhere: no place is offered.
      let foreign = try #require(HTTPField.Name("Sec-Fetch-Site"))
      let strange = try await asker.post("/sign-out", [:], headers: [foreign: "cross-site"])
      #expect(strange.status == .forbidden && !strange.text.contains(#"class="places""#))
    }
  }

  @Test(arguments: [
    ("/accounts", "/accounts"), ("/accounts?page=2&who=a%20b", "/accounts?page=2&amp;who=a%20b"),
    ("/accounts?saved=1", "/accounts"),
  ])
  func `whoever changes how pages look comes back to what they read`(read: String, back: String) async throws {
    try await SiteStage().ask { asker in
      let page = try await asker.signedIn().get(read).text
      #expect(page.contains(#"name="back" value="\#(back)""#))
    }
  }

  @Test func `whoever changes how pages look where a number is not told comes back to the first page`() async throws {
    try await SiteStage().ask { asker in
      let answer = try await asker.signedIn().post("/look", ["back": "/participants?q=02-····", "theme": "dark"])
      #expect(answer.status == .seeOther && answer.headers[.location] == "/")
    }
  }

  @Test func `a form without its token, or from another site, changes nothing`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.signedIn()
      #expect(try await anna.post("/sign-out-everywhere", [:]).status == .forbidden)
      #expect(try await anna.post("/sign-out-everywhere", ["_csrf": "guess"]).status == .forbidden)
      let foreign = try #require(HTTPField.Name("Sec-Fetch-Site"))
      let answer = try await asker.post(
        "/sign-in", ["account": "anna.berg", "password": SiteStage.password], headers: [foreign: "cross-site"])
      #expect(answer.status == .forbidden)
      #expect(try await anna.get("/account").status == .ok)
    }
  }

  @Test func `signing out everywhere ends every session of the account`() async throws {
    try await SiteStage().ask { asker in
      let here = try await asker.signedIn()
      let there = try await asker.signedIn()
      let page = try await here.get("/account").text
      let token = try #require(page.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1
      #expect(try await here.post("/sign-out-everywhere", ["_csrf": String(token)]).status == .seeOther)
      for asker in [here, there] {
        #expect(try await asker.get("/account").headers[.location]?.hasPrefix("/sign-in") == true)
      }
    }
  }

  @Test func `attempts to sign in are counted, and too many wait`() async throws {
    try await SiteStage().ask { asker in
      for _ in 0..<RateLimit.signIn.times { _ = try await asker.post("/sign-in", ["account": "x", "password": "y"]) }
      let answer = try await asker.post("/sign-in", ["account": "x", "password": "y"])
      #expect(answer.status == .tooManyRequests)
      #expect(answer.headers[.retryAfter] == "60")
    }
  }

  @Test func `what is typed is printed escaped`() async throws {
    try await SiteStage().ask { asker in
      let answer = try await asker.post("/sign-in", ["account": "<script>alert(1)</script>", "password": "x"])
      #expect(!answer.text.contains("<script>alert"))
      #expect(answer.text.contains("&lt;script&gt;alert"))
    }
  }

  @Test func `a form of more fields than any has is refused, and a body beyond the bound too`() async throws {
    try await SiteStage().ask { asker in
      let many = String(repeating: "a&", count: Fields.most + 1)
      #expect(Fields(encoded: many) == nil)
      #expect(Fields(encoded: String(many.dropLast(4)))?.pairs.count == Fields.most - 1)
      let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
      let refused = try await asker.send(many, to: "/sign-in", headers: form)
      #expect(refused.status == .badRequest)
      let large = String(repeating: "a", count: KeptForm.bodyLimit + 1)
      let tooLarge = try await asker.send("account=\(large)", to: "/sign-in", headers: form)
      #expect(tooLarge.status == .contentTooLarge)
    }
  }

  @Test func `forms of whom nobody is signed in for are counted before they are read`() async throws {
    try await SiteStage().ask { asker in
      let page: HTTPFields = [.accept: "text/html"]
      for _ in 0..<RateLimit.kept.times {
        let answer = try await asker.post("/act/account-create", ["name": "Eva Nowak"], headers: page)
        #expect(answer.status == .unauthorized)
      }
      let answer = try await asker.post("/act/account-create", ["name": "Eva Nowak"], headers: page)
      #expect(answer.status == .tooManyRequests)
    }
  }

  @Test func `a study is begun by the link alone, and once, also after a sign-in that was refused`() async throws {
    let link = FoundingLink(entropy: .system)
    let stage = try await SiteStage(founded: false, founding: link)
    try await stage.ask { asker in
      // Whoever tries before anybody has an account keeps nobody from beginning.
      let early = try await asker.post("/sign-in", ["account": "anna.berg", "password": SiteStage.password])
      #expect(early.status == .unprocessableContent)
      #expect(try await asker.get("/begin?token=guess").status == .notFound)
      let page = try await asker.get(link.path)
      #expect(page.status == .ok)
      let token = try #require(page.text.firstMatch(of: /name="token" value="([^"]+)"/)).1
      let answer = try await asker.post(
        "/begin",
        [
          "token": String(token), "administrator": "anna.berg", "administratorName": "Anna Berg",
          "administratorPassword": SiteStage.password, "sponsor": "boris.lind", "sponsorName": "Boris Lind",
          "sponsorPassword": "nine pale otters slept",
        ])
      #expect(answer.headers[.location] == "/sign-in")
      #expect(try await asker.get(link.path).status == .notFound)
      #expect(try await asker.signedIn().get("/account").status == .ok)
    }
  }
}
