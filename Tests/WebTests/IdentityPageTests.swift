import ClinicalValues
import Conduct
import Markup
import Testing

@testable import Trial
@testable import Web

/// Who a participant is has a page of its own, for those who may see it.
struct IdentityPageTests {
  @Test(
    arguments: [
      (Role.coordinator, "01", true), (.nurse, "01", true), (.coordinator, "02", false), (.monitor, "01", false),
      (.dataManager, nil, false),
    ] as [(Role, String?, Bool)])
  func `it is offered at the participant's site to roles that see identity`(
    role: Role, site: String?, isOffered: Bool
  ) async throws {
    let stage = try await ParticipantStage()
    let acting = Acting(account: try AccountID("nora.diaz"), role: role, site: try site.map { try SiteID($0) })
    #expect(IdentityPage.isOffered(try stage.participant, to: acting) == isOffered)
  }

  @Test func `name, birth date and contact stand there, and what was not said`() throws {
    let person = Person(
      name: "Mia Wolf", birthDate: try #require(CalendarDate("1984-03-17")), contact: "mia@example.org")
    let printed = IdentityFacts(person: person, words: Words(.english, messages: [:])).markup.printed(as: .html)
    for text in ["<bdi>Mia Wolf</bdi>", "17 Mar 1984", "<bdi>mia@example.org</bdi>", "not said"] {
      #expect(printed.contains(text))
    }
  }

  @Test func `nobody without a right to it is let in`() {
    let routes = Routes.all.filter { $0.path.hasSuffix("/identity") && $0.path.hasPrefix("/participants/") }
    #expect(routes.count == 2)
    #expect(routes.allSatisfy { $0.access == .permitted(.seeIdentity) })
  }
}
