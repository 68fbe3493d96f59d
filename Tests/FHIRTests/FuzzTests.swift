import FHIR
import Foundation
import Testing

/// Files that once were trouble, or that show a corner of the grammar; `Fuzz/JSON.swift` adds to them.
private let corpus = testFolder + "/Corpus"

@Test func `no file of the corpus makes the reader crash or hang, and what it accepts survives writing`() throws {
  let files = try FileManager.default.contentsOfDirectory(atPath: corpus).filter { !$0.hasPrefix(".") }.sorted()
  #expect(files.count >= 10)
  for file in files {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: "\(corpus)/\(file)")))
    try exercise(bytes, name: file)
  }
}

@Test func `no mutation of a record makes the reader crash or hang`() throws {
  var numbers = SeededNumbers(seed: 2026)
  let seed = Array(
    bundle(observation(#""valueQuantity":{"value":1.5e0,"unit":"\u00b5g"},"effectiveDateTime":"2025-02-28""#)).utf8)
  for round in 0..<3_000 {
    var bytes = seed
    for _ in 0...Int.random(in: 0..<4, using: &numbers) { mutate(&bytes, &numbers) }
    try exercise(bytes, name: "mutation \(round)")
  }
}

private func mutate(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
  let at = Int.random(in: 0..<max(bytes.count, 1), using: &numbers)
  guard at < bytes.count else { return }
  switch Int.random(in: 0..<5, using: &numbers) {
  case 0: bytes[at] = UInt8.random(in: 0...255, using: &numbers)
  case 1: bytes.remove(at: at)
  case 2: bytes.insert(Array("{}[]\",:\\0-e.ntf\n".utf8).randomElement(using: &numbers) ?? 0, at: at)
  case 3: bytes.removeLast(bytes.count - at)
  default:
    let end = min(bytes.count, at + Int.random(in: 1...40, using: &numbers))
    bytes.insert(contentsOf: bytes[at..<end], at: Int.random(in: 0...bytes.count, using: &numbers))
  }
}

private func exercise(_ bytes: [UInt8], name: String) throws {
  if let document = try? JSONDocument(bytes, file: name) {
    let written = try JSONDocument(Array(document.root.text.utf8), file: name)
    #expect(written.root.isEqual(to: document.root), "\(name)")
  }
  guard let record = try? Record.read(bytes, file: name, patient: .oneOrNone) else {
    #expect(!refusal(bytes, file: name, patient: .oneOrNone).isEmpty)
    return
  }
  for resource in record.resources {
    for element in resource.element.definition.elements { _ = resource.element.all(element.name).map(\.value) }
  }
}
