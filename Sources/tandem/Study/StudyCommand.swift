import ArgumentParser
import StudyDesign
import Synchronization

/// `tandem study`: a study's files by themselves, and the study as it runs.
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study", abstract: "A study's files, checked and shown; and the study as it runs.",
    subcommands: [
      Check.self, Show.self, Forms.self, Schedule.self, Provisional.self, Diff.self, Stopping.self, Terms.self,
      Medicines.self, StudyFound.self, StudyStatus.self, StudySets.self, StudyTasks.self, StudyWatch.self,
    ]
      + CommandTree.commands(of: "study"))

  /// What every subcommand is given.
  struct Choice: ParsableArguments {
    @Argument(help: "A version's folder, or a study's folder (its highest version); by default the shipped study.")
    var folder: String?

    @Option(help: "text or json.")
    var format: TextOrJSON = .text

    /// The study, once it has passed every check.
    func study() throws -> Study {
      try StudyCommand.read(chosen: folder)
    }
  }

  /// Versions that this process has checked, by content and folder: many commands of one process ask for the same one, and
  /// reading it costs more than most of them.
  private static let checked = Mutex<[String: (study: Study, naming: [Problem])]>([:])

  /// The checked study that a command means by what it was given; its problems go to standard error.
  static func read(chosen given: String?) throws -> Study {
    try read(try StudyFolderChoice.resolve(given), given: given)
  }

  /// The checked study of a folder, which bears its name unless it was given itself; its problems go to standard error.
  static func read(_ folder: String, given: String? = nil) throws -> Study {
    let (study, files, naming) = check(folder)
    let counted = StudyFolderChoice.counted(naming, of: folder, given: given)
    for note in counted.notes { Terminal.say(note) }
    let problems = files + counted.problems
    guard let study, problems.isEmpty else {
      Terminal.say(InvalidStudy(folder: folder, problems: problems).description)
      let count = problems.count
      throw Unusable("The study in \(folder) has \(count == 1 ? "1 problem" : "\(count) problems"), listed above.")
    }
    return study
  }

  private static func check(_ folder: String) -> (study: Study?, problems: [Problem], naming: [Problem]) {
    let name = "\(VersionFiles(folder).digest) \(folder)"
    if let known = checked.withLock({ $0[name] }) { return (known.study, [], known.naming) }
    let found = StudyChecker.shipped.check(folder)
    if let study = found.study { checked.withLock { $0[name] = (study, found.naming) } }
    return found
  }
}

extension StudyCommand {
  /// A study for what needs one that Tandem conducts: what is to be done with it, such as `screened for`.
  static func conducted(_ study: Study, toBe purpose: String) throws -> Study {
    guard study.conducted == .tandem else {
      throw Unusable(
        "\(study.id) cannot be \(purpose): it is conducted elsewhere, and has neither criteria nor a plan of conduct. Name "
          + "another study; ‘tandem exchange’ reads data into this one's casebook.")
    }
    return study
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads a study as a compiler reads a program; every problem has a file, line, column and cure.")

    @OptionGroup var choice: Choice

    func run() throws {
      let folder = try StudyFolderChoice.resolve(choice.folder)
      let (study, problems) = checked(folder)
      switch choice.format {
      case .json:
        Terminal.print(
          JSON.object([
            ("folder", .string(folder)),
            ("problems", .array(problems.map { CheckReport.json($0) })),
          ]).text)
      case .text:
        for problem in problems { Terminal.print("\(folder)/\(problem)\n") }
        if let study { Terminal.print(CheckReport.summary(study)) }
      }
      if !problems.isEmpty { throw ExitCode.failure }
    }

    /// The study of a folder, or all that is wrong with it; its examples are screened last.
    private func checked(_ folder: String) -> (study: Study?, problems: [Problem]) {
      let (study, files, naming) = StudyChecker.shipped.check(folder)
      let counted = StudyFolderChoice.counted(naming, of: folder, given: choice.folder)
      for note in counted.notes { Terminal.say(note) }
      let problems = files + counted.problems
      guard let study else { return (nil, problems) }
      let all = problems + ExampleVerdicts(study).problems()
      return (all.isEmpty ? study : nil, all)
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the study's registry page.")

    @OptionGroup var choice: Choice

    func run() throws {
      let study = try choice.study()
      switch choice.format {
      case .json: Terminal.print(RegistryPage.json(study).text)
      case .text: Terminal.print(RegistryPage.text(study))
      }
    }
  }

  struct Provisional: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists what the registry text lost, and each reading that stands in for it with its origin.")

    @OptionGroup var choice: Choice

    func run() throws {
      let study = try choice.study()
      switch choice.format {
      case .json: Terminal.print(ProvisionalList.json(study).text)
      case .text: Terminal.print(ProvisionalList.text(study))
      }
    }
  }
}

/// The formats of commands that print no page.
enum TextOrJSON: String, ExpressibleByArgument, CaseIterable {
  case text, json
}
