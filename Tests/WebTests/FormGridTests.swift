import ClinicalValues
import Markup
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// The casebook at a glance: forms down, visits across.
struct FormGridTests {
  private func grid(_ stage: ParticipantStage) throws -> FormGrid {
    FormGrid(try stage.calendar(), try stage.participant, stage.study.forms, stage.words)
  }

  private func cell(_ form: String, _ visit: String, in grid: FormGrid) throws -> FormGrid.Cell {
    let column = try #require(grid.visits.firstIndex { $0.visit == visit })
    let row = try #require(grid.rows.first { $0.form == form })
    return try #require(row.cells[column])
  }

  @Test func `a cell says how far the forms of a visit have come, and leads to the first that needs something`()
    async throws
  {
    var stage = try await ParticipantStage()
    let first = try FormKey(visit: "D0", form: "vitalSigns")
    let second = try FormKey(visit: "D0", form: "vitalSigns", row: 2)
    try stage.save(first, ["VSORRES_HR": "70"])
    try stage.save(second, ["VSORRES_HR": "71"], missing: ["VSDTC"])
    try stage.record(.casebook(stage.id, .queryRaised(query: RaisedQuery(form: second, text: "When was it?"))))
    let grid = try grid(stage)
    let cell = try cell("vitalSigns", "D0", in: grid)
    #expect(cell.standing.state == .incomplete)
    #expect(cell.standing.badges.openQueries == 1)
    #expect(cell.done == 1)
    #expect(cell.next == second)
    let printed = grid.markup.printed(as: .html)
    #expect(printed.contains(#"href="/participants/01-0001/forms/D0/1/vitalSigns/2""#))
    #expect(printed.contains("incomplete, query open (1) 1/\(cell.keys.count)"))
  }

  @Test(arguments: [
    ("saved", FormState.complete, "●"), ("lacking", .incomplete, "◐"), ("not done", .notDone, "⊘"),
    ("nothing", .notStarted, "○"),
  ])
  func `each state has its sign and its word`(what: String, state: FormState, sign: String) async throws {
    var stage = try await ParticipantStage()
    let form = try FormKey(visit: "SCR", form: "physicalExamination")
    // The visit is there since something else of it is recorded.
    try stage.save(try FormKey(visit: "SCR", form: "vitalSigns"), ["VSORRES_HR": "70"])
    switch what {
    case "saved": try stage.save(form, ["PEDTC": "2026-01-05"])
    case "lacking": try stage.save(form, ["PEDTC": "2026-01-05"], missing: ["PERES"])
    case "not done": try stage.record(.casebook(stage.id, .markedNotDone(form: form, reason: "refused")))
    default: break
    }
    let grid = try grid(stage)
    #expect(try cell("physicalExamination", "SCR", in: grid).standing.state == state)
    let printed = grid.markup.printed(as: .html)
    #expect(printed.contains(">\(sign)"))
    #expect(printed.contains(": \(stage.words.title(state))\""))
  }

  @Test func `marks stand beside the state, each with its word in the legend`() {
    var badges = Badges()
    badges.openQueries = 2
    badges.verified = 5
    badges.changedSinceVerified = 1
    badges.signed = 1
    badges.frozen = 1
    badges.locked = 1
    #expect(FormMarks.markup(badges).plainText == "⚑2 V! S F L")
    let words = Words(.english, messages: [:])
    let legend = FormMarks.legend(words).plainText
    for word in ["query open", "verified", "changed since verified", "signed", "frozen", "locked", "not done"] {
      #expect(legend.contains(word))
    }
  }
}
