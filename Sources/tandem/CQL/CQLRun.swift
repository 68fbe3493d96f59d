import ArgumentParser
import CQL
import ClinicalValues
import Rules

extension CQLCommand {
  /// `cql run LIBRARY.cql`.
  struct Run: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the value of each definition of a library, for a patient's record where one is given.")

    @Argument(help: "The library.")
    var library: String

    @Option(help: "A patient's record: a FHIR R4 Bundle, a resource, or NDJSON.")
    var data: String?

    @Option(help: "Where included libraries are (NAME.cql); by default the folder of the library.")
    var libraryPath: String?

    @Option(help: "A folder of FHIR ValueSet resources as JSON.")
    var valueSets: String?

    @OptionGroup var moment: Moment

    @Option(help: "text (a line NAME: VALUE a definition) or json (an object by name).")
    var format: TextOrJSON = .text

    func run() throws {
      let now = try moment.now()
      let engine = Engine(try compile())
      let evaluation = engine.evaluation(try context(now))
      var results: [(name: String, value: Value)] = []
      var failed = false
      for definition in engine.program.libraries.last?.definitions ?? [] where !definition.isPrivate {
        do {
          results.append((definition.name, try evaluation.value(of: definition.name)))
        } catch {
          failed = true
          Terminal.say("\(definition.name): \(error)")
        }
      }
      switch format {
      case .json: Terminal.print(JSON.object(results.map { ($0.name, JSON($0.value)) }).text)
      case .text: for result in results { Terminal.print("\(result.name): \(result.value.text)\n") }
      }
      if failed { throw ExitCode.failure }
    }

    private func compile() throws -> Program {
      if let libraryPath { try InputFile.checkFolder(libraryPath) }
      let folder = libraryPath ?? CQLInputs.folder(of: library)
      let compiler = Compiler(models: [FHIRModel()]) { name, version in
        CQLInputs.library(named: name, version: version, in: folder)
      }
      return try CQLCommand.program(of: compiler.compile(try CQLInputs.library(library)), "‘\(library)’")
    }

    private func context(_ now: DateTime) throws -> EvaluationContext {
      var context = EvaluationContext(now: now, models: [FHIRModel()], message: CQLCommand.message)
      if let valueSets { context.terminology = try CQLInputs.valueSets(valueSets) }
      if let data { context.data = try CQLInputs.record(data) }
      return context
    }
  }
}
