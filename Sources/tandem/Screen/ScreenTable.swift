import ClinicalValues
import Rules
import StudyDesign

/// The table for people on several records: a row a record and cohort, with what bars, what is unknown and how much was not read.
struct ScreenTable {
  let style: TextStyle
  let width: Int

  /// The rows of a record.
  func text(_ entry: ScreenedFile) -> String {
    var page = Page(width: width)
    switch entry.result {
    case .failure(let reason):
      page.line(style.bold(entry.file.printable))
      page.entry("  " + style.red("not evaluated"), reason.sentence, labelWidth: 22, shownWidth: 15)
    case .success(let screened):
      page.line(style.bold(screened.patient.printable) + "  \(entry.file.printable), as of \(screened.asOf)")
      for notice in entry.notices { page.entry("  !", notice, labelWidth: 3) }
      for assessment in screened.assessments {
        let verdict = style.verdict(
          assessment.verdict, "\(assessment.verdict.mark) \(assessment.verdict.rawValue)".padded(to: 14))
        let unread = screened.unreadCount == 0 ? "" : "\(screened.unreadCount) not read"
        page.entry(
          "  \(assessment.cohort.name.padded(to: 5)) \(verdict)",
          [assessment.atAGlance, unread].filter { !$0.isEmpty }.joined(separator: "; "), labelWidth: 22,
          shownWidth: 22)
      }
    }
    return page.text
  }

  /// How many records came out how, by cohort; what was not read; what all of it rests on.
  func summary(_ run: RunSummary, _ frame: ScreeningFrame) -> String {
    var page = Page(width: width)
    page.line()
    let failed = run.failures == 0 ? "" : ", \(run.failures) of them not evaluated"
    page.line(style.bold("\(counted(run.records, "record", "records"))\(failed)"))
    for cohort in run.cohorts {
      let counts = Verdict.allCases.compactMap { verdict -> String? in
        let count = run.count(verdict, cohort)
        return count == 0 ? nil : "\(count) \(verdict.rawValue)"
      }
      page.line("  \(cohort.name.padded(to: 5)) \(counts.joined(separator: ", "))")
    }
    for sentence in run.sharedNames {
      page.line()
      page.entry("!", sentence, labelWidth: 1)
    }
    unread(run, &page)
    if !run.cohorts.isEmpty {
      page.line()
      page.line("Every verdict rests on what is provisional, for the sponsor to confirm:")
      page.entry("", "\(frame.provisionalWords(for: run.cohorts)).", labelWidth: 0)
    }
    page.line()
    page.line("Why, criterion by criterion: tandem screen with one FILE, or with --format html for a page that prints.")
    return page.text
  }

  /// So many codes are named; the rest are counted.
  private static let mostNamed = 20

  private func unread(_ run: RunSummary, _ page: inout Page) {
    guard run.recordsWithUnread > 0 else { return }
    page.line()
    page.line("\(run.unreadHeading):")
    for code in run.unread.prefix(Self.mostNamed) {
      page.entry("", "\(code.name): \(counted(code.records, "record", "records"))", labelWidth: 0)
    }
    let rest = run.unread.count - Self.mostNamed
    if rest > 0 { page.entry("", "and \(rest) further codes, all of them with --format html or json", labelWidth: 0) }
  }
}

extension RunSummary {
  /// That data were not read, and why.
  var unreadHeading: String {
    "\(counted(recordsWithUnread, "record holds", "records hold")) data under codes or of types that were not read; look at them"
  }
}
