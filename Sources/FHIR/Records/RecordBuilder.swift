import ClinicalValues

/// Gathers the resources of one record and all that is wrong with them.
struct RecordBuilder {
  let file: String
  /// Faults of lines that are no JSON.
  var problems: [Problem] = []
  private var findings: [Finding] = []
  private(set) var resources: [Resource] = []
  private var identifier: String?
  private var timestamp: DateTime?
  private var inspector: Inspector?

  init(file: String) { self.file = file }

  /// Adds the resources of a JSON text: those of a Bundle, or the one that it is.
  mutating func add(_ document: JSONDocument) {
    if inspector == nil { inspector = Inspector(document) } else { inspector?.begin(document) }
    let root = document.root
    guard root.kind == .object else {
      report("not-fhir", root, "The JSON text is \(root.article), expected a FHIR resource, which is an object.")
      return
    }
    add(root, fullUrl: nil, path: root["resourceType"]?.string ?? "", depth: 0)
  }

  private mutating func add(_ json: JSON, fullUrl: String?, path: String, depth: Int) {
    guard let type = json["resourceType"] else {
      report(
        "not-fhir", json, at: path, "This JSON object has no resourceType, so it is no FHIR resource.",
        remedy: "Give a FHIR R4 Bundle, resource or NDJSON file.")
      return
    }
    guard let type = type.string, let element = Element(resource: json) else {
      report(
        "not-fhir", type, at: path, "resourceType is \(type.article), expected the name of a FHIR resource.",
        remedy: "Export the record again.")
      return
    }
    if type == "Bundle" {
      addBundle(json, element, path: path, depth: depth)
      return
    }
    let resource = Resource(
      index: resources.count, type: type, id: element.first("id")?.text, fullUrl: fullUrl, path: path, element: element)
    resources.append(resource)
    inspector?.inspect(resource)
  }

  private mutating func addBundle(_ json: JSON, _ element: Element, path: String, depth: Int) {
    if depth == 0 {
      identifier = identifier ?? element.first("identifier")?.first("value")?.text
      timestamp = timestamp ?? RecordBuilder.timestamp(of: element)
      inspector?.inspectBundle(element, path: path)
    }
    guard let entries = json["entry"], !entries.isNull else { return }
    guard entries.kind == .array else {
      report(
        "wrong-structure", entries, at: path + ".entry",
        "The entries of a Bundle are an array; this is \(entries.article).", remedy: "Export the record again.")
      return
    }
    for (i, entry) in entries.elements.enumerated() {
      let place = "\(path).entry[\(i)]"
      guard entry.kind == .object else {
        report(
          "wrong-structure", entry, at: place, "An entry of a Bundle is an object; this is \(entry.article).",
          remedy: "Export the record again.")
        continue
      }
      guard let resource = entry["resource"], !resource.isNull else { continue }
      guard resource.kind == .object else {
        report(
          "wrong-structure", resource, at: place + ".resource",
          "A resource is an object; this is \(resource.article).", remedy: "Export the record again.")
        continue
      }
      add(resource, fullUrl: entry["fullUrl"]?.string, path: place + ".resource", depth: depth + 1)
    }
  }

  /// When a Bundle was closed: a moment, or the day where no more than that is written.
  private static func timestamp(of bundle: Element) -> DateTime? {
    if let moment = bundle.first("timestamp")?.dateTime { return moment }
    return bundle.json?["timestamp"]?.string.flatMap { CalendarDate($0) }.flatMap { DateTime(date: $0) }
  }

  private mutating func report(
    _ id: String, _ json: JSON, at path: String? = nil, _ message: String, remedy: String = "Give a FHIR R4 JSON file."
  ) {
    let element = path.flatMap { $0.isEmpty ? nil : $0 }
    findings.append(Finding(.error, id, at: json, element: element, message, remedy: remedy))
  }

  /// Whether nothing was found in what has been added.
  var isFaultless: Bool { problems.isEmpty && findings.isEmpty && inspector?.findings.isEmpty != false }

  /// The record, if nothing makes it unusable.
  consuming func record(_ rule: Record.PatientRule) throws(RecordError) -> Record {
    let duplicates = Duplicates(resources)
    var kept = duplicates.kept
    var index = RecordIndex(kept)
    findings += (inspector?.findings ?? []) + duplicates.findings
    let isPartial = !problems.isEmpty || findings.contains { $0.severity == .error }
    let ownership = Ownership(kept, index, file: file, rule: rule, isPartial: isPartial)
    findings += ownership.findings
    let others = ownership.aboutOthers(kept)
    if !others.isEmpty {
      findings += others.map { other, element in
        Finding(
          .warning, "other-\(element)", at: other.element.json?[element], element: "\(other.path).\(element)",
          resource: other.reference, "says that this is not about the patient; the resource is set aside.")
      }
      let aside = Set(others.map(\.resource.index))
      kept = kept.filter { !aside.contains($0.index) }.enumerated().map { $1.with(index: $0) }
      index = RecordIndex(kept)
    }
    problems += Finding.problems(findings)
    problems.sort { ($0.place?.byte ?? -1) < ($1.place?.byte ?? -1) }
    if problems.contains(where: { $0.severity == .error }) { throw RecordError(problems) }
    return Record(
      file: file, identifier: identifier, timestamp: timestamp, patient: kept.first { $0.type == "Patient" },
      resources: kept, problems: problems, index: index)
  }
}
