import ArgumentParser
import ClinicalValues
import Conduct
import Trial

extension ParticipantViews {
  /// What the protocol's definitions find in a participant's data, now.
  struct Findings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "findings",
      abstract:
        "What the protocol finds in the imported data now: weight, renal function, each fact that gates ask for.")

    @Argument(help: "The participant's number, 03-0007.") var participant: String
    @OptionGroup var view: ViewOptions

    func run() async throws {
      try await Answer.printing(view.place.format) {
        let visit = try await view.open()
        try await visit.requireReader()
        let found = try await visit.participant(participant)
        let state = try await visit.running.live.state()
        let now = try await visit.now()
        let findings = try await visit.running.live.picture(of: found.id, at: now).findings.sorted { $0.key < $1.key }
        return .view(
          text: {
            var page = Page()
            let width = (findings.map(\.key.count).max() ?? 0) + 11
            for (id, finding) in findings {
              let number = finding.number.map { "\($0) \(finding.unit ?? "")" }
              let missing = finding.missing.isEmpty ? nil : "missing: \(finding.missing.joined(separator: ", "))"
              let parts = ([number] + finding.evidence + [missing]).compactMap(\.self)
              page.entry("\(GateText.sign(finding.value))  \(id)", parts.joined(separator: "; "), labelWidth: width)
            }
            return findings.isEmpty ? "No data were imported for \(found.id).\n" : page.text
          },
          json: {
            marked(
              state,
              [
                ("participant", .string(found.id.description)), ("at", .string(now.description)),
                ("findings", .array(findings.map { json($0.key, $0.value) })),
              ])
          })
      }
    }

    private func json(_ id: String, _ finding: Finding) -> JSON {
      .object([
        ("id", .string(id)), ("value", .string(GateText.word(finding.value))),
        ("number", JSON(finding.number?.description)), ("unit", JSON(finding.unit)),
        ("evidence", .strings(finding.evidence)), ("missing", .strings(finding.missing)),
        ("until", JSON(finding.until?.description)),
      ])
    }
  }
}
