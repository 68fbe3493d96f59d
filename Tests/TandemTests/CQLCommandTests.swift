import Foundation
import Testing

struct CQLCommandTests {
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
