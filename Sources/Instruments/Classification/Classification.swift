public import ClinicalValues

extension Instrument {
  /// Classification criteria: for research, not for diagnosis. A missing answer counts nothing in their totals.
  public static let classification: [Instrument] = [sle2019, ssc2013, iim2017, ss2016]

  /// The totals that answers to classification criteria allow: what is missing adds nothing at the least, and at the most what gives most.
  /// Nil where an answer cannot be, or one without which the criteria say nothing is missing.
  public func possibleTotals(_ answers: [String: Datum]) -> ClosedRange<Decimal>? {
    guard let least = total(answers) else { return nil }
    var (fullest, most) = (answers, least)
    for item in items where (answers[item.key] ?? .null) == .null {
      for answer in item.extremes {
        let fuller = fullest.merging([item.key: answer]) { $1 }
        if let total = total(fuller), total > most { (fullest, most) = (fuller, total) }
      }
    }
    return least...most
  }

  private func total(_ answers: [String: Datum]) -> Decimal? {
    let result = self(answers)
    guard case .number(let total)? = result["total"] ?? result["score"] else { return nil }
    return total
  }
}

extension Item {
  /// The answers of which one gives the most.
  fileprivate var extremes: [Datum] {
    switch answer {
    case .yesNo: [.bool(true)]
    case .number(let range, _): [.number(range.lowerBound), .number(range.upperBound)]
    default: []
    }
  }
}

/// Items of which only the highest counts.
struct Domain: Sendable {
  let name: String
  let items: [(key: String, points: Int)]
  /// Points if all items are present, where that is more than the highest of them.
  var pointsOfAll: Int?

  /// Points of what is recorded as present.
  func recorded(_ answers: Answers) -> Int { points { answers[yesNo: $0] == true } }

  /// Points if everything that is not recorded were present.
  func highest(_ answers: Answers) -> Int { points { answers[yesNo: $0] != false } }

  private func points(where isPresent: (String) -> Bool) -> Int {
    let present = items.filter { isPresent($0.key) }
    if let pointsOfAll, present.count == items.count { return pointsOfAll }
    return present.map(\.points).max() ?? 0
  }
}
