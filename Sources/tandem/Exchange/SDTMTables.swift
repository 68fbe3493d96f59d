import Analysis
import Exchange
import StudyDesign

/// What an exchange of SDTM prints: what was taken, the incidence of adverse events, laboratory shifts.
struct SDTMTables {
  /// A direction of shifts: which result after baseline stands for a subject, and what of two is worse.
  struct Direction {
    let id: String
    let title: String
    let categories: [String]
    let choice: ShiftTable.Choice

    static let all = [
      Direction(
        id: "last", title: "last result after baseline", categories: ["NORMAL", "ABNORMAL", "LOW", "HIGH"],
        choice: .last),
      Direction(
        id: "highest", title: "highest class after baseline", categories: ["LOW", "NORMAL", "ABNORMAL", "HIGH"],
        choice: .worst),
      Direction(
        id: "lowest", title: "lowest class after baseline", categories: ["HIGH", "NORMAL", "ABNORMAL", "LOW"],
        choice: .worst),
    ]
  }

  /// Severities of AESEV, from the mildest.
  private static let severities = ["MILD", "MODERATE", "SEVERE"]
  /// So many refused rows of a dataset are printed as text; JSON has all of them.
  private static let mostRefused = 20
  /// Columns of text: a table of several treatments is wider than a terminal, and is not to be wrapped.
  private static let width = 200

  private let taken: SDTMImport
  private let study: Study
  private let safety: CasebookSafety
  /// Treatment-emergent adverse events by system organ class and treatment.
  let incidence: IncidenceTable
  /// Shifts, in the order of `Direction.all`.
  let shifts: [ShiftTable]

  /// The tables of an exchange; shifts of these tests, nil for all.
  init(_ taken: SDTMImport, of study: Study, safety: CasebookSafety, tests: Set<String>? = nil) {
    self.taken = taken
    self.study = study
    self.safety = safety
    incidence = IncidenceTable(safety.occurrences, groups: safety.groups, grades: Self.severities)
    let results = safety.results.filter { tests?.contains($0.analyte) ?? true }
    shifts = Direction.all.map {
      ShiftTable(results, groups: safety.groups, categories: $0.categories, choosing: $0.choice)
    }
  }

  // MARK: text

  var text: String {
    var page = Page()
    page.line(
      "\(study.id) \(study.version): \(taken.casebooks.count) casebooks of \(taken.studyID ?? "no study"), "
        + "\(taken.reports.map(\.taken).reduce(0, +)) rows")
    page.line()
    return page.text + reportText + "\n" + incidenceText + "\n" + shiftText
  }

  private var reportText: String {
    let rows = taken.reports.map { report in
      [
        report.dataset, report.file, "\(report.rows)", "\(report.taken)", "\(report.refused.count)",
        "\(report.heldBack)", report.form ?? "none",
      ]
    }
    let header = ["dataset", "file", "rows", "taken", "refused", "held back", "form"]
    var page = Page()
    for report in taken.reports where report.form != nil && !report.refused.isEmpty {
      page.line()
      page.line("\(report.dataset): nothing was taken. \(report.refused.count) row(s) cannot be:")
      for refused in report.refused.prefix(Self.mostRefused) { page.line("  \(refused.description.printable)") }
      let more = report.refused.count - Self.mostRefused
      if more > 0 { page.line("  and \(more) more, which --format json lists") }
    }
    for report in taken.reports where report.form == nil {
      page.line()
      page.line("\(report.dataset): \(report.refused.first?.why ?? "It has no rows.")")
    }
    let unplaced = taken.reports.flatMap { report in
      report.unplaced.map { [report.dataset, $0.variable, "\($0.values)", $0.label] }
    }
    return Table(header: header, rows: rows).text(whenEmpty: "No dataset.") + page.text
      + (unplaced.isEmpty
        ? ""
        : "\nValues that no item takes:\n"
          + Table(header: ["dataset", "variable", "values", "label"], rows: unplaced).text(whenEmpty: ""))
  }

  private var incidenceText: String {
    let found = safety.emergence
    var page = Page()
    page.line("Treatment-emergent adverse events by system organ class, safety set")
    page.line(
      "\(found.after) began on or after the first day of dosing, \(found.before) before it; \(found.uncertain) may have begun "
        + "on either side and are counted; \(found.unexposed) of subjects without a dose")
    page.line()
    let header =
      ["subjects with any event, events"] + incidence.groups.map { "\($0.name) (n = \($0.subjects.count))" }
    let rows = incidence.rows.filter { $0.term == nil }.map { row in
      [row.category ?? "Any"]
        + row.cells.map { "\($0.subjects.count) (\($0.subjects.percent ?? "-") %) \($0.events)" }
    }
    return page.text + Table(header: header, rows: rows).text(whenEmpty: "No events.", width: Self.width)
  }

  private var shiftText: String {
    zip(Direction.all, shifts).map { direction, table in
      let rows = table.blocks.flatMap { block in
        block.counts.enumerated().filter { $0.element.contains { $0 > 0 } }.map { line, counts in
          [
            block.group == 0 ? block.analyte : "", table.groups[block.group].name,
            line < table.categories.count ? table.categories[line] : "missing",
          ] + counts.map { "\($0)" }
        }
      }
      let header = ["test", "treatment", "baseline"] + table.categories.map { "to \($0)" } + ["to missing"]
      return "Laboratory shifts: from baseline to the \(direction.title), subjects of the safety set\n"
        + Table(header: header, rows: rows).text(whenEmpty: "No results.", width: Self.width)
    }.joined(separator: "\n")
      + "\n\(safety.otherResults) results are neither baseline nor of a day after the first of dosing.\n"
  }

  // MARK: JSON

  var json: JSON {
    .object([
      ("study", .string(study.id)), ("version", .string(study.version)),
      ("studyID", taken.studyID.map { .string($0) } ?? .null), ("casebooks", .integer(taken.casebooks.count)),
      ("datasets", .array(taken.reports.map(json))),
      (
        "treatments",
        .array(safety.groups.map { .object([("name", .string($0.name)), ("subjects", .integer($0.subjects.count))]) })
      ),
      (
        "emergence",
        .object([
          ("onOrAfter", .integer(safety.emergence.after)), ("before", .integer(safety.emergence.before)),
          ("uncertain", .integer(safety.emergence.uncertain)), ("unexposed", .integer(safety.emergence.unexposed)),
        ])
      ),
      ("incidence", .array(incidence.rows.map(json))),
      ("shifts", .object(zip(Direction.all, shifts).map { ($0.id, json($1)) })),
      ("resultsOfNeither", .integer(safety.otherResults)),
    ])
  }

  private func json(_ report: SDTMReport) -> JSON {
    .object([
      ("dataset", .string(report.dataset)), ("file", .string(report.file)),
      ("form", report.form.map { .string($0) } ?? .null), ("rows", .integer(report.rows)),
      ("taken", .integer(report.taken)), ("heldBack", .integer(report.heldBack)),
      (
        "refused",
        .array(report.refused.map { .object([("row", .integer($0.row)), ("why", .string($0.why))]) })
      ),
      (
        "unplaced",
        .array(
          report.unplaced.map {
            .object([
              ("variable", .string($0.variable)), ("label", .string($0.label)), ("values", .integer($0.values)),
            ])
          })
      ),
    ])
  }

  private func json(_ row: IncidenceTable.Row) -> JSON {
    .object([
      ("class", row.category.map { .string($0) } ?? .null), ("term", row.term.map { .string($0) } ?? .null),
      (
        "cells",
        .array(
          row.cells.map { cell in
            .object([
              ("subjects", .integer(cell.subjects.count)),
              ("percent", cell.subjects.percent.map { .string($0) } ?? .null), ("events", .integer(cell.events)),
              ("worst", .array(cell.worst.map { .integer($0) })), ("ungraded", .integer(cell.ungraded)),
            ])
          })
      ),
    ])
  }

  private func json(_ table: ShiftTable) -> JSON {
    .object([
      ("categories", .strings(table.categories)),
      (
        "blocks",
        .array(
          table.blocks.map { block in
            .object([
              ("test", .string(block.analyte)), ("name", safety.tests[block.analyte].map { .string($0) } ?? .null),
              ("treatment", .string(table.groups[block.group].name)),
              ("counts", .array(block.counts.map { .array($0.map { .integer($0) }) })),
            ])
          })
      ),
    ])
  }
}
