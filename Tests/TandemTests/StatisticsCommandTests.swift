import Foundation
import Testing

/// Statistics through `tandem score`, and the study's stopping rule. `Examples/<id>.json`: { "name", "input", "expected" }.
@Suite struct StatisticsCommandTests {
  static let examples = Repository.root.appending(path: "Tests/TandemTests/Examples")

  @Test(arguments: ["clopperPearson", "wilson", "betaBinomialStopping", "kaplanMeier", "aalenJohansen"])
  func `score gives the published results of the statistics`(_ id: String) throws {
    let file = Self.examples.appending(path: "\(id).json")
    let rows = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [[String: Any]])
    let outcome = try Program.run(["score", id, file.path])
    #expect(outcome.status == 0)
    let results = try outcome.objects
    #expect(results.count == rows.count)
    for (row, result) in zip(rows, results) {
      let name = row["name"] as? String ?? ""
      #expect(result["name"] as? String == name)
      let expected = try #require(row["expected"] as? [String: Any])
      let found = try #require(result["result"] as? [String: Any])
      #expect(Set(expected.keys) == Set(found.keys), "\(name)")
      for (key, value) in expected { #expect(Self.agree(value, found[key]), "\(name): \(key)") }
    }
  }

  /// Numbers to the sixth digit, everything else as it is.
  private static func agree(_ a: Any, _ b: Any?) -> Bool {
    guard let a = a as? NSNumber, let b = b as? NSNumber else { return (a as? NSObject) == (b as? NSObject) }
    return abs(a.doubleValue - b.doubleValue) <= 1e-6
  }

  static let inputs: [(id: String, input: String, expected: String)] = [
    ("clopperPearson", #"{"x": -1, "n": 0, "confidence": 2}"#, "x"), ("wilson", #"{"x": 1, "n": 0}"#, "n"),
    ("wilson", #"{"x": 3, "n": 2, "confidence": 2}"#, "x"),
    ("wilson", #"{"x": 1, "n": 2, "confidence": 1}"#, "confidence"),
    ("betaBinomialStopping", #"{"priorA": 0, "x": 1, "n": 0}"#, "priorA"),
    ("betaBinomialStopping", #"{"p0": 1.5}"#, "p0"), ("kaplanMeier", #"{"subjects": [{"time": -1}]}"#, "subjects"),
    ("kaplanMeier", #"{"ciType": "log"}"#, "ciType"), ("aalenJohansen", #"{"subjects": [{"cause": 3}]}"#, "subjects"),
  ]

  @Test(arguments: inputs)
  func `the first number that cannot be is named`(_ id: String, _ input: String, _ field: String) throws {
    let result = try Self.score(id, input)
    let fault = try #require(result["error"] as? [String: Any])
    #expect(fault["field"] as? String == field)
  }

  @Test func `with one participant not known nothing is estimated, and nothing of nobody`() throws {
    for subjects in [#"[{"time": 1, "event": true}, {"time": 2}]"#, "[]", "null"] {
      let result = try Self.score(
        "kaplanMeier", #"{"subjects": \#(subjects), "atTime": 1, "ciType": "plain", "confidence": 0.95}"#)
      #expect(result.values.allSatisfy { $0 is NSNull })
    }
    let open = try Self.score("wilson", #"{"x": 3, "n": 6}"#)
    #expect(open["estimate"] as? Double == 0.5)
    #expect(open["lower"] is NSNull)
  }

  private static func score(_ id: String, _ input: String) throws -> [String: Any] {
    try Program.withFolder { folder in
      let file = folder.appending(path: "input.json")
      try Data(input.utf8).write(to: file)
      let outcome = try Program.run(["score", id, file.path])
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }
  }

  @Test func `study stopping tells the fewest that stop and what is to be expected`() throws {
    let text = try Program.run(["study", "stopping"])
    #expect(text.status == 0, "\(text.errors)")
    let flowing = text.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(flowing.contains("prior Beta(0.5, 0.5); looked at from 3 evaluable"))
    #expect(text.output.contains("not the sponsor's text"))
    let json = try Program.run(["study", "stopping", "--format", "json"])
    let page = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    let limits = try #require(page["limits"] as? [[String: Any]])
    #expect(limits.map { $0["minEventsToStop"] as? Int } == [nil, nil, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5])
    let rows = try #require(page["operatingCharacteristics"] as? [[String: Any]])
    #expect(rows.count == 12)
    #expect(rows.compactMap { $0["trueRate"] as? Double }.last == 0.6)
    let published = [0.10: 0.0581, 0.20: 0.2277, 0.30: 0.4731, 0.40: 0.7147, 0.50: 0.8843]
    for row in rows {
      let rate = try #require(row["trueRate"] as? Double)
      let chance = try #require(row["probabilityOfStopping"] as? Double)
      let treated = try #require(row["expectedTreated"] as? Double)
      if let expected = published[rate] { #expect(abs(chance - expected) <= 0.000_05) }
      #expect((3...12).contains(treated))
    }
  }
}
