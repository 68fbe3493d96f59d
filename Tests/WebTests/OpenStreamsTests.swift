import ClinicalValues
import HTTPTypes
import HummingbirdTesting
import Testing
import Trial

@testable import Web

/// How many event streams there are, and how often who may ask.
struct OpenStreamsTests {
  @Test func `of too many streams of a session the oldest ends, and those of others go on`() {
    let streams = OpenStreams()
    let other = streams.open(for: "b")
    let opened = (0...OpenStreams.perSession).map { _ in streams.open(for: "a") }
    #expect(!streams.isOpen(opened[0], of: "a"))
    #expect(opened.dropFirst().allSatisfy { streams.isOpen($0, of: "a") })
    #expect(streams.isOpen(other, of: "b"))
    streams.close(other, of: "b")
    #expect(!streams.isOpen(other, of: "b"))
  }

  @Test func `an event of the stream is a name and one line of data`() {
    #expect(ChangeFeed.message("here", "7") == "event: here\ndata: 7\n\n")
  }

  @Test(
    arguments: [
      (.nurse, "01", true), (.nurse, "02", false), (.monitor, "02", false), (.safetyOfficer, nil, true),
      (.administrator, nil, false), (.sponsor, nil, false),
    ] as [(Role, String?, Bool)])
  func `the stream names a participant to who reads what is clinical at that site`(
    role: Role, site: String?, isNamed: Bool
  ) throws {
    let acting = Acting(account: try AccountID("anna.berg"), role: role, site: try site.map { try SiteID($0) })
    #expect(ChangeFeed.names(participantsOf: try SiteID("01"), to: acting) == isNamed)
    #expect(!ChangeFeed.names(participantsOf: try SiteID("01"), to: nil))
  }

  @Test func `whoever is signed in is counted by themselves, not by the address of their clinic`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.signedIn()
      for _ in 0..<RateLimit.search.times { _ = try await anna.get("/audit") }
      #expect(try await anna.get("/audit").status == .tooManyRequests)
      #expect(try await asker.signedIn().get("/audit").status == .ok)
    }
  }
}
