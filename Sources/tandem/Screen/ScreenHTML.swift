import ClinicalValues
import Markup
import Rules
import StudyDesign

/// The report as one self-contained page that prints on A4: a matrix of criteria and candidates, then a section a candidate.
/// An outcome is a word and a sign everywhere; color only repeats it.
struct ScreenHTML {
  let frame: ScreeningFrame

  /// A column of the matrix: a candidate measured for a cohort.
  struct Column {
    let number: Int
    let file: String
    let screened: Screened
    let assessment: Assessment
    /// What the reader must know beside the verdict.
    let notices: [String]
  }

  /// The document.
  func document(_ entries: [ScreenedFile], _ run: RunSummary) -> String {
    let columns = columns(entries)
    return Markup.tag("html", ["lang": "en"]) {
      Markup.tag("head") {
        Markup.tag("meta", ["charset": "utf-8"])
        Markup.tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        Markup.tag("title") { "Screening: \(frame.study.title)" }
        Markup.tag("style") { ScreenStyle.css }
      }
      Markup.tag("body") {
        head(columns)
        for entry in entries { failure(entry) }
        for sentence in run.sharedNames { Markup.tag("p", ["class": "notice"]) { sentence } }
        if columns.count > 1 {
          overview(columns)
          unread(run)
          matrix(columns)
        }
        for column in columns { section(column) }
        foot(columns)
      }
    }.htmlDocument
  }

  private func columns(_ entries: [ScreenedFile]) -> [Column] {
    var columns: [Column] = []
    for entry in entries {
      guard case .success(let screened) = entry.result else { continue }
      for assessment in screened.assessments {
        columns.append(
          Column(
            number: columns.count + 1, file: entry.file, screened: screened, assessment: assessment,
            notices: entry.notices))
      }
    }
    return columns
  }

  // MARK: head and foot

  private func head(_ columns: [Column]) -> Markup {
    let dates = Set(columns.map(\.screened.asOf.description)).sorted()
    let days = dates.count <= 3 ? dates.joined(separator: ", ") : "\(dates[0]) to \(dates[dates.count - 1])"
    return .tag("header") {
      Markup.tag("h1") { "Screening report" }
      Markup.tag("p", ["class": "study"]) { frame.study.title }
      Markup.tag("p") {
        "Study \(frame.study.id), protocol version \(frame.study.version). "
        unbroken("Evaluated as of \(days). ")
        Markup.tag("span", ["class": "keep"]) { frame.parameterWords }
        "."
      }
      Markup.tag("p", ["class": "legend"]) {
        for outcome in Outcome.allCases {
          chip(outcome)
          " \(meaning(outcome)) "
        }
        Markup.tag("span", ["class": "provisional"]) { "P provisional" }
        " not the sponsor's text: to be confirmed before use"
      }
    }
  }

  private func meaning(_ outcome: Outcome) -> String {
    switch outcome {
    case .pass: "does not stand in the way"
    case .fail: "stands in the way"
    case .unknown: "the data cannot decide"
    }
  }

  private func failure(_ entry: ScreenedFile) -> Markup {
    guard case .failure(let reason) = entry.result else { return .fragment([]) }
    return .tag("p", ["class": "failure"]) {
      Markup.tag("strong") { "Not evaluated: \(entry.file). " }
      reason.sentence
    }
  }

  private func foot(_ columns: [Column]) -> Markup {
    let cohorts = frame.study.cohorts.filter { cohort in columns.contains { $0.assessment.cohort == cohort } }
    let items = cohorts.isEmpty ? [] : frame.provisionalItems(for: cohorts)
    return .tag("section", ["class": "items"]) {
      Markup.tag("h2") { "What these verdicts rest on that is not the sponsor's text" }
      Markup.tag("table") {
        Markup.tag("thead") {
          Markup.tag("tr") {
            for name in ["Item", "Criteria", "Lost in the source", "Applied meanwhile"] { Markup.tag("th") { name } }
          }
        }
        Markup.tag("tbody") {
          for item in items {
            Markup.tag("tr") {
              Markup.tag("td") { item.title }
              Markup.tag("td") {
                unbroken(
                  item.criteria.isEmpty ? item.appliesTo ?? "" : item.criteria.map(\.value).joined(separator: ", "))
              }
              Markup.tag("td") { item.lost }
              Markup.tag("td") { item.reading ?? "nothing" }
            }
          }
        }
      }
    }
  }

  // MARK: one candidate

  private func section(_ column: Column) -> Markup {
    let assessment = column.assessment
    return .tag("section", ["class": "candidate", "id": "c\(column.number)"]) {
      Markup.tag("h2") {
        column.screened.patient
        " "
        chip(assessment.verdict)
      }
      for notice in column.notices { Markup.tag("p", ["class": "notice"]) { unbroken(notice) } }
      if let words = column.screened.unrecognizedWords { Markup.tag("p", ["class": "notice"]) { words } }
      Markup.tag("p") {
        unbroken("\(assessment.cohort.name), \(assessment.cohort.title). As of \(column.screened.asOf.description). ")
        "Source: \(column.file). "
        Markup.tag("span", ["class": "keep"]) { frame.parameterWords }
        "."
      }
      Markup.tag("p", ["class": "note"]) {
        unbroken("Provisional, for the sponsor to confirm: \(frame.provisionalWords(for: [assessment.cohort])).")
      }
      next(assessment)
      toCorrect(assessment)
      for (heading, outcome) in [
        ("What bars", Outcome.fail), ("What is missing and would decide", .unknown),
        ("What does not stand in the way", .pass),
      ] {
        results(heading, assessment.results(outcome))
      }
    }
  }

  private func next(_ assessment: Assessment) -> Markup {
    guard !assessment.next.isEmpty || !assessment.unsettled.isEmpty else { return .fragment([]) }
    return .tag("div", ["class": "next"]) {
      Markup.tag("h3") { assessment.nextHeading }
      Markup.tag("ol") {
        for datum in assessment.next {
          Markup.tag("li") {
            Markup.tag("b") { datum.concept }
            unbroken(" \(frame.display(datum)): \(datum.use)")
          }
        }
      }
    }
  }

  private func toCorrect(_ assessment: Assessment) -> Markup {
    guard !assessment.toCorrect.isEmpty else { return .fragment([]) }
    return .tag("div", ["class": "next"]) {
      Markup.tag("h3") { Assessment.correctionHeading }
      Markup.tag("ol") {
        for datum in assessment.toCorrect {
          Markup.tag("li") {
            Markup.tag("b") { datum.concept }
            unbroken(" \(frame.display(datum)): \(datum.correction)")
          }
        }
      }
    }
  }

  private func results(_ heading: String, _ results: [CriterionResult]) -> Markup {
    guard !results.isEmpty else { return .fragment([]) }
    return .fragment([
      Markup.tag("h3") { heading },
      Markup.tag("table", ["class": "criteria"]) {
        Markup.tag("thead") {
          Markup.tag("tr") { for name in ["Criterion", "Source and reason", "Evidence"] { Markup.tag("th") { name } } }
        }
        Markup.tag("tbody") { for result in results { row(result) } }
      },
    ])
  }

  private func row(_ result: CriterionResult) -> Markup {
    Markup.tag("tr") {
      Markup.tag("td") {
        Markup.tag("b") { result.criterion.id }
        Markup.tag("br")
        chip(result.outcome)
        if result.criterion.isProvisional {
          Markup.tag("br")
          flag
        }
      }
      Markup.tag("td") {
        Markup.tag("p", ["class": "source"]) { result.criterion.text }
        Markup.tag("p") { unbroken(frame.named(result.reason, of: result)) }
        for wanted in frame.wanted(result) { Markup.tag("p") { wanted } }
        for note in result.notes {
          Markup.tag("p", ["class": "note"]) { unbroken("Note: \(frame.named(note, of: result))") }
        }
      }
      Markup.tag("td", ["class": "evidence"]) { for item in result.evidence { evidence(item) } }
    }
  }

  private func evidence(_ item: Evidence) -> Markup {
    Markup.tag("p") {
      Markup.tag("b") { frame.display(item.concept) }
      " \(frame.named(item))"
      if let converted = item.converted { " = \(converted)" }
      if let when = item.when { unbroken(", \(when)") }
      Markup.tag("br")
      Markup.tag("span", ["class": "reference"]) { item.source }
    }
  }

  // MARK: signs

  func chip(_ verdict: Verdict) -> Markup {
    Markup.tag("span", ["class": "chip \(verdict.rawValue)"]) { "\(verdict.mark) \(verdict.rawValue)" }
  }

  func chip(_ outcome: Outcome) -> Markup {
    Markup.tag("span", ["class": "chip \(outcome.rawValue)"]) { "\(outcome.mark) \(outcome.rawValue)" }
  }

  var flag: Markup { Markup.tag("span", ["class": "provisional"]) { "P provisional" } }

  /// A text whose ids and dates do not break at their hyphens.
  func unbroken(_ text: String) -> Markup {
    var pieces: [Markup] = []
    for (place, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if place > 0 { pieces.append(.text(" ")) }
      let holdsID = zip(word, word.dropFirst()).contains { $0 == "-" && $1.isNumber }
      // What is longer, an address, has to break somewhere.
      if holdsID, word.count <= 24 {
        pieces.append(Markup.tag("span", ["class": "keep"]) { String(word) })
      } else {
        pieces.append(.text(String(word)))
      }
    }
    return .fragment(pieces)
  }
}
