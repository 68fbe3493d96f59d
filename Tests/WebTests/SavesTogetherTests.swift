import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Web

/// Events on the page of today: a form that is filled in item by item is told once.
struct SavesTogetherTests {
  private func save(
    _ item: String, _ minute: Int, by account: String = "nora.diaz", form: String = "D6/1/vitalSigns/1",
    reason: String? = nil
  ) throws -> Recorded<TrialEvent> {
    let at = Moment(Instant(milliseconds: minute * 60_000))
    return Recorded(
      .casebook(
        try ParticipantID("01-0001"),
        .saved(form: try FormKey(form), entries: [Entry(item, .value("1"))], source: nil, reason: reason)),
      happened: at, recorded: at.instant, actor: Actor(account: account, role: "nurse"), position: minute)
  }

  private func counts(_ events: [Recorded<TrialEvent>]) -> [Int] {
    SavesTogether.joined(events).map { recorded in
      guard case .casebook(_, .saved(_, let entries, _, _)) = recorded.event else { return 0 }
      return entries.count
    }
  }

  @Test func `what one person saves of a form within minutes is one line with all its answers`() throws {
    let events = try [save("A", 1), save("B", 3), save("C", 12), save("B", 13)]
    #expect(counts(events) == [3])
    #expect(SavesTogether.joined(events).first?.position == 13)
  }

  @Test func `another person, another form, a later hour and a correction stay apart`() throws {
    #expect(counts(try [save("A", 1), save("B", 2, by: "ivan.kral")]) == [1, 1])
    #expect(counts(try [save("A", 1), save("B", 2, form: "D7/1/vitalSigns/1")]) == [1, 1])
    #expect(counts(try [save("A", 1), save("B", 12)]) == [1, 1])
    #expect(counts(try [save("A", 1), save("A", 2, reason: "Misread.")]) == [1, 1])
  }

  @Test func `what happened between does not keep them apart`() throws {
    #expect(counts(try [save("A", 1), save("X", 2, by: "ivan.kral"), save("B", 3)]) == [1, 2])
  }
}
