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
      if screened.assessments.count > 1 {
        beside(entry.notices, screened, &page)
        severalCohorts(screened, &page)
      } else {
        for assessment in screened.assessments {
          section(assessment, inDetail: true, &page) { page in beside(entry.notices, screened, &page) }
        }
      }
    }
    page.line()
    return page.text
  }

  /// What the reader must know beside the verdict: notices, and what was not read.
  private func beside(_ notices: [String], _ screened: Screened, _ page: inout Page) {
    for notice in notices { page.entry("  !", notice, labelWidth: 3) }
    if let words = screened.unrecognizedWords { page.entry("  !", words, labelWidth: 3) }
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
    if open.count == 1 {
      section(open[0], inDetail: false, &page)
    } else {
      page.line()
      provisional(screened.assessments.map(\.cohort), &page)
    }
    page.line()
    page.line("  One cohort in full: --cohort \(screened.assessments.map(\.cohort.id).joined(separator: ", "))")
  }

  private func section(
    _ assessment: Assessment, inDetail: Bool, _ page: inout Page, beside: (inout Page) -> Void = { _ in }
  ) {
    page.line()
    let verdict = style.verdict(
      assessment.verdict, "\(assessment.verdict.mark) \(assessment.verdict.rawValue.uppercased())")
    page.line("  \(verdict)  \(assessment.cohort.name), \(assessment.cohort.title)")
    beside(&page)
    provisional([assessment.cohort], &page)
    let place = ShortPlace(of: assessment)
    list("What bars", assessment.results(.fail), place, &page)
    list("What is missing and would decide", assessment.results(.unknown), place, &page)
    toCorrect(assessment, place, &page)
    next(assessment, place, &page)
    let passes = assessment.results(.pass)
    if inDetail {
      list("What does not stand in the way", passes, place, &page)
      page.line()
      page.line("  Where each value of these stands in the file: --format html, or json.")
    } else if !passes.isEmpty {
      page.line()
      page.line("  \(counted(passes.count, "criterion does", "criteria do")) not stand in the way.")
    }
  }

  private func provisional(_ cohorts: [Cohort], _ page: inout Page) {
    page.entry(
      "", "Provisional, for the sponsor to confirm: \(frame.provisionalWords(for: cohorts)).", labelWidth: 0)
  }

  private func list(_ heading: String, _ results: [CriterionResult], _ place: ShortPlace, _ page: inout Page) {
    guard !results.isEmpty else { return }
    page.line()
    page.line("  " + style.bold(heading))
    for result in results {
      let mark = style.outcome(result.outcome, result.outcome.mark)
      let flag = result.criterion.isProvisional ? " (provisional)" : ""
      let missing = frame.wanted(result).map { " \($0)" }.joined()
      page.entry(
        "  \(mark) \(result.criterion.id.padded(to: 9))",
        "\(result.criterion.title)\(flag). \(frame.named(result.reason, of: result))\(missing)",
        labelWidth: 13, shownWidth: 13)
      for note in result.notes {
        page.entry("", "Note: \(place.inSentence(frame.named(note, of: result)))", labelWidth: 13)
      }
      evidence(result, place, &page)
    }
  }

  /// The records that an outcome rests on and where each stands: of what does not pass, and where the reason has no room for all of
  /// them.
  private func evidence(_ result: CriterionResult, _ place: ShortPlace, _ page: inout Page) {
    guard result.outcome != .pass || result.evidence.count > 3 else { return }
    for item in result.evidence {
      let converted = item.converted.map { $0.hasPrefix("≈") ? " \($0)" : " = \($0)" } ?? ""
      let when = item.when.map { ", \($0)" } ?? ""
      let name = frame.display(item.concept) + (frame.study.dictionary[item.concept] == nil ? ":" : "")
      page.entry(
        "", "· \(name) \(frame.named(item))\(converted)\(when), from \(place.words(item.source))", labelWidth: 13)
    }
  }

  private func toCorrect(_ assessment: Assessment, _ place: ShortPlace, _ page: inout Page) {
    guard !assessment.toCorrect.isEmpty else { return }
    page.line()
    page.line("  " + style.bold(Assessment.correctionHeading))
    for datum in assessment.toCorrect {
      page.entry("    ·", place.inSentence("\(frame.display(datum)): \(datum.correction)"), labelWidth: 5)
    }
  }

  private func next(_ assessment: Assessment, _ place: ShortPlace, _ page: inout Page) {
    guard !assessment.next.isEmpty || !assessment.unsettled.isEmpty else { return }
    page.line()
    page.line("  " + style.bold(assessment.nextHeading))
    for datum in assessment.next {
      page.entry("    ·", place.inSentence("\(frame.display(datum)): \(datum.use)"), labelWidth: 5)
    }
  }
}

/// A number of things: `1 criterion`, `3 criteria`.
func counted(_ count: Int, _ one: String, _ several: String) -> String {
  "\(count) \(count == 1 ? one : several)"
}

extension Assessment {
  /// What bars, and what is unknown; of many unknown ones how many.
  var atAGlance: String {
    let unknown = results(.unknown)
    let open = hasManyUnknown ? "\(unknown.count) criteria" : ids(.unknown)
    return [ids(.fail).isEmpty ? nil : "bars: \(ids(.fail))", unknown.isEmpty ? nil : "unknown: \(open)"]
      .compactMap(\.self).joined(separator: "; ")
  }

  /// Whether more criteria are unknown than a row has room for.
  var hasManyUnknown: Bool { results(.unknown).count > 6 }

  /// What stands over the records to correct although the candidate is ineligible.
  static let correctionHeading = "To correct in the record, whatever bars"

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
  /// Which records on file are to be corrected, and what they leave open until then.
  var correction: String { "leaves \(decides.joined(separator: ", ")) open: \(corrects.joined(separator: ", "))" }

  /// What it decides, and which records on file stand against that until they are corrected.
  var use: String {
    let decides = "decides \(decides.joined(separator: ", "))"
    guard !corrects.isEmpty else { return decides }
    return
      "\(decides). It is on file and cannot decide as it is written: correct or complete \(corrects.joined(separator: ", "))"
  }
}
