import ArgumentParser
import CQL
import ClinicalValues
import FHIR
import Glibc
import Rules
import StudyDesign

/// `tandem screen`: records against the criteria of a study.
struct ScreenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen",
    abstract: "Says for each cohort whether the protocol lets a candidate in, criterion by criterion, and why.",
    discussion: """
      A FILE holds one patient's record: a FHIR R4 Bundle of whatever type, or NDJSON. A folder means its .json and .ndjson \
      files by name; a name that begins with a dash stands after --. One record is told whole, several as a table. A file that cannot be evaluated is reported in its place, the others are evaluated all the same, and the \
      exit status is 1.
      """)

  @Argument(help: "Files and folders, in the order of the report.", completion: .file())
  var files: [String]

  @Option(
    help: "A version's folder, or a study's folder (its highest version); by default the shipped study.",
    completion: .directory)
  var study: String?

  @Option(
    help:
      "A cohort's id, or ‘any’ for all of them; by default the cohort that the record names, without one all of them.",
    completion: .custom { words, _, _ in CohortCompletion.ids(after: words) })
  var cohort: String?

  @Option(
    name: .customLong("as-of"), help: "The date of evaluation, YYYY-MM-DD; by default that of Bundle.timestamp.",
    transform: Day.read)
  var asOf: CalendarDate?

  @Option(help: "text, json or html.")
  var format: ReportFormat = .text

  func run() throws {
    let study = try StudyCommand.conducted(StudyCommand.read(chosen: self.study), toBe: "screened for")
    let reader = RecordScreener(
      screening: Screening(study), cohorts: try RecordScreener.cohorts(cohort, of: study), asOf: asOf)
    let paths = RecordFiles.expand(files)
    let report = ReportWriter(format: format, frame: ScreeningFrame(study: study), isSingle: paths.count == 1)
    var progress = ProgressBar(count: paths.count)
    for path in paths {
      progress.show(path.path)
      let entry = reader.screen(path) { warning in
        // The bar stands on the line that the warning is to take; the next file brings it back.
        progress.clear()
        Terminal.say(warning)
      }
      guard let entry else { continue }
      progress.clear()
      report.add(entry)
    }
    progress.clear()
    report.end()
    if report.failures > 0 {
      Terminal.say("\(report.failures) of \(report.count) records could not be evaluated; the report says why.")
      throw ExitCode.failure
    }
    if report.count == 0 { throw Unusable("There is no FHIR record in \(files.joined(separator: ", ")).") }
  }
}

/// The forms of a screening report.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, html
}

/// A day given on the command line.
enum Day {
  /// The day that a text names.
  ///
  /// - Throws: that it names none.
  static func read(_ text: String) throws(ValidationError) -> CalendarDate {
    guard let date = CalendarDate(text), date.precision == .day else {
      throw ValidationError("‘\(text)’ is no day of the calendar. Write it as YYYY-MM-DD.")
    }
    return date
  }
}
