import ArgumentParser
import ClinicalValues

/// `tandem ucum`: units of measure.
struct UCUMCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ucum", abstract: "Convert between units of measure, and run the UCUM functional tests.",
    subcommands: [Convert.self, Test.self])

  struct Convert: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print a number in another unit.",
      discussion: "Example: tandem ucum convert 6.3 mg/dL g/L. The result has up to 24 significant digits.")

    // All that is no option of ours, so that a negative number needs no `--` before it.
    @Argument(
      parsing: .allUnrecognized,
      help: ArgumentHelp("The number, its unit, and the unit wanted (UCUM codes).", valueName: "value from to"))
    var words: [String] = []

    private var arguments: [String] { words.withoutTerminator }

    func validate() throws {
      guard arguments.count == 3 else {
        throw ValidationError("Expected VALUE FROM TO (a number and two units), found \(arguments.count) arguments.")
      }
    }

    func run() throws {
      do throws(UnitError) {
        print(try UCUM.convert(arguments[0], from: arguments[1], to: arguments[2]))
      } catch {
        Terminal.say(error.description)
        throw ExitCode(1)
      }
    }
  }

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Run a file of the UCUM functional tests; the last line counts what passed, failed and was skipped.")

    @Argument(help: "The file, such as UcumFunctionalTests.xml.")
    var file: String

    func run() throws {
      let cases: [UnitConformanceCase]
      do {
        cases = try UnitConformanceFile.read(file)
      } catch let error as UnitConformanceFile.Unreadable {
        Terminal.say(error.message)
        throw ExitCode(1)
      }
      var (passed, failed, skipped) = (0, 0, 0)
      for test in cases {
        switch test.run() {
        case .pass: passed += 1
        case .skip(let reason):
          skipped += 1
          print("skip \(test.section.rawValue) \(test.id): \(reason)")
        case .fail(let expected, let actual):
          failed += 1
          print("fail \(test.section.rawValue) \(test.id) \(test.input): expected \(expected), got \(actual)")
        }
      }
      print("\(passed) passed, \(failed) failed, \(skipped) skipped")
      if failed > 0 { throw ExitCode(1) }
    }
  }
}

extension UnitConformanceCase {
  /// What goes into the case, for a line about it.
  fileprivate var input: String {
    ["value", "srcUnit", "dstUnit", "unit", "v1", "u1", "v2", "u2", "uRes"].compactMap { attributes[$0] }
      .joined(separator: " ")
  }
}
