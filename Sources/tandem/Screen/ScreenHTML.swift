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
  }

  /// The document.
  func document(_ entries: [ScreenedFile]) -> String {
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
        if columns.count > 1 {
          overview(columns)
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
          Column(number: columns.count + 1, file: entry.file, screened: screened, assessment: assessment))
      }
    }
    return columns
  }

  // MARK: head and foot

  private func head(_ columns: [Column]) -> Markup {
    let dates = Set(columns.map(\.screened.asOf.description)).sorted()
    return .tag("header") {
      Markup.tag("h1") { "Screening report" }
      Markup.tag("p", ["class": "study"]) { frame.study.title }
      Markup.tag("p") {
        "Study \(frame.study.id), protocol version \(frame.study.version). "
        "Evaluated as of \(dates.count <= 3 ? dates.joined(separator: ", ") : "\(dates[0]) to \(dates[dates.count - 1])"). "
        "\(frame.parameterWords)."
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
    let items = frame.study.provisional.filter { item in
      cohorts.contains { frame.provisionalItems(for: $0).contains { $0.id == item.id } }
    }
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
                item.criteria.isEmpty ? item.appliesTo ?? "" : item.criteria.map(\.value).joined(separator: ", ")
              }
              Markup.tag("td") { item.lost }
              Markup.tag("td") { item.reading ?? "nothing" }
            }
          }
        }
      }
    }
  }

  // MARK: several candidates

  private func overview(_ columns: [Column]) -> Markup {
    Markup.tag("table", ["class": "overview"]) {
      Markup.tag("thead") {
        Markup.tag("tr") {
          for name in ["No.", "Candidate", "Cohort", "Verdict", "Bars", "Unknown"] { Markup.tag("th") { name } }
        }
      }
      Markup.tag("tbody") {
        for column in columns {
          Markup.tag("tr") {
            Markup.tag("td") { "\(column.number)" }
            Markup.tag("td") { Markup.tag("a", ["href": "#c\(column.number)"]) { column.screened.patient } }
            Markup.tag("td") { column.assessment.cohort.name }
            Markup.tag("td") { chip(column.assessment.verdict) }
            Markup.tag("td") { column.assessment.ids(.fail) }
            Markup.tag("td") { column.assessment.ids(.unknown) }
          }
        }
      }
    }
  }

  /// Criteria against candidates; at most fourteen candidates a table, which is what A4 holds.
  private func matrix(_ columns: [Column]) -> Markup {
    let slices = stride(from: 0, to: columns.count, by: 14).map { Array(columns[$0..<min($0 + 14, columns.count)]) }
    return .fragment(
      slices.map { slice in
        Markup.tag("table", ["class": "matrix"]) {
          Markup.tag("thead") {
            Markup.tag("tr") {
              Markup.tag("th") { "Criterion" }
              for column in slice { Markup.tag("th", ["title": column.screened.patient]) { "\(column.number)" } }
            }
          }
          Markup.tag("tbody") {
            for criterion in frame.study.criteria where slice.contains(where: { $0.asks(criterion) }) {
              Markup.tag("tr") {
                Markup.tag("th", ["scope": "row"]) {
                  Markup.tag("b") { criterion.id }
                  " \(criterion.title) "
                  if criterion.isProvisional { flag }
                }
                for column in slice { cell(column, criterion) }
              }
            }
          }
        }
      })
  }

  private func cell(_ column: Column, _ criterion: Criterion) -> Markup {
    guard let result = column.assessment.criteria.first(where: { $0.criterion.id == criterion.id }) else {
      return .tag("td", ["class": "none"]) { "" }
    }
    return .tag("td", ["class": "\(result.outcome.rawValue)", "title": "\(result.outcome.rawValue): \(result.reason)"])
    {
      result.outcome.mark
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
      Markup.tag("p") {
        "\(assessment.cohort.name), \(assessment.cohort.title). As of \(column.screened.asOf.description). "
        "Source: \(column.file)."
      }
      Markup.tag("p", ["class": "note"]) {
        "Provisional, for the sponsor to confirm: \(frame.provisionalWords(for: assessment.cohort))."
      }
      if let words = column.screened.unrecognizedWords { Markup.tag("p", ["class": "note"]) { words } }
      next(assessment)
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
            " \(frame.display(datum)): \(datum.use)"
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
        Markup.tag("p") { result.reason }
        if !result.missing.isEmpty { Markup.tag("p") { "Missing: \(frame.names(result.missing))." } }
        for note in result.notes { Markup.tag("p", ["class": "note"]) { "Note: \(note)" } }
      }
      Markup.tag("td", ["class": "evidence"]) { for item in result.evidence { evidence(item) } }
    }
  }

  private func evidence(_ item: Evidence) -> Markup {
    Markup.tag("p") {
      Markup.tag("b") { item.concept }
      " \(item.value)"
      if let converted = item.converted { " = \(converted)" }
      if let when = item.when { ", \(when)" }
      Markup.tag("br")
      Markup.tag("span", ["class": "reference"]) { item.source }
    }
  }

  // MARK: signs

  private func chip(_ verdict: Verdict) -> Markup {
    Markup.tag("span", ["class": "chip \(verdict.rawValue)"]) { "\(verdict.mark) \(verdict.rawValue)" }
  }

  private func chip(_ outcome: Outcome) -> Markup {
    Markup.tag("span", ["class": "chip \(outcome.rawValue)"]) { "\(outcome.mark) \(outcome.rawValue)" }
  }

  private var flag: Markup { Markup.tag("span", ["class": "provisional"]) { "P provisional" } }
}

extension ScreenHTML.Column {
  /// Whether a criterion is asked of this candidate.
  fileprivate func asks(_ criterion: Criterion) -> Bool {
    assessment.criteria.contains { $0.criterion.id == criterion.id }
  }
}
