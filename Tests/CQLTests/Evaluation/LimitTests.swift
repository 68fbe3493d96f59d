import ClinicalValues
import Testing

@testable import CQL

/// What an evaluation of a library ends in, as text.
private func outcome(_ text: String, of name: String = "Result") throws -> String {
  let evaluation = Engine(try compiled(text)).evaluation(EvaluationContext(now: noon))
  do throws(EvaluationError) {
    return try evaluation.value(of: name).literal
  } catch {
    return "\(error.location ?? "nowhere"): \(error.message)"
  }
}

@Suite struct `No evaluation goes on for ever` {
  @Test(arguments: [
    ("Matches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '(a+)+$')", 40),
    ("ReplaceMatches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '(a|aa)+$', '')", 40),
    ("SplitOnMatches('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab', '(a*)*$')", 40),
  ])
  func `a regular expression that tries every way to match is stopped, and its place is told`(
    expression: String, characters: Int
  ) throws {
    let text = try outcome("define Result:\n  true and\n    \(expression) is not null")
    #expect(text.hasPrefix("test.cql:3:5: Matching '"))
    #expect(
      text.hasSuffix(
        "' on a text of \(characters) characters took more than 20000000 steps, or more memory than there is for it. Write the pattern without repetitions inside repetitions, such as (a+)+."
      ))
  }

  private static let hundred = "define A: (expand { Interval[1, 100] }) I return start of I\n"

  @Test func `a cross product of too many rows is refused before it is made`() throws {
    #expect(
      try outcome(Self.hundred + "define Result:\n  from A a, A b, A c, A d return a + b + c + d")
        == "test.cql:3:3: The queries evaluated here go through more than 5000000 rows; this one has 100 x 100 x 100 x 100. Filter its sources before they are crossed, each in a query of its own."
    )
  }

  @Test func `cross products of cross products are refused where they become too many`() throws {
    let text =
      Self.hundred + "define B: from A a, A b return all a\ndefine Result: Count(from B x, B y return all x.a)"
    #expect(try outcome(text.replacing("x.a", with: "x")).contains("this one has 10000 x 10000."))
  }

  @Test func `queries inside a query count for each of its rows`() throws {
    let text =
      Self.hundred
      + "define Result: from A a, A b where exists (from A c, A d where c + d = a + b + 1000) return a"
    #expect(try outcome(text).contains("go through more than 5000000 rows; this one has 100 x 100."))
  }

  @Test func `cross products of ordinary size are evaluated, by both evaluators`() throws {
    let text = Self.hundred + "define Result: Count(from A a, A b, A c where a = b and b = c return all a)"
    #expect(try outcome(text) == "100")
    let evaluation = Engine(try compiled(Self.hundred + "define Result: Count(from A a, A b return all a)"))
      .evaluation(EvaluationContext(now: noon))
    #expect(try evaluation.explanation(of: "Result").value.literal == "10000")
  }
}

@Suite struct `Regular expressions` {
  @Test(arguments: [
    ("Matches('a\\nb', 'a.b')", "true"), ("Matches('\u{1F600}', '^.$')", "true"), ("Matches('É', 'é')", "false"),
    ("Matches('', '')", "true"), ("ReplaceMatches('a1b22', '\\\\d+', '<$0>')", "'a<1>b<22>'"),
    ("ReplaceMatches('abc', '', '-')", "'-a-b-c-'"), ("ReplaceMatches('a', '(a)|(b)', '$1$2$3')", "'a$3'"),
    ("SplitOnMatches('\u{1F600}1é', '1')", "{'\u{1F600}', 'é'}"), ("SplitOnMatches('', 'x')", "{''}"),
  ])
  func `match code points, and lines as one text`(expression: String, expected: String) throws {
    let (lowered, interpreted) = try evaluated(expression)
    #expect(try lowered.get().literal == expected)
    #expect(try interpreted.get().literal == expected)
  }

  @Test func `that are none are refused by name`() throws {
    #expect(
      throws: EvaluationError(
        "'(a' is no regular expression. Correct the pattern.", location: "<expression>:1:1")
    ) { try evaluated("Matches('a', '(a')").lowered.get() }
  }
}

@Suite struct `Numbers of mixed types` {
  @Test(arguments: [
    ("Interval[1, 2 * 3.5 * 2]", "Interval<Decimal>"), ("Interval[1, 2.0]", "Interval<Decimal>"),
    ("{ Interval[1, 2], Interval[3.5, 4], Interval[5, 6] }", "List<Interval<Decimal>>"),
    ("{ 1, 2.0, 3 }", "List<Decimal>"),
    ("{ 1, 2.0, 3L }", "List<Decimal>"), ("Coalesce(1, 2.0, 3)", "Decimal"),
    ("case when true then 1 when false then 2.0 else 3 end", "Decimal"),
  ])
  func `are all of the widest of them`(expression: String, type: String) throws {
    let (program, diagnostics) = Compiler(models: []).compileExpression(expression)
    #expect(program?.libraries[0].definitions[0].body.type.description == type, "\(diagnostics)")
  }
}

@Suite struct `Differences that no Integer can hold` {
  private static let whole = "difference in milliseconds between @0001-01-01T00:00:00.0Z and @9999-12-31T23:59:59.999Z"

  @Test(arguments: [
    (whole, "315537897599999L"), ("(\(whole)) > 1000", "true"), ("(\(whole)) = 5", "false"),
    ("ToInteger(\(whole))", "null"), ("(\(whole)) - (\(whole))", "0"), ("ToString(\(whole))", "'315537897599999'"),
    ("difference in seconds between @2012-01-01T00:00:00.0Z and @2012-01-01T00:00:09.0Z", "9"),
  ])
  func `are numbers all the same, and are compared as such`(expression: String, expected: String) throws {
    let (lowered, interpreted) = try evaluated(expression)
    #expect(try lowered.get().literal == expected)
    #expect(try interpreted.get().literal == expected)
  }
}
