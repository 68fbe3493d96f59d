public import ClinicalValues
public import Ledger
public import Trial

// Acts that are compared with the identity store. The store answers whether something agrees; what it holds does not
// leave it.

/// A name and a date of birth as they were read from a document or a wristband, or said.
public struct PersonReading: Sendable, Hashable {
  /// As it stands there.
  public let name: String
  /// As it stands there.
  public let birthDate: CalendarDate

  /// A reading of both, as they stand there.
  public init(name: String, birthDate: CalendarDate) {
    self.name = name
    self.birthDate = birthDate
  }
}

/// What a participant said when asked for name and date of birth.
public enum PersonSaid: Sendable, Hashable {
  case said(PersonReading)
  /// The participant is not able to say it.
  case unable
}

extension LiveStudy {
  /// The participants who look like somebody about to be registered, and by what: compared by keyed hashes.
  public func matches(for person: Person) async throws -> [IdentityMatch] { try await vault.matches(for: person) }

  /// Registers a candidate and keeps who that is, apart from the ledger.
  ///
  /// - Parameter despiteMatch: why it is another person than those who look the same; needed where there are any.
  /// - Throws: `Refusal` (`same-person` where somebody looks the same and no reason is given); `StoreFailure`. Where the
  ///   identity cannot be kept once the number is given, `keepIdentity` keeps it later.
  public func register(
    _ request: Request, person: Person, despiteMatch: String? = nil
  ) async throws -> Performed {
    try await vault.inTurn { turn in
      try await turn.take()
      let answered = try request.about(anotherThan: try await vault.likeness(of: person), despiteMatch)
      try await turn.requireStanding()
      let performed = try await perform(answered, sign: { _ in [] })
      for envelope in performed.envelopes {
        guard case .way(let participant, .registered) = try Recorded<TrialEvent>(envelope).event else { continue }
        try await vault.put(person, for: participant, in: turn)
      }
      return performed
    }
  }

  /// Keeps who a registered participant is, where nothing is kept yet: the event first, then who it is.
  ///
  /// - Parameter despiteMatch: why it is another person than those who look the same; needed where there are any.
  /// - Throws: `Refusal` (why whoever acts may not see it; `unknown-participant`, `identity-kept`, `same-person` where somebody
  ///   looks the same and no reason is given); `StoreFailure` if it cannot be recorded, and then nothing is kept.
  public func keepIdentity(
    of participant: ParticipantID, _ person: Person, despiteMatch: String? = nil, by acting: Acting, origin: Origin
  ) async throws {
    try await requireSight(of: participant, by: acting)
    try await vault.inTurn { turn in
      try await turn.take()
      try await keepFirst(person, of: participant, despiteMatch, in: turn, by: acting, origin: origin)
    }
  }

  private func keepFirst(
    _ person: Person, of participant: ParticipantID, _ despiteMatch: String?, in turn: IdentityTurn, by acting: Acting,
    origin: Origin
  ) async throws {
    guard try await vault.person(participant) == nil else {
      throw Refusal(
        "identity-kept", because: "Who \(participant) is is kept already.",
        remedy: "Check the number on the participant's papers.")
    }
    var others = try await vault.likeness(of: person)
    others.participants.removeAll { $0.participant == participant }
    let reason = try others.reason(despiteMatch)
    try await turn.requireStanding()
    try await record(by: Actor(acting), at: clock(), origin, reason: reason) { _ in
      [.identityKept(participant: participant)]
    }
    try await vault.put(person, for: participant, in: turn)
  }

  /// A request to correct who a participant is, by what is given: it names which items are otherwise than they are kept. Nothing
  /// is recorded by it.
  ///
  /// - Parameters:
  ///   - request: a `CorrectIdentity`, whose items are found, or a `ChangeContact`.
  ///   - despiteMatch: why it is another person than those who look the same by it; needed where there are any.
  /// - Throws: `Refusal` (why whoever asks may not see it; `identity-unknown`, `identity-erased`, `nothing-corrected`,
  ///   `same-person`, `reason-names-person`); `StoreFailure`; `SealingFailure`.
  public func correcting(
    _ request: Request, by correction: PersonCorrection, despiteMatch: String? = nil
  ) async throws -> Request {
    guard let participant = request.command.participants.first else { return request }
    // What is given is compared with what is kept: that is for those alone who may see it.
    try await requireSight(of: participant, by: request.actor)
    guard let kept = try await vault.person(participant) else {
      throw try await vault.isErased(participant) ? Refusal.identityErased(participant) : unknown(participant)
    }
    let corrected = correction.applied(to: kept)
    // What was recorded and then not kept is settled by saying it, also as it is kept.
    let open = try await identityCorrections(of: participant).notKept.filter(correction.says)
    let items = IdentityItem.allCases.filter { kept[$0] != corrected[$0] || open.contains($0) }
    guard !items.isEmpty else { throw Refusal.nothingCorrected }
    let traits = Set(corrected.traits.filter { kept.traits[$0.key] != $0.value }.keys)
    var others = try await vault.likeness(of: corrected)
    others.participants.removeAll { $0.participant == participant || traits.isDisjoint(with: $0.traits) }
    others.erased.removeAll { !traits.contains($0) }
    var request = try request.about(anotherThan: others, despiteMatch)
    if let command = request.command as? CorrectIdentity {
      request.command = CorrectIdentity(participant: participant, items: items, reason: command.reason)
    }
    try request.requireNamesNobody([kept, corrected])
    return request
  }

  /// Corrects who a participant is: the event first, then what is kept.
  ///
  /// - Parameter correction: what is otherwise than it is kept; the rest stays.
  /// - Throws: as `correcting`, and `perform`.
  public func correctIdentity(
    _ request: Request, by correction: PersonCorrection, despiteMatch: String? = nil,
    sign: @Sendable ([ToSign]) async throws -> [Authenticated]
  ) async throws -> Performed {
    var complete = try await correcting(request, by: correction, despiteMatch: despiteMatch)
    let shown = try await propose(complete)
    complete.shown = shown
    let signed = shown.toSign.isEmpty ? [] : try await sign(shown.toSign)
    return try await vault.inTurn { [complete] turn in
      // Before the participant's turn at the ledger: whoever waits here keeps nobody from the bedside.
      try await turn.take()
      // While passwords were waited for, others may have come to look the same.
      let again = try await correcting(request, by: correction, despiteMatch: despiteMatch)
      guard again.reason == complete.reason else { throw ChangedMeanwhile(events: []) }
      try await turn.requireStanding()
      let performed = try await perform(complete) { asked in
        guard asked == shown.toSign else { throw ChangedMeanwhile(events: []) }
        return signed
      }
      for envelope in performed.envelopes {
        guard case .way(let participant, .identityCorrected) = try Recorded<TrialEvent>(envelope).event else {
          continue
        }
        try await vault.correct(participant, by: correction, at: envelope.position, in: turn)
      }
      return performed
    }
  }

  /// The command that two people have checked the person, with what the identity store says of what they read.
  ///
  /// - Throws: `Refusal` (`identity-unknown`) where nothing is kept to compare with.
  public func checkOfPerson(
    _ participant: ParticipantID, at place: PersonCheckPlace, wristbandNumber: String, document: PersonReading,
    wristband: PersonReading
  ) async throws -> CheckPerson {
    CheckPerson(
      participant: participant, at: place, wristband: wristbandNumber,
      documentName: try await agrees(name: document.name, with: participant),
      documentBirthDate: try await agrees(birthDate: document.birthDate, with: participant),
      wristbandName: try await agrees(name: wristband.name, with: participant),
      wristbandBirthDate: try await agrees(birthDate: wristband.birthDate, with: participant))
  }

  /// Whether a date of birth that was read is the participant's.
  ///
  /// - Throws: `Refusal` (`identity-unknown`) where nothing is kept to compare with.
  public func agrees(birthDate: CalendarDate, with participant: ParticipantID) async throws -> Bool {
    try await requireSettled(participant)
    guard let agrees = try await vault.matches(birthDate: birthDate, participant: participant) else {
      throw unknown(participant)
    }
    return agrees
  }

  /// Whether what a participant said is what is kept.
  ///
  /// - Throws: `Refusal` (`identity-unknown`) where nothing is kept to compare with.
  public func agreement(of said: PersonSaid, with participant: ParticipantID) async throws -> SaidByParticipant {
    guard case .said(let reading) = said else { return .unable }
    let name = try await agrees(name: reading.name, with: participant)
    let birthDate = try await agrees(birthDate: reading.birthDate, with: participant)
    return name && birthDate ? .agrees : .differs
  }

  private func agrees(name: String, with participant: ParticipantID) async throws -> Bool {
    try await requireSettled(participant)
    guard let agrees = try await vault.matches(name: name, participant: participant) else {
      throw unknown(participant)
    }
    return agrees
  }

  private func unknown(_ participant: ParticipantID) -> Refusal {
    Refusal(
      "identity-unknown", because: "Nothing is kept of who \(participant) is, so nothing can be compared.",
      remedy: "Check the number. Where the identity was never kept, keep it first.")
  }

  /// Refuses to compare with what a correction has said to be wrong and that is still kept: a mismatch has no override.
  private func requireSettled(_ participant: ParticipantID) async throws {
    guard try await identityCorrections(of: participant).notKept.contains(where: \.isCompared) else { return }
    throw Refusal(
      "identity-not-kept", because: "A correction of who \(participant) is was recorded and not kept.",
      remedy: "The principal investigator enters it again first.")
  }

  /// What was corrected of who a participant is, oldest first.
  func identityCorrections(of participant: ParticipantID) async throws -> [IdentityCorrection] {
    let former = try await vault.formerPersons(participant)
    let entries = try await state().participants[participant]?.entries.all ?? []
    return entries.compactMap { IdentityCorrection($0, former: former) }
  }

  /// Carries out what rests on a comparison with the identity store: it is compared anew, since what is kept may have been
  /// corrected while passwords were waited for, and from then on nothing of the participant comes between.
  ///
  /// - Throws: as `perform`; `ChangedMeanwhile` where it comes out otherwise now.
  func perform(
    _ request: Request, comparing given: Given, sign: @Sendable ([ToSign]) async throws -> [Authenticated]
  ) async throws -> Performed {
    try await refresh()
    var request = request
    for stream in request.command.participants.map(StreamID.participant) {
      request.seen[stream] = fold.versions[stream] ?? 0
    }
    let form = CommandForm.of(type(of: request.command))
    let found = try await form.supplement.find?(self, given) ?? given
    let command = try form.command(from: found.texts)
    guard try CanonicalJSON(encoding: command) == CanonicalJSON(encoding: request.command) else {
      throw ChangedMeanwhile(events: [])
    }
    return try await perform(request, sign: sign)
  }

  /// Has the identity data of a participant destroyed: the signed event first, then the key.
  public func eraseIdentity(
    _ request: Request, sign: @Sendable ([ToSign]) async throws -> [Authenticated]
  ) async throws -> Performed {
    let performed = try await perform(request, sign: sign)
    for participant in request.command.participants { try await erase(participant) }
    return performed
  }

  /// Finishes what a stop of the program left undone: destroys the keys that the ledger says are destroyed.
  public func finishErasing() async throws {
    for participant in try await state().people.erased where try await !vault.isErased(participant) {
      try await erase(participant)
    }
  }

  private func erase(_ participant: ParticipantID) async throws {
    let wasInfused = try await state().participants[participant]?.product.infusion != nil
    try await vault.erase(participant, wasInfused: wasInfused)
  }

  /// Refuses whoever may not see who a participant is.
  func requireSight(of participant: ParticipantID, by acting: Acting) async throws {
    let state = try await state()
    guard let site = state.participants[participant]?.way.site else {
      throw Refusal(
        "unknown-participant", because: "There is no participant \(participant).",
        remedy: "Look the number up in the list.")
    }
    try allow(acting, .seeIdentity, in: state)
    guard acting.site == site else {
      throw Refusal(
        "other-site", because: "\(participant) belongs to site \(site).",
        remedy: "Ask a colleague of site \(site).")
    }
  }

  /// Refuses a reader whose role, training or delegation does not allow it now.
  public func requireAllowed(_ acting: Acting, to permission: Permission) async throws {
    try allow(acting, permission, in: try await state())
  }

  private func allow(_ acting: Acting, _ permission: Permission, in state: TrialState) throws {
    let zone = acting.site.flatMap { state.sites[$0]?.zone } ?? "UTC"
    let now = ZoneClock.moment(clock(), zone: zone)
    let version = state.study.version(at: now)?.version ?? shelf.editions.last?.version.version ?? ""
    if let refusal = state.people.objection(to: acting, for: permission, at: now, under: version) { throw refusal }
    // Who somebody is is not read, nor kept, by who may be another than the account's person.
    if permission == .seeIdentity { try state.people.requirePasswordConfirmed(of: acting.account, for: permission) }
  }
}

/// Texts as they may leave, with what was found in them.
public struct MaskedTexts: Sendable, Hashable {
  /// The texts, in their order, with marks in the place of what names the participant.
  public let texts: [String]
  /// How many marks there are.
  public let count: Int
  /// Whether it could be asked: who the participant is is kept, and was not erased.
  public let wasCompared: Bool
}

extension LiveStudy {
  /// Texts that people wrote, with a mark in the place of each word that says who a participant is. Anybody who may see
  /// the texts may ask; nothing that the identity store holds comes back.
  public func masked(_ texts: [String], about participant: ParticipantID) async throws -> MaskedTexts {
    guard let person = try await vault.person(participant) else {
      return MaskedTexts(texts: texts, count: 0, wasCompared: false)
    }
    let mask = IdentityMask(person)
    let masked = texts.map(mask.masked)
    return MaskedTexts(texts: masked.map(\.text), count: masked.reduce(0) { $0 + $1.count }, wasCompared: true)
  }
}

extension Request {
  /// The same with why it is about another person than those who look the same; as it is where nobody does.
  ///
  /// - Throws: `Refusal` (`same-person`) where somebody does and it is not said how that is known.
  fileprivate func about(anotherThan others: Likeness, _ despiteMatch: String?) throws(Refusal) -> Request {
    guard let reason = try others.reason(despiteMatch) else { return self }
    var request = self
    request.reason = reason
    return request
  }

  /// Refuses reasons that say who somebody is: they stand in the ledger, from which nothing is ever erased.
  fileprivate func requireNamesNobody(_ people: [Person]) throws(Refusal) {
    let why = (command as? CorrectIdentity)?.reason ?? (command as? ChangeContact)?.reason
    let texts = [why, reason, late?.source, late?.reason].compactMap(\.self)
    let masks = people.map(IdentityMask.init)
    guard texts.contains(where: { text in masks.contains { $0.masked(text).count > 0 } }) else { return }
    throw Refusal(
      "reason-names-person", because: "The reason says who the participant is, and it stands in the ledger for good.",
      remedy: "Say why without the name, the birth date or a number of theirs.")
  }
}
