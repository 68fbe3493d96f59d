import ArgumentParser

/// `tandem safety`: adverse events, what they call for, their reports, and the report to the safety board.
struct SafetyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "safety", abstract: "Adverse events, what is to be done about them, and their reports.",
    subcommands: [AdverseEventList.self, SafetyTaskList.self, SeriousReportCommand.self, SafetyReportCommand.self])
}
