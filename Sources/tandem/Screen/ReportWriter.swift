import Rules
import StudyDesign

/// Writes a report record by record, so that thousands need no more memory than one; a page is written at the end.
final class ReportWriter {
  private let format: ReportFormat
  private let frame: ScreeningFrame
  private let isSingle: Bool
  /// Records reported.
  private(set) var count = 0
  private var page: [ScreenedFile] = []
  private var verdicts: [(name: String, verdicts: [(cohort: String, verdict: Verdict)]?)] = []

  init(format: ReportFormat, frame: ScreeningFrame, isSingle: Bool) {
    self.format = format
    self.frame = frame
    self.isSingle = isSingle
  }

  private var text: ScreenText {
    ScreenText(frame: frame, style: TextStyle(isColored: Terminal.showsColor), width: Terminal.width)
  }

  func begin() {
    if format == .json { Terminal.print("[") }
  }

  func add(_ entry: ScreenedFile) {
    switch format {
    case .json: Terminal.print((count == 0 ? "\n" : ",\n") + ScreenJSON(frame: frame).object(entry).text.dropLast())
    case .text:
      Terminal.print(text.text(entry))
      verdicts.append((entry.file, entry.verdicts))
    case .html: page.append(entry)
    }
    count += 1
  }

  func end() {
    switch format {
    case .json: Terminal.print(count == 0 ? "]\n" : "\n]\n")
    case .text: if !isSingle { Terminal.print(text.summary(verdicts)) }
    case .html: Terminal.print(ScreenHTML(frame: frame).document(page))
    }
  }
}

extension ScreenedFile {
  /// The verdicts by cohort; nil where there are none.
  var verdicts: [(cohort: String, verdict: Verdict)]? {
    guard case .success(let screened) = result else { return nil }
    return screened.assessments.map { ($0.cohort.name, $0.verdict) }
  }
}
