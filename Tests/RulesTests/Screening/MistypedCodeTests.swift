import FHIR
import Foundation
import Testing

@testable import Rules

/// Codes that would be passed over in silence for a slip of spelling.
struct MistypedCodeTests {
  static let icd10 = "http://hl7.org/fhir/sid/icd-10"
  static let atc = "http://www.whocc.no/atc"

  /// A code as written, and the code that is meant; nil where nothing is wrong.
  static let codes: [(system: String, code: String, meant: String?)] = [
    (icd10, "I63.9", nil), (icd10, "i63.9", "I63.9"), (icd10, " I63.9", "I63.9"), (icd10, "M340", "M34.0"),
    ("http://hl7.org/fhir/sid/ICD-10/", "I63.9", "I63.9"), (icd10, "z99.9", nil), (icd10, "I639", nil),
    ("urn:tandem:concept", "SEIZURE", "seizure"), ("http://snomed.info/sct", "i63.9", nil),
  ]

  @Test(arguments: codes)
  func `a code that identifies a concept only if its spelling is mended is told`(
    system: String, code: String, meant: String?
  ) throws {
    let problems = try problems(["code": ["coding": [["system": system, "code": code]]]])
    #expect(problems.map(\.id) == (meant == nil ? [] : ["mistyped-code"]))
    if let meant { #expect(problems.first?.message.contains("but ‘\(meant)’ of") == true) }
  }

  @Test func `another coding that says the same is enough`() throws {
    let codings = [["system": Self.icd10, "code": "i63.9"], ["system": Self.icd10, "code": "I63.9"]]
    #expect(try problems(["code": ["coding": codings]]).isEmpty)
  }

  @Test func `a record entered in error may have any code`() throws {
    let status = [["system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "entered-in-error"]]
    let codings = [["system": Self.icd10, "code": "i63.9"]]
    #expect(try problems(["code": ["coding": codings], "verificationStatus": ["coding": status]]).isEmpty)
  }

  @Test func `the code of a Medication counts too`() throws {
    let statement: [String: Any] = [
      "resourceType": "MedicationStatement", "status": "active", "medicationReference": ["reference": "#m"],
      "contained": [
        ["resourceType": "Medication", "id": "m", "code": ["coding": [["system": Self.atc, "code": "l04ad02"]]]]
      ],
    ]
    #expect(try problems(statement).map(\.id) == ["mistyped-code"])
  }

  private func problems(_ elements: [String: Any]) throws -> [FHIR.Problem] {
    var candidate = try Candidate("02-ssc-base.json")
    let patient = try #require(
      candidate.entries.first { ($0["resource"] as? [String: Any])?["resourceType"] as? String == "Patient" })
    let resource = ["resourceType": "Condition", "subject": ["reference": patient["fullUrl"] ?? ""]]
      .merging(elements) { $1 }
    candidate.entries.append(["fullUrl": "urn:uuid:00000000-0000-4000-8000-000000000009", "resource": resource])
    return try Examples.screening.get().unreadable(in: try candidate.record())
  }
}
