import FHIR
import Foundation
import Testing

struct Refusal: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  let message: String
  var file = "r.json"
  var testDescription: String { name }
}

private let other = #"{"resourceType":"Patient","id":"q"}"#
private let ours = #"{"resourceType":"Patient","id":"p"}"#
private let exportR4 = "Export the record as FHIR R4. [other-version]"

private let refusals: [Refusal] = [
  Refusal(name: "empty", text: "", message: "r.json:1:1: The file is empty. Export the record again. [file-empty]"),
  Refusal(
    name: "truncated", text: #"{"resourceType":"Bundle","entry":[{"resource":"#,
    message:
      "r.json:1:47: The text ends inside an object: the file is cut off. Export or copy the file again, whole. [json-truncated]"
  ),
  Refusal(
    name: "no resourceType", text: #"{"name":"x"}"#,
    message:
      "r.json:1:1: This JSON object has no resourceType, so it is no FHIR resource. Give a FHIR R4 Bundle, resource or NDJSON file. [not-fhir]"
  ),
  Refusal(
    name: "an array", text: "[]",
    message:
      "r.json:1:1: The JSON text is an array, expected a FHIR resource, which is an object. Give a FHIR R4 JSON file. [not-fhir]"
  ),
  Refusal(
    name: "resourceType is a number", text: #"{"resourceType":4}"#,
    message:
      "r.json:1:17: resourceType is a number, expected the name of a FHIR resource. Export the record again. [not-fhir]"
  ),
  Refusal(
    name: "entry without resourceType", text: bundle(#"{"id":"x"}"#),
    message:
      "r.json:3:13: Bundle.entry[1].resource: This JSON object has no resourceType, so it is no FHIR resource. Give a FHIR R4 Bundle, resource or NDJSON file. [not-fhir]"
  ),
  Refusal(
    name: "entries are an object", text: #"{"resourceType":"Bundle","entry":{}}"#,
    message:
      "r.json:1:34: Bundle.entry: The entries of a Bundle are an array; this is an object. Export the record again. [wrong-structure]"
  ),
  Refusal(
    name: "two faults at once", text: bundle("3", #"{"id":"x"}"#),
    message: """
      r.json:3:13: Bundle.entry[1].resource: A resource is an object; this is a number. Export the record again. [wrong-structure]
      r.json:4:13: Bundle.entry[2].resource: This JSON object has no resourceType, so it is no FHIR resource. Give a FHIR R4 Bundle, resource or NDJSON file. [not-fhir]
      """),
  Refusal(
    name: "several patients", text: bundle(other),
    message:
      "r.json:3:13: Bundle.entry[1].resource: This file holds 2 Patients (urn:uuid:p, Patient/q), expected one. Export one file a patient. [several-patients]"
  ),
  Refusal(
    name: "no patient", text: #"{"resourceType":"Observation","status":"final"}"#,
    message:
      "r.json: There is no Patient in this file, so nobody can tell whose record it is. Export the record with its Patient. [no-patient]"
  ),
  Refusal(
    name: "empty bundle", text: #"{"resourceType":"Bundle","type":"collection"}"#,
    message:
      "r.json: There is no resource in this file. Export the record with its Patient. [no-patient]"),
  Refusal(
    name: "another patient's resource",
    text: bundle(
      #"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/q"}}"#,
      #"{"resourceType":"Condition","id":"d","subject":{"reference":"Patient/q"}}"#,
      #"{"resourceType":"Immunization","id":"i","patient":{"reference":"urn:uuid:q"}}"#),
    message: """
      r.json:3:60: Bundle.entry[1].resource.subject (Condition/c): is “Patient/q”, but the Patient of this file is urn:uuid:p. (2 times in this file) Remove what belongs to another patient, or correct the reference. [other-patient]
      r.json:5:63: Bundle.entry[3].resource.patient (Immunization/i): is “urn:uuid:q”, but the Patient of this file is urn:uuid:p. Remove what belongs to another patient, or correct the reference. [other-patient]
      """),
  Refusal(
    name: "another patient's identifier",
    text: bundle(
      #"{"resourceType":"Condition","id":"c","subject":{"identifier":{"system":"s","value":"17"}}}"#),
    message:
      "r.json:3:60: Bundle.entry[1].resource.subject (Condition/c): is the identifier “17”, but the Patient of this file is urn:uuid:p. Remove what belongs to another patient, or correct the reference. [other-patient]"
  ),
  Refusal(
    name: "our reference beside another patient's identifier",
    text: #"{"resourceType":"Patient","id":"p","identifier":[{"system":"s","value":"16"}]}"# + "\n"
      + #"{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/p","identifier":{"system":"s","value":"17"}}}"#,
    message:
      "r.ndjson:2:48: Condition.subject (Condition/c): is the identifier “17”, but the Patient of this file is Patient/p. Remove what belongs to another patient, or correct the reference. [other-patient]",
    file: "r.ndjson"),
  Refusal(
    name: "a reference that is a number",
    text: bundle(#"{"resourceType":"Condition","id":"c","subject":{"reference":17}}"#),
    message:
      "r.json:3:73: Bundle.entry[1].resource.subject (Condition/c): is a number where a reference is expected, so nobody can tell whom the resource is about. Refer to the Patient of this file: {\"reference\": \"...\"}. [wrong-reference]"
  ),
  Refusal(
    name: "a subject that is a text",
    text: bundle(#"{"resourceType":"Condition","id":"c","subject":"Patient/q"}"#),
    message:
      "r.json:3:60: Bundle.entry[1].resource.subject (Condition/c): is a text where a reference is expected, so nobody can tell whom the resource is about. Refer to the Patient of this file: {\"reference\": \"...\"}. [wrong-reference]"
  ),
  Refusal(
    name: "contradictory duplicates",
    text: bundle(
      #"{"resourceType":"Condition","id":"c","recordedDate":"2020"}"#,
      #"{"resourceType":"Condition","id":"c","recordedDate":"2021"}"#),
    message:
      "r.json:4:13: Bundle.entry[2].resource (Condition/c): A resource with the same type and id but other content is at Bundle.entry[1].resource; which one is right cannot be told. Remove the wrong one. [contradictory-duplicates]"
  ),
  Refusal(
    name: "STU3 element", text: bundle(#"{"resourceType":"MedicationStatement","id":"m","taken":"n"}"#),
    message:
      "r.json:3:68: Bundle.entry[1].resource.taken (MedicationStatement/m): MedicationStatement.taken is of FHIR STU3 (3.0); R4 (4.0) is read here. \(exportR4)"
  ),
  Refusal(
    name: "STU3 status as a code", text: bundle(#"{"resourceType":"Condition","id":"c","clinicalStatus":"active"}"#),
    message:
      "r.json:3:67: Bundle.entry[1].resource.clinicalStatus (Condition/c): Condition.clinicalStatus as a bare code is of FHIR STU3 (3.0) or older; R4 (4.0) is read here. \(exportR4)"
  ),
  Refusal(
    name: "DSTU2 class", text: bundle(#"{"resourceType":"MedicationOrder","id":"m"}"#),
    message:
      "r.json:3:13: Bundle.entry[1].resource (MedicationOrder/m): The resource type MedicationOrder is of FHIR DSTU2 (1.0); R4 (4.0) is read here. \(exportR4)"
  ),
  Refusal(
    name: "R5 element",
    text: bundle(#"{"resourceType":"MedicationStatement","id":"m","medication":{"concept":{"text":"x"}}}"#),
    message:
      "r.json:3:73: Bundle.entry[1].resource.medication (MedicationStatement/m): MedicationStatement.medication is of FHIR R5 (5.0); R4 (4.0) is read here. \(exportR4)"
  ),
  Refusal(
    name: "R5 by its number", text: bundle(#"{"resourceType":"CapabilityStatement","id":"s","fhirVersion":"5.0.0"}"#),
    message:
      "r.json:3:74: Bundle.entry[1].resource.fhirVersion (CapabilityStatement/s): fhirVersion is of FHIR 5.0.0; R4 (4.0) is read here. \(exportR4)"
  ),
  Refusal(
    name: "broken line of NDJSON", text: ours + "\n{\"resourceType\":\n\n" + #"{"resourceType":"Condition","id"}"#,
    message: """
      r.ndjson:2:17: The text ends inside an object: the file is cut off. Export or copy the file again, whole. [json-truncated]
      r.ndjson:4:33: Found “}” where a colon was expected. Correct the text there, or export the file again. [json-broken]
      """, file: "r.ndjson"),
]

@Test(arguments: refusals)
func `a file that cannot be trusted is refused with place, resource and remedy`(_ example: Refusal) {
  #expect(refusal(example.text, file: example.file) == example.message)
}

@Test func `a file that is not there is refused by name`() {
  #expect(throws: RecordError.self) { try Record.read(path: "/nowhere/r.json") }
  do throws(RecordError) {
    _ = try Record.read(path: "/nowhere/r.json")
  } catch {
    #expect(
      error.description
        == "/nowhere/r.json: The file cannot be read: No such file or directory. Check its name and who may read it. [file-unreadable]"
    )
  }
}

@Test func `what is no regular file is refused without waiting for anybody to write to it`() throws {
  let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID())")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let pipe = folder.appending(path: "r.json").path
  #expect(mkfifo(pipe, 0o600) == 0)
  for (path, kind) in [(pipe, "a pipe or device"), ("/dev/zero", "a pipe or device"), (folder.path, "a folder")] {
    do throws(RecordError) {
      _ = try Record.read(path: path)
      Issue.record("\(path) was read.")
    } catch {
      #expect(
        error.description
          == "\(path): What is read must be a regular file, and this is \(kind). Save the record to a file and name that. [no-file]"
      )
    }
  }
}

@Test(arguments: ["large.json", "large.ndjson"])
func `a file beyond 256 MB is refused by its size`(_ name: String) throws {
  let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString)-\(name)").path
  #expect(FileManager.default.createFile(atPath: path, contents: nil))
  defer { try? FileManager.default.removeItem(atPath: path) }
  // A hole of so many bytes, which takes no room.
  try #require(truncate(path, 1 << 30) == 0)
  do throws(RecordError) {
    _ = try Record.read(path: path)
    Issue.record("\(name) was read.")
  } catch {
    #expect(error.problems.map(\.id) == ["file-too-large"])
  }
}

@Test func `who refuses a file does not say that it is read on`() throws {
  let record = try read(bundle(observation(#""effectiveDateTime":"2025-02-30""#)))
  let problem = try #require(record.problems.first)
  #expect(problem.description.hasSuffix("; it is read as absent. [impossible-date]"))
  #expect(problem.refusal.hasSuffix("with its offset from UTC). [impossible-date]"))
}

@Test func `a text beyond 256 MB is refused before it is read`() {
  let bytes = [UInt8](repeating: 0x20, count: JSONDocument.maximumBytes + 1)
  #expect(
    refusal(bytes)
      == "r.json:1:1: The file is larger than 256 MB, the limit for one JSON text. Export one file a patient, or NDJSON, which is read line by line. [file-too-large]"
  )
}
