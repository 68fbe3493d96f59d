import Foundation
import Testing

struct CQLCommandTests {
  @Test(
    arguments: [
      (["-5 + 2"], "-3\n"), (["--", "-5 + 2"], "-3\n"), (["-5"], "-5\n"), (["--format", "text", "-2 = -2"], "true\n"),
      (["-Length('hash')", "--as-of", "2026-03-07"], "-4\n"),
    ])
  func `an expression that begins with a minus needs no dashes before it and takes them`(
    _ words: [String], _ value: String
  ) throws {
    let outcome = try Program.run(["cql", "eval"] + words)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == value)
  }

  @Test(
    arguments: [([], "Missing expected argument"), (["1", "+", "1"], "Expected one expression")] as [([String], String)]
  )
  func `no expression, and one that is not quoted, are bad usage`(_ words: [String], _ told: String) throws {
    let outcome = try Program.run(["cql", "eval"] + words)
    #expect(outcome.status == 64 && outcome.errors.contains(told), "\(outcome.errors)")
  }

  @Test func `an element of a record is shown with its value, by itself and within lists and tuples`() throws {
    try Program.withFolder { folder in
      let library = folder.appending(path: "Example.cql")
      try """
      library Example
      using FHIR version '4.0.1'
      context Patient
      define Alone: Patient.gender
      define Listed: { Patient.gender, null }
      define Named: Tuple { sex: Patient.gender, age: 36 }
      """.write(to: library, atomically: true, encoding: .utf8)
      let record = Repository.root.appending(path: "Studies/cd19-bcma-aid/1.0/examples/01-sle-base.json")
      let outcome = try Program.run(["cql", "run", library.path, "--data", record.path])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.output == """
          Alone: "female"
          Listed: {"female", null}
          Named: Tuple { sex: "female", age: 36 }

          """)
    }
  }
}
