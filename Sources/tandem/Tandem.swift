// tandem is the command line: it reads arguments and files, asks the modules, and prints.
//
// Not here: rules, evaluation, formats; each command parses, asks one module, and prints what it says.
//
// Always true: standard output carries the result alone and standard error the messages; exit status 0 means done,
// whatever the verdict, 1 an input that cannot be used or a check that failed, 64 bad usage.

import ArgumentParser
import Glibc

/// Tandem runs a cell-therapy trial from its protocol.
@main
struct Tandem: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem",
    abstract: "Runs a cell-therapy trial from its protocol.",
    subcommands: [
      ServeCommand.self, ScreenCommand.self, StudyCommand.self, ParticipantCommand.self, FormCommand.self,
      QueryCommand.self,
      GradeCommand.self, CasebookCommand.self, SafetyCommand.self, LaboratoryCommand.self, ProductCommand.self,
      SiteCommand.self,
      AccountCommand.self, LedgerCommand.self, TimelineCommand.self, DemoCommand.self, CQLCommand.self,
      UCUMCommand.self, ExchangeCommand.self,
      ScoreCommand.self,
    ])

  /// A reader that goes away (`tandem ... | head`) ends the program without a word, also where the caller ignored the signal.
  static func main() async {
    signal(SIGPIPE, SIG_DFL)
    await main(nil)
  }
}
