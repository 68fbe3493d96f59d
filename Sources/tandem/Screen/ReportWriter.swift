import Rules
import StudyDesign

/// Writes a report record by record, so that thousands need no more memory than one; a page is written at the end.
///
/// As text, one record is told whole; several are a table, a row a record and cohort.
final class ReportWriter {
  private let format: ReportFormat
  private let frame: ScreeningFrame
  private let isSingle: Bool
  private var run = RunSummary()
  private var page: [ScreenedFile] = []

  /// Records reported.
  var count: Int { run.records }
  /// Of these, how many could not be evaluated.
  var failures: Int { run.failures }

  init(format: ReportFormat, frame: ScreeningFrame, isSingle: Bool) {
    self.format = format
    self.frame = frame
    self.isSingle = isSingle
  }

  private var style: TextStyle { TextStyle(isColored: Terminal.showsColor) }
  private var table: ScreenTable { ScreenTable(style: style, width: Terminal.width) }

  private func begin() {
    switch format {
    case .json: Terminal.print("[")
    case .text where !isSingle:
      Terminal.print("\(frame.study.id) \(frame.study.version). \(frame.parameterWords)\n\n")
    case .text, .html: break
    }
  }

  /// Reports a record. What stands before the first is written with it, so that without any there is no report.
  func add(_ entry: ScreenedFile) {
    if count == 0 { begin() }
    switch format {
    case .json: Terminal.print((count == 0 ? "\n" : ",\n") + ScreenJSON(frame: frame).object(entry).text.dropLast())
    case .text:
      Terminal.print(
        isSingle ? ScreenText(frame: frame, style: style, width: Terminal.width).text(entry) : table.text(entry))
    case .html: page.append(entry)
    }
    run.add(entry)
  }

  /// Ends the report.
  func end() {
    guard count > 0 else {
      if format == .json { Terminal.print("[]\n") }
      return
    }
    switch format {
    case .json:
      Terminal.print("\n]\n")
      for sentence in run.sharedNames { Terminal.say(sentence) }
    case .text: if !isSingle { Terminal.print(table.summary(run, frame)) }
    case .html: Terminal.print(ScreenHTML(frame: frame).document(page, run))
    }
  }
}
