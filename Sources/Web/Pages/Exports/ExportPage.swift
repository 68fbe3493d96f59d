import Conduct
import HTTPTypes
import Ledger
import Markup
import Trial

/// What can be taken out of the study, by the reader's role. Each export is recorded, with the digest of its bytes, before it is handed out.
enum ExportPage {
  /// An export reads the whole ledger.
  static let limit = RateLimit(name: "export", times: 6, seconds: 60)

  static let routes: [Route] = [
    .get("/exports", .permitted(.export)) { request in .page(try await page(request)) },
    .post("/exports/safety-report", .permitted(.export), limit: limit) { try await hand($0, .safetyReport) },
    .post("/exports/screening-log", .permitted(.export), limit: limit) { try await hand($0, .screeningLog) },
    .post("/exports/ledger", .permitted(.export), limit: limit) { try await hand($0, .ledger) },
  ]

  /// Hands a file out. Who may not have it is refused before anything is made.
  private static func hand(_ request: PageRequest, _ thing: ExportedThing) async throws -> Reply {
    try await request.live.requireExport(of: thing, by: try request.acting())
    do {
      let file = try await MadeFile.recorded(
        thing, asOf: request.form.text("asOf"), format: request.form.text("format"), for: request)
      return .file(type: file.type, name: file.name, bytes: file.bytes)
    } catch let refusal as Refusal {
      request.note(refusal)
      return .page(try await page(request, refusal: refusal))
    }
  }

  private static func page(_ request: PageRequest, refusal: Refusal? = nil) async throws -> Page {
    let words = request.words
    let offered = try await offered(to: request)
    let forms = ExportForms(request)
    return Page(words["Exports"], at: .exports, status: refusal == nil ? .ok : .unprocessableContent) {
      if let refusal { Notice.markup(.stop, words.sentence(refusal.because), words.sentence(refusal.remedy)) }
      Markup.tag("p") {
        words[
          "Whatever is taken out is recorded first: what, by whom, up to which event, and the SHA-256 of its bytes."]
        " "
        Part.link("/audit?kind=study", words["What was taken out stands in the audit trail."])
      }
      if offered.contains(.safetyReport) { forms.safetyReport }
      if offered.contains(.screeningLog) { forms.screeningLog }
      if offered.contains(.ledger) { forms.ledger }
      if offered.isEmpty { Notice.markup(.note, .text(words["Your role takes nothing out here."])) }
    }
  }

  /// What the reader may take out now, and what can be made here.
  private static func offered(to request: PageRequest) async throws -> Set<ExportedThing> {
    var offered: Set<ExportedThing> = []
    for thing in ExportedThing.allCases where thing != .ledger || request.site.ledgerKey != nil {
      do {
        try await request.live.requireExport(of: thing, by: try request.acting())
        offered.insert(thing)
      } catch is Refusal { continue }
    }
    return offered
  }
}

/// The forms by which exports are asked for.
struct ExportForms {
  private let request: PageRequest
  private let parts: FormParts
  private var words: Words { parts.words }

  init(_ request: PageRequest) {
    self.request = request
    parts = FormParts(request)
  }

  var safetyReport: Markup {
    Part.section(
      words["The safety report"], id: "safety-report",
      note: words["What was known at a cut-off. The same cut-off gives the same bytes; it names no one."]
    ) {
      parts.form("/exports/safety-report") {
        parts.input(
          .init(
            name: "asOf", label: words["Cut-off"], value: request.form["asOf"] ?? "", type: "date",
            help: .text(words["A day that is over: it counts to its end in UTC."])))
        parts.radios(
          .init(
            name: "format", label: words["Format"],
            value: request.form["format"] ?? SafetyReportFile.Format.html.rawValue),
          SafetyReportFile.Format.allCases.map { ($0.rawValue, words.title($0)) })
        parts.button(words["Take it out"])
      }
    }
  }

  var screeningLog: Markup {
    Part.section(
      words["The screening log"], id: "screening-log",
      note: words[
        "Who was considered, what became of it and why not, by number, as CSV. A role of a site takes out its own."]
    ) {
      parts.form("/exports/screening-log") { parts.button(words["Take it out"]) }
    }
  }

  var ledger: Markup {
    Part.section(
      words["The whole ledger"], id: "ledger",
      note: words[
        "Lines that anybody verifies offline with the public key: tandem ledger verify. Names and clinical records are in it as sealed bytes only."
      ]
    ) {
      parts.form("/exports/ledger") { parts.button(words["Take it out"]) }
    }
  }
}

extension SafetyReportFile.Format: Titled {
  var title: String {
    switch self {
    case .html: "a page that prints on A4 (HTML)"
    case .text: "plain text"
    case .json: "data (JSON)"
    }
  }
}
