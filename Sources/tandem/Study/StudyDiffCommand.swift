import ArgumentParser
import StudyDesign

extension StudyCommand {
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what differs between two versions of a protocol, and which criteria and findings that touches.")

    @Argument(help: "A version's folder, or a study's folder (its highest version).")
    var before: String

    @Argument(help: "The version to compare it with.")
    var after: String

    @Option(help: "text or json.")
    var format: TextOrJSON = .text

    func run() throws {
      let before = try StudyCommand.read(chosen: before)
      let after = try StudyCommand.read(chosen: after)
      guard before.id == after.id else {
        throw Unusable(
          "‘\(before.id)’ and ‘\(after.id)’ are two studies. Give two versions of one study.")
      }
      let diff = StudyDiff(from: before, to: after)
      switch format {
      case .json: Terminal.print(DiffReport.json(diff, before, after).text)
      case .text: Terminal.print(DiffReport.text(diff, before, after))
      }
    }
  }
}

/// What `study diff` prints.
enum DiffReport {
  static func json(_ diff: StudyDiff, _ before: Study, _ after: Study) -> JSON {
    .object([
      ("study", .string(after.id)), ("from", version(before)), ("to", version(after)),
      (
        "changes",
        .array(
          diff.changes.map { change in
            .object([
              ("part", .string(change.part.rawValue)), ("subject", .string(change.subject)),
              ("change", .string(change.kind.rawValue)), ("before", change.before.map { .string($0) } ?? .null),
              ("after", change.after.map { .string($0) } ?? .null), ("affects", .strings(change.affects)),
            ])
          })
      ),
    ])
  }

  private static func version(_ study: Study) -> JSON {
    .object([("version", .string(study.version)), ("digest", .string(study.digest))])
  }

  static func text(_ diff: StudyDiff, _ before: Study, _ after: Study) -> String {
    var page = Page()
    page.line("\(after.id): from version \(before.version) to version \(after.version)")
    for study in [before, after] { page.line("  \(study.version)  SHA-256 \(study.digest)") }
    if diff.changes.isEmpty { page.line("Nothing differs.") }
    for part in StudyDiff.Part.allCases {
      let changes = diff.changes.filter { $0.part == part }
      guard !changes.isEmpty else { continue }
      page.line()
      page.line(part.rawValue.prefix(1).uppercased() + part.rawValue.dropFirst())
      for change in changes {
        page.line("  \(change.subject): \(change.kind.rawValue)")
        if let text = change.before { page.entry("    was", text, labelWidth: 11) }
        if let text = change.after { page.entry("    is", text, labelWidth: 11) }
        if !change.affects.isEmpty {
          page.entry("    touches", change.affects.joined(separator: ", "), labelWidth: 11)
        }
      }
    }
    return page.text
  }
}
