/// Tests of the language as HL7 publishes them: one file's, in its order.
///
/// Source: cqframework/cql-tests, `testSchema.xsd`.
public struct ConformanceSuite: Sendable {
  /// Name of the file.
  public let file: String
  /// Its tests.
  public let tests: [ConformanceTest]

  /// A suite from the bytes of its XML file.
  public init(file: String, xml: [UInt8]) throws(Diagnostic) {
    self.file = file
    let root = try XMLTree.read(xml, file: file)
    guard root.name == "tests" else {
      throw Diagnostic(
        "The root element is ‘\(root.name)’, expected ‘tests’", remedy: "Give a file of HL7's CQL tests.",
        at: SourceLocation(file: file, line: 1, column: 1))
    }
    let suiteVersion = root.attributes["version"]
    tests = root.children(named: "group").flatMap { group in
      group.children(named: "test").map { test in
        ConformanceTest(
          test, file: file, group: group.attributes["name"] ?? "",
          version: test.attributes["version"] ?? group.attributes["version"] ?? suiteVersion)
      }
    }
  }
}

/// One test: an expression, and its value or the way in which it must fail.
public struct ConformanceTest: Sendable {
  /// What must come of the expression.
  public enum Expectation: Sendable, Equatable {
    /// The values of these expressions; several are a list.
    case value([String])
    /// A refusal when the text is read.
    case syntaxError
    /// A refusal when it is checked.
    case semanticError
    /// An error when it is run, at the latest.
    case executionError
  }

  /// Name of the file.
  public let file: String
  /// Name of the group.
  public let group: String
  /// Name in the group.
  public let name: String
  /// The expression.
  public let expression: String
  /// What must come of it.
  public let expectation: Expectation
  /// The first version of the language that it is for.
  public let version: String?

  init(_ node: XMLNode, file: String, group: String, version: String?) {
    self.file = file
    self.group = group
    self.version = version
    name = node.attributes["name"] ?? ""
    let expressions = node.children(named: "expression")
    expression = expressions.first.map { ConformanceTest.trimmed($0.text) } ?? ""
    switch expressions.first?.attributes["invalid"] {
    case "syntax": expectation = .syntaxError
    case "semantic": expectation = .semanticError
    case "true": expectation = .executionError
    default: expectation = .value(node.children(named: "output").map { ConformanceTest.trimmed($0.text) })
    }
  }

  /// Whether the suite marks it for a version after 1.5, which is the one implemented here.
  public var isForLaterVersion: Bool {
    guard let version else { return false }
    let parts = version.split(separator: ".").map { Int($0) ?? 0 }
    return [1, 5].lexicographicallyPrecedes(parts) && parts != [1, 5]
  }

  private static func trimmed(_ text: String) -> String {
    let isSpace: (Character) -> Bool = { $0.isWhitespace }
    var text = text[...]
    while let first = text.first, isSpace(first) { text.removeFirst() }
    while let last = text.last, isSpace(last) { text.removeLast() }
    return String(text)
  }
}
