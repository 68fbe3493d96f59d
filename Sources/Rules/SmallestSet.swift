/// Searches a cheapest set of data that satisfies several wishes, each satisfied by any one of its alternatives.
///
/// Fewest data first, then lowest cost, then the order of names, so that the answer is always the same. What only one
/// alternative can satisfy is taken at once; wishes that share no datum are solved apart; each group of the rest by branch and
/// bound, hardest wish first, which stops after `limit` steps with the best set found so far. A greedy pass makes that a
/// good one from the start. Cost: linear in the wishes but for groups whose alternatives overlap.
struct SmallestSet {
  /// Data in the order of cost and name; a datum is its place in it.
  private let names: [String]
  private let costs: [Int]
  /// The alternatives of each wish; one without alternatives is left out, since nothing would satisfy it.
  private var wishes: [[Set<Int>]]
  private let limit: Int

  /// A search over wishes.
  init(_ wishes: [[Set<String>]], limit: Int = 20_000, cost: (String) -> Int) {
    let data = Set(wishes.joined().joined()).map { (cost: cost($0), name: $0) }.sorted { $0 < $1 }
    names = data.map(\.name)
    costs = data.map(\.cost)
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    self.wishes = wishes.filter { !$0.isEmpty }.map { wish in wish.map { way in Set(way.compactMap { places[$0] }) } }
    self.limit = limit
  }

  /// The best set found.
  func solve() -> Set<String> {
    var (chosen, open) = forced()
    for group in Self.groups(open) { chosen.formUnion(GroupSearch(group, costs: costs, limit: limit).solve()) }
    return Set(chosen.map { names[$0] })
  }

  /// What only one alternative can satisfy, and the wishes that are left, without what is chosen already.
  private func forced() -> (chosen: Set<Int>, open: [[Set<Int>]]) {
    var chosen: Set<Int> = []
    var open = wishes
    while true {
      open = open.map { wish in Self.minimal(wish.map { $0.subtracting(chosen) }) }.filter { !$0.contains([]) }
      let only = open.filter { $0.count == 1 }
      if only.isEmpty { return (chosen, open) }
      for wish in only { chosen.formUnion(wish[0]) }
    }
  }

  /// Alternatives without those that contain another one.
  private static func minimal(_ ways: [Set<Int>]) -> [Set<Int>] {
    let unique = Array(Set(ways))
    return unique.filter { way in !unique.contains { $0.isStrictSubset(of: way) } }
  }

  /// Wishes that share data, directly or through others, together.
  private static func groups(_ wishes: [[Set<Int>]]) -> [[[Set<Int>]]] {
    var groups: [(data: Set<Int>, wishes: [[Set<Int>]])] = []
    for wish in wishes {
      let data = wish.reduce(into: Set<Int>()) { $0.formUnion($1) }
      let touched = groups.filter { !$0.data.isDisjoint(with: data) }
      groups.removeAll { !$0.data.isDisjoint(with: data) }
      groups.append((touched.reduce(data) { $0.union($1.data) }, touched.flatMap(\.wishes) + [wish]))
    }
    return groups.map(\.wishes)
  }
}

/// Branch and bound over wishes that share data.
private struct GroupSearch {
  private let wishes: [[Set<Int>]]
  private let costs: [Int]
  private var best: Found?
  private var stepsLeft: Int

  private struct Found: Comparable {
    let size: Int
    let cost: Int
    let data: [Int]

    init(_ chosen: Set<Int>, costs: [Int]) {
      size = chosen.count
      cost = chosen.reduce(0) { $0 + costs[$1] }
      data = chosen.sorted()
    }

    static func < (a: Found, b: Found) -> Bool {
      (a.size, a.cost) == (b.size, b.cost)
        ? a.data.lexicographicallyPrecedes(b.data) : (a.size, a.cost) < (b.size, b.cost)
    }
  }

  init(_ wishes: [[Set<Int>]], costs: [Int], limit: Int) {
    self.wishes = wishes.sorted { ($0.count, $0.map(\.count).min() ?? 0) < ($1.count, $1.map(\.count).min() ?? 0) }
    self.costs = costs
    stepsLeft = limit
  }

  func solve() -> Set<Int> {
    var search = self
    search.extend([], from: 0)
    return Set(search.best?.data ?? [])
  }

  private mutating func extend(_ chosen: Set<Int>, from index: Int) {
    guard stepsLeft > 0 || best == nil else { return }
    stepsLeft -= 1
    guard let next = wishes[index...].firstIndex(where: { !$0.contains { $0.isSubset(of: chosen) } }) else {
      let found = Found(chosen, costs: costs)
      best = best.map { min($0, found) } ?? found
      return
    }
    if let best, chosen.count + atLeast(beyond: chosen, from: next) > best.size { return }
    // What adds least comes first: the first full set is then the greedy one.
    let options = wishes[next].map { Found($0.subtracting(chosen), costs: costs) }.sorted()
    for option in options { extend(chosen.union(option.data), from: next + 1) }
  }

  /// How many data the open wishes need at least: wishes that share no datum with an earlier one each need their own.
  private func atLeast(beyond chosen: Set<Int>, from index: Int) -> Int {
    var touched: Set<Int> = []
    var count = 0
    for wish in wishes[index...] where !wish.contains(where: { $0.isSubset(of: chosen) }) {
      let rest = wish.map { $0.subtracting(chosen) }
      let all = rest.reduce(into: Set<Int>()) { $0.formUnion($1) }
      guard touched.isDisjoint(with: all) else { continue }
      touched.formUnion(all)
      count += rest.map(\.count).min() ?? 0
    }
    return count
  }
}
