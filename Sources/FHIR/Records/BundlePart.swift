/// Entries of a Bundle that were read and looked through once, to stand in any number of records.
///
/// To read a record costs as much as its text is long. Whoever changes a few of thousands of resources keeps the others
/// as parts, and puts the record together anew (`Record.joined`).
public final class BundlePart: Sendable {
  /// The entries as they are written: objects with `fullUrl` and `resource`, a comma between two.
  public let text: String
  let resources: [Resource]
  /// What tells each resource from others: its address, its type and id.
  let names: [String]
  /// What the resources call whom they are about.
  let owners: Set<String>
  /// Whether there is nothing to be said of any of them: else only the whole text, read at once, tells what and where.
  let isPlain: Bool

  /// Reads entries as they are written.
  public init(_ text: String) {
    self.text = text
    var builder = RecordBuilder(file: "")
    let bundle = "{\"resourceType\":\"Bundle\",\"entry\":[\(text)]}"
    guard let document = try? JSONDocument(Array(bundle.utf8), file: "") else {
      (resources, names, owners, isPlain) = ([], [], [], false)
      return
    }
    builder.add(document)
    resources = builder.resources
    names = resources.flatMap { Set(Duplicates.keys(of: $0)) }
    let found = resources.filter { $0.type != "Patient" }.map { Ownership.plainOwners(of: $0) }
    owners = Set(found.flatMap { $0 ?? [] })
    isPlain = builder.isFaultless && !found.contains { $0 == nil }
  }
}

extension Record {
  /// The record of one patient whose Bundle has the entries of these parts in their order: the same as reading it as one text.
  ///
  /// Nil where something is to be said of the whole (a finding, a resource twice, somebody else's): then it must be read as
  /// one text, which tells what and where.
  public static func joined(_ parts: [BundlePart], identifier: String, file: String) -> Record? {
    guard parts.allSatisfy(\.isPlain) else { return nil }
    let resources = numbered(parts)
    let patients = resources.filter { $0.type == "Patient" }
    guard let patient = patients.first, patients.count == 1 else { return nil }
    guard parts.allSatisfy({ $0.owners.allSatisfy { $0 == patient.fullUrl } }) else { return nil }
    var names: Set<String> = []
    names.reserveCapacity(resources.count)
    for part in parts {
      for name in part.names where !names.insert(name).inserted { return nil }
    }
    return Record(
      file: file, identifier: identifier, timestamp: nil, patient: patient, resources: resources, problems: [],
      index: RecordIndex(resources))
  }

  /// The resources of some parts by themselves, of nobody: to see what a question would find among them.
  public static func loose(_ parts: [BundlePart]) -> Record {
    let resources = numbered(parts)
    return Record(
      file: "", identifier: nil, timestamp: nil, patient: nil, resources: resources, problems: [],
      index: RecordIndex(resources))
  }

  private static func numbered(_ parts: [BundlePart]) -> [Resource] {
    var resources: [Resource] = []
    resources.reserveCapacity(parts.reduce(0) { $0 + $1.resources.count })
    for part in parts {
      for resource in part.resources {
        let index = resources.count
        resources.append(resource.with(index: index, path: "Bundle.entry[\(index)].resource"))
      }
    }
    return resources
  }
}

extension Ownership {
  /// What a resource calls whom it is about, where nothing but a reference says so; nil where more is to be looked at.
  fileprivate static func plainOwners(of resource: Resource) -> [String]? {
    guard resource.element.json?["focus"] == nil else { return nil }
    var owners: [String] = []
    for name in Ownership.owners where resource.element.json?[name] != nil {
      let references = resource.element.all(name)
      guard references.count == 1, references[0].isKind(of: "Reference"), references[0].first("identifier") == nil,
        let text = references[0].first("reference")?.text
      else { return nil }
      owners.append(text)
    }
    return owners
  }
}
