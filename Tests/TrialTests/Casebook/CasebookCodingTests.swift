import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

/// The shapes in which a casebook stands in the ledger. They are stored for good: a failing line here is a break with
/// every ledger that exists.
struct CasebookCodingTests {
  static let shapes: [(CasebookEvent, type: String, fact: String)] = [
    (
      .saved(
        form: .vitals,
        entries: [
          Entry("A", .value("1.5", unit: "g/L"), low: 1, high: 2, laboratory: "X"), Entry("B", .absent(.notDone)),
          Entry("C", .cleared),
        ], source: .paper, reason: "Why."), "casebook.saved",
      #"{"entries":[{"high":"2","item":"A","laboratory":"X","low":"1","unit":"g/L","value":"1.5"},"#
        + #"{"absent":"notDone","item":"B"},{"cleared":true,"item":"C"}],"form":"SCR/1/vitals/1","reason":"Why.","#
        + #""source":"paper"}"#
    ),
    (
      .assessed(form: .vitals, missing: ["A"], unasked: [], calculated: [Entry("B", .value("3"))]), "casebook.assessed",
      #"{"calculated":[{"item":"B","value":"3"}],"form":"SCR/1/vitals/1","missing":["A"],"unasked":[]}"#
    ),
    (
      .queryRaised(query: RaisedQuery(form: .vitals, items: ["A"], check: "C", text: "?")), "casebook.queryRaised",
      #"{"query":{"check":"C","form":"SCR/1/vitals/1","items":["A"],"text":"?"}}"#
    ),
    (.queryMended(query: 3), "casebook.queryMended", #"{"query":3}"#),
    (
      .verified(form: .vitals, items: ["A"], source: "Chart"), "casebook.verified",
      #"{"form":"SCR/1/vitals/1","items":["A"],"source":"Chart"}"#
    ),
    (
      .unlocked(scope: .visit("D28", 2), reason: "Why."), "casebook.unlocked", #"{"reason":"Why.","scope":"D28/2"}"#
    ),
    (.frozen(scope: .casebook), "casebook.frozen", #"{"scope":"casebook"}"#),
  ]

  @Test(arguments: shapes.indices) func `an event is stored as it always was, and read again`(_ index: Int) throws {
    let (event, type, fact) = Self.shapes[index]
    let trial = TrialEvent.casebook(.first, event)
    let named = try trial.named()
    #expect(named.type == type)
    let written = try CanonicalJSON(named.fact).description
    #expect(written == fact)
    #expect(try TrialEvent(type: named.type, fact: named.fact, stream: trial.stream) == trial)
  }

  @Test func `ranges stand in the stream of their site, or of the study`() throws {
    let ranges = LaboratoryEvent.rangesImported(file: .example, ranges: [])
    #expect(TrialEvent.laboratory(.berlin, ranges).stream == .site(.berlin))
    #expect(TrialEvent.laboratory(nil, ranges).stream == .study)
    for event in [TrialEvent.laboratory(.berlin, ranges), .laboratory(nil, ranges)] {
      let named = try event.named()
      #expect(try TrialEvent(type: named.type, fact: named.fact, stream: event.stream) == event)
    }
  }

  @Test(arguments: ["D28", "D28/0/vitals/1", "D28/1/vitals", "D 28/1/vitals/1", "D28/1/vitals/10000", "a/b/c/d/e", ""])
  func `a text that names no form is refused`(_ text: String) {
    #expect(throws: InvalidCode.self) { try FormKey(text) }
  }

  @Test func `a form's key may leave out number and row where they are 1`() throws {
    #expect(try FormKey("SCR/vitals") == .vitals)
  }
}
