import ClinicalValues
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Conduct

/// Those who are enrolled keep their eligibility decision when the protocol is amended, and it can still be questioned.
struct AmendmentTests {
  private func results(for id: ParticipantID) throws -> FormSave {
    FormSave(
      participant: id, form: try FormKey("SCR/hematology"),
      entries: [ReadEntry(Entry("LBORRES_HGB", .value("70", unit: "g/L")))])
  }

  @Test(arguments: AmendmentScope.allCases)
  func `the decision is asked anew by the criteria that it was made by, whoever the amendment applies to`(
    _ scope: AmendmentScope
  ) async throws {
    let stage = try await AmendedStage(appliesTo: scope)
    let under = try await stage.live.shelf.edition(of: .first, at: stage.now, in: stage.live.state())
    #expect(under.version == (scope == .all ? stage.amended : stage.first).version)
    let reviewed = try await stage.live.picture(
      of: .first, at: stage.now, needed: ClinicalNeeds(reviewed: true)
    ).reviewed
    #expect(reviewed?.protocolVersion == stage.first.version)
    #expect(reviewed?.asOf == CalendarDate("2026-04-01"))
    #expect(reviewed?.criteria.isEmpty == false)
  }

  @Test func `late results of several participants in one file question the decision of each`() async throws {
    let stage = try await AmendedStage(appliesTo: .all)
    let command = RecordResults(
      file: Digest(of: "file"), saves: [try results(for: .first), try results(for: .second)])
    _ = try await stage.live.state()
    let found = try await stage.live.pictures(
      for: Request(command, by: AskingStage.coordinator, origin: .web), at: stage.now, now: stage.now.instant,
      in: stage.live.fold, by: stage.first, after: nil)
    for id in [ParticipantID.first, .second] {
      #expect(
        found.pictures[id]?.reviewed?.verdict == .undetermined || found.pictures[id]?.reviewed?.verdict == .ineligible)
      #expect(found.pictures[id]?.reviewed?.protocolVersion == stage.first.version)
      #expect(found.books[id] == stage.amended.book, "forms are those of the version that the participant is under")
      #expect(found.forms[id]?.isEmpty == false)
    }
  }

  /// 280 g/L is possible by the amended version alone; the second line's participant was registered under it.
  @Test(arguments: [(AmendmentScope.notYetEnrolled, ["line 2"]), (.all, [])])
  func `each row of a laboratory's file is taken by the version that its participant is under`(
    _ scope: AmendmentScope, _ refused: [String]
  ) async throws {
    let stage = try await AmendedStage(appliesTo: scope)
    let later = try ParticipantID("01-0003")
    try await stage.register(later)
    let mapping = try ResultMapping(
      """
      participant: Participant
      visit: Visit
      sampled: Sampled
      columns:
        Hb: {concept: hemoglobin, unit: g/L}
      """, file: "mapping.yaml")
    let rows = [ParticipantID.first, later].map { "\($0),SCR,2026-04-15T08:00:00+02:00,280" }
    let file = (["Participant,Visit,Sampled,Hb"] + rows).joined(separator: "\n") + "\n"
    var found: [String] = []
    do {
      _ = try await stage.live.importResults(
        file, file: "results.csv", mapping: mapping, by: AskingStage.coordinator, isDryRun: true, origin: .import)
    } catch let refusal as RefusedFile {
      found = refusal.rows.map(\.place)
    } catch is Refusal {
      // Every row is taken; nobody has an account in this stage to record it.
    }
    #expect(found == refused)
  }
}
