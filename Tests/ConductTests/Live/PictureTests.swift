import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Conduct

/// What commands are decided on.
struct PictureTests {
  private func pictures(
    _ command: any TrialCommand, at happened: Moment, in stage: AmendedStage
  ) async throws -> SealedPictures {
    _ = try await stage.live.state()
    return try await stage.live.pictures(
      for: Request(command, by: AskingStage.coordinator, origin: .web), at: happened, now: stage.now.instant,
      in: stage.live.fold, by: stage.amended, after: nil)
  }

  @Test(
    arguments: [("2015-05-21", "sle", false), ("2015-05-21", nil, false), ("1984-03-17", nil, true), (nil, "sle", nil)]
      as [(String?, String?, Bool?)])
  func `at consent the identity store says who is of age, without any data and before a cohort is meant`(
    _ born: String?, _ cohort: String?, _ isAdult: Bool?
  ) async throws {
    let stage = try await AmendedStage(appliesTo: .all)
    let id = try ParticipantID("01-0003")
    try await stage.write([.way(id, .registered(site: id.site, cohort: cohort))], at: stage.now)
    if let born {
      let person = Person(name: "Kim Klein", birthDate: try #require(CalendarDate(born)))
      try await stage.live.vault.put(person, for: id)
    }
    let consent = GiveConsent(
      participant: id, version: "1.0", obtainedBy: .anna, obtainedAs: .subInvestigator, adult: true, copyGiven: true)
    let picture = try await pictures(consent, at: stage.now, in: stage).pictures[id]
    #expect(picture?.findings["adult"]?.value == isAdult)
  }

  @Test func `a gate is asked of data that came after the time that is given, and nothing else is`() async throws {
    let stage = try await AmendedStage(appliesTo: .all)
    let id = ParticipantID.first
    let before = Moment(
      stage.now.instant.adding(minutes: -3), offsetMinutes: stage.now.offsetMinutes, zone: stage.now.zone)
    let bundle = """
      {"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","id":"a"}}]}
      """
    let sealed = try await stage.live.vault.seal(Array(bundle.utf8), for: id)
    let data = ImportedData(bundle: Digest(of: sealed), resources: 1, source: .laboratory)
    try await stage.write([.way(id, .dataImported(data: data))], attachments: [sealed], at: stage.now)
    let gate = try await pictures(StartLymphodepletion(participant: id), at: before, in: stage)
    #expect(gate.bases[id]?.imports == [data.bundle])
    let decision = try await pictures(DecideEligible(participant: id, cohort: "sle"), at: before, in: stage)
    #expect(decision.bases[id]?.imports == [])
  }
}
