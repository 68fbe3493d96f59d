public import ClinicalValues
public import Ledger
public import Trial

/// Who the participants are, and what else names them, each sealed under a key of the participant's own.
///
/// Two stores, so that neither alone is worth stealing: sealed data in one, the participants' keys in the other, wrapped
/// under the master key, which lies in a file of its own. Destroying a participant's key makes everything that was sealed
/// with it unreadable for ever, wherever copies of it lie: identity, imported records, frozen snapshots in the ledger.
public struct IdentityVault: Sendable {
  private let data: any SealedStore
  private let keys: any SealedStore
  private let wrapping: SealingKey
  private let matching: SealingKey
  private let infused: InfusedTraits
  let entropy: Entropy

  /// A vault over two stores.
  public init(data: any SealedStore, keys: any SealedStore, master: MasterKey, entropy: Entropy = .system) {
    self.data = data
    self.keys = keys
    self.wrapping = master.key(for: "participants' keys")
    self.matching = master.key(for: "same person twice")
    self.infused = InfusedTraits(data: data, master: master)
    self.entropy = entropy
  }

  // MARK: Who somebody is

  /// Keeps who a participant is, in the place of what was kept.
  ///
  /// - Throws: `Refusal` (`identity-erased`, `identity-changed`); `StoreFailure`; `SealingFailure`.
  public func put(_ person: Person, for participant: ParticipantID) async throws {
    try await put(person, for: participant, in: nil)
  }

  /// The same in a turn, as long as that stands.
  func put(_ person: Person, for participant: ParticipantID, in turn: IdentityTurn?) async throws {
    let key = try await key(of: participant)
    let name = Self.identity(participant)
    let expected = Self.expected(name, try await data.bytes(name), in: turn)
    guard try await data.write(try changes(to: person, for: participant, by: key), expecting: expected) else {
      throw Self.changed(participant)
    }
  }

  /// Keeps who a participant is by a correction; who they were said to be before is kept beside it.
  ///
  /// - Parameter position: where the event stands that tells of it, by which what was kept before is found.
  /// - Throws: `Refusal` (`identity-erased`, `identity-changed`); `StoreFailure`; `SealingFailure`.
  public func correct(
    _ participant: ParticipantID, by correction: PersonCorrection, at position: Position
  ) async throws {
    try await correct(participant, by: correction, at: position, in: nil)
  }

  /// The same in a turn, as long as that stands.
  func correct(
    _ participant: ParticipantID, by correction: PersonCorrection, at position: Position, in turn: IdentityTurn?
  ) async throws {
    let key = try await key(of: participant)
    let name = Self.identity(participant)
    // Two corrections at a time change different items, or the later one counts: each is made of what is kept then.
    for _ in 0..<3 {
      guard let before = try await data.bytes(name) else { break }
      let former = try open(before, name, by: key)
      let kept = try seal(former, Self.former(participant, position), by: key)
      let changes = try changes(to: correction.applied(to: former), for: participant, by: key)
      if try await data.write(changes + [kept], expecting: Self.expected(name, before, in: turn)) { return }
    }
    throw Self.changed(participant)
  }

  /// What must stand in the store as somebody is kept: what was read of them, and the turn.
  private static func expected(
    _ name: SealedName, _ before: [UInt8]?, in turn: IdentityTurn?
  ) -> [SealedName: [UInt8]?] {
    var expected = turn?.standing ?? [:]
    expected.updateValue(before, forKey: name)
    return expected
  }

  private static func changed(_ participant: ParticipantID) -> Refusal {
    Refusal(
      "identity-changed", because: "The identity of \(participant) was changed at the same moment.",
      remedy: "Look at it and try again.")
  }

  /// What the store holds of a person once they are kept, by which the same person is found too.
  private func changes(
    to person: Person, for participant: ParticipantID, by key: SealingKey
  ) throws -> [SealedChange] {
    let traits = person.traits
    return [try seal(person, Self.identity(participant), by: key)]
      + IdentityTrait.allCases.map { trait -> SealedChange in
        let name = Self.trait(trait, participant)
        return traits[trait].map { SealedChange.put(hash($0, trait), name) } ?? .remove(name)
      }
  }

  private func seal(_ person: Person, _ name: SealedName, by key: SealingKey) throws -> SealedChange {
    let bytes = try CanonicalJSON(encoding: person).bytes
    return .put(try key.seal(bytes, context: name.description, entropy: entropy), name)
  }

  private func open(_ sealed: [UInt8], _ name: SealedName, by key: SealingKey) throws -> Person {
    try CanonicalJSON(parsing: try key.open(sealed, context: name.description)).decode()
  }

  /// Who a participant is; nil if nothing is kept, or it was erased.
  public func person(_ participant: ParticipantID) async throws -> Person? {
    let name = Self.identity(participant)
    guard case .key(let key)? = try await keyState(of: participant), let sealed = try await data.bytes(name) else {
      return nil
    }
    return try open(sealed, name, by: key)
  }

  /// Who a participant was said to be before each correction, by the position of its event; nothing if it was erased.
  public func formerPersons(_ participant: ParticipantID) async throws -> [Position: Person] {
    guard case .key(let key)? = try await keyState(of: participant) else { return [:] }
    var found: [Position: Person] = [:]
    for name in try await formerNames(of: participant) {
      guard let position = Position(name.key.split(separator: "/").last ?? ""), let sealed = try await data.bytes(name)
      else { continue }
      found[position] = try open(sealed, name, by: key)
    }
    return found
  }

  private func formerNames(of participant: ParticipantID) async throws -> [SealedName] {
    try await data.names(of: Self.formerKind).filter { $0.key.hasPrefix("\(participant)/") }
  }

  /// The participants who look like a person, and by what; compared by keyed hashes, nothing is opened.
  public func matches(for person: Person) async throws -> [IdentityMatch] {
    var found: [ParticipantID: Set<IdentityTrait>] = [:]
    for (trait, value) in person.sought {
      let wanted = hash(value, trait)
      for name in try await data.names(of: Self.kind(of: trait)) {
        guard let kept = try await data.bytes(name), equalInConstantTime(kept, wanted),
          let participant = try? ParticipantID(name.key)
        else { continue }
        found[participant, default: []].insert(trait)
      }
    }
    return found.map { IdentityMatch(participant: $0.key, traits: $0.value.sorted()) }
      .sorted { $0.participant < $1.participant }
  }

  /// Who looks like a person, whoever was infused and is erased included.
  func likeness(of person: Person) async throws -> Likeness {
    var erased: Set<IdentityTrait> = []
    for (trait, value) in person.sought {
      erased.formUnion(try await infused.traits(among: [trait: hash(value, trait)]))
    }
    return Likeness(participants: try await matches(for: person), erased: erased.sorted())
  }

  /// Whether a date of birth, as read from a wristband or said, is the participant's; nil if that cannot be known.
  public func matches(birthDate: CalendarDate, participant: ParticipantID) async throws -> Bool? {
    try await person(participant).map { $0.birthDate == birthDate }
  }

  /// Whether a name, as read or said, is the participant's; nil if that cannot be known.
  public func matches(name: String, participant: ParticipantID) async throws -> Bool? {
    try await person(participant).map { Person.key(ofName: $0.name) == Person.key(ofName: name) }
  }

  /// Does something while nobody else comes to be kept, or is kept otherwise, by another process either. What is done takes the
  /// turn itself, before it compares: people who must sign first let nobody wait.
  ///
  /// - Parameter patience: how often a turn that stands unchanged is looked at, every 20 ms, before it is taken over: at least 30 s,
  ///   several times the ten seconds for which a store waits for its file.
  func inTurn<Value: Sendable>(
    patience: Int = 1500, _ body: @Sendable (IdentityTurn) async throws -> Value
  ) async throws -> Value {
    let turn = IdentityTurn(at: data, patience: patience)
    do {
      let value = try await body(turn)
      await turn.leave()
      return value
    } catch {
      await turn.leave()
      throw error
    }
  }

  // MARK: What belongs to a participant

  /// Seals bytes that name a participant (an imported record, a frozen snapshot), for the ledger to carry.
  ///
  /// - Throws: `Refusal` (`identity-erased`); `StoreFailure`; `SealingFailure`.
  public func seal(_ bytes: [UInt8], for participant: ParticipantID) async throws -> [UInt8] {
    let key = try await key(of: participant)
    return try key.seal(bytes, context: Self.content(participant), entropy: entropy)
  }

  /// What was sealed for a participant; nil if the key was destroyed.
  ///
  /// - Throws: `SealingFailure` if the bytes were altered, or sealed for somebody else; `StoreFailure`.
  public func open(_ bytes: [UInt8], for participant: ParticipantID) async throws -> [UInt8]? {
    switch try await keyState(of: participant) {
    case .key(let key): return try key.open(bytes, context: Self.content(participant))
    case .erased: return nil
    case nil: throw SealingFailure(context: Self.content(participant))
    }
  }

  // MARK: Erasing

  /// Destroys a participant's key and identity, for ever. What was sealed stays where it is, unreadable. Called once
  /// `identityErased` is in the ledger; calling it again changes nothing.
  ///
  /// - Parameter wasInfused: whether cells were infused: then it stays known that somebody with these traits was, and not who.
  public func erase(_ participant: ParticipantID, wasInfused: Bool) async throws {
    // The key first: if the program stops here, the rest is unreadable already.
    try await keys.write([.put(Self.tombstone, Self.key(participant))])
    var hashes: [IdentityTrait: [UInt8]] = [:]
    for trait in IdentityTrait.allCases { hashes[trait] = try await data.bytes(Self.trait(trait, participant)) }
    let traits = IdentityTrait.allCases.map { Self.trait($0, participant) }
    let names = [Self.identity(participant)] + traits + (try await formerNames(of: participant))
    try await data.write((wasInfused ? infused.kept(of: hashes) : []) + names.map { SealedChange.remove($0) })
  }

  /// Whether a participant's key was destroyed.
  public func isErased(_ participant: ParticipantID) async throws -> Bool {
    if case .erased? = try await keyState(of: participant) { true } else { false }
  }

  /// What does not fit together, a sentence each: nothing if everything opens or was erased.
  ///
  /// - Parameter erased: whom the ledger says were erased.
  public func verify(erased: Set<ParticipantID>) async throws -> [String] {
    var problems: [String] = []
    for name in try await keys.names(of: Self.keyKind) {
      guard let participant = try? ParticipantID(name.key) else {
        problems.append("\(name) is the key of no participant.")
        continue
      }
      do {
        let isErased = try await isErased(participant)
        if isErased != erased.contains(participant) {
          problems.append(
            "The key of \(participant) \(isErased ? "is" : "is not") destroyed, the ledger says otherwise.")
        }
        _ = try await person(participant)
        _ = try await formerPersons(participant)
      } catch let failure as SealingFailure {
        problems.append(failure.description)
      }
    }
    for name in try await data.names(of: Self.identityKind) + data.names(of: Self.formerKind)
    where try await keys.bytes(SealedName(Self.keyKind, String(name.key.prefix { $0 != "/" }))) == nil {
      problems.append("\(name) has no key.")
    }
    return problems
  }

  // MARK: Keys

  private enum KeyState {
    case key(SealingKey)
    case erased
  }

  private func keyState(of participant: ParticipantID) async throws -> KeyState? {
    let name = Self.key(participant)
    guard let kept = try await keys.bytes(name) else { return nil }
    if kept == Self.tombstone { return .erased }
    return .key(SealingKey(bytes: try wrapping.open(kept, context: name.description)))
  }

  private func key(of participant: ParticipantID) async throws -> SealingKey {
    for _ in 0..<3 {
      switch try await keyState(of: participant) {
      case .key(let key): return key
      case .erased: throw Refusal.identityErased(participant)
      case nil:
        let bytes = entropy.bytes(32)
        let name = Self.key(participant)
        let wrapped = try wrapping.seal(bytes, context: name.description, entropy: entropy)
        // If another process made one meanwhile, the next round finds it.
        if try await keys.write([.put(wrapped, name)], expecting: [name: nil]) { return SealingKey(bytes: bytes) }
      }
    }
    throw SealingFailure(context: Self.key(participant).description)
  }

  private func hash(_ value: String, _ trait: IdentityTrait) -> [UInt8] {
    matching.authenticationCode(of: "\(trait.rawValue)|\(value)")
  }

  private static let tombstone = Array("erased".utf8)
  private static let keyKind = "participant-key"
  private static let identityKind = "identity"
  private static let formerKind = "identity-former"
  private static func key(_ participant: ParticipantID) -> SealedName { SealedName(keyKind, participant.description) }
  private static func identity(_ participant: ParticipantID) -> SealedName {
    SealedName(identityKind, participant.description)
  }
  private static func former(_ participant: ParticipantID, _ position: Position) -> SealedName {
    SealedName(formerKind, "\(participant)/\(position)")
  }
  private static func kind(of trait: IdentityTrait) -> String { "trait-\(trait.rawValue)" }
  private static func trait(_ trait: IdentityTrait, _ participant: ParticipantID) -> SealedName {
    SealedName(kind(of: trait), participant.description)
  }
  private static func content(_ participant: ParticipantID) -> String { "content/\(participant)" }
}

/// A participant who may be the same person as somebody about to be registered.
public struct IdentityMatch: Sendable, Hashable {
  /// The participant who is known already.
  public let participant: ParticipantID
  /// By what.
  public let traits: [IdentityTrait]

  /// For the person who registers; it says nothing that they did not bring themselves.
  public var description: String {
    "\(participant) has the same \(traits.words)."
  }
}
