import Rules
import StudyDesign

/// Writes a report record by record, so that thousands need no more memory than one; a page is written at the end.
///
/// As text, one record is told whole; several are a table, a row a record and cohort.
final class ReportWriter {
  private let format: ReportFormat
  private let frame: ScreeningFrame
  private let isSingle: Bool
  /// Records reported.
  private(set) var count = 0
  /// Of these, how many could not be evaluated.
  private(set) var failures = 0
  private var page: [ScreenedFile] = []
  private var verdicts: [(cohort: String, verdict: Verdict)] = []

  init(format: ReportFormat, frame: ScreeningFrame, isSingle: Bool) {
    self.format = format
    self.frame = frame
    self.isSingle = isSingle
  }

  private var style: TextStyle { TextStyle(isColored: Terminal.showsColor) }
  private var table: ScreenTable { ScreenTable(style: style, width: Terminal.width) }

  func begin() {
    switch format {
    case .json: Terminal.print("[")
    case .text where !isSingle:
      Terminal.print("\(frame.study.id) \(frame.study.version). \(frame.parameterWords)\n\n")
    case .text, .html: break
    }
  }

  func add(_ entry: ScreenedFile) {
    switch format {
    case .json: Terminal.print((count == 0 ? "\n" : ",\n") + ScreenJSON(frame: frame).object(entry).text.dropLast())
    case .text:
      Terminal.print(
        isSingle ? ScreenText(frame: frame, style: style, width: Terminal.width).text(entry) : table.text(entry))
    case .html: page.append(entry)
    }
    switch entry.result {
    case .success(let screened): verdicts += screened.assessments.map { ($0.cohort.name, $0.verdict) }
    case .failure: failures += 1
    }
    count += 1
  }

  func end() {
    switch format {
    case .json: Terminal.print(count == 0 ? "]\n" : "\n]\n")
    case .text: if !isSingle { Terminal.print(table.summary(verdicts, records: count, failures: failures)) }
    case .html: Terminal.print(ScreenHTML(frame: frame).document(page))
    }
  }
}
