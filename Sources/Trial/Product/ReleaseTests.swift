import ClinicalValues
public import StudyDesign

extension ReleaseTestPlan {
  /// Whether a result is within the limits; nil where it is of another kind than the test's.
  func isWithinLimits(_ result: TestResult) -> Bool? {
    switch (kind, result) {
    case (.quantity, .quantity(let value)): (low.map { value >= $0 } ?? true) && (high.map { value <= $0 } ?? true)
    case (.negative, .negative), (.conforms, .conforms): true
    case (.negative, .positive), (.conforms, .doesNotConform): false
    default: nil
    }
  }

  /// The result that a text writes for this test: a number in its unit, `negative` or `positive`, `conforms` or
  /// `does not conform`.
  func result(_ text: String) throws(Refusal) -> TestResult {
    let expected: String
    switch kind {
    case .quantity:
      if let value = Decimal(exactly: text) { return .quantity(value) }
      expected = "a number in \(unit ?? "1")"
    case .negative:
      if text == "negative" { return .negative }
      if text == "positive" { return .positive }
      expected = "negative or positive"
    case .conforms:
      if text == "conforms" { return .conforms }
      if text == "does not conform" { return .doesNotConform }
      expected = "conforms or does not conform"
    }
    throw Refusal(
      "not-a-result", because: "‘\(text.prefix(40))’ is no result of \(title).", remedy: "Give \(expected).")
  }
}

extension LotState {
  /// Every test of the plan with its result: what whoever releases sees.
  public func testLines(_ plan: ProductPlan) -> [TestLine] {
    plan.tests.map { test in
      let entry = tests[test.id]
      return TestLine(
        test: test.id, title: test.title, entry: entry, withinLimits: entry.flatMap { test.isWithinLimits($0.result) })
    }
  }

  /// Tests of a released lot whose final results are still to come: tasks.
  public func pendingFinalResults() -> [String] {
    release == nil ? [] : tests.filter(\.value.interim).keys.sorted()
  }
}

extension TestResult: CustomStringConvertible {
  /// As it is typed in.
  public var description: String {
    switch self {
    case .quantity(let value): value.description
    case .negative: "negative"
    case .positive: "positive"
    case .conforms: "conforms"
    case .doesNotConform: "does not conform"
    }
  }
}
