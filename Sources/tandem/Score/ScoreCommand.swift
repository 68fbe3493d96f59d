import ArgumentParser
import ClinicalValues
import FHIR
import Instruments
import StudyDesign

/// `tandem score`: an instrument's result for one input, or for each of a list of named inputs.
struct ScoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "score", abstract: "Computes a score, grade or classification from its items.",
    discussion: """
      INPUT.json holds one input object, or an array of {"name", "input"}. The result is printed as JSON: an object, or an \
      array of {"name", "result"}. A key that the instrument does not ask for is passed over with a message. --list names the instruments, \
      and with an instrument what it asks.
      """)

  @Argument(help: "The instrument's id, such as sledai2k.", completion: .list(Instrument.scored.map(\.id)))
  var instrument: String?

  @Argument(help: "The file with the input.", completion: .file())
  var input: String?

  @Flag(help: "Lists the instruments; of the one that is named, the items with the answers that each takes.")
  var list = false

  func run() throws {
    let named = try instrument.map(Self.named)
    if list { return Terminal.print(named.map { InstrumentList.items(of: $0) } ?? InstrumentList.instruments) }
    guard let instrument = named, let input else {
      throw ValidationError("Give an instrument and the file with its input, or --list.")
    }
    try InputFile.check(input)
    do throws(ScoreInputFault) {
      let answers = try ScoreInput(path: input) { Terminal.say($0) }
      try answers.check(against: instrument, file: input)
      if let passedOver = answers.passedOver(by: instrument) { Terminal.say("\(input): \(passedOver)") }
      if let mark = instrument.unverified { Terminal.say("\(instrument.id): UNVERIFIED: \(mark)") }
      Terminal.print(try Self.results(of: instrument, in: answers).text)
    } catch {
      Terminal.say(error.description)
      throw ExitCode(1)
    }
  }

  private static func named(_ id: String) throws -> Instrument {
    guard let instrument = Instrument.scored.first(where: { $0.id == id }) else {
      throw ValidationError(
        "There is no instrument ‘\(id)’. "
          + suggestion(for: id, among: Instrument.scored.map(\.id), otherwise: "‘tandem score --list’ names them."))
    }
    return instrument
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
