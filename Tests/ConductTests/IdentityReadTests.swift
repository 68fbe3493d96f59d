import ClinicalValues
import Ledger
import Synchronization
import Testing
import Trial

@testable import Conduct

/// That identity data were read is in the record before they are shown: who, when, of whom, and nothing of what was read.
struct IdentityReadTests {
  /// The events of reading.
  private func reads(_ live: LiveStudy) async throws -> [Recorded<TrialEvent>] {
    try await live.events().filter { if case .people(.identityRead) = $0.event { true } else { false } }
  }

  @Test func `reading is recorded with who, in which role, and of whom`() async throws {
    let stage = try await AskingStage()
    try await stage.live.recordReading(of: .birthDate, about: .first, by: AskingStage.coordinator, origin: .web)
    let recorded = try #require(try await reads(stage.live).first)
    #expect(recorded.event == .people(.identityRead(account: .anna, participant: .first, part: .birthDate)))
    #expect(recorded.actor.role == "coordinator")
    let person = IdentityVaultTests.person
    #expect(!"\(recorded)".contains(person.name) && !"\(recorded)".contains(person.birthDate.description))
  }

  @Test func `looking again within a quarter of an hour is the same look, and not of somebody else or something else`()
    async throws
  {
    let stage = try await AskingStage()
    for _ in 0..<2 {
      try await stage.live.recordReading(of: .birthDate, about: .first, by: AskingStage.coordinator, origin: .web)
    }
    try await stage.live.recordReading(of: .person, about: .first, by: AskingStage.coordinator, origin: .web)
    #expect(try await reads(stage.live).count == 2)
  }

  @Test func `who may not see who somebody is reads nothing, and nothing is recorded`() async throws {
    let stage = try await AskingStage()
    await #expect(throws: Refusal.self) {
      _ = try await stage.live.person(.first, for: AskingStage.anna, origin: .web)
    }
    #expect(try await reads(stage.live).isEmpty)
  }

  @Test func `who somebody is is neither read nor kept with a password that somebody else gave, until it is confirmed`()
    async throws
  {
    let stage = try await AskingStage.delegated()
    let nurse = Acting(account: .anna, role: .nurse, site: ParticipantID.first.site)
    let other = Person(name: "Ida Blum", birthDate: IdentityVaultTests.birthDate)
    func refusals() async throws -> [String] {
      var told: [String] = []
      do { _ = try await stage.live.person(.first, for: nurse, origin: .web) } catch let refusal as Refusal {
        told.append(refusal.id)
      }
      do { try await stage.live.keepIdentity(of: .second, other, by: nurse, origin: .web) } catch let refusal as Refusal
      {
        told.append(refusal.id)
      }
      return told
    }
    try await stage.record([.people(.passwordReset(account: .anna, reason: "forgotten"))])
    #expect(try await refusals() == ["reset-unconfirmed", "reset-unconfirmed"])
    #expect(try await reads(stage.live).isEmpty)
    #expect(try await stage.vault.person(.second) == nil)
    try await stage.record([.people(.resetConfirmed(account: .anna))])
    #expect(try await refusals().isEmpty)
  }
}
