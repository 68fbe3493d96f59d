import ClinicalValues
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// The data that a visit asks for whose window has begun are due: they come first of what to obtain for a verdict.
struct DueDataTests {
  private static let hematology = "SCR/1/hematology/1"
  private static let date = Entry("LBDTC", .value("2026-04-02T08:00+08:00"))

  /// Somebody who consented on 2026-04-01, seen a day later.
  private func desk() throws -> CasebookDesk {
    var desk = CasebookDesk(try CasebookStage.moment("2026-04-02"))
    let signed = try CasebookStage.moment("2026-04-01")
    let consent = GivenConsent(
      version: "1", site: ParticipantID.first.site, obtainedBy: .anna, adult: true, copyGiven: true)
    desk.state.way.apply(
      Recorded(
        WayEvent.consented(consent: consent), happened: signed, recorded: signed.instant,
        actor: Actor(account: "nora", role: "nurse"), position: 1))
    return desk
  }

  private func due(_ desk: CasebookDesk) throws -> Set<String> {
    let edition = try CasebookStage.edition.get()
    let watched = WatchedParticipant(desk.state, now: desk.now, plan: edition.study.conduct, book: edition.book)
    return ParticipantCalendar(of: watched).dueConcepts(of: desk.state, by: edition.book)
  }

  @Test func `what screening asks for is due once its days have begun, and nothing before consent`() throws {
    #expect(try due(CasebookDesk(try CasebookStage.moment("2026-04-02"))).isEmpty)
    let due = try due(desk())
    #expect(due.isSuperset(of: ["hemoglobin", "platelets", "excludedMalignancy"]))
    #expect(!due.contains("carTCopies"))
  }

  @Test func `what was answered, or said not to be there, is due no more`() throws {
    var desk = try desk()
    desk.save(
      [
        Self.date, Entry("LBORRES_HGB", .value("120", unit: "g/L")), Entry("LBORRES_PLAT", .absent(.notDone)),
      ], of: try FormKey(Self.hematology))
    let due = try due(desk)
    #expect(!due.contains("hemoglobin") && !due.contains("platelets"))
    #expect(due.contains("neutrophils"))
  }
}
