import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Conduct

struct IdentityVaultTests {
  static let birthDate = CalendarDate(year: 1984, month: 3, day: 17) ?? .least
  static let person = Person(
    name: "Müller, Anne-Marie", birthDate: birthDate, sexAtBirth: "female", contact: "+49 30 1234567, Lindenweg 3",
    document: "passport C01X00T47")

  let data = InMemorySealedStore()
  let keys = InMemorySealedStore()
  let vault: IdentityVault

  init() { vault = IdentityVault(data: data, keys: keys, master: .example, entropy: .counted()) }

  @Test func `who a participant is comes back as it was put`() async throws {
    try await vault.put(Self.person, for: .first)
    #expect(try await vault.person(.first) == Self.person)
    #expect(try await vault.person(.second) == nil)
    var moved = Self.person
    moved.contact = "+49 30 7654321"
    try await vault.put(moved, for: .first)
    #expect(try await vault.person(.first) == moved)
  }

  @Test func `regulatory 35: a dump of both stores holds no clear identifier`() async throws {
    try await vault.put(Self.person, for: .first)
    let bundle = Array(#"{"resourceType":"Patient","name":[{"family":"Müller","given":["Anne-Marie"]}]}"#.utf8)
    let sealed = try await vault.seal(bundle, for: .first)
    try await vault.correct(.first, by: PersonCorrection(contact: "Ahornallee 5"), at: 7)
    let dump = await data.dump + keys.dump + sealed
    let text = String(decoding: dump, as: UTF8.self).lowercased()
    for word in [
      "müller", "muller", "anne", "marie", "1984", "03-17", "c01x00t47", "1234567", "lindenweg", "ahorn", "female",
    ] {
      #expect(!text.contains(word), "\(word)")
    }
    // Nor what can be found by trying values: the hashes need the key.
    #expect(!text.contains(Digest(of: "C01X00T47").description))
  }

  @Test func `keys lie apart from data, and neither store is worth anything without the master key`() async throws {
    try await vault.put(Self.person, for: .first)
    #expect(await data.names(of: "participant-key").isEmpty)
    #expect(await keys.names(of: "identity").isEmpty)
    let other = IdentityVault(
      data: data, keys: keys, master: MasterKey(bytes: Digest(of: "other").bytes), entropy: .counted())
    await #expect(throws: SealingFailure.self) { try await other.person(.first) }
    #expect(try await other.matches(for: Self.person).isEmpty)
  }

  @Test(arguments: [
    ("MUELLER Annemarie", nil as String?), ("anne marie muller", nil), ("Anne-Marie Müller", "other 999 888"),
    ("Somebody Else", "C01X00T47"), ("Somebody Else", "Reisepass c01 x00 t47"),
    ("Somebody Else", "护照C01X00T47"), ("Somebody Else", "passport:C01X00T47"), ("Somebody Else", "ID c-01 x00 t47"),
    ("Somebody Else", "passport C 01X00T47"), ("Somebody Else", "passport Ｃ０１Ｘ００Ｔ４７"),
  ])
  func `the same person twice is found, across sites, however the name is written`(
    _ name: String, _ document: String?
  ) async throws {
    try await vault.put(Self.person, for: .elsewhere)
    let candidate = Person(name: name, birthDate: Self.birthDate, document: document)
    let matches = try await vault.matches(for: candidate)
    #expect(matches.map(\.participant) == [.elsewhere])
    #expect(matches.first?.traits == (name == "Somebody Else" ? [.document] : [.nameAndBirthDate]))
    #expect(matches.first?.description.contains("02-0001 has the same") == true)
  }

  @Test(arguments: [
    ("Anna Müller", 17), ("Anne-Marie Müller", 18), ("Anne-Marie Möller", 17), ("Müller", 17),
  ])
  func `another person is not taken for the same`(_ name: String, _ day: Int) async throws {
    try await vault.put(Self.person, for: .first)
    let birthDate = try #require(CalendarDate(year: 1984, month: 3, day: day))
    let candidate = Person(name: name, birthDate: birthDate, document: "passport C01X00T48")
    #expect(try await vault.matches(for: candidate).isEmpty)
  }

  @Test(arguments: [
    ("王芳", "芳 王"), ("Søren Ørsted", "ORSTED SOREN"), ("Łukasz Wójcik", "Wojcik, Lukasz"), ("Größ", "GROSS"),
    ("Nguyễn Văn An", "nguyen van an"), ("D'Angelo", "Dangelo"),
  ])
  func `names are compared without case, accents, order and separators`(_ a: String, _ b: String) {
    #expect(Person.key(ofName: a) == Person.key(ofName: b))
  }

  @Test(arguments: [
    "Número E1234567", "Führerschein E1234567", "n° E1234567", "№E1234567", "护照 E1234567", "e 123-4567",
  ])
  func `a document's number is the same without the words around it`(_ written: String) {
    #expect(Person.key(ofDocument: written) == "E1234567")
  }

  @Test func `a number is looked for as older stores hold it, too`() {
    let person = Person(name: "Li Wei", birthDate: .least, document: "护照E1234567")
    #expect(Set(person.sought.filter { $0.trait == .document }.map(\.value)) == ["E1234567", "护照E1234567"])
  }

  @Test func `the wristband's date of birth is compared; unknown where nothing is known`() async throws {
    try await vault.put(Self.person, for: .first)
    #expect(try await vault.matches(birthDate: Self.birthDate, participant: .first) == true)
    #expect(try await vault.matches(birthDate: .least, participant: .first) == false)
    #expect(try await vault.matches(birthDate: Self.birthDate, participant: .second) == nil)
    #expect(try await vault.matches(name: "anne marie mueller", participant: .first) == true)
    #expect(try await vault.matches(name: "Anna Mueller", participant: .first) == false)
    try await vault.erase(.first, wasInfused: false)
    #expect(try await vault.matches(birthDate: Self.birthDate, participant: .first) == nil)
    #expect(try await vault.matches(name: "anne marie mueller", participant: .first) == nil)
  }

  @Test func `what was kept before a correction is kept beside it, and makes nobody look the same`() async throws {
    try await vault.put(Self.person, for: .first)
    try await vault.correct(.first, by: PersonCorrection(document: "passport C01X00T48"), at: 7)
    try await vault.correct(.first, by: PersonCorrection(name: "Möller, Anne-Marie", contact: "Ahornallee 5"), at: 12)
    let kept = try #require(try await vault.person(.first))
    #expect(kept.name == "Möller, Anne-Marie" && kept.birthDate == Self.birthDate && kept.contact == "Ahornallee 5")
    let former = try await vault.formerPersons(.first)
    #expect(former.keys.sorted() == [7, 12] && former[7] == Self.person)
    #expect(former[12]?.name == Self.person.name && former[12]?.document == "passport C01X00T48")
    #expect(try await vault.formerPersons(.second).isEmpty)
    #expect(try await vault.matches(for: Self.person).isEmpty)
    #expect(try await vault.matches(for: kept).map(\.traits) == [[.document, .nameAndBirthDate]])
    #expect(try await vault.verify(erased: []).isEmpty)
  }

  @Test func `what is not kept is not corrected`() async throws {
    await #expect(throws: Refusal.self) {
      try await vault.correct(.first, by: PersonCorrection(contact: "Ahornallee 5"), at: 7)
    }
    #expect(try await vault.person(.first) == nil)
  }

  @Test func `sealed bytes open for their participant only, and not if a byte was changed`() async throws {
    let bytes = Array("a record".utf8)
    let sealed = try await vault.seal(bytes, for: .first)
    #expect(try await vault.open(sealed, for: .first) == bytes)
    _ = try await vault.seal(bytes, for: .second)
    await #expect(throws: SealingFailure.self) { try await vault.open(sealed, for: .second) }
    await #expect(throws: SealingFailure.self) { try await vault.open(sealed, for: .elsewhere) }
    for index in [0, sealed.count / 2, sealed.count - 1] {
      let changed = sealed[..<index] + [sealed[index] ^ 1] + sealed[(index + 1)...]
      await #expect(throws: SealingFailure.self) { try await vault.open(Array(changed), for: .first) }
    }
    await #expect(throws: SealingFailure.self) { try await vault.open([], for: .first) }
  }

  @Test func `erasing destroys the key: identity, hashes and everything sealed are gone, the vault still verifies`()
    async throws
  {
    try await vault.put(Self.person, for: .first)
    try await vault.put(Person(name: "Boris Lind", birthDate: .least), for: .second)
    let sealed = try await vault.seal([1, 2, 3], for: .first)
    try await vault.correct(.first, by: PersonCorrection(contact: "Ahornallee 5"), at: 7)
    try await vault.erase(.first, wasInfused: false)
    #expect(try await vault.person(.first) == nil)
    #expect(try await vault.formerPersons(.first).isEmpty)
    #expect(await data.names(of: "identity-former").isEmpty)
    #expect(try await vault.open(sealed, for: .first) == nil)
    #expect(try await vault.matches(for: Self.person).isEmpty)
    #expect(try await vault.isErased(.first))
    #expect(try await vault.person(.second) != nil)
    #expect(try await vault.verify(erased: [.first]).isEmpty)
    #expect(try await vault.verify(erased: []).count == 1)
    #expect(try await vault.verify(erased: [.first, .second]).count == 1)
    // Once more changes nothing, and nothing comes back under the same number.
    try await vault.erase(.first, wasInfused: false)
    await #expect(throws: Refusal.self) { try await vault.put(Self.person, for: .first) }
    await #expect(throws: Refusal.self) { try await vault.seal([1], for: .first) }
  }

  @Test func `that somebody infused is erased is known by their traits alone, and of nobody else`() async throws {
    let other = Person(name: "Boris Lind", birthDate: .least, document: "passport X1")
    try await vault.put(Self.person, for: .first)
    try await vault.put(other, for: .second)
    let before = try #require(await data.bytes(SealedName("trait-document", "01-0001")))
    // Once more changes nothing.
    for _ in 0..<2 { try await vault.erase(.first, wasInfused: true) }
    try await vault.erase(.second, wasInfused: false)
    let found = try await vault.likeness(of: Self.person)
    #expect(found.participants.isEmpty && found.erased == [.document, .nameAndBirthDate])
    #expect(try await vault.likeness(of: other).isNone)
    let namesake = Person(name: "Anne Marie Muller", birthDate: Self.birthDate)
    #expect(try await vault.likeness(of: namesake).erased == [.nameAndBirthDate])
    // No number, no name, and nothing that an older copy of the store holds.
    let kept = await data.names(of: "infused-document")
    #expect(kept.count == 1)
    for name in kept {
      #expect(await data.bytes(name) != before && !name.key.contains("01-0001"))
    }
    #expect(try await vault.verify(erased: [.first, .second]).isEmpty)
  }

  @Test func `a turn that a stopped program left behind is taken over, and no other is ended by who has none`()
    async throws
  {
    let name = SealedName("turn", "identity")
    try await data.write([.put([1], name)])
    try await vault.inTurn { _ in }
    #expect(await data.bytes(name) == [1])
    try await vault.inTurn(patience: 3) { turn in
      try await turn.take()
      #expect(await data.bytes(name) != [1])
    }
    #expect(await data.bytes(name) == nil)
    #expect(try await vault.verify(erased: []).isEmpty)
  }

  @Test func `a turn is waited for while another has it, and ends also where what was done in it fails`() async throws {
    await #expect(throws: Refusal.self) {
      try await vault.inTurn { turn in
        try await turn.take()
        throw Refusal.nothingCorrected
      }
    }
    let found = try await withThrowingTaskGroup(of: Int.self) { group in
      for number in 1...6 {
        group.addTask {
          let id = try ParticipantID(site: ParticipantID.first.site, number: number)
          return try await vault.inTurn { turn in
            try await turn.take()
            let before = try await vault.matches(for: Self.person).count
            try await vault.put(Self.person, for: id)
            return before
          }
        }
      }
      var found: [Int] = []
      for try await count in group { found.append(count) }
      return found
    }
    #expect(found.sorted() == [0, 1, 2, 3, 4, 5])
  }

  @Test func `what was compared in a turn that another has taken over is neither recorded nor kept`() async throws {
    let name = SealedName("turn", "identity")
    try await vault.put(Person(name: "Boris Lind", birthDate: .least), for: .second)
    try await vault.inTurn { turn in
      try await turn.take()
      try await turn.requireStanding()
      try await data.write([.put([1], name)])
      await #expect(throws: StoreFailure.self) { try await turn.requireStanding() }
      await #expect(throws: Refusal.self) { try await vault.put(Self.person, for: .first, in: turn) }
      await #expect(throws: Refusal.self) {
        try await vault.correct(.second, by: PersonCorrection(contact: "Ahornallee 5"), at: 7, in: turn)
      }
    }
    #expect(try await vault.matches(for: Self.person).isEmpty)
    #expect(try await vault.person(.second)?.contact == nil)
    #expect(await data.bytes(name) == [1])
  }

  /// A store in which others come to have a turn each time that one looks.
  private struct BusyStore: SealedStore {
    func bytes(_ name: SealedName) -> [UInt8]? { Entropy.system.bytes(16) }
    func names(of kind: String) -> [SealedName] { [] }
    func write(_ changes: [SealedChange], expecting expected: [SealedName: [UInt8]?]) -> Bool { false }
  }

  @Test func `a turn is not waited for without end where others have theirs`() async throws {
    let vault = IdentityVault(data: BusyStore(), keys: keys, master: .example)
    await #expect(throws: StoreFailure.self) {
      try await vault.inTurn(patience: 3) { try await $0.take() }
    }
  }

  @Test func `what was altered or has lost its key is named`() async throws {
    try await vault.put(Self.person, for: .first)
    let name = SealedName("identity", "01-0001")
    var bytes = try #require(await data.bytes(name))
    bytes[20] ^= 1
    try await data.write([.put(bytes, name)])
    #expect(try await vault.verify(erased: []).count == 1)
    try await keys.write([.remove(SealedName("participant-key", "01-0001"))])
    #expect(try await vault.verify(erased: []) == ["identity/01-0001 has no key."])
  }
}
