import ClinicalValues
import Instruments
import Testing

/// What is missing may be anything: what a result says without it, it says with it.
@Suite struct CompletionTests {
  /// Answers to choose from by key; those of `settled` are not left out, since a rule says what their absence means.
  private func pair(
    _ choices: [String: [Datum]], settled: Set<String>, _ random: inout SplitMix
  ) -> (partial: [String: Datum], complete: [String: Datum]) {
    var complete: [String: Datum] = [:]
    for (key, values) in choices.sorted(by: { $0.key < $1.key }) {
      complete[key] = values[Int(random.next() % UInt64(values.count))]
    }
    let partial = complete.filter { settled.contains($0.key) || random.next() % 3 != 0 }
    return (partial, complete)
  }

  private func number(_ datum: Datum?) -> Decimal? { if case .number(let number)? = datum { number } else { nil } }
  private let yesNo: [Datum] = [.bool(true), .bool(false)]

  @Test func `a complete assessment of ICANS is never milder than its parts`() throws {
    let icans = try #require(Instrument.named("icans"))
    var choices: [String: [Datum]] = ["iceScore": (0...10).map { .number(Decimal($0)) }, "motorWeakness": yesNo]
    for item in icans.items {
      if case .word(let words, _) = item.answer { choices[item.key] = words.map { .text($0) } }
    }
    var random = SplitMix(seed: 3)
    for _ in 0..<2000 {
      let (partial, complete) = pair(choices, settled: [], &random)
      let whole = try #require(number(icans(complete)["grade"]))
      if let part = number(icans(partial)["grade"]) { #expect(part <= whole) }
      #expect(icans(complete)["complete"] == .bool(true))
    }
  }

  @Test func `a grade of CRS that is given with something missing stays, and a minimum is one`() throws {
    let crs = try #require(Instrument.named("crs"))
    var choices: [String: [Datum]] = [
      "temperatureC": [.number(36), .number(38), .number(40)], "hypotension": yesNo,
      "vasopressorCount": [.number(0), .number(0), .number(1), .number(2)],
      "oxygenFlowLPerMin": [.number(6), .number(7)],
    ]
    let flags = crs.items.map(\.key).filter { key in
      key.hasSuffix("OtherCause")
        || ["crsFeverEarlierInEpisode", "antipyreticOrAnticytokineGiven", "vasopressin", "fatal"].contains(key)
    }
    for flag in flags { choices[flag] = yesNo }
    for item in crs.items { if case .word(let words, _) = item.answer { choices[item.key] = words.map { .text($0) } } }
    var random = SplitMix(seed: 5)
    for _ in 0..<4000 {
      let (partial, complete) = pair(choices, settled: Set(flags + ["oxygenFlowLPerMin"]), &random)
      // That pressors are given without hypotension is a contradiction of the record, not a completion.
      if complete["hypotension"] == .bool(false), complete["vasopressorCount"] != .number(0) { continue }
      let grade = try #require(number(crs(complete)["grade"]))
      let before = crs(partial)
      #expect(try #require(number(before["minimumGrade"])) <= grade)
      // After treatment of a fever the grade needs no temperature: one that is found makes 0 a 1.
      let isGradedWithout =
        partial["temperatureC"] == nil && complete["crsFeverEarlierInEpisode"] == .bool(true)
        && complete["antipyreticOrAnticytokineGiven"] == .bool(true)
      if let given = number(before["grade"]) { #expect(given == grade || isGradedWithout && (given, grade) == (0, 1)) }
    }
  }

  @Test(arguments: ["dlt", "saeReporting", "iecHs", "imacsActivity"])
  func `a verdict given with something missing stays however it comes out`(_ id: String) throws {
    let instrument = try #require(Instrument.named(id))
    var choices: [String: [Datum]] = [:]
    for item in instrument.items {
      switch item.answer {
      case .yesNo: choices[item.key] = yesNo
      case .word(let words, _): choices[item.key] = words.map { .text($0) }
      case .records:
        choices[item.key] = [1, 2].map { .list([.object(["value": .number($0), "uln": .number(1)])]) }
      case .whole, .number: choices[item.key] = [0, 1, 2, 3].map { .number($0) }
      default: break
      }
    }
    for key in ["ferritinUln", "altUln", "astUln"] { choices[key] = [.number(1)] }
    // Rules say what the absence of these means.
    let settled: Set<String> = [
      "expectedOnTarget", "asymptomaticLab", "altBaseline", "astBaseline", "altUln", "astUln",
    ]
    var random = SplitMix(seed: 9)
    for _ in 0..<3000 {
      let (partial, complete) = pair(choices, settled: settled, &random)
      let before = instrument(partial)
      let after = instrument(complete)
      for name in ["dlt", "serious", "susar", "ferritinCriterion", "screenPositive", "result", "coreSetCriterion"] {
        guard let verdict = before[name], verdict != .null, verdict != .text("indeterminate") else { continue }
        #expect(after[name] == verdict, "\(name) of \(partial) and \(complete)")
      }
    }
  }

  @Test func `values twice as high give areas twice as large, at the same days`() throws {
    let kinetics = try #require(Instrument.named("cellularKinetics"))
    let tolerance = try #require(Decimal("0.000002"))
    var random = SplitMix(seed: 13)
    for _ in 0..<300 {
      let values = (0..<8).map { day in (day: Int(random.next() % 5) + day * 5, value: Int(random.next() % 1000)) }
      func result(times factor: Int) -> Result {
        kinetics([
          "lloq": .number(Decimal(100 * factor)),
          "samples": .list(
            values.map { .object(["day": .number(Decimal($0.day)), "value": .number(Decimal($0.value * factor))]) }),
        ])
      }
      let (one, two) = (result(times: 1), result(times: 2))
      for name in ["tmax", "tlast", "persistenceOngoing"] { #expect(one[name] == two[name]) }
      for name in ["cmax", "clast", "aucLast", "auc0To28"] {
        guard let small = number(one[name]), let large = number(two[name]), let double = small * 2 else {
          #expect(one[name] == two[name])
          continue
        }
        let difference: Decimal? = large - double
        #expect(try #require(difference).magnitude <= tolerance)
      }
    }
  }
}
