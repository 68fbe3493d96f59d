import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// `tandem laboratory list`
struct RangeList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The normal ranges that are known, by laboratory.")

  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.open()
      try await visit.requireReader()
      let known = try await visit.running.live.state().laboratories
      let ranges = known.laboratories.flatMap { known.ranges(of: $0) }
      return .view(
        text: {
          var table = Table("laboratory", "test", "sex", "ages", "days", "range")
          for range in ranges {
            table.add(
              range.laboratory, range.concept, range.sex?.rawValue ?? "both",
              "\(range.ageFrom.map(String.init) ?? "")–\(range.ageTo.map(String.init) ?? "")",
              "\(range.validFrom)–\(range.validTo.map { "\($0)" } ?? "")",
              "\(range.low.map { "\($0)" } ?? "")–\(range.high.map { "\($0)" } ?? "") \(range.unit)")
          }
          return table.text(whenEmpty: "No ranges are known.")
        },
        json: {
          .object([
            ("ranges", .array(ranges.map { JSON((try? CanonicalJSON(encoding: $0))?.value ?? .null) }))
          ])
        })
    }
  }
}

/// `tandem laboratory import`
struct ImportResults: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take over a file of results into forms, all of it or nothing.",
    discussion: "CSV with a mapping, or FHIR Observations of one participant. The same file again changes nothing.")

  @Argument(help: "The file.", completion: .file()) var file: String
  @Option(name: .long, help: "The mapping of a CSV file, in YAML.", completion: .file()) var mapping: String?
  @Option(name: .long, help: "Whose FHIR Observations they are.") var participant: String?
  @Option(name: .long, help: "The visit that FHIR Observations are of.") var visit: String?
  @Option(name: .long, help: "Why results that are in the casebook are replaced by others of the file.")
  var correction: String?
  @Flag(name: .long, help: "Show what it would do; do nothing.") var dryRun = false
  @OptionGroup var view: ViewOptions

  func validate() throws {
    guard (mapping != nil) != (participant != nil), (participant == nil) == (visit == nil) else {
      throw ValidationError("Name --mapping for a CSV file, or --participant and --visit for FHIR Observations.")
    }
  }

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let visit = try await view.open()
      try visit.requireOwnPassword()
      let result: ResultImport
      do {
        result = try await take(visit)
      } catch let refused as RefusedFile {
        throw Unusable(refused.description)
      } catch let invalid as InvalidMapping {
        throw Unusable(invalid.description)
      }
      return .view(text: { text(result) }, json: { json(result) })
    }
  }

  private func take(_ visit: Visit) async throws -> ResultImport {
    let live = visit.running.live
    if let mapping {
      return try await live.importResults(
        try InputFile.text(file), file: file, mapping: try ResultMapping(try InputFile.text(mapping), file: mapping),
        by: visit.actor, correction: correction, isDryRun: dryRun, origin: .commandLine)
    }
    let whom = try await visit.participant(participant ?? "")
    return try await live.importObservations(
      try InputFile.bytes(file), file: file, of: whom.id, visit: self.visit ?? "", by: visit.actor,
      correction: correction, isDryRun: dryRun, origin: .commandLine)
  }

  private func text(_ result: ResultImport) -> String {
    var page = Page()
    let count = result.changes.map(\.entries.count).reduce(0, +)
    page.line(
      dryRun
        ? "Nothing was recorded. \(count) answers would be, \(result.unchanged) are there already."
        : "\(count) answers were recorded, \(result.unchanged) were there already.")
    for change in result.changes {
      for entry in change.entries {
        page.entry("  \(change.participant) \(change.form)", "\(entry.item) \(entry.answer)", labelWidth: 36)
      }
    }
    return page.text
  }

  private func json(_ result: ResultImport) -> JSON {
    .object([
      ("dryRun", .boolean(dryRun)), ("unchanged", .integer(result.unchanged)),
      (
        "changes",
        .array(
          result.changes.map { change in
            .object([
              ("participant", .string(change.participant.description)), ("form", .string(change.form.description)),
              ("entries", .array(change.entries.map { FormText.json($0) })),
            ])
          })
      ),
      ("events", .array((result.performed?.envelopes ?? []).map { EventText.plain.json($0) })),
    ])
  }
}
