public import ClinicalValues

/// Runs conformance tests.
///
/// A test passes when the value of its expression equals that of its output (two nulls are equal, dates only in the
/// same precision), or when it fails as it should: where a refusal of the text or of its types is asked for, before it
/// runs; where an error of execution is asked for, then or already before.
public struct ConformanceRunner {
  /// How a test ended.
  public enum Outcome: String, Sendable { case pass, fail, skip }

  /// A test with its end.
  public struct TestResult: Sendable {
    /// The test.
    public let test: ConformanceTest
    /// How it ended.
    public let outcome: Outcome
    /// What was asked for.
    public let expected: String
    /// What came.
    public let actual: String
  }

  private let compiler = Compiler(models: [])
  private let context: EvaluationContext

  /// A runner whose `Now()` is that moment.
  public init(now: DateTime) { context = EvaluationContext(now: now) }

  /// Runs a test; skips it if it is for a later version of the language.
  public func run(_ test: ConformanceTest) -> TestResult {
    if test.isForLaterVersion {
      let version = test.version ?? ""
      return TestResult(test: test, outcome: .skip, expected: "CQL \(version)", actual: "not run")
    }
    let actual = end(of: test.expression)
    let (expected, passes) = judge(actual, test.expectation)
    return TestResult(test: test, outcome: passes ? .pass : .fail, expected: expected, actual: actual.description)
  }

  private enum End: CustomStringConvertible {
    case value(Value)
    case refused(String)
    case failed(String)

    var description: String {
      switch self {
      case .value(let value): value.literal
      case .refused(let message): "refused: \(message)"
      case .failed(let message): "error: \(message)"
      }
    }
  }

  private func end(of expression: String) -> End {
    let (program, diagnostics) = compiler.compileExpression(expression)
    guard let program else { return .refused(diagnostics.map(\.description).joined(separator: " ")) }
    do throws(EvaluationError) {
      return .value(try Engine(program).evaluation(context).value(of: "Expression"))
    } catch {
      return .failed(error.message)
    }
  }

  private func judge(_ actual: End, _ expectation: ConformanceTest.Expectation) -> (expected: String, passes: Bool) {
    switch (expectation, actual) {
    case (.syntaxError, .refused), (.semanticError, .refused), (.executionError, .refused), (.executionError, .failed):
      return (expectation.description, true)
    case (.syntaxError, _), (.semanticError, _), (.executionError, _): return (expectation.description, false)
    case (.value(let outputs), _):
      let expected = outputs.map { end(of: $0) }
      let description = expected.map(\.description).joined(separator: ", ")
      guard case .value(let value) = actual else { return (description, false) }
      let wanted = expected.compactMap { if case .value(let value) = $0 { value } else { nil } }
      guard wanted.count == outputs.count else { return (description, false) }
      switch wanted.count {
      case 0: return ("any value", true)
      case 1: return (description, ConformanceRunner.agree(value, wanted[0], at: context.now))
      default: return (description, ConformanceRunner.agree(value, .list(wanted), at: context.now))
      }
    }
  }

  /// Whether two values are the same to the suite.
  static func agree(_ a: Value, _ b: Value, at now: DateTime) -> Bool {
    let comparing = Comparing(Environment(now: now, terminology: EmptyTerminology()))
    return agree(a, b, comparing)
  }

  private static func agree(_ a: Value, _ b: Value, _ comparing: Comparing) -> Bool {
    switch (a, b) {
    case (.null, .null): true
    case (.null, _), (_, .null): false
    case (.list(let a), .list(let b)): a.count == b.count && zip(a, b).allSatisfy { agree($0, $1, comparing) }
    case (.tuple(let a), .tuple(let b)):
      Set(a.names) == Set(b.names) && a.names.allSatisfy { agree(a[$0], b[$0], comparing) }
    case (.interval(let a), .interval(let b)):
      comparing.equal(.interval(a), .interval(b)) == true
        || a.lowClosed == b.lowClosed && a.highClosed == b.highClosed && agree(a.low, b.low, comparing)
          && agree(a.high, b.high, comparing)
    case (.uncertain(let range), .interval(let bounds)), (.interval(let bounds), .uncertain(let range)):
      comparing.equal(bounds.low, .long(range.lowerBound)) == true && bounds.lowClosed
        && comparing.equal(bounds.high, .long(range.upperBound)) == true && bounds.highClosed
    default: comparing.equal(a, b) == true || a.isIdentical(to: b)
    }
  }
}

extension ConformanceTest.Expectation: CustomStringConvertible {
  /// What is asked for, in words.
  public var description: String {
    switch self {
    case .value(let outputs): outputs.joined(separator: ", ")
    case .syntaxError: "refused as no expression of the language"
    case .semanticError: "refused by the checker"
    case .executionError: "an error"
    }
  }
}
