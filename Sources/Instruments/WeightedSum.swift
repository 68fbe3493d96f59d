/// Items whose points are added up: the shape of most activity scales.
struct WeightedSum: Sendable {
  /// Points of an answer of 1 or yes, by key, in the order of the items.
  let weights: [(key: String, weight: Int)]

  /// The points of an answer: weight for yes, weight times the number for a level; nil if not recorded.
  func points(_ key: String, _ weight: Int, in answers: Answers) -> Int? {
    answers[yesNo: key].map { $0 ? weight : 0 } ?? answers[whole: key].map { $0 * weight }
  }

  /// The sum; nil if an item is missing.
  func total(of answers: Answers) -> Int? {
    var total = 0
    for (key, weight) in weights {
      guard let points = points(key, weight, in: answers) else { return nil }
      total += points
    }
    return total
  }

  /// The sum of what is recorded.
  func recorded(of answers: Answers) -> Int {
    weights.reduce(0) { $0 + (points($1.key, $1.weight, in: answers) ?? 0) }
  }

  /// The same sum without some items.
  func without(_ keys: Set<String>) -> WeightedSum { WeightedSum(weights: weights.filter { !keys.contains($0.key) }) }
}

extension Answers {
  /// The keys without an answer as a result shows them.
  var missingList: Datum { .list(missing.map { .text($0) }) }
}
