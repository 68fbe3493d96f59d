// A libFuzzer target for the JSON reader and the record reader over it; `Fuzz/json` builds and runs it.
import FHIR

/// Reads the bytes as JSON and as a record, and looks at everything that was read.
///
/// What is accepted must survive being written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if let document = try? JSONDocument(bytes, file: "f") {
    guard let again = try? JSONDocument(Array(document.root.text.utf8), file: "f"),
      again.root.isEqual(to: document.root)
    else { fatalError("What was written does not read as the same.") }
  }
  for file in ["f.json", "f.ndjson"] {
    guard let record = try? Record.read(bytes, file: file, patient: .oneOrNone) else { continue }
    for resource in record.resources {
      look(at: resource.element, depth: 0)
      let path = ClinicalPaths.code[resource.type] ?? "code"
      _ = record.index.codes(resource.type, at: path).find([.prefix(system: "", prefix: "")])
      _ = record.index.dates(resource.type)
    }
  }
  return 0
}

private func look(at element: Element, depth: Int) {
  _ = (element.value, element.quantity, element.concept, element.period, element.ratio, element.range)
  guard depth < 6 else { return }
  var ancestor: ClassDefinition? = element.definition
  while let definition = ancestor {
    for child in definition.elements {
      for found in element.all(child.name) { look(at: found, depth: depth + 1) }
    }
    ancestor = definition.base.map { Schema.r4[$0] }
  }
}
