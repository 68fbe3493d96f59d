import ClinicalValues
import FHIR
import Instruments
import StudyDesign

/// What a file asks of an instrument.
enum ScoreInput {
  /// One input.
  case one([String: Datum])
  /// Several, each with the name that was given to it.
  case named([(name: Datum, answers: [String: Datum])])

  /// Reads a file. `tell` is told of each number that cannot be kept as it is written: it is no number for the instrument, whose result
  /// is then the error of its key, and is never rounded.
  init(path: String, tell: (String) -> Void) throws(ScoreInputFault) {
    let document: JSONDocument
    do {
      document = try JSONDocument.read(path: path)
    } catch {
      throw ScoreInputFault(description: error.description)
    }
    let root = document.root
    switch root.kind {
    case .object: self = .one(try Self.answers(root, tell))
    case .array:
      var rows: [(name: Datum, answers: [String: Datum])] = []
      for row in root.elements {
        guard let input = row["input"] else {
          throw ScoreInputFault(
            description: "\(row.place): this element has no ‘input’. Give an array of {\"name\", \"input\"} objects.")
        }
        rows.append(
          (
            try row["name"].map { (name) throws(ScoreInputFault) in try Self.datum(name, tell) } ?? .null,
            try Self.answers(input, tell)
          ))
      }
      self = .named(rows)
    default:
      throw ScoreInputFault(
        description: "\(root.place): expected an object of answers, or an array of {\"name\", \"input\"} objects.")
    }
  }

  /// Refuses a file in which there are answers, and none to a question of the instrument: most likely it is of another one.
  func check(against instrument: Instrument, file: String) throws(ScoreInputFault) {
    let asked = instrument.items.map(\.key)
    guard !given.isEmpty, given.isDisjoint(with: asked) else { return }
    throw ScoreInputFault(
      description: "\(file): none of the keys \(Self.some(of: given.sorted())) is a question of \(instrument.id). "
        + "Its keys are \(asked.joined(separator: ", ")).")
  }

  /// A sentence on the keys that the instrument does not ask for; nil where there are none.
  func passedOver(by instrument: Instrument) -> String? {
    let asked = instrument.items.map(\.key)
    let strange = given.subtracting(asked).sorted()
    guard !strange.isEmpty else { return nil }
    let cures = strange.prefix(5).compactMap { key in nearest(to: key, among: asked).map { "‘\($0)’ for ‘\(key)’" } }
    return "\(instrument.id) does not ask for \(Self.some(of: strange)), and passed over what it says. "
      + (cures.isEmpty
        ? "‘tandem score \(instrument.id) --list’ says what it asks."
        : "Did you mean \(cures.joined(separator: ", "))?")
  }

  /// The keys that any input has.
  private var given: Set<String> {
    switch self {
    case .one(let answers): Set(answers.keys)
    case .named(let rows): Set(rows.flatMap(\.answers.keys))
    }
  }

  private static func some(of keys: [String]) -> String {
    keys.prefix(5).map { "‘\($0)’" }.joined(separator: ", ") + (keys.count > 5 ? " ..." : "")
  }

  private static func answers(
    _ object: FHIR.JSON, _ tell: (String) -> Void
  ) throws(ScoreInputFault) -> [String: Datum] {
    guard object.kind == .object else {
      throw ScoreInputFault(description: "\(object.place): expected an object with the answers by their keys.")
    }
    var answers: [String: Datum] = [:]
    for (name, value) in object.namedMembers { answers[name] = try datum(value, tell) }
    return answers
  }

  private static func datum(_ value: FHIR.JSON, _ tell: (String) -> Void) throws(ScoreInputFault) -> Datum {
    switch value.kind {
    case .null: return .null
    case .boolean: return .bool(value.boolean == true)
    case .string: return .text(value.string ?? "")
    case .number:
      let text = value.number ?? ""
      guard let rounded = Decimal(text) else {
        throw ScoreInputFault(
          description: "\(value.place): ‘\(text)’ is too large a number. At most 28 digits may stand before the point.")
      }
      guard let number = Decimal(exactly: text) else {
        tell(
          "\(value.place): ‘\(text)’ has more digits than are kept, and is not rounded to \(rounded), which may lie on the other side "
            + "of a limit. At most 8 digits may stand after the point.")
        return .text(text)
      }
      return .number(number)
    case .array:
      var items: [Datum] = []
      for element in value.elements { items.append(try datum(element, tell)) }
      return .list(items)
    case .object:
      var members: [(name: String, value: Datum)] = []
      for (name, member) in value.namedMembers { members.append((name, try datum(member, tell))) }
      return .object(Instruments.Result(members))
    }
  }
}

/// Why an input cannot be scored: a sentence with the place.
struct ScoreInputFault: Error, CustomStringConvertible {
  let description: String
}
