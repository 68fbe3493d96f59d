import ClinicalValues
import Instruments

/// What can be scored, and what each asks for.
enum InstrumentList {
  /// The instruments with their titles.
  static var instruments: String {
    var table = Table("Instrument", "What it is")
    for instrument in Instrument.scored { table.add(instrument.id, instrument.title) }
    return table.text(whenEmpty: "No instruments.")
  }

  /// An instrument's items: key, words, and the answers that each takes.
  static func items(of instrument: Instrument) -> String {
    var table = Table("Key", "Answer", "What is asked")
    for item in instrument.items { add(item, below: "", to: &table) }
    let mark = instrument.unverified.map { "UNVERIFIED: \($0)\n" } ?? ""
    return "\(instrument.title)\n\(instrument.source)\n\(mark)\n" + table.text(whenEmpty: "It asks nothing.")
  }

  private static func add(_ item: Item, below parent: String, to table: inout Table) {
    table.add(parent + item.key, words(item), item.words + (item.isRequired ? " (required)" : ""))
    guard case .records(let members) = item.answer else { return }
    for member in members { add(member, below: "\(parent)\(item.key)[].", to: &table) }
  }

  private static func words(_ item: Item) -> String {
    let limit = item.limit.map { ", at most \($0)" } ?? ""
    switch item.answer {
    case .yesNo: return "true, false"
    case .whole(let range): return "whole, \(range.lowerBound) to \(range.upperBound)\(limit)"
    case .level(let levels), .choice(let levels): return list(levels.map(String.init))
    case .number(let range, let excludesLowest): return number(range, above: excludesLowest) + limit
    case .word(let words, _): return list(words)
    case .step(let steps): return list(steps.map(\.trimmed.description))
    case .text: return "text"
    case .date: return "YYYY-MM-DD"
    case .localTime: return "YYYY-MM-DDThh:mm"
    case .numbers(let range, let count): return "list of \(count): \(number(range, above: false))"
    case .records: return "list of objects"
    }
  }

  private static func number(_ range: ClosedRange<Decimal>, above: Bool) -> String {
    let lowest = above ? "above \(range.lowerBound.trimmed)" : "from \(range.lowerBound.trimmed)"
    return range.upperBound == .greatest ? "number \(lowest)" : "number \(lowest) to \(range.upperBound.trimmed)"
  }

  /// Many answers by the first and the last.
  private static func list(_ answers: [String]) -> String {
    answers.count > 8
      ? "\(answers[0]), \(answers[1]) ... \(answers[answers.count - 1])" : answers.joined(separator: ", ")
  }
}
