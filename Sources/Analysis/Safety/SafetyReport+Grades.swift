import ClinicalValues
import Figures
import Instruments
import Trial

extension SafetyReport {
  /// CRS and ICANS by day.
  var syndromeSection: Section {
    Section(
      "syndromes", "CRS and ICANS by day",
      [
        .table(
          "Of everybody infused (N = \(infusions.count)), Day 0 to 28",
          Table(
            ["participant", "cohort", "syndrome", "worst grade", "from, to", "days", "by day"],
            grades.syndromes.map(\.cells), nothing: "nobody was infused.",
            marked: Set(grades.syndromes.indices.filter { grades.syndromes[$0].worst ?? 0 >= CTCAE.severe }))),
        .note(
          "Grades after ASTCT from what was recorded, the worst of each day; “>=2” is a least grade where something is missing; "
            + "“(assigned)” is the grade that the assessment itself says, where it is higher or nothing else gives one; days "
            + "without an assessment are left out. A grade that an investigator changed counts as changed."
        ),
      ] + ["CRS", "ICANS"].compactMap { ribbon($0) })
  }

  private func ribbon(_ syndrome: String) -> ReportDocument.Block? {
    let rows = grades.syndromes.filter { $0.syndrome == syndrome && !$0.days.isEmpty }
    guard !rows.isEmpty else { return nil }
    let levels = RibbonLevel.ordered(CTCAE.gradesByNumber.map { ($0 == 0 ? "none" : "grade \($0)", "\($0)") })
    return Self.block(
      DayRibbon(
        Caption(syndrome.lowercased(), title: "\(syndrome): the worst grade of each day"),
        day: Axis("Days from Day 0", kind: .days, atLeast: 0...28), levels: levels,
        rows: rows.map { row in
          RibbonRow(
            "\(row.participant) \(row.cohort ?? "")", row.days.map { RibbonSpan($0.day...$0.day, level: $0.grade) })
        }))
  }

  /// Cytopenia, with the counts.
  var cytopeniaSection: Section {
    Section(
      "cytopenia", "Cytopenia",
      [
        .table(
          "Early and late hematotoxicity (ICAHT) of everybody infused (N = \(infusions.count))",
          Table(
            [
              "participant", "cohort", "early grade", "days at 500/uL or less", "of them carried over 7 days",
              "days at 100/uL or less", "late grade",
            ], grades.cytopenia.map(\.cells), nothing: "nobody was infused, or no counts are asked for.")),
        .note(
          "Early: Day 0 to 30, the last neutrophil count carried forward; “at least” where Day 0 or Day 30 was not measured. Days "
            + "carried over 7 days are those whose last count was more than 7 days before. Late: Day 31 to 100, from two counts on."
        ),
        .table(
          "How long counts were low after LD 1, worse than at baseline (infused, N = \(infusions.count))",
          Table(
            [
              "participant", "cohort", "CTCAE term", "spells", "days at grade \(CTCAE.severe) or more",
              "of them carried over 7 days", "days at grade 4",
            ],
            grades.lowCounts.map(\.cells), nothing: "nobody was infused, or no counts are on record.",
            marked: Set(grades.lowCounts.indices.filter { grades.lowCounts[$0].daysAtGrade4 > 0 }))),
        .note(
          "A count holds until the next one, however long that is: days carried over 7 days have none of the 7 days before; "
            + "“at least” where the last spell has no later count of a lower grade. Kinds of cells that were "
            + "not counted are left out; anemia has no grade 4 by its number."),
      ] + ["neutrophils", "platelets"].compactMap { curves($0) })
  }

  private func curves(_ analyte: String) -> ReportDocument.Block? {
    let courses = grades.counts.filter { $0.analyte == analyte && !$0.points.isEmpty }
    guard !courses.isEmpty else { return nil }
    return Self.block(
      LinePlot(
        Caption(analyte, title: "\(analyte.capitalizedFirst) of everybody infused"),
        x: Axis("Days from Day 0", kind: .days), y: Axis(analyte.capitalizedFirst, unit: courses.first?.unit),
        series: courses.map { course in
          LineSeries(
            course.participant.description,
            course.points.map { LinePoint(Double($0.day), Double($0.number.description)) })
        },
        bands: GradeBands.of(analyte, unit: courses.first?.unit).map { ReferenceBand("grade \($0.grade)", $0.range) }))
  }

  /// Laboratory shifts.
  var shiftSection: Section {
    let size = grades.shifts.groups.first?.subjects.count ?? 0
    let rows = grades.shifts.blocks.flatMap { Self.rows($0, categories: grades.shifts.categories) }
    return Section(
      "shifts", "Laboratory shifts",
      [
        .table(
          "From the grade at baseline to the worst grade after LD 1: participants (lymphodepleted, N = \(size))",
          Table(
            ["CTCAE term", "with both", "baseline grade"] + grades.shifts.categories.map { "to \($0)" } + ["to none"],
            rows.map(\.cells), nothing: "no value is on record.", marked: Set(rows.indices.filter { rows[$0].isSevere })
          )),
        .note(
          "Baseline is the last value before LD 1. Too low and too high are two terms. “None” is no gradable value; "
            + "\(grades.notGradable) values could not be graded. Terms of which no value is on record are left out."),
      ])
  }

  private static func rows(
    _ block: ShiftTable.Block, categories: [String]
  ) -> [(cells: [String], isSevere: Bool)] {
    block.counts.enumerated().filter { $0.element.contains { $0 > 0 } }.map { index, counts in
      let cells =
        [block.analyte, "\(block.evaluable)", index < categories.count ? categories[index] : "none"]
        + counts.map { $0 == 0 ? "." : "\($0)" }
      return (cells, counts.dropLast().dropFirst(CTCAE.severe).contains { $0 > 0 } && index < CTCAE.severe)
    }
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}

extension GradeTables.Syndrome {
  fileprivate var cells: [String] {
    [
      participant.description, Printed.known(cohort), syndrome,
      days.isEmpty ? "not assessed" : Printed.known(worst.map(String.init)),
      span.map { "Day \($0.lowerBound) to \($0.upperBound)" } ?? "-", span.map { "\($0.count)" } ?? "-", runs,
    ]
  }

  /// `0-2: 0, 3: 2, 4-5: 1`.
  private var runs: String {
    var runs: [(days: ClosedRange<Int>, text: String)] = []
    for day in days {
      if let last = runs.last, last.text == day.text, last.days.upperBound + 1 == day.day {
        runs[runs.count - 1].days = last.days.lowerBound...day.day
      } else {
        runs.append((day.day...day.day, day.text))
      }
    }
    return runs.map { run in
      (run.days.count == 1 ? "\(run.days.lowerBound)" : "\(run.days.lowerBound)-\(run.days.upperBound)")
        + ": \(run.text)"
    }.joined(separator: ", ")
  }
}

extension GradeTables.LowCount {
  fileprivate var cells: [String] {
    func days(_ number: Int) -> String { isOngoing && number > 0 ? "at least \(number)" : "\(number)" }
    return [
      participant.description, Printed.known(cohort), term, "\(episodes)", days(daysAtGrade3OrMore), "\(daysCarried)",
      days(daysAtGrade4),
    ]
  }
}

extension GradeTables.Cytopenia {
  fileprivate var cells: [String] {
    [
      participant.description, Printed.known(cohort),
      earlyGrade.map { isEarlyComplete ? "\($0)" : "at least \($0)" } ?? "unknown",
      Printed.known(daysAtOrBelow500.map(String.init)), Printed.known(daysCarried.map(String.init)),
      Printed.known(daysAtOrBelow100.map(String.init)),
      Printed.known(lateGrade.map(String.init)),
    ]
  }
}
