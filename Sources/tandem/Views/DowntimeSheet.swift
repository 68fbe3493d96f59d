import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import LedgerSQLite
import StudyDesign
import Trial
import Web

extension ParticipantViews {
  /// The sheet for when the system is down.
  struct DowntimeSheet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "downtime-sheet",
      abstract:
        "A page to print (HTML, A4) for when the system is down: last state, gates, label texts, two signatures.",
      discussion: "What is done from it is entered afterwards by two people with --after-downtime true.")

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @Option(help: "The HTML file to write; standard output without it.", completion: .file(extensions: ["html"]))
    var output: String?
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let visit = try await view.open()
        try await visit.requireReader()
        let found = try await visit.participant(participant)
        let state = try await visit.running.live.state()
        let now = try await visit.now()
        let shown = Gate.allCases.filter { $0 != .thawing }
        let lines = try await visit.running.live.gates(shown, for: found.id, by: visit.actor).lines
        let gates = shown.map { (gate: $0, lines: lines[$0] ?? []) }
        let sheet = DowntimePage(
          participant: found, state: state, now: now, printedBy: state.people.name(of: visit.actor.account),
          gates: gates, position: try await visit.running.ledger.head().position,
          plan: try visit.running.live.shelf.edition(of: found.id, at: now, in: state).study.conduct.product)
        let html = sheet.html
        if let output { try OutputFile.write(html, to: output) }
        return .view(
          text: { output.map { "The sheet of \(found.id) is in \($0).\n" } ?? html },
          json: {
            .object([
              ("participant", .string(found.id.description)), ("file", JSON(output)),
              ("html", output == nil ? .string(html) : .null),
            ])
          })
      }
    }
  }
}
