import Analysis
import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import LedgerSQLite
import StudyDesign
import Trial

/// `tandem safety report`
struct SafetyReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "The safety report as of a cut-off: as text, JSON, or HTML that prints on A4. It names no one.",
    discussion:
      "It holds what was recorded up to the cut-off, and the same cut-off gives the same bytes at any later time; what is "
      + "entered late changes later reports only. It is an export: that it was handed out is recorded with its digest, and "
      + "not every role may have it.")

  @Option(
    name: .customLong("as-of"),
    help: "The cut-off: a date, to its end in UTC, or a time with its offset such as 2026-11-23T09:30:00Z.")
  var cutoff: Cutoff
  @Option(help: "text, json or html.") var format: ReportFormat = .text
  @Option(help: "The file to write; standard output without it.", completion: .file()) var output: String?
  @OptionGroup var place: FolderOptions
  @OptionGroup var who: WhoOptions
  @Option(
    name: .customLong("as-role"), help: "Your role, where your account has several.", completion: .list(Roles.names))
  var role: String?

  func run() async throws {
    try await Answer.refusing(format == .json ? .json : .text) {
      let running = try await place.open(marking: format != .json || output != nil)
      let visit = try await Visit.open(running, by: who.key, role: role, site: nil)
      try visit.requireOwnPassword()
      try await running.live.requireExport(of: .safetyReport, by: visit.actor)
      let made = try await report(of: running)
      let text = made.text(as: format)
      let export = Export(.safetyReport, events: made.position, digest: Digest(of: text))
      if let output { try OutputFile.requireNew(output) }
      try await running.live.record(export, by: visit.actor, origin: .commandLine)
      if let output {
        try OutputFile.write(text, to: output)
        Terminal.say(
          "The safety report as of \(cutoff.instant) is in \(output). SHA-256 of the file: \(export.digest); of its content: "
            + "\(made.digest).")
      } else {
        Terminal.print(text)
      }
    }
  }

  /// The report of what the ledger knew at the cut-off, by the protocol version in force then.
  private func report(of running: RunningStudy) async throws -> MadeReport {
    guard cutoff.instant < Surroundings.current.clock() else {
      throw Unusable(
        "The cut-off \(cutoff.instant) is not over: what is recorded until then would change the report. Give an earlier day, "
          + "or a time before now.")
    }
    let snapshot = try await TrialSnapshot(asOf: cutoff.instant, reading: running.ledger)
    let edition = try running.live.shelf.edition(at: snapshot.moment, in: snapshot.state)
    return try MadeReport(SafetyReport(snapshot, study: edition.study))
  }
}

/// A report with its digest, in the forms in which it is handed out.
struct MadeReport: Sendable {
  private let report: SafetyReport
  private let content: CanonicalJSON
  /// The digest of the content.
  let digest: Digest

  init(_ report: SafetyReport) throws {
    self.report = report
    content = try report.canonical()
    digest = Digest(of: content.bytes)
  }

  /// The last event that it was made of.
  var position: Position { report.source.position }

  func text(as format: ReportFormat) -> String {
    switch format {
    case .text: report.document(digest: digest).text
    case .html: report.document(digest: digest).html
    case .json:
      JSON.object([("sha256", .string(digest.description)), ("report", JSON(content.value))]).text
    }
  }
}

/// A cut-off given on the command line.
struct Cutoff: ExpressibleByArgument {
  let instant: Instant

  init?(argument: String) {
    if let instant = Instant(argument) {
      self.instant = instant
    } else if let day = CalendarDate(argument), day.precision == .day {
      instant = Instant(endOf: day)
    } else {
      return nil
    }
  }
}
