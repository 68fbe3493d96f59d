import Markup
import StudyDesign
import Trial

/// What was seen day by day after the infusion: temperature, CRS, ICANS, ICE, laboratory values, each with its grade.
struct DayGridTable {
  let grid: ToxicityGrid
  let study: Study
  let words: Words

  var markup: Markup {
    Part.section(
      words["What was seen each day"], id: "days",
      note: words["The worst of each day, its grade in parentheses."]
    ) {
      Part.table(
        words["What was seen each day"], [words["Day"]] + grid.lines.map(heading),
        grid.days.filter { day in grid.lines.contains { $0.cells[day] != nil } }.map { day in
          [.text(String(day))] + grid.lines.map { line in .text(line.cells[day].map { text($0, of: line) } ?? "") }
        }, empty: words["Nothing is recorded."])
    }
  }

  private func heading(_ line: ToxicityGrid.Line) -> String {
    guard let display = study.dictionary[line.id]?.display else { return line.id.uppercased() }
    return words.study(display) + (line.unit.map { " (\(words.unit($0)))" } ?? "")
  }

  /// A measurement with its grade; of a syndrome the grade is what is seen.
  private func text(_ cell: ToxicityGrid.Cell, of line: ToxicityGrid.Line) -> String {
    let text = words.plain(cell.text)
    guard line.unit != nil, let grade = cell.grade, grade > 0 else { return text }
    return "\(text) (\(grade))"
  }
}
