/// The order of a `sort` clause: key by key, each ascending or descending; equal keys keep the order they had.
struct SortOrder {
  private let isDescending: [Bool]
  private let comparing: Comparing

  init(_ isDescending: [Bool], _ environment: Environment) {
    self.isDescending = isDescending
    comparing = Comparing(environment)
  }

  /// Positions of the rows in their order.
  func permutation(of rows: [[Value]]) -> [Int] {
    rows.indices.sorted { a, b in
      for (position, isDescending) in isDescending.enumerated() {
        let (first, second) = isDescending ? (b, a) : (a, b)
        if comparing.sortsBefore(rows[first][position], rows[second][position]) { return true }
        if comparing.sortsBefore(rows[second][position], rows[first][position]) { return false }
      }
      return a < b
    }
  }
}

extension Value {
  /// Without later elements that are the same as an earlier one.
  static func distinct(_ values: [Value], _ environment: Environment) -> [Value] {
    distinctPositions(values, environment).map { values[$0] }
  }

  /// Positions of the elements that `distinct` keeps.
  static func distinctPositions(_ values: [Value], _ environment: Environment) -> [Int] {
    let comparing = Comparing(environment)
    var seen: Set<Member> = []
    return values.indices.filter { seen.insert(Member(value: values[$0], comparing: comparing)).inserted }
  }
}
