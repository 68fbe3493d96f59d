import ClinicalValues
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// What time alone leads to holds before anybody passes a gate, though nobody has acted since.
struct WatchTests {
  /// A participant whose CRS of grade 4 began five weeks ago, and of whom nothing was recorded since.
  private func stage() async throws -> AskingStage {
    let stage = try await AskingStage()
    let now = Moment(.start)
    let event = try FormKey("log/1/adverseEvent/1")
    let events: [TrialEvent] = [
      .way(.first, .registered(site: ParticipantID.first.site, cohort: "sle")),
      .casebook(
        .first,
        .saved(
          form: event,
          entries: [
            Entry("AEDECOD", .value("Cytokine release syndrome")), Entry("AETOXGR", .value("4")),
            Entry("AESTDTC", .value("2025-12-01")),
          ], source: nil, reason: nil)),
    ]
    _ = try await stage.live.store.append(
      Append(
        expected: [.participant(.first): 0],
        events: try events.map {
          try $0.newEvent(happened: now, actor: LiveStudy.watcher, origin: .system, reason: nil)
        }, recorded: .start))
    return stage
  }

  @Test func `a stopping rule that time has made true fires before a gate is asked`() async throws {
    let stage = try await stage()
    #expect(try await stage.live.state().study.holdsInForce.isEmpty)
    let enroll = Enroll(participant: .first, identity: ChainOfIdentity(random: 1))
    await #expect(throws: Refusal.self) {
      try await stage.live.perform(Request(enroll, by: AskingStage.coordinator, origin: .web)) { _ in [] }
    }
    #expect(try await stage.live.state().study.holdsInForce.map(\.hold.rule) == [.persistentGrade4])
  }

  @Test func `a command that passes no gate does not wait for it`() async throws {
    let stage = try await stage()
    await #expect(throws: Refusal.self) {
      try await stage.live.perform(
        Request(CheckCasebook(participant: .first), by: AskingStage.coordinator, origin: .web)
      ) { _ in [] }
    }
    #expect(try await stage.live.state().study.holdsInForce.isEmpty)
  }
}
