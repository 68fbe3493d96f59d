import ClinicalValues
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// The sheet that stands in while the system is down.
struct DowntimePageTests {
  /// Until when a line is true, and how a sheet says so that is printed in winter.
  @Test(arguments: [
    ("2026-01-06T09:00:00Z", "6 Jan 2026 10:00 Europe/Berlin"),
    ("2026-06-30T21:59:59.999Z", "30 Jun 2026 23:59 Europe/Berlin"),
  ])
  func `until when a line is true stands by the clocks that hold then, with their zone`(
    until: String, shown: String
  ) async throws {
    let stage = try await ParticipantStage()
    let line = GateLine(
      id: "infusion.bag", title: "The bag is in order", value: true, until: Instant(until))
    let page = DowntimePage(
      participant: try stage.participant, state: stage.state, now: try ParticipantStage.moment("2026-01-05T10:00"),
      printedBy: "Nora Diaz", gates: [(gate: .infusion, lines: [line])], position: 1,
      plan: stage.study.conduct.product)
    #expect(page.html.contains(">\(shown)<"), "\(page.html)")
  }
}
