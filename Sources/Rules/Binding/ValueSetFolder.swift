public import CQL
public import ClinicalValues
public import FHIR

/// The value sets and code systems of FHIR JSON files: ValueSet and CodeSystem resources, alone or in Bundles.
///
/// A value set is what its expansion lists, else what its `compose` does. One that needs a terminology server (a filter,
/// an include of a value set that is not here) is not known, and `problems` says so.
public struct ValueSetFolder: ListingTerminology {
  /// What was passed over, and why.
  public let problems: [Problem]
  /// By `url` and by `url|version`.
  private let sets: [String: ValueSetContent]
  private let codeSystems: [String: Set<String>]

  /// The value sets and code systems of records that have been read.
  public init(_ records: [FHIR.Record]) {
    var problems: [Problem] = []
    var definitions: [String: Element] = [:]
    var codeSystems: [String: Set<String>] = [:]
    for resource in records.flatMap(\.resources) {
      guard let url = resource["url"]?.text else { continue }
      switch resource.type {
      case "ValueSet":
        let names = [url] + (resource["version"]?.text.map { ["\(url)|\($0)"] } ?? [])
        for name in names { definitions[name] = resource.element }
      case "CodeSystem" where resource["content"]?.text == "complete":
        var codes: Set<String> = []
        ValueSetContent.collect(resource.element.all("concept"), into: &codes)
        codeSystems[url] = codes
      default: continue
      }
    }
    var sets: [String: ValueSetContent] = [:]
    for (name, definition) in definitions {
      var reader = ValueSetReader(definitions: definitions)
      sets[name] = reader.content(of: definition, named: name)
      if let reason = reader.reason {
        problems.append(
          Problem(
            .warning, "value-set-not-listed", at: definition.json?.place, resource: name, reason,
            remedy: "Give the value set with its expansion."))
      }
    }
    self.sets = sets
    self.codeSystems = codeSystems
    self.problems = problems.sorted { ($0.resource ?? "") < ($1.resource ?? "") }
  }

  /// Whether a code is in the value set; a code without a system is compared by itself. nil: the value set is not here, or
  /// what is here does not tell.
  public func contains(_ code: Code, in valueSet: ValueSetName) -> Bool? { content(valueSet)?.contains(code) }

  /// The codes of the value set; nil where it is not here, is not listed in full, or takes in a whole code system.
  public func expansion(of valueSet: ValueSetName) -> [Code]? {
    guard let content = content(valueSet), content.systems.isEmpty, !content.isPartial else { return nil }
    return content.codes.map { Code($0.code, system: $0.system) }
      .sorted { ($0.system ?? "", $0.code) < ($1.system ?? "", $1.code) }
  }

  /// Whether a code is in the code system; nil where that is not here. A code of another system is not in it.
  public func contains(_ code: Code, in codeSystem: CodeSystemName) -> Bool? {
    guard let codes = codeSystems[codeSystem.id] else { return nil }
    return codes.contains(code.code) && (code.system ?? codeSystem.id) == codeSystem.id
  }

  /// The codes of the value set, where they are all of it.
  public func patterns(of valueSet: ValueSetName) -> [CodePattern]? {
    guard let content = content(valueSet), content.systems.isEmpty, !content.isPartial else { return nil }
    return content.codes.map { .exact(system: $0.system ?? "", code: $0.code) }
  }

  private func content(_ name: ValueSetName) -> ValueSetContent? {
    guard let version = name.version else { return sets[name.id] }
    return sets["\(name.id)|\(version)"]
  }
}
