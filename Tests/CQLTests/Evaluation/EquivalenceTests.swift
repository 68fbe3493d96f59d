import ClinicalValues
import Testing

@testable import CQL

/// The closures and the interpreter give the same value, or both fail.
@Suite struct EquivalenceTests {
  @Test(arguments: Operator.all.map(\.name))
  func `an operator's examples hold in both evaluators`(_ name: String) throws {
    for entry in Operator.all where entry.name == name {
      for example in entry.examples {
        let (lowered, interpreted) = try evaluated(example.expression)
        let expected = try evaluated(example.value).lowered.get()
        let value = try lowered.get()
        #expect(
          ConformanceRunner.agree(value, expected, at: noon),
          "\(example.expression) is \(value.literal), expected \(example.value)")
        #expect(same(lowered, interpreted), "\(example.expression): \(lowered) and \(interpreted)")
      }
    }
  }

  @Test(arguments: 0..<10)
  func `random expressions have one value`(_ batch: Int) throws {
    var checked = 0
    for number in 0..<100 {
      var generator = ExpressionGenerator(seed: UInt64(batch * 1000 + number))
      let expression = generator.expression()
      guard let (lowered, interpreted) = try? evaluated(expression) else { continue }
      checked += 1
      #expect(same(lowered, interpreted), "\(expression): \(lowered) and \(interpreted)")
    }
    #expect(checked > 90, "Too many of the generator's expressions are refused by the checker.")
  }

  private func same(_ a: Result<Value, EvaluationError>, _ b: Result<Value, EvaluationError>) -> Bool {
    switch (a, b) {
    case (.success(let a), .success(let b)): a.isIdentical(to: b)
    case (.failure(let a), .failure(let b)): a == b
    default: false
    }
  }
}
