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

  /// An instrument.
  init(
    id: String, title: String, source: String, unverified: String? = nil, items: [Item],
    score: @escaping @Sendable (Answers) -> Result
  ) {
    self.id = id
    self.title = title
    self.source = source
    self.unverified = unverified
    self.items = items
    self.score = score
  }

  /// The result of an input: its named values, or `error` with `code` and `field` for the first answer that cannot be.
  public func callAsFunction(_ input: [String: Datum]) -> Result {
    for item in items {
      if let code = item.fault(in: input[item.key] ?? .null) {
        return ["error": .object(["code": .text(code.rawValue), "field": .text(item.key)])]
      }
    }
    return score(Answers(input, items: items))
  }

  /// All instruments.
  public static let all: [Instrument] = activity + classification

  /// The instrument of that id.
  public static func named(_ id: String) -> Instrument? { all.first { $0.id == id } }
}
