// Instruments are scores, grades and classifications: each its data, its source and a pure function.
//
// Not here: where answers come from (Rules and Trial fill them in, converted to the units of the keys), what a score
// means for a trial (the study's CQL), words of other languages.
//
// Always true: a missing answer is never zero or false; a result that lacks an answer says which; an answer out of
// range is an error of the input, checked once for all instruments before anything is computed.

/// A scale, classification or grade: questions with their ranges, where it comes from, and how answers become a result.
public struct Instrument: Sendable {
  /// Stable id, as on the command line and in study files: `sledai2k`.
  public let id: String
  /// Its published name.
  public let title: String
  /// Where its rules stand.
  public let source: String
  /// What about it a person must still check against its source; nil where everything was verified.
  public let unverified: String?
  /// Its questions, in the order in which they are checked and in which missing ones are named.
  public let items: [Item]
  /// The result of answers that passed the checks.
  let score: @Sendable (Answers) -> Result
  /// The rule behind a result, in words; nil where the result's own values say it.
  private let rule: (@Sendable (Answers) -> String)?

  /// An instrument; `score` and `rule` are functions of answers alone, defined for any that pass the checks of the items.
  public init(
    id: String, title: String, source: String, unverified: String? = nil, items: [Item],
    score: @escaping @Sendable (Answers) -> Result, rule: (@Sendable (Answers) -> String)? = nil
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.unverified = unverified
    self.items = items
    self.score = score
    self.rule = rule
  }

  /// The result of an input: its named values, or `error` with `code` and `field` for the first answer that cannot be.
  public func callAsFunction(_ input: [String: Datum]) -> Result {
    if let (item, code) = fault(in: input) {
      return ["error": .object(["code": .text(code.rawValue), "field": .text(item.key)])]
    }
    return score(Answers(input, items: items))
  }

  /// The rule that gave the result of an input, in words, with the numbers that it was applied to; nil for an instrument
  /// whose result says that itself, and for an input with an error.
  public func rule(for input: [String: Datum]) -> String? {
    fault(in: input) == nil ? rule?(Answers(input, items: items)) : nil
  }

  /// The first answer that cannot be.
  private func fault(in input: [String: Datum]) -> (item: Item, code: InputFault)? {
    for item in items {
      if let code = item.fault(in: input[item.key] ?? .null) ?? faultOfLimit(item, in: input) { return (item, code) }
    }
    return nil
  }

  /// Whether an answer that may be so by itself exceeds the answer that limits it; a limit that is itself wrong limits nothing.
  private func faultOfLimit(_ item: Item, in input: [String: Datum]) -> InputFault? {
    guard let limit = items.first(where: { $0.key == item.limit }), case .number(let number)? = input[item.key],
      case .number(let most)? = input[limit.key], limit.fault(in: .number(most)) == nil
    else { return nil }
    return number > most ? .outOfRange : nil
  }

  /// All instruments.
  public static let all: [Instrument] = activity + classification + response + safety + kinetics

  /// The instrument of that id.
  public static func named(_ id: String) -> Instrument? { all.first { $0.id == id } }
}
