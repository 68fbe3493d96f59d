import ClinicalValues
import Conduct
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Ledger
import Simulation
import Testing
import Trial

@testable import Web

/// Exports: who may, and that each is recorded before it leaves.
struct ExportTests {
  @Test(arguments: ["/exports", "/exports/ledger", "/exports/screening-log", "/exports/safety-report"])
  func `whose role exports nothing is refused`(path: String) async throws {
    let stage = try await SiteStage()
    try await stage.ask { asker in
      let anna = try await asker.signedIn()
      let csrf = String(
        try #require(try await anna.get("/account").text.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1)
      let answer =
        path == "/exports" ? try await anna.get(path) : try await anna.post(path, ["_csrf": csrf])
      #expect(answer.status == .forbidden)
    }
  }
  @Test func `a program takes out what its role may, recorded with the digest of what it gets`() async throws {
    let demonstration = try await SiteScopeTests.demonstration.value
    let ticking = TickingClock(demonstration.end.instant)
    let site = try Site(live: demonstration.live, kind: .demonstration, clock: { ticking.now() })
    try await Application(router: site.router()).test(.router) { client in
      let own = try SiteID("01")
      func program(_ role: Role) async throws -> SiteStage.Asker {
        let login = try #require(demonstration.logins.first { $0.role == role && [nil, own].contains($0.site) })
        return try await SiteStage.Asker(client: client).bearer(login.account.description, login.password)
      }
      let statistician = try await program(.statistician)
      for (thing, asked) in [
        (ExportedThing.screeningLog, #"{"thing":"screeningLog"}"#),
        (.safetyReport, #"{"thing":"safetyReport","asOf":"2024-07-01","format":"json"}"#),
      ] {
        let answer = try await statistician.send(asked, to: "/api/exports")
        #expect(answer.status == .ok, "\(answer.text)")
        let file = try answer.json
        let digest = Digest(of: try #require(file["text"]?.string))
        #expect(file["digest"]?.string == digest.description)
        let events = try #require(file["events"]?.integer)
        let exported = TrialEvent.study(.exported(what: thing, events: events, digest: digest))
        #expect(try await demonstration.live.events().contains { $0.event == exported })
      }
      let undated = try await statistician.send(#"{"thing":"safetyReport"}"#, to: "/api/exports")
      #expect(undated.status == .unprocessableContent && undated.text.contains("no-cut-off"))
      let unknown = try await statistician.send(#"{"thing":"everything"}"#, to: "/api/exports")
      #expect(unknown.status == .badRequest)
      // A site's role takes out the screening log of its site, and no more.
      let investigator = try await program(.principalInvestigator)
      #expect(try await investigator.send(#"{"thing":"ledger"}"#, to: "/api/exports").status == .forbidden)
      let log = try await investigator.send(#"{"thing":"screeningLog"}"#, to: "/api/exports").json
      let told = try #require(log["text"]?.string)
      #expect(log["digest"]?.string == Digest(of: told).description)
      #expect(Set(told.split(whereSeparator: \.isNewline).dropFirst().map { $0.prefix(3) }) == ["01-"], "\(told)")
      let nurse = try await program(.nurse)
      #expect(try await nurse.send(#"{"thing":"screeningLog"}"#, to: "/api/exports").status == .forbidden)
    }
  }
}
