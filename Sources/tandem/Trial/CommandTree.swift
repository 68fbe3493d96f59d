import ArgumentParser
import Trial

/// Every command of the trial as a subcommand, by the words of its name.
enum CommandTree {
  /// Groups inside a group, by their words; with what such a word alone means.
  private static let nested: [String: (abstract: String, alone: String?)] = [
    "participant deviation": ("Deviations: opened, classified, assessed, reported.", nil),
    "participant report": ("Reports whose clocks run.", nil),
    "product label": ("Labels: drawn, printed, used, destroyed, counted.", nil),
    "product exceptional": ("Exceptional release, signed by three and consented to.", nil),
    "product sample": ("Samples: taken, and what became of them.", nil),
    "product test": ("Release tests: entered, corrected.", "enter"),
    "product outside-gate": (
      "Acts that happened outside the gate: recorded by two, signed by the investigator.", "record"
    ),
  ]

  /// The word that a command is called by in its group.
  static func word(of name: String) -> String {
    if let alone = nested[name]?.alone { return alone }
    return name.split(separator: " ").last.map(String.init) ?? name
  }

  /// The commands of a group, without those of groups inside it.
  static func commands(of group: String) -> [any ParsableCommand.Type] {
    Commands.all.filter { home(of: $0.name) == group }.map { act($0) }
  }

  /// The group that a command stands in.
  private static func home(of name: String) -> String {
    if nested[name] != nil { return name }
    return name.split(separator: " ").dropLast().joined(separator: " ")
  }

  private static func act<Command: TrialCommand>(_ command: Command.Type) -> any ParsableCommand.Type {
    Act<Command>.self
  }

  /// The settings of a group inside a group.
  static func configuration(
    _ group: String, besides views: [any ParsableCommand.Type] = []
  ) -> CommandConfiguration {
    let all = commands(of: group) + views
    let alone = nested[group]?.alone.flatMap { word in all.first { $0.configuration.commandName == word } }
    return CommandConfiguration(
      commandName: group.split(separator: " ").last.map(String.init), abstract: nested[group]?.abstract ?? "",
      subcommands: all, defaultSubcommand: alone)
  }
}

/// `tandem participant`
struct ParticipantCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "participant", abstract: "A participant's way: consent to follow-up, gates, eligibility.",
    subcommands: ParticipantViews.all + GradingViews.all + [DeviationGroup.self, ReportGroup.self]
      + CommandTree.commands(of: "participant"))

  struct DeviationGroup: ParsableCommand {
    static let configuration = CommandTree.configuration("participant deviation")
  }
  struct ReportGroup: ParsableCommand {
    static let configuration = CommandTree.configuration("participant report")
  }
}

/// `tandem product`
struct ProductCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "product", abstract: "A participant's cells: chain of identity, custody, release, infusion.",
    subcommands: ProductViews.all + [
      LabelGroup.self, SampleGroup.self, TestGroup.self, ExceptionalGroup.self, OutsideGateGroup.self,
    ] + CommandTree.commands(of: "product"))

  struct LabelGroup: ParsableCommand {
    static let configuration = CommandTree.configuration("product label", besides: [ProductViews.Draw.self])
  }
  struct SampleGroup: ParsableCommand {
    static let configuration = CommandTree.configuration("product sample")
  }
  struct TestGroup: ParsableCommand {
    static let configuration = CommandTree.configuration("product test")
  }
  struct ExceptionalGroup: ParsableCommand {
    static let configuration = CommandTree.configuration("product exceptional")
  }
  struct OutsideGateGroup: ParsableCommand {
    static let configuration = CommandTree.configuration("product outside-gate")
  }
}

/// `tandem form`
struct FormCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "form", abstract: "Forms of a participant's casebook: entered, corrected, verified, signed.",
    subcommands: FormViews.all + CommandTree.commands(of: "form"))
}

/// `tandem casebook`
struct CasebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "casebook", abstract: "A participant's casebook as a whole: checks, signature, freeze and lock.",
    subcommands: [CasebookShow.self] + CommandTree.commands(of: "casebook"))
}

/// `tandem query`
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Queries: raised, answered, closed, reopened, cancelled.",
    subcommands: [QueryList.self] + CommandTree.commands(of: "query"))
}

/// `tandem grade`
struct GradeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grade", abstract: "Grades proposed from recorded values: confirmed, changed.",
    subcommands: CommandTree.commands(of: "grade"))
}

/// `tandem laboratory`
struct LaboratoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "laboratory", abstract: "Laboratories: their normal ranges, and files of results.",
    subcommands: [RangeList.self, ImportResults.self] + CommandTree.commands(of: "laboratory"))
}

/// `tandem site`
struct SiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "The study's sites, and their consent versions in force.",
    subcommands: [SiteList.self, SiteCalendar.self] + CommandTree.commands(of: "site"))
}

/// `tandem account`
struct AccountCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Accounts, roles, training, the delegation log.",
    subcommands: AccountViews.all + [ChangePassword.self, SetSecondFactor.self]
      + CommandTree.commands(of: "account"))
}
