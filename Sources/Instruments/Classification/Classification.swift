extension Instrument {
  /// Classification criteria: for research, not for diagnosis.
  static let classification: [Instrument] = [sle2019, ssc2013, iim2017, ss2016]
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
