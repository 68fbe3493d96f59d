import Analysis
import Testing

@Suite struct IncidenceTableTests {
  typealias Occurrence = IncidenceTable.Occurrence

  static let groups = [
    IncidenceTable.Group("placebo", subjects: ["1", "2", "3"]),
    IncidenceTable.Group("active", subjects: ["4", "5", "6"]),
    IncidenceTable.Group("all", subjects: ["1", "2", "3", "4", "5", "6"]),
  ]
  static let events = [
    Occurrence(subject: "1", category: "Skin", term: "Rash", grade: "mild"),
    Occurrence(subject: "1", category: "Skin", term: "Rash", grade: "severe"),
    Occurrence(subject: "1", category: "Skin", term: "Pruritus", grade: nil),
    Occurrence(subject: "4", category: "Skin", term: "Pruritus", grade: "moderate"),
    Occurrence(subject: "5", category: "Skin", term: "Pruritus", grade: "fierce"),
    Occurrence(subject: "4", category: "Cardiac", term: "Palpitations", grade: "mild"),
    Occurrence(subject: "9", category: "Cardiac", term: "Palpitations", grade: "severe"),
  ]
  static let table = IncidenceTable(events, groups: groups, grades: ["mild", "moderate", "severe"])

  @Test func `rows are all events, then each class with its terms, those of most subjects first`() {
    #expect(
      Self.table.rows.map { [$0.category ?? "any", $0.term ?? "-"] } == [
        ["any", "-"], ["Cardiac", "-"], ["Cardiac", "Palpitations"], ["Skin", "-"], ["Skin", "Pruritus"],
        ["Skin", "Rash"],
      ])
    let frequent = IncidenceTable(Self.events, groups: Self.groups, grades: [], classes: .mostSubjectsFirst)
    #expect(frequent.rows[1].category == "Skin")
  }

  @Test func `a subject counts once a row, at the worst grade, and every event counts`() throws {
    let skin = try #require(Self.table.rows.first { $0.category == "Skin" && $0.term == nil })
    #expect(skin.cells.map(\.subjects) == [Share(1, of: 3), Share(2, of: 3), Share(3, of: 6)])
    #expect(skin.cells.map(\.events) == [3, 2, 5])
    #expect(skin.cells[0].worst == [0, 0, 1])
    #expect(skin.cells[2].subjects(atLeast: 1) == Share(2, of: 6))
  }

  @Test func `a grade that is unknown or not of the scale counts as ungraded, never as a grade`() throws {
    let pruritus = try #require(Self.table.rows.first { $0.term == "Pruritus" })
    #expect(pruritus.cells.map(\.ungraded) == [1, 1, 2])
    #expect(pruritus.cells.map(\.worst) == [[0, 0, 0], [0, 1, 0], [0, 1, 0]])
  }

  @Test func `who is in no group is named and counted in no row`() {
    #expect(Self.table.outside == ["9"])
    #expect(Self.table.rows[0].cells[2].events == 6)
  }

  @Test func `without events there is one row of zeros, with its denominators`() {
    let table = IncidenceTable([], groups: Self.groups, grades: ["mild"])
    #expect(table.rows.count == 1)
    #expect(table.rows[0].cells.map(\.subjects.text) == ["0 of 3 (0.0 %)", "0 of 3 (0.0 %)", "0 of 6 (0.0 %)"])
  }

  @Test(arguments: [(1, 3, "33.3"), (2, 3, "66.7"), (1, 16, "6.3"), (1, 2000, "0.1"), (12, 12, "100.0")])
  func `percent has one decimal, half up, from the counts themselves`(_ count: Int, _ total: Int, _ percent: String) {
    #expect(Share(count, of: total).percent == percent)
  }

  @Test func `nothing is no share of nothing`() {
    #expect(Share(0, of: 0).percent == nil)
    #expect(Share(0, of: 0).text == "0 of 0")
  }
}
