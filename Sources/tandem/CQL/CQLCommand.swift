import ArgumentParser
import CQL
import ClinicalValues
import Glibc

/// `tandem cql`: the language by itself.
struct CQLCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cql", abstract: "Evaluates HL7 CQL 1.5: an expression, a library, or a folder of conformance tests.",
    subcommands: [Eval.self, Run.self, Test.self])

  /// What `Now()` and `Today()` see.
  struct Moment: ParsableArguments {
    @Option(help: "What Now() and Today() see: a date, or a date and time; by default this moment in UTC.")
    var asOf: String?

    func now() throws -> DateTime {
      guard let asOf else { return try Moment.clock() }
      if let date = CalendarDate(asOf), date.precision == .day,
        let midnight = DateTime(date: date, time: .least, offsetMinutes: 0)
      {
        return midnight
      }
      if let moment = DateTime(asOf), moment.precision >= .second {
        return moment.offsetMinutes == nil ? moment.withOffset(0) ?? moment : moment
      }
      throw ValidationError("‘\(asOf)’ is no date of the calendar. Write --as-of as 2026-03-07.")
    }

    /// This moment in UTC.
    private static func clock() throws -> DateTime {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      guard let now = DateTime(millisecondsSinceEpoch: time.tv_sec * 1000 + time.tv_nsec / 1_000_000) else {
        throw Unusable("The clock of this machine stands outside the calendar. Give --as-of.")
      }
      return now
    }
  }

  /// Prints the diagnostics of a compilation; its program, if it has one.
  static func program(of outcome: (program: Program?, diagnostics: [Diagnostic]), _ what: String) throws -> Program {
    for diagnostic in outcome.diagnostics { Terminal.say(diagnostic.description) }
    guard let program = outcome.program else {
      throw Unusable("\(what) cannot be run; what is wrong with it is listed above.")
    }
    return program
  }

  /// An evaluation's messages go where messages go.
  static let message: @Sendable (String, String, String) -> Void = { severity, code, text in
    Terminal.say(code.isEmpty ? "\(severity): \(text)" : "\(severity) \(code): \(text)")
  }
}

extension CQLCommand {
  /// `cql eval 'EXPRESSION'`.
  struct Eval: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints the value of an expression.")

    // All that is no option of ours, so that an expression that begins with a minus needs no `--` before it.
    @Argument(
      parsing: .allUnrecognized,
      help: ArgumentHelp("An expression, such as 'Interval[1, 5] overlaps Interval[3, 9]'.", valueName: "expression"))
    var words: [String]

    @OptionGroup var moment: Moment

    @Option(help: "text (a literal of the language) or json.")
    var format: TextOrJSON = .text

    func validate() throws {
      let count = words.withoutTerminator.count
      guard count == 1 else {
        throw ValidationError("Expected one expression, in quotes if it has spaces, found \(count) arguments.")
      }
    }

    func run() throws {
      let now = try moment.now()
      let program = try CQLCommand.program(
        of: Compiler(models: []).compileExpression(words.withoutTerminator[0]), "The expression")
      let context = EvaluationContext(now: now, message: CQLCommand.message)
      let value: Value
      do {
        value = try Engine(program).evaluation(context).value(of: "Expression")
      } catch {
        throw Unusable(error.description)
      }
      Terminal.print(format == .json ? JSON(value).text : value.literal + "\n")
    }
  }
}
