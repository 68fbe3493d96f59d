// tandem is the command line: it reads arguments and files, asks the modules, and prints.
//
// Not here: rules, evaluation, formats; each command parses, asks one module, and prints what it says.
//
// Always true: standard output carries the result alone and standard error the messages; exit status 0 means done,
// whatever the verdict, 1 an input that cannot be used or a check that failed, 64 bad usage.

import ArgumentParser
import Glibc
import StudyDesign

/// Tandem runs a cell-therapy trial from its protocol.
@main
struct Tandem: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tandem",
    abstract: "Runs a cell-therapy trial from its protocol.",
    version: "tandem 0.1, not released",
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
    let command: any ParsableCommand
    do {
      command = try parseAsRoot()
    } catch {
      if let misspelled = MisspelledCommand(Array(CommandLine.arguments.dropFirst())) { misuse(misspelled.description) }
      exit(withError: error)
    }
    do {
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        var command = command
        try command.run()
      }
    } catch let error as ValidationError {
      // Found while running, so that the parser no longer knows which command it was and would print the usage of another.
      misuse(error.message, help: CommandPath.of(type(of: command)))
    } catch {
      exit(withError: error)
    }
  }

  private static func misuse(_ sentence: String, help path: [String] = []) -> Never {
    Terminal.say("Error: \(sentence)")
    if !path.isEmpty { Terminal.say("See ‘\(path.joined(separator: " ")) --help’.") }
    Glibc.exit(ExitCode.validationFailure.rawValue)
  }
}

/// The words by which a command is called.
enum CommandPath {
  /// The words of a command, from `tandem` on; empty for one that is not in the tree.
  static func of(_ command: any ParsableCommand.Type, below root: any ParsableCommand.Type = Tandem.self) -> [String] {
    if root == command { return [word(root)] }
    for child in root.configuration.subcommands {
      let path = of(command, below: child)
      if !path.isEmpty { return [word(root)] + path }
    }
    return []
  }

  /// The last word of a command.
  static func word(_ command: any ParsableCommand.Type) -> String {
    command.configuration.commandName ?? "\(command)".lowercased()
  }
}

/// A word where a command's name is expected and that is none.
struct MisspelledCommand: CustomStringConvertible {
  let description: String

  /// Looks through the words that a program was called with; nil where each names a command, or is an argument of one.
  init?(_ arguments: [String], of root: any ParsableCommand.Type = Tandem.self) {
    var command = root
    var path = [CommandPath.word(root)]
    for argument in arguments {
      let children = command.configuration.subcommands
      guard !argument.hasPrefix("-"), argument != "help", command.configuration.defaultSubcommand == nil,
        !children.isEmpty
      else { return nil }
      guard let child = children.first(where: { CommandPath.word($0) == argument }) else {
        let names = children.map(CommandPath.word)
        let called = path.joined(separator: " ")
        description =
          "‘\(called)’ has no command ‘\(argument)’. "
          + suggestion(for: argument, among: names, otherwise: "‘\(called) --help’ lists them.")
        return
      }
      command = child
      path.append(argument)
    }
    return nil
  }
}

extension [String] {
  /// The words of a command that takes all that is no option of its own, without the first `--`, by which many are used to say that
  /// only arguments follow.
  var withoutTerminator: [String] {
    guard let end = firstIndex(of: "--") else { return self }
    return Array(self[..<end] + self[(end + 1)...])
  }
}
