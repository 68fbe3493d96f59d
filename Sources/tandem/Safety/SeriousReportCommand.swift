import ArgumentParser
import ClinicalValues
import Conduct
import StudyDesign
import Trial

/// `tandem safety sae`
struct SeriousReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sae", abstract: "The report of a serious adverse event as a page to print (HTML, A4).",
    discussion: "A version shows the event as it stood when that version was last saved, and marks what has changed "
      + "since the version before. Words that may name the participant (name, initials, birth date, numbers of documents) "
      + "are masked: the report is not held up by them, and the site takes them out of the forms.")

  @Argument(help: "The participant's number, 03-0007.") var participant: String
  @Option(help: "The number of the adverse event.") var event: Int
  @Option(help: "The version, 0 the first; by default the last.") var version: Int?
  @Option(help: "The HTML file to write; standard output without it.", completion: .file(extensions: ["html"]))
  var output: String?
  @OptionGroup var view: ViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let reading = try await view.read(participant)
      let (found, edition) = (reading.participant, try reading.edition())
      guard let event = found.adverseEvents(by: edition.study.conduct.safety).first(where: { $0.number == event })
      else {
        throw Refusal(
          "no-such-event", because: "\(found.id) has no adverse event \(event).",
          remedy: "tandem safety events shows their numbers.")
      }
      guard let whole = SeriousReportSheet(of: event, version: version, in: found, edition: edition) else {
        let versions = event.reports.compactMap(\.number).map(String.init).joined(separator: ", ")
        throw Refusal(
          "no-such-version",
          because: "The report of adverse event \(event.number) of \(found.id) has no such version.",
          remedy: versions.isEmpty ? "Fill in the form of the report first." : "Its versions are \(versions).")
      }
      let masked = try await reading.visit.running.live.masked(whole.freeTexts, about: found.id)
      let sheet = whole.masked(masked)
      if masked.count > 0 || !masked.wasCompared, let masking = sheet.masking { Terminal.say(masking) }
      let html = SeriousReportPage(
        sheet: sheet, study: edition.study.title, version: edition.version.version,
        isSynthetic: reading.state.study.isSynthetic, printed: reading.now
      ).html
      if let output { try OutputFile.write(html, to: output) }
      return .view(
        text: { output.map { "The report of adverse event \(event.number) of \(found.id) is in \($0).\n" } ?? html },
        json: {
          .object([
            ("participant", .string(found.id.description)), ("event", .integer(event.number)), ("file", JSON(output)),
            ("html", output == nil ? .string(html) : .null), ("masked", .integer(masked.count)),
            ("comparedWithIdentity", .boolean(masked.wasCompared)),
          ])
        })
    }
  }
}
