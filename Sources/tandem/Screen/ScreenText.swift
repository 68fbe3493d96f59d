import ClinicalValues
import Rules
import StudyDesign

/// The report for people: the verdict first, then what bars, what is missing and would decide, then the rest.
struct ScreenText {
  let frame: ScreeningFrame
  let style: TextStyle
  let width: Int

  /// The report on a record.
  func text(_ entry: ScreenedFile) -> String {
    var page = Page(width: width)
    switch entry.result {
    case .failure(let reason):
      page.line(style.bold(entry.file))
      page.entry(style.red("  not evaluated"), reason.sentence, labelWidth: 15)
    case .success(let screened):
      page.line(style.bold(screened.patient.printable) + "  " + entry.file.printable)
      page.line("  \(frame.study.id) \(frame.study.version), as of \(screened.asOf), \(frame.parameterWords)")
      if screened.assessments.count > 1 { overview(screened, &page) }
      for assessment in screened.assessments {
        page.line()
        section(assessment, inDetail: screened.assessments.count == 1, &page)
      }
    }
    page.line()
    return page.text
  }

  /// The verdicts of all cohorts at a glance.
  private func overview(_ screened: Screened, _ page: inout Page) {
    page.line()
    for assessment in screened.assessments {
      let bars = assessment.ids(.fail)
      let open = assessment.ids(.unknown)
      var words = bars.isEmpty ? "" : "bars: \(bars)"
      if !open.isEmpty { words += (words.isEmpty ? "" : "; ") + "unknown: \(open)" }
      let verdict = style.verdict(assessment.verdict, "\(assessment.verdict.rawValue)".padded(to: 13))
      page.entry("  \(assessment.cohort.name.padded(to: 5)) \(verdict)", words, labelWidth: 21, shownWidth: 21)
    }
  }

  private func section(_ assessment: Assessment, inDetail: Bool, _ page: inout Page) {
    let verdict = style.verdict(
      assessment.verdict, "\(assessment.verdict.mark) \(assessment.verdict.rawValue.uppercased())")
    page.line("  \(verdict)  \(assessment.cohort.name), \(assessment.cohort.title)")
    page.entry(
      "", "Provisional, for the sponsor to confirm: \(frame.provisionalWords(for: assessment.cohort)).", labelWidth: 2)
    list("What bars", assessment.results(.fail), &page)
    list("What is missing and would decide", assessment.results(.unknown), &page)
    next(assessment, &page)
    let passes = assessment.results(.pass)
    if inDetail {
      list("What does not stand in the way", passes, &page)
    } else if !passes.isEmpty {
      page.line()
      page.entry("", "\(passes.count) criteria do not stand in the way.", labelWidth: 2)
    }
  }

  private func list(_ heading: String, _ results: [CriterionResult], _ page: inout Page) {
    guard !results.isEmpty else { return }
    page.line()
    page.line("  " + style.bold(heading))
    for result in results {
      let mark = style.outcome(result.outcome, result.outcome.mark)
      let flag = result.criterion.isProvisional ? " (provisional)" : ""
      let missing = result.missing.isEmpty ? "" : " Missing: \(result.missing.joined(separator: ", "))."
      page.entry(
        "  \(mark) \(result.criterion.id.padded(to: 9))",
        "\(result.criterion.title)\(flag). \(result.reason)\(missing)",
        labelWidth: 13, shownWidth: 13)
      for note in result.notes { page.entry("", "Note: \(note)", labelWidth: 13) }
    }
  }

  private func next(_ assessment: Assessment, _ page: inout Page) {
    guard !assessment.next.isEmpty || !assessment.unsettled.isEmpty else { return }
    page.line()
    page.line("  " + style.bold(assessment.nextHeading))
    for datum in assessment.next {
      page.entry(
        "    \(datum.concept)", "\(frame.display(datum.concept)): \(datum.use)",
        labelWidth: max(13, datum.concept.count + 4))
    }
  }

  /// One line a record and cohort, after several records.
  func summary(_ entries: [(name: String, verdicts: [(cohort: String, verdict: Verdict)]?)]) -> String {
    var page = Page(width: width)
    page.line(style.bold("All records"))
    let nameWidth = min(40, entries.map(\.name.count).max() ?? 0)
    for entry in entries {
      let words =
        entry.verdicts.map { verdicts in
          verdicts.map { "\($0.cohort) " + style.verdict($0.verdict, "\($0.verdict.mark) \($0.verdict.rawValue)") }
            .joined(separator: "  ")
        } ?? style.red("not evaluated")
      page.line("  \(entry.name.padded(to: nameWidth))  \(words)")
    }
    return page.text
  }
}

extension Assessment {
  /// What the data to obtain next promise.
  var nextHeading: String {
    unsettled.isEmpty
      ? "Obtain next: if these come out well, the candidate is eligible"
      : "Obtain next: no data alone would settle \(unsettled.joined(separator: ", ")), even if these come out well"
  }

  /// The results with one outcome.
  func results(_ outcome: Outcome) -> [CriterionResult] { criteria.filter { $0.outcome == outcome } }

  /// The ids of the criteria with one outcome.
  func ids(_ outcome: Outcome) -> String { results(outcome).map(\.criterion.id).joined(separator: ", ") }
}

extension NextDatum {
  /// What it decides, and which records on file stand against that until they are corrected.
  var use: String {
    let decides = "decides \(decides.joined(separator: ", "))"
    guard !corrects.isEmpty else { return decides }
    return "\(decides). On file and undecidable, to be corrected or completed: \(corrects.joined(separator: ", "))"
  }
}
