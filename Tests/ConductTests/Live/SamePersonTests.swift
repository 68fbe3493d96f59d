import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Conduct

/// The same person who is entered more than once at one moment, by programs that share nothing but the stores.
struct SamePersonTests {
  /// A sealed store whose disk takes its time: who compares without a turn does so before anybody is kept.
  private struct SlowStore: SealedStore {
    let store = InMemorySealedStore()

    func bytes(_ name: SealedName) async throws -> [UInt8]? { await store.bytes(name) }
    func names(of kind: String) async throws -> [SealedName] { await store.names(of: kind) }
    func write(_ changes: [SealedChange], expecting expected: [SealedName: [UInt8]?]) async throws -> Bool {
      try await Task.sleep(for: .milliseconds(20))
      return await store.write(changes, expecting: expected)
    }
  }

  private static let site = ParticipantID.first.site
  private static let nurse = Acting(account: .anna, role: .nurse, site: site)
  private static let investigator = Acting(account: .anna, role: .principalInvestigator, site: site)

  private static let turn = SealedName("turn", "identity")

  private let data: SlowStore
  private let vault: IdentityVault
  private let person = IdentityVaultTests.person

  init() {
    data = SlowStore()
    vault = IdentityVault(data: data, keys: InMemorySealedStore(), master: .example)
  }

  /// A program that has the study open.
  private func program(_ stage: AskingStage) async throws -> LiveStudy {
    try await LiveStudy(
      store: stage.live.store, shelf: stage.live.shelf, vault: vault, authenticator: stage.live.authenticator,
      clock: { .start })
  }

  private func register(_ person: Person, in live: LiveStudy) async throws {
    let request = Request(RegisterCandidate(site: Self.site), by: Self.nurse, origin: .web)
    _ = try await live.register(request, person: person)
  }

  private func correct(_ participant: ParticipantID, to person: Person, in live: LiveStudy) async throws {
    let command = CorrectIdentity(participant: participant, items: IdentityItem.allCases, reason: "Misread")
    let correction = PersonCorrection(name: person.name, birthDate: person.birthDate, document: person.document)
    _ = try await live.correctIdentity(Request(command, by: Self.investigator, origin: .web), by: correction) { asked in
      let claim = Claim(account: AccountID.anna.description, password: AccessScenario.password)
      var signed: [Authenticated] = []
      for _ in asked { signed.append(try await live.authenticate(claim, for: .signature, origin: .web)) }
      return signed
    }
  }

  private typealias Act = @Sendable (LiveStudy) async throws -> Void

  private func registering(_ person: Person) -> Act {
    return { live in try await register(person, in: live) }
  }

  /// What those are refused with who do this at once, each in a program of their own.
  private func refusals(_ acts: [Act], in stage: AskingStage) async throws -> [String] {
    try await withThrowingTaskGroup(of: String?.self) { group in
      for act in acts {
        let live = try await program(stage)
        group.addTask {
          do {
            try await act(live)
            return nil
          } catch let refusal as Refusal { return "\(refusal.id): \(refusal.because)" }
        }
      }
      var told: [String] = []
      for try await refusal in group {
        if let refusal { told.append(refusal) }
      }
      return told
    }
  }

  @Test func `of those who register one person at one moment one does, and the others are shown the number`()
    async throws
  {
    let stage = try await AskingStage.delegated()
    let told = try await refusals(Array(repeating: registering(person), count: 3), in: stage)
    let shown = "same-person: 01-0003 has the same document number and name and date of birth."
    #expect(told == [shown, shown])
    #expect(try await vault.matches(for: person).map(\.participant.description) == ["01-0003"])
  }

  @Test func `who was infused and is erased since is not registered anew unnoticed`() async throws {
    let stage = try await AskingStage.delegated()
    let live = try await program(stage)
    try await vault.put(person, for: .first)
    try await eraseInfused(in: live, stage)
    let shown =
      "same-person: Somebody with the same document number and name and date of birth was infused in this study; "
      + "their identity has been erased since."
    #expect(try await refusals([registering(person)], in: stage) == [shown])
    let performed = try await live.register(
      Request(RegisterCandidate(site: Self.site), by: Self.nurse, origin: .web), person: person,
      despiteMatch: "A twin, by both papers")
    #expect(
      performed.envelopes.first?.event.reason
        == "Another person than somebody infused whose identity is erased: A twin, by both papers")
  }

  /// Has the first participant infused, and their identity erased.
  private func eraseInfused(in live: LiveStudy, _ stage: AskingStage) async throws {
    let bag = BagNumber(lot: LotNumber(participant: .first, lot: 1), bag: 1)
    try await stage.record([
      .product(.first, .infusionStarted(bag: bag, outsideGate: true, lines: [])),
      .people(.identityErased(participant: .first, reason: "Asked for")),
    ])
    try await live.finishErasing()
    #expect(try await vault.isErased(.first))
  }

  @Test(arguments: [false, true])
  func `who looks like somebody known, or infused and erased, is kept later where it is said how it is another`(
    _ isErased: Bool
  ) async throws {
    let stage = try await AskingStage.delegated()
    let live = try await program(stage)
    try await vault.put(person, for: .first)
    if isErased { try await eraseInfused(in: live, stage) }
    await #expect(throws: Refusal.self) {
      try await live.keepIdentity(of: .second, person, despiteMatch: " ", by: Self.nurse, origin: .web)
    }
    #expect(try await vault.person(.second) == nil)
    try await live.keepIdentity(
      of: .second, person, despiteMatch: "A twin, by both papers", by: Self.nurse, origin: .web)
    #expect(try await vault.person(.second) == person)
    let kept = try await live.events().filter { $0.event == .people(.identityKept(participant: .second)) }
    let other = isErased ? "somebody infused whose identity is erased" : "\(ParticipantID.first)"
    #expect(kept.map(\.reason) == ["Another person than \(other): A twin, by both papers"])
  }

  @Test func `different people are registered at one moment, each under a number`() async throws {
    let stage = try await AskingStage.delegated()
    let people = ["Ida Blum", "Li Wei", "Boris Lind"].map { Person(name: $0, birthDate: IdentityVaultTests.birthDate) }
    let told = try await refusals(people.map(registering), in: stage)
    #expect(told.isEmpty)
    var numbers: [String] = []
    for person in people { numbers += try await vault.matches(for: person).map(\.participant.description) }
    #expect(numbers.sorted() == ["01-0003", "01-0004", "01-0005"])
  }

  @Test func `of those who are registered, kept later or corrected to be one person at one moment one is`()
    async throws
  {
    let stage = try await AskingStage.delegated()
    try await vault.put(Person(name: "Ida Blum", birthDate: .least), for: .first)
    let keeping: Act = { live in
      try await live.keepIdentity(of: .second, person, by: Self.nurse, origin: .web)
    }
    let correcting: Act = { live in try await correct(.first, to: person, in: live) }
    let told = try await refusals([registering(person), keeping, correcting], in: stage)
    #expect(told.count == 2 && told.allSatisfy { $0.hasPrefix("same-person: ") }, "\(told)")
    #expect(try await vault.matches(for: person).count == 1)
  }

  @Test func `neither who is refused nor who has yet to sign holds others up`() async throws {
    let stage = try await AskingStage.delegated()
    let live = try await program(stage)
    try await vault.put(Person(name: "Ida Blum", birthDate: .least), for: .first)
    try await vault.put(person, for: .second)
    await #expect(throws: Refusal.self) { try await register(person, in: live) }
    let other = Person(name: "Li Wei", birthDate: IdentityVaultTests.birthDate)
    let command = CorrectIdentity(participant: .first, items: [.name, .birthDate], reason: "Misread")
    let request = Request(command, by: Self.investigator, origin: .web)
    let correction = PersonCorrection(name: other.name, birthDate: other.birthDate)
    await #expect(throws: Refusal.self) {
      try await live.correctIdentity(request, by: correction) { _ in
        try await register(other, in: live)
        return []
      }
    }
    #expect(try await vault.matches(for: other).map(\.participant.description) == ["01-0003"])
    #expect(try await vault.person(.first)?.name == "Ida Blum")
  }

  @Test func `who waits for a turn at the identity store holds up nothing else that is done for the participant`()
    async throws
  {
    let stage = try await AskingStage.delegated()
    let live = try await program(stage)
    try await vault.put(Person(name: "Ida Blum", birthDate: .least), for: .first)
    // A program that was killed left its row behind.
    try await data.write([.put([1], Self.turn)])
    let (signing, signed) = AsyncStream.makeStream(of: Void.self)
    let command = CorrectIdentity(participant: .first, items: [.name], reason: "Misread")
    let request = Request(command, by: Self.investigator, origin: .web)
    let waiting = Task {
      defer { signed.finish() }
      return try await live.correctIdentity(request, by: PersonCorrection(name: "Ida Blume")) { asked in
        let claim = Claim(account: AccountID.anna.description, password: AccessScenario.password)
        var given: [Authenticated] = []
        for _ in asked { given.append(try await live.authenticate(claim, for: .signature, origin: .web)) }
        signed.finish()
        return given
      }
    }
    for await _ in signing {}
    await live.turns.take([.first])
    live.turns.leave([.first])
    #expect(try await data.bytes(Self.turn) == [1])
    waiting.cancel()
    _ = await waiting.result
    #expect(try await vault.person(.first)?.name == "Ida Blum")
  }

  @Test func `a turn ends also where whoever has it is cancelled`() async throws {
    let waiting = Task {
      try await vault.inTurn { turn in
        try await turn.take()
        try await Task.sleep(for: .seconds(600))
      }
    }
    while try await data.bytes(Self.turn) == nil { try await Task.sleep(for: .milliseconds(5)) }
    waiting.cancel()
    _ = await waiting.result
    #expect(try await data.bytes(Self.turn) == nil)
  }
}
