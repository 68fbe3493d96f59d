import CQL

/// How a laboratory's file of results becomes answers of forms. A mapping is a file of whoever exchanges data with that
/// laboratory, not of the protocol: it changes when their export changes.
///
/// Two layouts are read: a row a sample with a column a test (`columns`), or a row a result (`test`, `value`, `tests`).
public struct ResultMapping: Sendable, Hashable {
  /// What a test of the laboratory is.
  public struct Test: Sendable, Hashable {
    /// The concept of the data dictionary.
    public let concept: String
    /// The unit of its results, in UCUM, where the file does not say it.
    public let unit: String?
    /// The laboratory's words for results, as codes of the study.
    public let codes: [String: String]
  }

  /// Names of columns that a file may have besides those of tests.
  public struct Columns: Sendable, Hashable {
    /// Whose sample it is: the participant's number.
    public var participant = ""
    /// The visit, as the schedule calls it.
    public var visit = ""
    /// When it was taken, with its offset from UTC.
    public var sampled = ""
    /// The number of the sample.
    public var sample: String?
    /// Of a row that is one result: the test.
    public var test: String?
    /// The result.
    public var value: String?
    /// Its unit.
    public var unit: String?
    /// The lower limit of normal beside it.
    public var low: String?
    /// The upper limit of normal beside it.
    public var high: String?

    /// All names that are given.
    public var names: [String] {
      [participant, visit, sampled] + [sample, test, value, unit, low, high].compactMap(\.self)
    }
  }

  /// The laboratory, as its normal ranges name it; nil: the site's own.
  public let laboratory: String?
  /// What stands between two cells.
  public let separator: Character
  /// The columns.
  public let columns: Columns
  /// The tests: by column, or by the laboratory's name for them.
  public let tests: [String: Test]
  /// The offset from UTC of times that are written without one, `+08:00`; nil: such a time is refused.
  public let offset: String?

  /// Whether each row is one result, and not one sample.
  public var isLong: Bool { columns.test != nil }

  private static let keys = [
    "laboratory", "separator", "participant", "visit", "sampled", "sample", "offset", "columns", "test", "value",
    "unit",
    "low", "high", "tests",
  ]

  /// Reads a mapping in YAML.
  ///
  /// - Throws: `InvalidMapping` with all that is wrong, each with its place.
  public init(_ text: String, file: String) throws(InvalidMapping) {
    var problems: [Problem] = []
    let root: YAMLNode
    do throws(Problem) { root = try YAMLNode.read(text, file: file) } catch { throw InvalidMapping(problems: [error]) }
    guard let fields = Fields(root, "the mapping", keys: Self.keys, problems: &problems) else {
      throw InvalidMapping(problems: problems)
    }
    laboratory = fields.text("laboratory", problems: &problems)?.value
    separator = ResultMapping.separator(fields, &problems)
    offset = fields.text("offset", problems: &problems)?.value
    columns = ResultMapping.columns(fields, &problems)
    let key = columns.test == nil ? "columns" : "tests"
    tests = ResultMapping.tests(fields, key, &problems)
    if tests.isEmpty, problems.isEmpty {
      problems.append(
        Problem(
          "missing-key", at: fields.location, "The mapping names no test.",
          remedy: "Name the columns of tests under ‘columns’, or ‘test’, ‘value’ and ‘tests’ where a row is one result."
        ))
    }
    guard problems.isEmpty else { throw InvalidMapping(problems: problems) }
  }

  private static func separator(_ fields: Fields, _ problems: inout [Problem]) -> Character {
    guard let text = fields.text("separator", problems: &problems) else { return "," }
    let known: [String: Character] = [",": ",", ";": ";", "tab": "\t", "\t": "\t"]
    if let separator = known[text.value] { return separator }
    problems.append(
      Problem(
        "wrong-separator", at: text.location, "Cells are not separated by ‘\(text.value)’.",
        remedy: "Write \",\", \";\" or tab."))
    return ","
  }

  private static func columns(_ fields: Fields, _ problems: inout [Problem]) -> Columns {
    func name(_ key: String) -> String? { fields.text(key, problems: &problems)?.value }
    var columns = Columns()
    columns.participant = fields.requiredText("participant", problems: &problems)?.value ?? ""
    columns.visit = fields.requiredText("visit", problems: &problems)?.value ?? ""
    columns.sampled = fields.requiredText("sampled", problems: &problems)?.value ?? ""
    columns.sample = name("sample")
    columns.test = name("test")
    columns.unit = name("unit")
    columns.low = name("low")
    columns.high = name("high")
    columns.value = columns.test == nil ? name("value") : fields.requiredText("value", problems: &problems)?.value
    return columns
  }

  private static func tests(_ fields: Fields, _ key: String, _ problems: inout [Problem]) -> [String: Test] {
    var tests: [String: Test] = [:]
    for entry in fields.entries(key, problems: &problems) {
      let what = "the test ‘\(entry.key.value)’"
      guard let test = Fields(entry.value, what, keys: ["concept", "unit", "codes"], problems: &problems),
        let concept = test.requiredText("concept", problems: &problems)
      else { continue }
      var codes: [String: String] = [:]
      for code in test.entries("codes", problems: &problems) {
        if case .text(let text) = code.value.content { codes[code.key.value] = text }
      }
      tests[entry.key.value] = Test(
        concept: concept.value, unit: test.text("unit", problems: &problems)?.value, codes: codes)
    }
    return tests
  }
}

/// Why a mapping cannot be used: every problem found in it.
public struct InvalidMapping: Error, Sendable, CustomStringConvertible {
  /// The problems, by place.
  public let problems: [Problem]

  /// One line a problem.
  public var description: String { problems.map(\.description).joined(separator: "\n") }
}
