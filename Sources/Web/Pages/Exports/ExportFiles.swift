import Analysis
import ClinicalValues
import Conduct
import Ledger
import Trial

/// A file that is about to be handed out.
struct MadeFile: Sendable {
  /// Its media type.
  let type: String
  /// Its name.
  let name: String
  fileprivate(set) var bytes: [UInt8]
  /// The events that it was made of, from the first on.
  let events: Int

  /// SHA-256 of its bytes.
  var digest: Digest { Digest(of: bytes) }

  /// Makes a file, as far as it is told to the reader, and records that it is handed out, before it is.
  ///
  /// - Parameters:
  ///   - day: the cut-off of a safety report.
  ///   - format: its form, HTML if left out.
  /// - Throws: `Refusal`; `StoreFailure`; as the kinds of file do.
  static func recorded(
    _ thing: ExportedThing, asOf day: String?, format: String?, for request: PageRequest
  ) async throws -> MadeFile {
    var file: MadeFile
    switch thing {
    case .safetyReport: file = try await SafetyReportFile.made(request, asOf: day, format: format)
    case .screeningLog: file = try await ScreeningLogFile.made(request)
    case .ledger: file = try await LedgerFile.made(request)
    }
    file.bytes = request.scope.told(file.bytes)
    try await request.live.record(
      Export(thing, events: file.events, digest: file.digest), by: try request.acting(), origin: .web)
    return file
  }
}

/// The safety report as of the end of a day.
enum SafetyReportFile {
  /// In which form.
  enum Format: String, CaseIterable {
    case html, text, json

    var type: String {
      switch self {
      case .html: "text/html; charset=utf-8"
      case .text: "text/plain; charset=utf-8"
      case .json: "application/json"
      }
    }
    var ending: String { self == .text ? "txt" : rawValue }
  }

  /// - Throws: `Refusal` (`no-cut-off`, `cut-off-not-over`).
  static func made(_ request: PageRequest, asOf day: String?, format: String?) async throws -> MadeFile {
    guard let day = day.flatMap({ CalendarDate($0) }), day.precision == .day else {
      throw Refusal("no-cut-off", because: "The cut-off is no day.", remedy: "Give a day such as 2026-11-23.")
    }
    let cutoff = Instant(endOf: day)
    guard cutoff < request.site.clock() else {
      throw Refusal(
        "cut-off-not-over",
        because: "The day of the cut-off is not over: what is recorded until then would change the report.",
        remedy: "Give an earlier day.")
    }
    let format = format.flatMap { Format(rawValue: $0) } ?? .html
    let snapshot = try await TrialSnapshot(asOf: cutoff, reading: request.live.store)
    let edition = try request.live.shelf.edition(at: snapshot.moment, in: snapshot.state)
    let report = SafetyReport(snapshot, study: edition.study)
    let content = try report.canonical()
    let document = report.document(digest: Digest(of: content.bytes))
    let text =
      switch format {
      case .html: document.html
      case .text: document.text
      case .json: content.description
      }
    return MadeFile(
      type: format.type, name: "safety-report-\(day).\(format.ending)", bytes: Array(text.utf8),
      events: report.source.position)
  }
}

/// The screening log as CSV: of the reader's site where the role is a site's, else of all.
enum ScreeningLogFile {
  static func made(_ request: PageRequest) async throws -> MadeFile {
    let acting = try request.acting()
    let events = try await request.live.events()
    let log = ScreeningLog(events, site: acting.role.isOfSite ? acting.site : nil)
    return MadeFile(
      type: "text/csv; charset=utf-8", name: "screening-log.csv", bytes: Array(log.csv.utf8),
      events: events.last?.position ?? 0)
  }
}

/// The whole ledger as lines. Cost: all of it in memory, since nothing leaves before the digest of all is recorded.
enum LedgerFile {
  /// - Throws: `NotFound` where the site has no key of the ledger; `LedgerFault` where the ledger is not whole.
  static func made(_ request: PageRequest) async throws -> MadeFile {
    guard let key = request.site.ledgerKey else { throw NotFound() }
    var bytes: [UInt8] = []
    let head = try await LedgerExport.write(request.live.store, key: key, exported: request.site.clock()) {
      bytes += $0
    }
    return MadeFile(type: "application/x-ndjson", name: "ledger.ndjson", bytes: bytes, events: head.position)
  }
}
