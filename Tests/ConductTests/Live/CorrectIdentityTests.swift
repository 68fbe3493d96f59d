import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Conduct

/// Who a participant is is corrected by what is given beside what is kept: the ledger tells of it, the identity store keeps it.
struct CorrectIdentityTests {
  private static let investigator = Acting(account: .anna, role: .principalInvestigator, site: ParticipantID.first.site)
  private static let nurse = Acting(account: .anna, role: .nurse, site: ParticipantID.first.site)

  private func given(_ texts: [String: String]) -> Given {
    Given(texts: ["participant": "01-0001", "reason": "Misread"].merging(texts) { $1 }.mapValues { [$0] })
  }

  /// Asks for a correction with these fields, and carries it out.
  @discardableResult
  private func correct(
    _ texts: [String: String], _ command: any TrialCommand.Type = CorrectIdentity.self, by actor: Acting = investigator,
    in stage: AskingStage
  ) async throws -> [Recorded<TrialEvent>] {
    let (live, fields) = (stage.live, given(texts))
    let request = try await live.request(.of(command), fields, by: actor, origin: .web)
    let done = try await live.carryOut(request, fields) { try await Self.sign($0, live) }
    return try done.performed.envelopes.map { try Recorded<TrialEvent>($0) }
  }

  /// Under which id it is refused; nil where it is not.
  private func refusal(
    _ texts: [String: String], _ command: any TrialCommand.Type = CorrectIdentity.self, by actor: Acting = investigator,
    in stage: AskingStage
  ) async throws -> String? {
    do {
      try await correct(texts, command, by: actor, in: stage)
      return nil
    } catch let refusal as Refusal {
      return refusal.id
    }
  }

  private static func sign(_ asked: [ToSign], _ live: LiveStudy) async throws -> [Authenticated] {
    var signed: [Authenticated] = []
    for one in asked {
      let claim = Claim(account: one.signer.account.description, password: AccessScenario.password)
      signed.append(try await live.authenticate(claim, for: .signature, origin: .web))
    }
    return signed
  }

  private func history(_ stage: AskingStage) async throws -> [IdentityCorrection] {
    try await stage.live.identityCorrections(of: .first, for: Self.investigator, origin: .web)
  }

  @Test func `that who somebody is was kept after registering is recorded once, by whom, and nothing of it`()
    async throws
  {
    let stage = try await AskingStage.delegated()
    let person = Person(name: "Ida Blum", birthDate: try #require(CalendarDate("1990-02-01")))
    try await stage.live.keepIdentity(of: .second, person, by: Self.nurse, origin: .web)
    await #expect(throws: Refusal.self) {
      try await stage.live.keepIdentity(of: .second, person, by: Self.nurse, origin: .web)
    }
    let kept = try await stage.live.events().filter { $0.event == .people(.identityKept(participant: .second)) }
    #expect(kept.map(\.actor.account) == ["anna.berg"] && kept.map(\.actor.role) == ["nurse"])
    #expect(kept.allSatisfy { !"\($0)".contains("Ida") && !"\($0)".contains("1990") })
    #expect(try await stage.vault.person(.second) == person)
  }

  @Test func `what is left out or given as it is kept stays, and what was kept before stands beside it`() async throws {
    let stage = try await AskingStage.delegated()
    let recorded = try await correct(["name": IdentityVaultTests.person.name, "birthDate": "1984-03-18"], in: stage)
    #expect(recorded.map(\.event) == [.way(.first, .identityCorrected(items: [.birthDate], reason: "Misread"))])
    #expect(recorded.first?.signatures.count == 1)
    var expected = IdentityVaultTests.person
    expected.birthDate = try #require(CalendarDate("1984-03-18"))
    #expect(try await stage.vault.person(.first) == expected)
    let history = try await history(stage)
    #expect(history.map(\.former) == [IdentityVaultTests.person] && history.notKept.isEmpty)
  }

  @Test func `regulatory 35: the ledger holds no value, neither of before nor of after`() async throws {
    let stage = try await AskingStage.delegated()
    try await correct(
      ["name": "Möller, Anna", "birthDate": "1985-04-18", "sexAtBirth": "male", "document": "passport D02Y11U58"],
      in: stage)
    try await correct(["contact": "Ahornallee 5"], ChangeContact.self, by: Self.nurse, in: stage)
    let ledger = try await stage.live.store.events(after: 0, limit: 1000).map { $0.event.payload.description }
      .joined().lowercased()
    #expect(ledger.contains("sexatbirth"))
    for word in [
      "müller", "möller", "1984-03", "1985-04", "female", "\"male", "c01x00t47", "d02y11u58", "lindenweg", "ahorn",
    ] { #expect(!ledger.contains(word), "\(word)") }
  }

  @Test func `the contact is changed at the site; all else is the principal investigator's`() async throws {
    let stage = try await AskingStage.delegated()
    try await correct(["contact": "Ahornallee 5"], ChangeContact.self, by: Self.nurse, in: stage)
    #expect(try await stage.vault.person(.first)?.contact == "Ahornallee 5")
    #expect(try await history(stage).map(\.items) == [[.contact]])
    #expect(try await refusal(["birthDate": "1984-03-18"], by: Self.nurse, in: stage) == "role-may-not")
    #expect(try await stage.vault.person(.first)?.birthDate == IdentityVaultTests.birthDate)
  }

  @Test func `who may not see who somebody is learns nothing by asking`() async throws {
    let stage = try await AskingStage.delegated()
    for birthDate in ["1984-03-17", "1984-03-18"] {
      #expect(try await refusal(["birthDate": birthDate], by: AskingStage.anna, in: stage) == "role-may-not")
    }
    await #expect(throws: Refusal.self) {
      try await stage.live.identityCorrections(of: .first, for: AskingStage.anna, origin: .web)
    }
  }

  @Test func `what says nothing else than is kept is refused, and so is what is not kept or was erased`() async throws {
    let stage = try await AskingStage.delegated()
    let person = IdentityVaultTests.person
    #expect(try await refusal([:], in: stage) == "nothing-corrected")
    #expect(
      try await refusal(["name": person.name, "document": person.document ?? ""], in: stage) == "nothing-corrected")
    let contact = ["contact": person.contact ?? ""]
    #expect(try await refusal(contact, ChangeContact.self, by: Self.nurse, in: stage) == "nothing-corrected")
    #expect(try await refusal(["participant": "01-0002", "name": "Li Wei"], in: stage) == "identity-unknown")
    try await stage.vault.erase(.first, wasInfused: false)
    #expect(try await refusal(["name": "Li Wei"], in: stage) == "identity-erased")
  }

  @Test func `who comes to look like somebody else is shown, and is another by a reason alone`() async throws {
    let stage = try await AskingStage.delegated()
    let other = Person(name: "Li Wei", birthDate: .least, document: "passport Z9977777")
    try await stage.vault.put(other, for: .second)
    #expect(try await refusal(["document": "Z99 77777"], in: stage) == "same-person")
    let recorded = try await correct(["document": "Z99 77777", "despiteMatch": "Both documents seen"], in: stage)
    #expect(recorded.first?.reason == "Another person than 01-0002: Both documents seen")
    // What makes them look the same was answered for.
    #expect(try await refusal(["sexAtBirth": "male"], in: stage) == nil)
  }

  @Test(arguments: ["It is Möller", "She is called Anne", "Born on 17.3.1984", "Passport 12345678"])
  func `a reason that says who somebody is is refused`(_ reason: String) async throws {
    let stage = try await AskingStage.delegated()
    let texts = ["name": "Möller, Anne-Marie", "document": "passport 12345678", "reason": reason]
    #expect(try await refusal(texts, in: stage) == "reason-names-person")
    #expect(try await history(stage).isEmpty)
  }

  @Test func `where the program stopped between the two, nobody is compared until it is entered again`() async throws {
    let stage = try await AskingStage.delegated()
    let live = stage.live
    let alone = CorrectIdentity(participant: .first, items: [.birthDate], reason: "Misread")
    try await live.perform(Request(alone, by: Self.investigator, origin: .web)) { try await Self.sign($0, live) }
    #expect(try await history(stage).notKept == [.birthDate])
    await #expect(throws: Refusal.self) {
      try await live.agrees(birthDate: IdentityVaultTests.birthDate, with: .first)
    }
    // Also as it is kept, where that is found to be right.
    try await correct(["birthDate": "1984-03-17"], in: stage)
    #expect(try await history(stage).notKept.isEmpty)
    #expect(try await live.agrees(birthDate: IdentityVaultTests.birthDate, with: .first))
  }

  @Test func `what was compared before a correction is not recorded after it`() async throws {
    let stage = try await AskingStage.delegated()
    let bag = BagNumber(lot: LotNumber(participant: .first, lot: 1), bag: 1).description
    let read = Given(
      texts: [
        "participant": "01-0001", "bag": bag, "labelIdentity": ChainOfIdentity(random: 7).description,
        "labelParticipant": "01-0001", "labelBag": bag, "wristband": "01-0001", "birthDateOnWristband": "1984-03-17",
      ].mapValues { [$0] })
    let request = try await stage.live.request(.of(VerifyBedside.self), read, by: Self.nurse, origin: .web)
    try await correct(["birthDate": "1984-03-18"], in: stage)
    await #expect(throws: ChangedMeanwhile.self) {
      try await stage.live.carryOut(request, read, sign: { _ in [] })
    }
  }
}
