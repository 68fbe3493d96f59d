import Foundation
import Testing

struct ScoreCommandTests {
  @Test func `answers of which none belongs to the instrument are refused, and its keys are named`() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "answers.json")
      try Data(#"{"age": 40, "weight": 70}"#.utf8).write(to: file)
      let outcome = try Program.run(["score", "sledai2k", file.path])
      #expect(outcome.status == 1)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errors.contains("none of the keys ‘age’, ‘weight’ is a question of sledai2k"))
    }
  }

  @Test func `an input without answers has a result that lacks them all`() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "answers.json")
      try Data("{}".utf8).write(to: file)
      #expect(try Program.run(["score", "sledai2k", file.path]).status == 0)
    }
  }
}
