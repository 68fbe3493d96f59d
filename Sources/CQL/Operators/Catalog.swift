extension Operator {
  /// The operators by family, in the order of the reference.
  static let families: [(title: String, operators: [Operator])] = [
    ("Logic", logical), ("Null", nullological), ("Comparison", comparison),
    ("Arithmetic", arithmetic + arithmeticFunctions), ("Strings", strings), ("Dates and times", dateTimes),
    ("Timing", timing), ("Membership", membership), ("Intervals", intervals), ("Lists", lists),
    ("Aggregates", aggregates), ("Types", types), ("Clinical", clinical), ("Messages", messages),
  ]

  /// Every operator, family by family.
  public static let all: [Operator] = families.flatMap { $0.operators }

  /// The operators by name.
  public static let named: [String: Operator] = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }

  /// The reference of operators as Markdown: how each is written, its signatures, examples, a link to its definition.
  public static func referencePage() -> String {
    var page = "# Operators\n\nGenerated from the catalog of operators; every example is a test.\n"
    for family in families {
      page += "\n## \(family.title)\n"
      for entry in family.operators { page += "\n" + entry.section }
    }
    page += "\n## Where HL7's published tests outrank its text\n\n"
    for line in testsOverText { page += "- \(line)\n" }
    return page
  }

  /// Where a test of cqframework/cql-tests asks for something else than the text of the reference: the test is followed.
  static let testsOverText = [
    "A date or time known to the second and one known to the millisecond are not comparable when equal up to the second;"
      + " the text would take the missing milliseconds as 0. (DateTimeIncludedInNull, TimeProperInNull, ProperInTimeNull)",
    "Tuples and lists are equal part by part in order, and the first part that is not equal decides, though it be unknown;"
      + " the text takes the conjunction of all. (TupleEqDifferentNamesWithOneNullId)",
    "Hours between two times that are both known to the hour are counted from the first millisecond of each; date-times"
      + " give a range. (TimeDurationBetweenHourDiffPrecision2, DateTimeDurationBetweenYear)",
    "A point is properly included in an interval only if it is neither its start nor its end. (TimeProperContainsFalse)",
    "The step of Decimal is 10^-8 whatever scale a number was written in, and HighBoundary fills with nines."
      + " (SuccessorOf1D, HighBoundaryDecimal)",
    "The successor of a largest value, the predecessor of a smallest one, Exp beyond the range, Ln(0) and dates out of the"
      + " calendar are errors, not null. (SuccessorOverflowDt, Exp1000, Ln0)",
    "Quantities of one kind divided with 'div' keep the unit of the dividend. (TruncatedDivide10By5DQuantity)",
    "'overlaps' with Interval[null, null] of no type is null, while a point is in it. (TestOverlapsNull)",
  ]

  /// Where the reference that `spec` points into is published.
  private static let specification = "https://cql.hl7.org/"

  private var section: String {
    var lines = ["### \(name)", "", "\(syntax) ([reference](\(Operator.specification)\(spec)))", "", "```"]
    for overload in overloads {
      let operands = overload.operands.map { "\($0)" }.joined(separator: ", ")
      lines.append("\(name)(\(operands)\(overload.isVariadic ? "..." : "")): \(overload.result)")
    }
    lines += ["```", "", "| expression | value |", "| --- | --- |"]
    for example in examples { lines.append("| \(cell(example.expression)) | \(cell(example.value)) |") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var syntax: String {
    switch form {
    case .function: "`\(name)(...)`"
    case .infix("[]"): "`x[index]`"
    case .infix(let phrase): "`x \(phrase) y`"
    case .prefix(let phrase): "`\(phrase) x`"
    case .postfix(let phrase): "`x \(phrase)`"
    case .conversion: "Conversion, `\(name)(x)`"
    }
  }

  /// Code in a cell of a table.
  private func cell(_ text: String) -> String { "`" + text.replacing("|", with: "\\|") + "`" }
}
