import ClinicalValues
import StudyDesign
import Trial

/// Toxicity by study day laid out: lines are measurements and syndromes, columns days.
struct ToxicityPage {
  private let grading: Grading
  private let grid: ToxicityGrid?
  private static let columns = 10

  init(_ grading: Grading, days: ClosedRange<Int>) {
    self.grading = grading
    grid = grading.grid(days: days)
  }

  var text: String {
    var page = Page()
    guard let grid else {
      page.line("\(grading.participant.id) was not infused.")
      return page.text
    }
    page.line("Toxicity of \(grading.participant.id), Day \(grid.days.lowerBound) to \(grid.days.upperBound)")
    page.line("The worst of each day, its grade in parentheses. CRS and ICANS after ASTCT; >= where it is a minimum.")
    for first in stride(from: grid.days.lowerBound, through: grid.days.upperBound, by: Self.columns) {
      let days = first...min(first + Self.columns - 1, grid.days.upperBound)
      page.line()
      page.line(table(grid, days))
    }
    for line in notes(grid) { page.entry("", line, labelWidth: 0) }
    return page.text
  }

  private func table(_ grid: ToxicityGrid, _ days: ClosedRange<Int>) -> String {
    var rows = [[""] + days.map { "D\($0)" }]
    for line in grid.lines {
      rows.append([line.id + (line.unit.map { " \($0)" } ?? "")] + days.map { Self.text(line.cells[$0], line) })
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ").trimmingEnd
    }.joined(separator: "\n")
  }

  private static func text(_ cell: ToxicityGrid.Cell?, _ line: ToxicityGrid.Line) -> String {
    guard let cell else { return "." }
    guard line.unit != nil, let grade = cell.grade, grade > 0 else { return cell.text }
    return "\(cell.text) (\(grade))"
  }

  private static func days(_ count: Int) -> String { count == 1 ? "1 day" : "\(count) days" }

  private func notes(_ grid: ToxicityGrid) -> [String] {
    var notes: [String] = [""]
    let baseline = grid.iceBaseline.map { "ICE at baseline: \($0)" + ($0 < 10 ? ", below 10." : ".") }
    notes.append(baseline ?? "There is no ICE score before LD 1.")
    for assessment in grading.crs + grading.icans where assessment.isDiffering {
      notes.append(
        "\(assessment.form): assigned grade \(assessment.assigned ?? 0), computed \(assessment.text). \(assessment.rule)"
      )
    }
    if let icaht = grading.hematotoxicity {
      func grade(_ grade: Int?) -> String { grade.map(String.init) ?? "unknown" }
      let early = icaht.isEarlyComplete ? "" : " at least (Day 0 or Day 30 not measured)"
      notes.append(
        "ICAHT: early grade \(grade(icaht.earlyGrade))\(early), \(Self.days(icaht.daysAtOrBelow500 ?? 0)) with at most 500 "
          + "neutrophils per microliter, \(icaht.daysAtOrBelow100 ?? 0) with at most 100; late grade \(grade(icaht.lateGrade)) "
          + "from \(icaht.lateSamples) counts.")
    }
    for alert in grading.hyperinflammationAlerts {
      notes.append(
        "Hyperinflammation alert (UNVERIFIED limits), Day \(alert.day): ferritin \(alert.ferritin.answer); "
          + "\(alert.manifestations.joined(separator: ", ")).")
    }
    if let days = grading.undecidedHyperinflammation {
      notes.append(
        "Hyperinflammation (UNVERIFIED limits): ferritin criterion met, Day \(days.lowerBound) to \(days.upperBound); not decided."
      )
    }
    for episode in grading.episodes {
      let days =
        episode.days.map { Self.days($0) + (episode.recovered == nil ? " at least" : "") } ?? "unknown duration"
      notes.append(
        "\(episode.term) of grade \(grading.book.grading.eventFromGrade) or more: \(days) from "
          + "\(episode.first?.description ?? "?"), worst \(episode.worst.counting).")
    }
    return notes
  }

  var members: [(String, JSON)] {
    [
      ("participant", .string(grading.participant.id.description)),
      ("iceBaseline", JSON(grid?.iceBaseline)),
      (
        "lines",
        .array(
          (grid?.lines ?? []).map { line in
            .object([
              ("id", .string(line.id)), ("unit", line.unit.map { .string($0) } ?? .null),
              (
                "days",
                .array(
                  line.cells.sorted { $0.key < $1.key }.map { day, cell in
                    .object([
                      ("day", .integer(day)), ("text", .string(cell.text)), ("grade", JSON(cell.grade)),
                    ])
                  })
              ),
            ])
          })
      ),
      ("notes", .strings(grid.map { notes($0).filter { !$0.isEmpty } } ?? [])),
    ]
  }
}

extension SyndromeAssessment {
  /// Whether a person assigned another grade than what is recorded gives.
  fileprivate var isDiffering: Bool {
    guard let assigned else { return false }
    return grade.map { $0 != assigned } ?? (assigned < minimum ?? 0)
  }
}

extension String {
  /// Without blanks at its end.
  fileprivate var trimmingEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
