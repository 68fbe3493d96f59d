import ArgumentParser
import ClinicalValues
import FHIR
import Instruments

/// `tandem score`: an instrument's result for one input, or for each of a list of named inputs.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Computes a score, grade or classification from its items.",
    discussion: """
      INPUT.json holds one input object, or an array of {"name", "input"}. The result is printed as JSON: an object, or an \
      array of {"name", "result"}. Instruments: \(Instrument.scored.map(\.id).joined(separator: ", ")).
      """)

  @Argument(help: "The instrument's id, such as sledai2k.")
  var instrument: String

  @Argument(help: "The file with the input.")
  var input: String

  func run() throws {
    guard let instrument = Instrument.scored.first(where: { $0.id == instrument }) else {
      let known = Instrument.scored.map(\.id).joined(separator: ", ")
      throw ValidationError("There is no instrument ‘\(instrument)’. Choose one of: \(known).")
    }
    try InputFile.check(input)
    do throws(ScoreInputFault) {
      let answers = try ScoreInput(path: input)
      try answers.check(against: instrument, file: input)
      Terminal.print(try Self.results(of: instrument, in: answers).text)
    } catch {
      Terminal.say(error.description)
      throw ExitCode(1)
    }
  }

  /// What is printed for a file.
  private static func results(of instrument: Instrument, in input: ScoreInput) throws(ScoreInputFault) -> JSON {
    switch input {
    case .one(let answers): JSON(instrument(answers))
    case .named(let rows):
      .array(rows.map { .object([("name", JSON($0.name)), ("result", JSON(instrument($0.answers)))]) })
    }
  }
}

extension JSON {
  /// A result as JSON, its members in its own order.
  init(_ result: Instruments.Result) { self = .object(result.values.map { ($0.name, JSON($0.value)) }) }

  /// A datum as JSON.
  init(_ datum: Datum) {
    switch datum {
    case .null: self = .null
    case .bool(let truth): self = .boolean(truth)
    case .number(let number): self = .number(number.description)
    case .text(let text): self = .string(text)
    case .list(let items): self = .array(items.map { JSON($0) })
    case .object(let result): self = JSON(result)
    }
  }
}
