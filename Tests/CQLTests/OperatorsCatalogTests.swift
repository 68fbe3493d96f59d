import Foundation
import Testing

@testable import CQL

@Suite struct `The catalog of operators` {
  @Test func `names every operator once`() {
    #expect(Operator.named.count == Operator.all.count)
  }

  @Test(arguments: Operator.all.map(\.name))
  func `gives an operator its place in the reference, signatures and two examples`(_ name: String) throws {
    let entry = try #require(Operator.named[name])
    #expect(entry.spec.hasPrefix("09-b-cqlreference.html#"))
    #expect(!entry.overloads.isEmpty)
    #expect(entry.examples.count >= 2 || name.contains("In"))
  }

  /// `docs/cql-operators.md` is written anew with UPDATE_EXAMPLES=1.
  @Test func `writes the reference page that is committed`() throws {
    let file = URL(filePath: #filePath).appending(path: "../../../docs/cql-operators.md").standardizedFileURL
    if ProcessInfo.processInfo.environment["UPDATE_EXAMPLES"] == "1" {
      try Operator.referencePage().write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == Operator.referencePage())
  }

  @Test(arguments: [
    "Interval[1, 10]", "{1, 2}", "@2012-04-04T", "@2012-04", "@T10:30", "5.0 'g'", "4 days", "1L", "'it'", "null",
    "Tuple { id: 5, name: 'Chris' }", "Interval(null, 5]", "@2014-01-25T14:30:14.559+01:00", "-0.5",
  ])
  func `prints a value as it is written`(_ literal: String) throws {
    #expect(try Literal.value(literal).literal == literal)
  }

  @Test func `escapes what a string needs escaped`() {
    #expect(Value.string("it's \"a\\b\"\n\u{1}").literal == #"'it\'s "a\\b"\n\u0001'"#)
  }
}
