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

  @Test func `a key that the instrument does not ask for is told, with the one that is meant, and the rest is scored`()
    throws
  {
    try Program.withFolder { folder in
      let file = folder.appending(path: "answers.json")
      try Data(#"{"priorA": 1, "priorB": 1, "p0": 0.3, "cutof": 0.8, "x": 1, "n": 6}"#.utf8).write(to: file)
      let outcome = try Program.run(["score", "betaBinomialStopping", file.path])
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("\"stop\": null"))
      #expect(
        outcome.errors.contains(
          "betaBinomialStopping does not ask for ‘cutof’, and passed over what it says. Did you mean ‘cutoff’"))
    }
  }

  @Test func `a number with more digits than are kept is an error of its key, and never rounded over a limit`() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "answers.json")
      let number = "0.49999999999999999999999999999999"
      try Data("{\"analyte\": \"neutrophils\", \"value\": \(number), \"lln\": 2}".utf8).write(to: file)
      let outcome = try Program.run(["score", "ctcaeLab", file.path])
      #expect(outcome.output.contains("\"code\": \"invalidValue\"") && outcome.output.contains("\"field\": \"value\""))
      #expect(outcome.errors.contains("‘\(number)’ has more digits than are kept"))
      try Data("{\"analyte\": \"neutrophils\", \"value\": 0.50000000000000, \"lln\": 2}".utf8).write(to: file)
      #expect(try Program.run(["score", "ctcaeLab", file.path]).output.contains("\"grade\": 3"))
    }
  }

  @Test func `the instruments are listed, and what one of them asks with the answers that it takes`() throws {
    let all = try Program.run(["score", "--list"])
    #expect(all.status == 0)
    #expect(all.output.contains("sledai2k"))
    let one = try Program.run(["score", "kaplanMeier", "--list"])
    #expect(one.output.contains("subjects[].time"))
    #expect(one.output.contains("logLog, plain"))
  }

  @Test func `what nobody has checked against its source is told beside the result and the items`() throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: "answers.json")
      try Data("{}".utf8).write(to: file)
      for (instrument, isUnverified) in [("iecHs", true), ("crs", false)] {
        let outcome = try Program.run(["score", instrument, file.path])
        #expect(outcome.errors.contains("\(instrument): UNVERIFIED: ") == isUnverified)
        #expect(!outcome.output.contains("UNVERIFIED"), "the result keeps its keys")
        #expect(try Program.run(["score", instrument, "--list"]).output.contains("UNVERIFIED: ") == isUnverified)
      }
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
