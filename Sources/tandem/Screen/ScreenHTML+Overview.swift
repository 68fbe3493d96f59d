import ClinicalValues
import Markup
import Rules
import StudyDesign

/// Several candidates at a glance.
extension ScreenHTML {
  /// A row a candidate and cohort.
  func overview(_ columns: [Column]) -> Markup {
    Markup.tag("table", ["class": "overview"]) {
      Markup.tag("thead") {
        Markup.tag("tr") {
          for name in ["No.", "Candidate", "As of", "Cohort", "Verdict", "Bars", "Unknown", "Not read"] {
            Markup.tag("th") { name }
          }
        }
      }
      Markup.tag("tbody") {
        for column in columns {
          Markup.tag("tr") {
            Markup.tag("td") { "\(column.number)" }
            Markup.tag("td") {
              Markup.tag("a", ["href": "#c\(column.number)"]) { column.screened.patient }
              for notice in column.notices { Markup.tag("p", ["class": "note"]) { unbroken(notice) } }
            }
            Markup.tag("td") { unbroken(column.screened.asOf.description) }
            Markup.tag("td") { column.assessment.cohort.name }
            Markup.tag("td") { chip(column.assessment.verdict) }
            Markup.tag("td") { unbroken(column.assessment.ids(.fail)) }
            Markup.tag("td") { unknown(column.assessment) }
            Markup.tag("td") { column.screened.unreadCount == 0 ? "" : "\(column.screened.unreadCount) not read" }
          }
        }
      }
    }
  }

  /// What is unknown; of many criteria how many, and their ids for whoever asks.
  private func unknown(_ assessment: Assessment) -> Markup {
    let ids = unbroken(assessment.ids(.unknown))
    guard assessment.hasManyUnknown else { return ids }
    return .tag("details") {
      Markup.tag("summary") { "\(assessment.results(.unknown).count) criteria" }
      ids
    }
  }

  /// What no criterion can have read, over all records.
  func unread(_ run: RunSummary) -> Markup {
    guard run.recordsWithUnread > 0 else { return .fragment([]) }
    return .tag("section", ["class": "notice"]) {
      Markup.tag("p") { "\(run.unreadHeading):" }
      Markup.tag("ul") {
        for code in run.unread { Markup.tag("li") { "\(code.name): \(counted(code.records, "record", "records"))" } }
      }
    }
  }

  /// Criteria against candidates; at most fourteen candidates a table, which is what A4 holds.
  func matrix(_ columns: [Column]) -> Markup {
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
    return .tag("td", ["class": "\(result.outcome.rawValue)", "title": title(result)]) {
      result.outcome.mark
    }
  }

  private func title(_ result: CriterionResult) -> String {
    "\(result.outcome.rawValue): \(frame.named(result.reason, of: result))"
  }
}

extension ScreenHTML.Column {
  /// Whether a criterion is asked of this candidate.
  fileprivate func asks(_ criterion: Criterion) -> Bool {
    assessment.criteria.contains { $0.criterion.id == criterion.id }
  }
}
