import HTTPTypes
import HummingbirdTesting
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
}
