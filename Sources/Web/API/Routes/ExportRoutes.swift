import Conduct
import Ledger
import Trial

/// What can be taken out of the study.
enum ExportRoutes {
  static let all: [Route] = [
    .send(
      "/api/exports", .permitted(.export), "export", in: "exports",
      "Take something out of the study, by the reader's role. It is recorded before it is handed out.",
      body: .json(asked), limit: ExportPage.limit, as: Readings.madeFile
    ) { request in
      guard let thing = request.json["thing"]?.string.flatMap({ ExportedThing(rawValue: $0) }) else { throw NotFound() }
      // Who may not have it is refused before anything is made.
      try await request.live.requireExport(of: thing, by: try request.acting())
      return try await MadeFile.recorded(
        thing, asOf: request.json["asOf"]?.string, format: request.json["format"]?.string, for: request)
    }
  ]

  private static let asked = Schema.object(
    name: "ExportRequest", about: "What is to be taken out.",
    [
      .init(name: "thing", schema: .choice(ExportedThing.allCases.map(\.rawValue))),
      .init(
        name: "asOf", schema: .text(format: "date"),
        about: "The cut-off of a safety report: a day that is over, which counts to its end in UTC.", isRequired: false),
      .init(
        name: "format", schema: .choice(SafetyReportFile.Format.allCases.map(\.rawValue)),
        about: "The form of a safety report; html if left out.", isRequired: false),
    ])
}
