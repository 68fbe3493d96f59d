import ClinicalValues
import Markup
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// The numbers of Today say what they count: slots are those of the whole study, participants those whom the reader may see.
struct StudyGlanceTests {
  @Test(
    arguments: [
      (
        Role.coordinator, "01",
        "Participants (1)Everybody registered at your site, candidates too, by where they stand now."
      ),
      (
        .coordinator, "02",
        "Participants (0)Everybody registered at your site, candidates too, by where they stand now."
      ),
      (
        .safetyOfficer, nil,
        "Participants (1)Everybody registered at any site, candidates too, by where they stand now."
      ),
    ] as [(Role, String?, String)])
  func `slots and participants say what they count`(role: Role, site: String?, told: String) async throws {
    let stage = try await ParticipantStage()
    let slots = stage.study.conduct.way.slots
    let glance = StudyGlance(
      state: stage.state, now: try ParticipantStage.moment("2026-01-06T10:00"), study: stage.study,
      acting: Acting(account: try AccountID("nora.diaz"), role: role, site: try site.map { try SiteID($0) }),
      acts: ActLinks(role: role, back: "/", stage.words)
    ).cards.plainText
    #expect(glance.contains(told), "\(glance)")
    #expect(
      glance.contains(
        "Slots0 / \(slots)0 ever enrolled, 0 infused. Taken by who is enrolled or was infused, at all sites; "
          + "who leaves before the infusion frees it."), "\(glance)")
  }
}
