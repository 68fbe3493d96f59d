import Foundation
import Testing

@testable import tandem

/// What a screening report says besides verdicts: what was not read, what else the reader must know, and what all of it rests on.
struct ScreenReportTests {
  static let example = "01-sle-base.json"

  /// A copy of an example under another name, each resource mended by `change`.
  private func write(
    _ name: String, in folder: URL, change: ([String: Any]) -> [String: Any] = { $0 }
  ) throws {
    let source = Repository.root.appending(path: "\(ScreenCommandTests.examples)/\(Self.example)")
    var bundle = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: source)) as? [String: Any])
    let entries = try #require(bundle["entry"] as? [[String: Any]])
    bundle["identifier"] = ["system": "urn:tandem:patient-file", "value": name]
    bundle["entry"] = entries.map { entry in
      guard let resource = entry["resource"] as? [String: Any] else { return entry }
      return entry.merging(["resource": change(resource)]) { $1 }
    }
    try JSONSerialization.data(withJSONObject: bundle).write(to: folder.appending(path: "\(name).json"))
  }

  /// The Patient with further members; every other resource as it is.
  private func patient(_ members: [String: Any]) -> ([String: Any]) -> [String: Any] {
    { resource in resource["resourceType"] as? String == "Patient" ? resource.merging(members) { $1 } : resource }
  }

  /// Platelets under a code of the laboratory's own; every other resource as it is.
  private func withLocalCode(_ resource: [String: Any]) -> [String: Any] {
    let codings = (resource["code"] as? [String: Any])?["coding"] as? [[String: Any]] ?? []
    guard codings.contains(where: { $0["code"] as? String == "777-3" }) else { return resource }
    let coding = ["system": "urn:oid:1.2.3", "code": "PLT", "display": "Thrombozyten"]
    return resource.merging(["code": ["coding": [coding]]]) { $1 }
  }

  /// A long course of hydrocortisone without a dose in the place of another medicine, and no outcome of any glucocorticoid.
  private func withOpenGlucocorticoids(_ resource: [String: Any]) -> [String: Any] {
    let medication = resource["medicationCodeableConcept"] as? [String: Any]
    let code = (medication?["coding"] as? [[String: Any]])?.first?["code"] as? String
    guard code == "H02AB07" || code == "P01BA02" else { return resource }
    var resource = resource
    resource["statusReason"] = nil
    if code == "P01BA02" {
      resource["medicationCodeableConcept"] = ["coding": [["system": "http://www.whocc.no/atc", "code": "H02AB09"]]]
    }
    return resource
  }

  @Test func `the text names concepts as the dictionary does, and records shortly`() throws {
    let file = "\(ScreenCommandTests.examples)/10-ss-tb-indeterminate.json"
    let text = try Program.run(["screen", file]).output
    #expect(!text.contains("urn:uuid:"))
    // In brackets beside its name alone an id stands.
    for id in ["igra", "pregnancyTest", "antiSsaRo", "plannedLeukapheresisDate", "sex"] {
      let pattern = try Regex("[(;·,] ?\(id) ")
      #expect(!text.inOneLine.contains(pattern), "\(id)")
    }
    #expect(text.inOneLine.contains("; creatinine clearance by Cockcroft-Gault at least 30 mL/min (computed"))
    let name = "Mycobacterium tuberculosis interferon-gamma release assay"
    #expect(text.inOneLine.contains("· \(name) indeterminate"))
    #expect(text.inOneLine.contains(/· [A-Z].+, from entry [0-9a-f]{8}…/))
    let page = try Program.run(["screen", file, "--format", "html"]).output
    #expect(page.contains("<b>\(name)</b> indeterminate"))
    #expect(try Program.run(["screen", file, "--format", "json"]).output.contains(#""concept": "igra""#))
  }

  /// Of three UUIDs that a report names, two begin alike.
  @Test(
    arguments: [
      ("00000000-0000-4000-8000-000000000001", "entry 00000000-0000-4000-8000-000000000001"),
      ("00000000-0000-4000-8000-000000000002", "entry 00000000-0000-4000-8000-000000000002"),
      ("0a1b2c3d-0000-4000-8000-000000000003", "entry 0a1b2c3d…"),
    ])
  func `a UUID is shortened where that still finds it`(id: String, told: String) {
    let place = ShortPlace(
      of: [
        "urn:uuid:00000000-0000-4000-8000-000000000001",
        "leaves EXC-4 open: urn:uuid:00000000-0000-4000-8000-000000000002, urn:uuid:0a1b2c3d-0000-4000-8000-000000000003",
      ])
    #expect(place.words("urn:uuid:\(id)") == told)
    #expect(place.inSentence("correct urn:uuid:\(id), please") == "correct \(told), please")
  }

  @Test func `a record with an id of its own is named by it`() throws {
    try Program.withFolder { folder in
      try write("a", in: folder, change: withLocalCode)
      let file = folder.appending(path: "a.json")
      var bundle = try #require(try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
      let entries = try #require(bundle["entry"] as? [[String: Any]])
      bundle["entry"] = entries.enumerated().map { number, entry -> [String: Any] in
        guard let resource = entry["resource"] as? [String: Any], let type = resource["resourceType"] as? String,
          type == "Observation"
        else { return entry }
        let id = "obs-\(number)"
        return [
          "fullUrl": "https://ward.example/fhir/Observation/\(id)", "resource": resource.merging(["id": id]) { $1 },
        ]
      }
      try JSONSerialization.data(withJSONObject: bundle).write(to: file)
      let text = try Program.run(["screen", file.path]).output.inOneLine
      #expect(text.contains(/, from Observation obs-\d+/))
      #expect(!text.contains("ward.example"))
    }
  }

  @Test func `a medicine in words alone is called so, and what it needs`() throws {
    try Program.withFolder { folder in
      try write("a", in: folder, change: withMedicineInWords)
      let text = try Program.run(["screen", folder.appending(path: "a.json").path]).output.inOneLine
      #expect(text.contains("(a medicine that cannot be told, methotrexat 10mg, "))
      #expect(text.contains("no code says which medicine it is (give it its ATC code)"))
      #expect(text.contains("To clarify: A medicine that cannot be told."))
      #expect(text.contains("· A medicine that cannot be told: methotrexat 10mg, "))
      #expect(text.contains("· A medicine that cannot be told: decides "))
      #expect(!text.contains("MedicationStatement"))
    }
  }

  /// Belimumab in words, without a code.
  private func withMedicineInWords(_ resource: [String: Any]) -> [String: Any] {
    let medication = resource["medicationCodeableConcept"] as? [String: Any]
    guard (medication?["coding"] as? [[String: Any]])?.first?["code"] as? String == "L04AG04" else { return resource }
    let words: [String: Any] = ["medicationCodeableConcept": ["text": "methotrexat 10mg"], "status": "active"]
    return resource.merging(words) { $1 }.filter { $0.key != "effectivePeriod" }
  }

  @Test func `of several medicines on file each is named that is to be corrected`() throws {
    try Program.withFolder { folder in
      try write("a", in: folder, change: withOpenGlucocorticoids)
      let text = try Program.run(["screen", folder.appending(path: "a.json").path]).output.inOneLine
      #expect(text.contains("Prednisone (systemic), Hydrocortisone (systemic): "))
      #expect(!text.contains("that would do"))
    }
  }

  @Test func `what was not read stands in the row of its record and is named at the end`() throws {
    try Program.withFolder { folder in
      try write("a", in: folder)
      try write("b", in: folder, change: withLocalCode)
      let text = try Program.run(["screen", folder.path]).output.inOneLine
      #expect(text.contains("; 1 not read"))
      #expect(text.contains("1 record holds data under codes or of types that were not read; look at them:"))
      #expect(text.contains("Observation urn:oid:1.2.3 PLT “Thrombozyten”: 1 record"))
      let page = try Program.run(["screen", folder.path, "--format", "html"]).output
      #expect(page.contains("<td>1 not read</td>"))
      #expect(page.contains("<li>Observation urn:oid:1.2.3 PLT “Thrombozyten”: 1 record</li>"))
    }
  }

  @Test func `what was not read stands beside the verdict of a single record`() throws {
    try Program.withFolder { folder in
      try write("b", in: folder, change: withLocalCode)
      let text = try Program.run(["screen", folder.appending(path: "b.json").path]).output.inOneLine
      let verdict = try #require(text.range(of: "? UNDETERMINED"))
      let unread = try #require(text.range(of: "1 record was not read, look at it: Observation urn:oid:1.2.3 PLT"))
      let provisional = try #require(text.range(of: "Provisional, for the sponsor to confirm"))
      #expect(verdict.upperBound < unread.lowerBound && unread.upperBound < provisional.lowerBound)
    }
  }

  /// What a Patient says, and the notice that it gives; nil for none.
  static let notices: [(members: String, notice: String?)] = [
    (#"{"deceasedDateTime": "2026-01-01"}"#, "The record says that the patient died on 2026-01-01."),
    (#"{"deceasedDateTime": "2026-01"}"#, "The record says that the patient died in 2026-01."),
    (#"{"deceasedBoolean": true}"#, "The record says that the patient has died."),
    (#"{"deceasedBoolean": false}"#, nil),
    (#"{"birthDate": "2030-01-01"}"#, "The birth date, 2030-01-01, lies after the date of evaluation."),
  ]

  @Test(arguments: notices)
  func `what no criterion asks for and the reader must know is a notice`(
    _ example: (members: String, notice: String?)
  ) throws {
    let members = try #require(
      try JSONSerialization.jsonObject(with: Data(example.members.utf8)) as? [String: Any])
    try Program.withFolder { folder in
      try write("a", in: folder, change: patient(members))
      let file = folder.appending(path: "a.json").path
      let object = try #require(try Program.run(["screen", file, "--format", "json"]).objects.first)
      #expect(object["notices"] as? [String] == example.notice.map { [$0] })
      guard let notice = example.notice else { return }
      #expect(try Program.run(["screen", file]).output.inOneLine.contains(notice))
      try write("b", in: folder)
      #expect(try Program.run(["screen", folder.path]).output.inOneLine.contains(notice))
      let page = try Program.run(["screen", folder.path, "--format", "html"]).output
      #expect(page.contains("<p class=\"notice\">"))
    }
  }

  @Test func `the table states the date of each record, the parameters and what is provisional`() throws {
    let text = try Program.run(["screen", ScreenCommandTests.examples]).output
    #expect(text.contains("Screening window: 28 d (provisional)"))
    #expect(text.contains("01-sle-base.json, as of 2026-04-10"))
    let flowing = text.inOneLine
    let rests = try #require(
      flowing.range(of: "Every verdict rests on what is provisional, for the sponsor to confirm:"))
    for id in ["INC-1", "INC-3.1.1", "EXC-4", "EXC-8", "EXC-13"] {
      #expect(flowing[rests.upperBound...].contains(id))
    }
  }

  @Test func `a patient of two files is told`() throws {
    try Program.withFolder { folder in
      let number = ["identifier": [["system": "urn:oid:1.2", "value": "4711"]]]
      for name in ["a", "b"] { try write(name, in: folder, change: patient(number)) }
      try write("c", in: folder)
      let says = "‘urn:oid:1.2 4711’ names the patient in 2 files: \(folder.path)/a.json, \(folder.path)/b.json."
      #expect(try Program.run(["screen", folder.path]).output.inOneLine.contains(says))
      #expect(try Program.run(["screen", folder.path, "--format", "html"]).output.contains(says))
      #expect(try Program.run(["screen", folder.path, "--format", "json"]).errors.contains(says))
    }
  }

  @Test(arguments: [("text", ""), ("html", ""), ("json", "[]\n")])
  func `a folder without a record is an error and no report`(_ format: String, _ output: String) throws {
    try Program.withFolder { folder in
      let outcome = try Program.run(["screen", folder.path, "--format", format])
      #expect(outcome.status == 1)
      #expect(outcome.output == output)
      #expect(outcome.errors.contains("There is no FHIR record in"))
    }
  }

  @Test func `what a file is refused for is told once, and not as read on`() throws {
    try Program.withFolder { folder in
      try write("a", in: folder) { resource in
        resource["effectiveDateTime"] == nil ? resource : resource.merging(["effectiveDateTime": "2026-02-30"]) { $1 }
      }
      let outcome = try Program.run(["screen", folder.appending(path: "a.json").path])
      #expect(outcome.status == 1)
      #expect(outcome.output.contains("“2026-02-30”"))
      #expect(!outcome.output.contains("absent"))
      #expect(!outcome.errors.contains("2026-02-30"))
    }
  }

  @Test func `ids on the page do not break, and many of them are counted`() throws {
    try Program.withFolder { folder in
      try write("a", in: folder) { resource in
        resource["resourceType"] as? String == "Observation"
          ? resource.merging(["effectiveDateTime": "2020-01-01"]) { $1 } : resource
      }
      try write("b", in: folder)
      let page = try Program.run(["screen", folder.path, "--cohort", "sle", "--format", "html"]).output
      #expect(page.contains("<span class=\"keep\">EXC-4</span>"))
      #expect(page.contains(/<details><summary>\d+ criteria<\/summary>/))
    }
  }
}

extension String {
  /// Without the breaks of lines that fit a text to the terminal.
  fileprivate var inOneLine: String { split(whereSeparator: \.isWhitespace).joined(separator: " ") }
}
