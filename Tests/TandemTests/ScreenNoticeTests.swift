import Foundation
import Testing

/// What stands in a record and nothing reads: told at the verdict, and on standard error what was meant to be read. What is wrong with a
/// file that is refused: the cause, or the first of many.
struct ScreenNoticeTests {
  private static let concepts = "urn:tandem:concept"

  /// An example, its resources changed.
  private func bundle(_ change: ([[String: Any]]) -> [[String: Any]] = { $0 }) throws -> [String: Any] {
    let source = Repository.root.appending(path: "\(ScreenCommandTests.examples)/01-sle-base.json")
    var bundle = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: source)) as? [String: Any])
    let entries = try #require(bundle["entry"] as? [[String: Any]])
    bundle["entry"] = change(entries)
    return bundle
  }

  /// The entries with members of the resources of a type changed.
  private func changing(
    _ type: String, _ change: @escaping ([String: Any]) -> [String: Any]
  ) -> ([[String: Any]]) -> [[String: Any]] {
    { entries in
      entries.map { entry in
        guard let resource = entry["resource"] as? [String: Any], resource["resourceType"] as? String == type
        else { return entry }
        return entry.merging(["resource": change(resource)]) { $1 }
      }
    }
  }

  private func screened(_ bundles: [[String: Any]], as name: String, _ check: (String) throws -> Void) throws {
    try Program.withFolder { folder in
      let file = folder.appending(path: name)
      let lines = try bundles.map { try JSONSerialization.data(withJSONObject: $0) }
      try Data(lines.joined(separator: Data("\n".utf8))).write(to: file)
      try check(file.path)
    }
  }

  /// A code of the concept's.
  private func coded(_ code: String) -> [String: Any] { ["coding": [["system": Self.concepts, "code": code]]] }

  static let targets: [(answers: [String], says: String)] = [
    (
      ["lupus"],
      "as ‘lupus’; that is no cohort of the study, so all are shown. Write one of sle, ssc, iim, ss, aiha, ms of urn:tandem:concept."
    ),
    (["sle", "ms"], "as ‘ms’ and ‘sle’; these contradict each other, so all are shown. Write one of sle,"),
  ]

  @Test(arguments: targets)
  func `a target cohort that names none is told with what to write`(answers: [String], says: String) throws {
    let record = try bundle { entries in
      entries.flatMap { entry -> [[String: Any]] in
        guard let resource = entry["resource"] as? [String: Any], let code = resource["code"] as? [String: Any],
          let codings = code["coding"] as? [[String: Any]], codings[0]["code"] as? String == "targetCohort"
        else { return [entry] }
        return answers.enumerated().map { number, answer in
          [
            "fullUrl": "urn:uuid:00000000-0000-4000-8000-00000000000\(number)",
            "resource": resource.merging(["valueCodeableConcept": coded(answer)]) { $1 },
          ]
        }
      }
    }
    try screened([record], as: "a.json") { file in
      let outcome = try Program.run(["screen", file, "--format", "json"])
      let object = try #require(try outcome.objects.first)
      #expect((object["cohorts"] as? [[String: Any]])?.count == 6)
      let notices = try #require(object["notices"] as? [String])
      #expect(notices.count == 1)
      #expect(notices[0].contains(says), "\(notices)")
      #expect(outcome.errors.contains("\(file): \(notices[0])"))
      #expect(try Program.run(["screen", file]).output.inOneLine.contains(says))
      #expect(try Program.run(["screen", file, "--format", "html"]).output.contains("<p class=\"notice\">"))
      // Who names the cohort asks nothing of the record.
      let named = try Program.run(["screen", file, "--cohort", "sle", "--format", "json"])
      #expect(try named.objects.first?["notices"] == nil)
      #expect(named.errors.isEmpty)
    }
  }

  @Test func `a gender that is no code of FHIR is told with what to write`() throws {
    let record = try bundle(changing("Patient") { $0.merging(["gender": "F"]) { $1 } })
    try screened([record], as: "a.json") { file in
      let outcome = try Program.run(["screen", file, "--format", "json"])
      let says =
        "The gender is ‘F’, which is no code of FHIR, so nothing is read from it. Write one of male, female, other, unknown."
      #expect(try outcome.objects.first?["notices"] as? [String] == [says])
      #expect(outcome.errors.contains("\(file): \(says)"))
      #expect(try Program.run(["screen", file]).output.inOneLine.contains(says))
    }
  }

  static let diagnoses: [(clinical: String, verification: String, isTold: Bool)] = [
    ("active", "confirmed", true), ("recurrence", "confirmed", true), ("resolved", "confirmed", false),
    ("active", "provisional", false), ("active", "refuted", false),
  ]

  @Test(arguments: diagnoses)
  func `a diagnosis that goes on and was not read is named at the verdict`(
    clinical: String, verification: String, isTold: Bool
  ) throws {
    let system = "http://hl7.org/fhir/sid/icd-10-cm"
    let record = try bundle { entries in
      let patient = entries.first { ($0["resource"] as? [String: Any])?["resourceType"] as? String == "Patient" }
      let reference = patient?["fullUrl"] as? String ?? ""
      let status = "http://terminology.hl7.org/CodeSystem/condition-"
      let condition: [String: Any] = [
        "resourceType": "Condition", "subject": ["reference": reference],
        "verificationStatus": ["coding": [["system": status + "ver-status", "code": verification]]],
        "clinicalStatus": ["coding": [["system": status + "clinical", "code": clinical]]],
        "code": ["coding": [["system": system, "code": "C50.911", "display": "Breast cancer"]]],
      ]
      return entries + [["fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001", "resource": condition]]
    }
    try screened([record], as: "a.json") { file in
      let says = "was not read, judge yourself whether it bars: “Breast cancer” (\(system) C50.911)."
      let text = try Program.run(["screen", file]).output.inOneLine
      #expect(text.contains("✓ ELIGIBLE"))
      #expect(text.contains("1 record was not read, look at it"))
      let notices = try Program.run(["screen", file, "--format", "json"]).objects.first?["notices"] as? [String]
      #expect(notices?.count == (isTold ? 1 : nil))
      guard isTold else { return }
      let verdict = try #require(text.range(of: "✓ ELIGIBLE"))
      let named = try #require(text.range(of: says))
      let provisional = try #require(text.range(of: "Provisional, for the sponsor to confirm"))
      #expect(verdict.upperBound < named.lowerBound && named.upperBound < provisional.lowerBound)
    }
  }

  @Test func `of several patients in a file no more is told, and of many other problems the first three`() throws {
    let first = try bundle()
    let amended = changing("Observation") { $0.merging(["note": [["text": "amended"]]]) { $1 } }
    try screened([first, try bundle(amended)], as: "a.ndjson") { file in
      let error = try #require(
        try Program.run(["screen", file, "--format", "json"]).objects.first?["error"] as? String)
      #expect(error.matches(of: /\[contradictory-duplicates\]/).count == 3)
      #expect(error.contains(/And \d+ more\.$/), "\(error)")
    }
    let other = try bundle { entries in
      amended(entries).map { entry in
        let resource = entry["resource"] as? [String: Any]
        guard resource?["resourceType"] as? String == "Patient" else { return entry }
        return entry.merging(["fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000001"]) { $1 }
      }
    }
    try screened([first, other], as: "a.ndjson") { file in
      let error = try #require(
        try Program.run(["screen", file, "--format", "json"]).objects.first?["error"] as? String)
      #expect(error.contains("This file holds 2 Patients"))
      #expect(error.hasSuffix("[several-patients]"), "\(error)")
      #expect(!error.contains("contradictory-duplicates"))
    }
  }
}

extension String {
  /// Without the breaks of lines that fit a text to the terminal.
  fileprivate var inOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
