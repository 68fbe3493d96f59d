import ClinicalValues
import Rules
import StudyDesign

/// The report for people on one record: the verdict first, then what bars, what is missing and would decide, then the rest.
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
      page.line("  \(frame.study.id) \(frame.study.version), as of \(screened.asOf). \(frame.parameterWords)")
      if let words = screened.unrecognizedWords { page.entry("", words, labelWidth: 0) }
      if screened.assessments.count > 1 {
        severalCohorts(screened, &page)
      } else {
        for assessment in screened.assessments { section(assessment, inDetail: true, &page) }
      }
    }
    page.line()
    return page.text
  }

  /// The verdicts of all cohorts at a glance, then the one that alone is still open.
  private func severalCohorts(_ screened: Screened, _ page: inout Page) {
    page.line()
    for assessment in screened.assessments {
      let verdict = style.verdict(assessment.verdict, "\(assessment.verdict.rawValue)".padded(to: 13))
      page.entry(
        "  \(assessment.cohort.name.padded(to: 5)) \(verdict)", assessment.atAGlance, labelWidth: 21, shownWidth: 21)
    }
    let open = screened.assessments.filter { $0.verdict != .ineligible }
    if open.count == 1 { section(open[0], inDetail: false, &page) }
    page.line()
    page.line("  One cohort in full: --cohort \(screened.assessments.map(\.cohort.id).joined(separator: ", "))")
  }

  private func section(_ assessment: Assessment, inDetail: Bool, _ page: inout Page) {
    page.line()
    let verdict = style.verdict(
      assessment.verdict, "\(assessment.verdict.mark) \(assessment.verdict.rawValue.uppercased())")
    page.line("  \(verdict)  \(assessment.cohort.name), \(assessment.cohort.title)")
    page.entry(
      "", "Provisional, for the sponsor to confirm: \(frame.provisionalWords(for: assessment.cohort)).", labelWidth: 0)
    list("What bars", assessment.results(.fail), &page)
    list("What is missing and would decide", assessment.results(.unknown), &page)
    next(assessment, &page)
    let passes = assessment.results(.pass)
    if inDetail {
      list("What does not stand in the way", passes, &page)
      page.line()
      page.line("  Where each value of these stands in the file: --format html, or json.")
    } else if !passes.isEmpty {
      page.line()
      page.line("  \(counted(passes.count, "criterion does", "criteria do")) not stand in the way.")
    }
  }

  private func list(_ heading: String, _ results: [CriterionResult], _ page: inout Page) {
    guard !results.isEmpty else { return }
    page.line()
    page.line("  " + style.bold(heading))
    for result in results {
      let mark = style.outcome(result.outcome, result.outcome.mark)
      let flag = result.criterion.isProvisional ? " (provisional)" : ""
      let missing = result.missing.isEmpty ? "" : " Missing: \(frame.names(result.missing))."
      page.entry(
        "  \(mark) \(result.criterion.id.padded(to: 9))",
        "\(result.criterion.title)\(flag). \(result.reason)\(missing)",
        labelWidth: 13, shownWidth: 13)
      for note in result.notes { page.entry("", "Note: \(note)", labelWidth: 13) }
      evidence(result, &page)
    }
  }

  /// The records that an outcome rests on and where each stands: of what does not pass, and where the reason has no room for all of
  /// them.
  private func evidence(_ result: CriterionResult, _ page: inout Page) {
    guard result.outcome != .pass || result.evidence.count > 3 else { return }
    for item in result.evidence {
      let converted = item.converted.map { $0.hasPrefix("≈") ? " \($0)" : " = \($0)" } ?? ""
      let when = item.when.map { ", \($0)" } ?? ""
      page.entry("", "· \(item.concept) \(item.value)\(converted)\(when), from \(item.source)", labelWidth: 13)
    }
  }

  private func next(_ assessment: Assessment, _ page: inout Page) {
    guard !assessment.next.isEmpty || !assessment.unsettled.isEmpty else { return }
    page.line()
    page.line("  " + style.bold(assessment.nextHeading))
    for datum in assessment.next {
      page.entry(
        "    \(datum.concept)", "\(frame.display(datum)): \(datum.use)",
        labelWidth: max(13, datum.concept.count + 4))
    }
  }
}

/// The table for people on several records: a row a record and cohort, with what bars and what is unknown.
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
      page.line(style.bold(screened.patient.printable) + "  " + entry.file.printable)
      for assessment in screened.assessments {
        let verdict = style.verdict(
          assessment.verdict, "\(assessment.verdict.mark) \(assessment.verdict.rawValue)".padded(to: 14))
        page.entry(
          "  \(assessment.cohort.name.padded(to: 5)) \(verdict)", assessment.atAGlance, labelWidth: 22, shownWidth: 22)
      }
    }
    return page.text
  }

  /// How many records came out how, by cohort.
  func summary(_ verdicts: [(cohort: String, verdict: Verdict)], records: Int, failures: Int) -> String {
    var page = Page(width: width)
    page.line()
    let failed = failures == 0 ? "" : ", \(failures) of them not evaluated"
    page.line(style.bold("\(counted(records, "record", "records"))\(failed)"))
    var cohorts: [String] = []
    for entry in verdicts where !cohorts.contains(entry.cohort) { cohorts.append(entry.cohort) }
    for cohort in cohorts {
      let counts = Verdict.allCases.compactMap { verdict -> String? in
        let count = verdicts.count { $0.cohort == cohort && $0.verdict == verdict }
        return count == 0 ? nil : "\(count) \(verdict.rawValue)"
      }
      page.line("  \(cohort.padded(to: 5)) \(counts.joined(separator: ", "))")
    }
    page.line()
    page.line("Why, criterion by criterion: tandem screen with one FILE, or with --format html for a page that prints.")
    return page.text
  }
}

/// A number of things: `1 criterion`, `3 criteria`.
private func counted(_ count: Int, _ one: String, _ several: String) -> String {
  "\(count) \(count == 1 ? one : several)"
}

extension Assessment {
  /// What bars, and what is unknown; of many unknown ones how many.
  var atAGlance: String {
    let unknown = results(.unknown)
    let open = unknown.count > 6 ? "\(unknown.count) criteria" : ids(.unknown)
    return [ids(.fail).isEmpty ? nil : "bars: \(ids(.fail))", unknown.isEmpty ? nil : "unknown: \(open)"]
      .compactMap(\.self).joined(separator: "; ")
  }

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
    return
      "\(decides). It is on file and cannot decide as it is written: correct or complete \(corrects.joined(separator: ", "))"
  }
}
