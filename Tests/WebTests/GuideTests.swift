import HummingbirdTesting
import Markup
import Testing
import Trial

@testable import Web

/// The guide of each role stands on the pages where it is needed.
struct GuideTests {
  private let words = Words(.english, messages: [:])

  @Test(arguments: Role.allCases)
  func `every role has a guide to every place where it may go, but to help itself`(role: Role) {
    for place in NavigationPlace.allCases where place.access.allows(role) && place != .help {
      #expect(!Guide.steps(at: place, as: role, words).isEmpty, "\(place)")
    }
  }

  @Test func `what differs by role is told differently`() {
    let guides = [Role.coordinator, .principalInvestigator, .monitor, .cellLaboratory].map {
      Guide.steps(at: .participants, as: $0, words)
    }
    #expect(Set(guides).count == guides.count)
    #expect(Guide.steps(at: .product, as: .qualityAssurance, words) != Guide.steps(at: .product, as: .nurse, words))
  }

  @Test func `on a participant's pages of product and safety it is of those places`() throws {
    let id = try ParticipantID("01-0001")
    let expected: [ParticipantTab: NavigationPlace] = [.product: .product, .safety: .safety]
    for tab in ParticipantTab.allCases {
      let page = Page(of: id, tab, words) { "" }
      #expect(page.guide == expected[tab], "\(tab)")
    }
  }

  @Test func `it stands on the page, can be opened without scripts, and leads to the whole`() async throws {
    try await SiteStage().ask { asker in
      let anna = try await asker.signedIn()
      let page = try await anna.get("/accounts").text
      let guide = try #require(page.firstMatch(of: /<details[^>]*id="guide"[\s\S]*?<\/details>/)).0
      #expect(guide.contains("What you do here as administrator") && guide.contains("Record training"))
      #expect(guide.contains("href=\"/help\"") && !guide.contains(" open"))
      let help = try await anna.get("/help").text
      #expect(!help.contains("id=\"guide\"") && help.contains("Record training"))
      let signIn = try await asker.get("/sign-in").text
      #expect(!signIn.contains("id=\"guide\""))
    }
  }
}
