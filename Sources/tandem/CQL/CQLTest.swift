import ArgumentParser
import CQL
import ClinicalValues
import Foundation

extension CQLCommand {
  /// `cql test DIR`.
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Runs a folder of HL7's conformance tests.")

    @Argument(help: "A folder of the suite's XML files.")
    var folder: String

    @Option(help: "text or json.")
    var format: TextOrJSON = .text

    func run() throws {
      let runner = ConformanceRunner(now: try Moment.parse([]).now())
      let results = try suites().flatMap { suite in suite.tests.map { runner.run($0) } }
      let counts = [ConformanceRunner.Outcome.pass, .fail, .skip].map { outcome in
        results.count { $0.outcome == outcome }
      }
      let summary = "\(counts[0]) passed, \(counts[1]) failed, \(counts[2]) skipped"
      switch format {
      case .json:
        Terminal.print(JSON.array(results.map(Test.json)).text)
        Terminal.say(summary)
      case .text:
        for result in results where result.outcome == .fail { Terminal.print(Test.text(result)) }
        Terminal.print(summary + "\n")
      }
      if counts[1] > 0 { throw ExitCode.failure }
    }

    private func suites() throws -> [ConformanceSuite] {
      let names: [String]
      do {
        names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".xml") }.sorted()
      } catch {
        throw Unusable("‘\(folder)’ cannot be read as a folder. Name a folder of conformance tests.")
      }
      guard !names.isEmpty else {
        throw Unusable("There is no XML file in ‘\(folder)’. Name a folder of conformance tests.")
      }
      return try names.map { name in
        let bytes = try InputFile.bytes("\(folder)/\(name)")
        do {
          return try ConformanceSuite(file: name, xml: bytes)
        } catch {
          throw Unusable("\(folder)/\(error)")
        }
      }
    }

    private static func text(_ result: ConformanceRunner.TestResult) -> String {
      """
      FAIL \(result.test.file) \(result.test.group) \(result.test.name)
        expression: \(result.test.expression.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        expected:   \(result.expected)
        actual:     \(result.actual)

      """
    }

    private static func json(_ result: ConformanceRunner.TestResult) -> JSON {
      .object([
        ("file", .string(result.test.file)), ("group", .string(result.test.group)), ("name", .string(result.test.name)),
        ("result", .string(result.outcome.rawValue)), ("expected", .string(result.expected)),
        ("actual", .string(result.actual)),
      ])
    }
  }
}
