import FHIR
import Foundation
import Testing

private let examples = testFolder + "/../../Studies/cd19-bcma-aid/1.0/examples"

@Test func `the study's example records are read without a warning`() throws {
  let files = try FileManager.default.contentsOfDirectory(atPath: examples).filter { $0.first?.isNumber == true }
  #expect(files.count >= 12)
  for file in files {
    let record = try Record.read(path: "\(examples)/\(file)")
    #expect(record.problems.isEmpty, "\(file)")
    #expect(record.identifier == file.replacingOccurrences(of: ".json", with: ""))
    #expect(record.timestamp != nil)
  }
}

@Test(arguments: [("lifelong-child.json", 174), ("lifelong-adult.ndjson", 111)])
func `a hospital record of an independent generator is read without a fault`(file: String, count: Int) throws {
  let record = try Record.read(path: "\(testFolder)/Records/\(file)")
  #expect(record.resources.count == count)
  // The generator writes binary floating point with up to 17 digits, which no decimal of CQL holds.
  #expect(Set(record.problems.map(\.id)).isSubset(of: ["inexact-number"]))
  let codes = record.index.codes("Observation", at: "code")
  #expect(!codes.find([.exact(system: "http://loinc.org", code: "8302-2")]).isEmpty)
}

@Test func `the order of resources and of members has no meaning`() throws {
  let record = try Record.read(path: "\(testFolder)/Records/lifelong-child.json")
  var numbers = SeededNumbers(seed: 42)
  let shuffled = record.resources.shuffled(using: &numbers).map { resource in
    (resource.fullUrl ?? "", shuffledMembers(resource.element.json, &numbers))
  }
  let entries = shuffled.map { #"{"resource":\#($1),"fullUrl":"\#($0)"}"# }.joined(separator: ",")
  let other = try read(#"{"entry":[\#(entries)],"resourceType":"Bundle"}"#)
  #expect(other.resources.count == record.resources.count)
  #expect(other.problems.map(\.id).sorted() == record.problems.map(\.id).sorted())
  for resource in record.resources {
    let address = try #require(resource.fullUrl)
    guard case .resource(let same) = other.index.target(of: address, from: resource) else {
      Issue.record("\(address) is missing")
      continue
    }
    #expect(same.element.isEqual(to: resource.element))
  }
  func answers(_ record: Record) -> [[String]] {
    record.index.types.map { type in
      let path = ClinicalPaths.code[type] ?? "code"
      let found = record.index.codes(type, at: path).find([.prefix(system: "http://snomed.info/sct", prefix: "1")])
      return found.compactMap { record.resources[$0].fullUrl }.sorted()
    }
  }
  #expect(answers(record) == answers(other))
}

private func shuffledMembers(_ json: JSON?, _ numbers: inout SeededNumbers) -> String {
  guard let json else { return "null" }
  switch json.kind {
  case .object:
    let members = json.namedMembers.shuffled(using: &numbers).map { name, value in
      #""\#(name)":\#(shuffledMembers(value, &numbers))"#
    }
    return "{" + members.joined(separator: ", ") + "}"
  case .array: return "[" + json.elements.map { shuffledMembers($0, &numbers) }.joined(separator: " ,") + "]"
  default: return json.text
  }
}

@Test func `a Bundle, its resources as NDJSON and several texts in one file give one record`() throws {
  let record = try read(bundle(observation(#""valueInteger":1"#), condition))
  let lines = record.resources.compactMap(\.element.json).map(\.text).joined(separator: "\r\n\n")
  for file in ["r.ndjson", "r.json"] {
    let other = try read(lines, file: file)
    #expect(zip(record.resources, other.resources).allSatisfy { $0.element.isEqual(to: $1.element) })
    #expect(other.resources.count == 3)
  }
}

private let condition = #"{"resourceType":"Condition","id":"c","subject":{"reference":"urn:uuid:p"}}"#

@Test func `NDJSON is read in chunks that lines may cross, with the places of the file`() throws {
  let path = NSTemporaryDirectory() + "tandem-\(UUID().uuidString).ndjson"
  defer { try? FileManager.default.removeItem(atPath: path) }
  let padding = String(repeating: "é", count: 200_000)
  let lines = (1...4).map { #"{"resourceType":"Observation","id":"\#($0)","valueString":"\#(padding)"}"# }
  let text = #"{"resourceType":"Patient"}"# + "\n" + lines.joined(separator: "\n") + "\n{]"
  try text.write(toFile: path, atomically: true, encoding: .utf8)
  var reader = try NDJSONReader(path: path)
  var ids: [String] = []
  var faults: [String] = []
  while let line = try reader.next() {
    switch line {
    case .success(let document):
      ids.append(document.root["id"]?.string ?? "-")
      #expect(document.root.place.line == ids.count)
    case .failure(let fault): faults.append("\(fault.place.line):\(fault.place.column) \(fault.place.byte)")
    }
  }
  #expect(ids == ["-", "1", "2", "3", "4"])
  #expect(faults == ["6:2 \(text.utf8.count - 1)"])
}

@Test func `many faults of one kind are found without looking through the file for each`() throws {
  let bad = (0..<5_000).map { #"{"resourceType":"Observation","id":"\#($0)","status":1}"# }
  let record = try read(bundle(bad.joined(separator: "},{\"resource\":")))
  #expect(record.problems.count == 5_000)
  #expect(record.problems.last?.resource == "Observation/4999")
}
