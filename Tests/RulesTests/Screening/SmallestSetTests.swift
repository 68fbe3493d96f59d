import Testing

@testable import Rules

struct SmallestSetTests {
  @Test func `one datum that serves two criteria is preferred to two`() {
    let search = SmallestSet([[["a"], ["c"]], [["b"], ["c"]]]) { _ in 1 }
    #expect(search.solve() == ["c"])
  }

  @Test func `of sets of one size the cheaper is taken`() {
    let search = SmallestSet([[["scan"], ["blood"]]]) { $0 == "scan" ? 3 : 1 }
    #expect(search.solve() == ["blood"])
  }

  @Test func `nothing is needed where nothing is open`() {
    let search = SmallestSet([]) { _ in 1 }
    #expect(search.solve() == [])
  }

  @Test func `it finds what an exhaustive search finds`() {
    let names = ["a", "b", "c", "d", "e", "f", "g"]
    for seed in 1...UInt64(200 * effort) {
      var generator = Seeded(seed)
      let wishes = (0..<Int.random(in: 1...5, using: &generator)).map { _ in
        (0..<Int.random(in: 1...3, using: &generator)).map { _ in
          Set(names.shuffled(using: &generator).prefix(Int.random(in: 1...3, using: &generator)))
        }
      }
      let cost: (String) -> Int = { names.firstIndex(of: $0) ?? 0 }
      let search = SmallestSet(wishes, cost: cost)
      let found = search.solve()
      let best = exhaustive(wishes, names, cost)
      #expect(wishes.allSatisfy { $0.contains { $0.isSubset(of: found) } })
      #expect((found.count, found.reduce(0) { $0 + cost($1) }) == best, "seed \(seed)")
    }
  }

  private func exhaustive(_ wishes: [[Set<String>]], _ names: [String], _ cost: (String) -> Int) -> (Int, Int) {
    var best = (Int.max, Int.max)
    for bits in 0..<(1 << names.count) {
      let chosen = Set(names.indices.filter { bits & (1 << $0) != 0 }.map { names[$0] })
      guard wishes.allSatisfy({ $0.contains { $0.isSubset(of: chosen) } }) else { continue }
      let found = (chosen.count, chosen.reduce(0) { $0 + cost($1) })
      if found < best { best = found }
    }
    return best
  }
}
