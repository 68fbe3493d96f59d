import ClinicalValues
import Ledger
import StudyDesign
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

  /// What is asked of now besides.
  private func picturesOfNow(
    _ command: any TrialCommand, at happened: Moment, now: Moment, in stage: AmendedStage
  ) async throws -> SealedPictures? {
    _ = try await stage.live.state()
    return try await stage.live.picturesOfNow(
      for: Request(command, by: AskingStage.coordinator, origin: .web), at: happened, now: now.instant,
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
    #expect(picture?.findings.keys.contains { $0 != "adult" } != true, "nothing else is asked")
  }

  @Test func `a gate and a verdict are asked of data that came after the time that is given, too, and nothing else is`()
    async throws
  {
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
    let commands: [any TrialCommand] = [
      StartLymphodepletion(participant: id), DecideEligible(participant: id, cohort: "sle"),
      SignRecheck(participant: id, kind: .lymphodepletion, outcome: .passed),
      SignRecheck(participant: id, kind: .lymphodepletion, outcome: .deferred, reason: "fever"),
    ]
    for command in commands {
      #expect(try await pictures(command, at: before, in: stage).bases[id]?.imports == [])
      let besides = try await picturesOfNow(command, at: before, now: stage.now, in: stage)
      let expected: [Digest]? = command.isAskedOfNow ? [data.bundle] : nil
      #expect(besides?.bases[id]?.imports == expected)
      let present = try await picturesOfNow(command, at: stage.now, now: stage.now, in: stage)
      #expect(present?.bases == nil, "now is asked once")
    }
  }

  @Test func `a gate of minutes before midnight is asked by the day of then and by that of now`() async throws {
    let stage = try await AmendedStage(appliesTo: .all)
    let id = ParticipantID.first
    let start = StartLymphodepletion(participant: id)
    let then = try #require(Moment("2026-04-20T23:58:00+08:00[Asia/Shanghai]"))
    let now = try #require(Moment("2026-04-21T00:02:00+08:00[Asia/Shanghai]"))
    let found = try await pictures(start, at: then, in: stage)
    #expect(found.pictures[id]?.rechecks[.lymphodepletion]?.asOf == then.date)
    let besides = try #require(try await picturesOfNow(start, at: then, now: now, in: stage))
    #expect(besides.pictures[id]?.rechecks[.lymphodepletion]?.asOf == now.date)
    // Nor is what was shown before midnight taken for what is found after it.
    let shown = Proposal(facts: [], toSign: [], happened: then, expected: [:], clinical: found, clinicalNow: nil)
    let again = try await stage.live.picturesOfNow(
      for: Request(start, by: AskingStage.coordinator, origin: .web), at: then, now: now.instant, in: stage.live.fold,
      by: stage.amended, after: shown)
    #expect(again?.pictures[id]?.rechecks[.lymphodepletion]?.asOf == now.date)
  }
}
