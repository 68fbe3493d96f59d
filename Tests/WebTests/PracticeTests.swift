import ClinicalValues
import Conduct
import HTTPTypes
import HummingbirdTesting
import Ledger
import StudyDesign
import Testing
import Trial

@testable import Web

/// The practice at the bedside: the rules of the trial, and nothing of it in the ledger.
struct PracticeTests {
  private func room(_ planted: PracticeCase) async throws -> PracticeRoom {
    let stage = try await SiteStage()
    return try PracticeRoom(try #require(stage.site.newest), planted, now: stage.site.clock())
  }

  /// What somebody types who reads what stands there.
  private func read(_ room: PracticeRoom) -> Fields {
    let (label, person) = (room.label, room.present)
    return Fields([
      ("documentName", person.name), ("documentBirthDate", person.birthDate), ("wristbandName", person.name),
      ("wristband", person.id.printed), ("wristbandBirthDate", person.birthDate), ("label", label.bag),
      ("labelIdentity", label.identity), ("labelParticipant", label.participant), ("labelBag", label.bag),
      ("said", person.name), ("saidBirthDate", person.birthDate),
    ])
  }

  /// Why an act is refused; nil where it is not.
  private func refusal(of act: PracticeAct, in room: inout PracticeRoom) -> Refusal? {
    do throws(Refusal) { try room.act(act, read(room)) } catch { return error }
    return nil
  }

  @Test func `where everything fits two people come to the infusion`() async throws {
    var room = try await room(.allFits)
    #expect(room.gate.filter { $0.value != true }.map(\.id) == ["infusion.bedside"])
    for act in PracticeAct.allCases { try room.act(act, read(room)) }
    #expect(room.ending == .infused)
  }

  @Test func `one person alone does not open the gate`() async throws {
    var room = try await room(.allFits)
    for act in [PracticeAct.checkPerson, .thaw, .verify] { try room.act(act, read(room)) }
    #expect(refusal(of: .start, in: &room)?.lines.contains { $0.id == "infusion.bedside" && $0.value != true } == true)
    #expect(room.ending == nil)
  }

  @Test func `a bag that was thawed too long ago is not verified any more`() async throws {
    var room = try await room(.allFits)
    for act in [PracticeAct.checkPerson, .thaw] { try room.act(act, read(room)) }
    #expect(room.acts.standing(.verify) == .atHand && !room.acts.isTooLate)
    let id = room.cast.meant.id
    let thaw = try #require(room.trial.state.participants[id]?.product[room.cast.meant.bag]?.thaw)
    room.advance(to: thaw.startBy)
    #expect(room.acts.standing(.verify) == .atHand && !room.acts.isTooLate)
    room.advance(to: thaw.startBy.adding(minutes: 1))
    #expect(room.acts.standing(.verify) == .waits && room.acts.isTooLate)
  }

  @Test func `a bag of somebody else stops both products`() async throws {
    var room = try await room(.bagOfAnother)
    try room.act(.checkPerson, read(room))
    try room.act(.thaw, read(room))
    #expect(room.ending == .found)
    for person in [room.cast.meant, room.cast.other] {
      #expect(room.acts.state.participants[person.id]?.product.quarantines.isEmpty == false)
    }
  }

  @Test func `a person who is somebody else is found at the check`() async throws {
    var room = try await room(.personIsAnother)
    try room.act(.checkPerson, read(room))
    #expect(room.ending == .found)
  }

  @Test func `a smudged label is read again`() async throws {
    var room = try await room(.labelSmudged)
    try room.act(.checkPerson, read(room))
    #expect(refusal(of: .thaw, in: &room)?.id == "read-again")
    for act in PracticeAct.allCases.dropFirst() { try room.act(act, read(room)) }
    #expect(room.ending == .infused)
  }

  @Test func `typing what should stand there is told`() async throws {
    var room = try await room(.bagOfAnother)
    let right = try await self.room(.allFits)
    for act in PracticeAct.allCases { try room.act(act, read(right)) }
    #expect(room.ending == .infusedWrongly)
  }

  @Test func `nothing of it is in the ledger`() async throws {
    let stage = try await SiteStage()
    try await stage.ask { asker in
      let anna = try await asker.signedIn()
      let before = try await stage.site.live.store.head().position
      let page = try await anna.get("/practice").text
      let csrf = String(try #require(page.firstMatch(of: /name="_csrf" value="([^"]+)"/)).1)
      #expect(page.contains("PRACTICE"))
      #expect(try await anna.post("/practice/begin", ["_csrf": csrf, "case": "allFits"]).status == .seeOther)
      let shown = try await anna.get("/practice").text
      #expect(shown.contains("Alex Example") && shown.contains("COI-"))
      #expect(try await stage.site.live.store.head().position == before)
    }
  }
}
