import Synchronization

/// How resources of a record are found: by type, by code, by date, by reference. An answer costs what it holds; the
/// tables behind it are made when they are first asked for.
public final class RecordIndex: Sendable {
  let resources: [Resource]
  private let byType: [String: [Int]]
  private let byAddress: [String: Int]
  /// By `Type/id`; nil where several resources from several servers have one.
  private let byTypeAndID: [String: Int?]
  private let codeTables = Mutex<[TablePath: CodeTable]>([:])
  private let dateTables = Mutex<[String: DateTable]>([:])

  struct TablePath: Hashable {
    let type: String
    let path: String
  }

  init(_ resources: [Resource]) {
    self.resources = resources
    var byType: [String: [Int]] = [:]
    var byAddress: [String: Int] = [:]
    var byTypeAndID: [String: Int?] = [:]
    for resource in resources {
      byType[resource.type, default: []].append(resource.index)
      if let address = resource.fullUrl { byAddress[address] = resource.index }
      guard let id = resource.id else { continue }
      if resource.fullUrl == nil { byAddress["urn:uuid:\(id)"] = resource.index }
      let name = "\(resource.type)/\(id)"
      byTypeAndID[name] = .some(byTypeAndID[name] == nil ? resource.index : nil)
    }
    self.byType = byType
    self.byAddress = byAddress
    self.byTypeAndID = byTypeAndID
  }

  /// The resources of a type, in the order of the source; their places in the record.
  public func ofType(_ type: String) -> [Int] { byType[type] ?? [] }

  /// The types that the record holds resources of.
  public var types: [String] { byType.keys.sorted() }

  /// The codes at a path of the resources of a type. A path is an element's name, `component.code` for one inside
  /// another; a reference to a resource (`medication`) means its code.
  public func codes(_ type: String, at path: String) -> CodeTable {
    let key = TablePath(type: type, path: path)
    if let table = codeTables.withLock({ $0[key] }) { return table }
    let table = CodeTable(ofType(type).map { ($0, codes(of: resources[$0], at: path)) })
    codeTables.withLock { $0[key] = table }
    return table
  }

  /// The days on which the resources of a type happened (`ClinicalPaths`).
  public func dates(_ type: String) -> DateTable {
    if let table = dateTables.withLock({ $0[type] }) { return table }
    let all = ofType(type).map { (resource: $0, days: resources[$0].days) }
    let table = DateTable(
      all.compactMap { entry in entry.days.map { (entry.resource, $0) } },
      undated: all.filter { $0.days == nil }.map(\.resource))
    dateTables.withLock { $0[type] = table }
    return table
  }

  private func codes(of resource: Resource, at path: String) -> [CodeKey] {
    var holders = [resource.element]
    for name in path.split(separator: ".") { holders = holders.flatMap { $0.all(String(name)) } }
    return holders.flatMap { holder -> [CodeKey] in
      guard holder.isKind(of: "Reference") else { return holder.codeKeys }
      guard let text = holder.first("reference")?.text else { return [] }
      switch target(of: text, from: resource) {
      case .resource(let found): return found.element.first("code")?.codeKeys ?? []
      case .contained(let found): return found.first("code")?.codeKeys ?? []
      case nil: return []
      }
    }
  }
}

extension RecordIndex {
  /// What a reference leads to.
  public enum Target: Sendable {
    /// A resource of the record.
    case resource(Resource)
    /// A resource inside the one that refers to it.
    case contained(Element)
  }

  /// What the text of a reference in a resource leads to; nil where it is not in the record.
  public func target(of reference: String, from resource: Resource) -> Target? {
    if reference.hasPrefix("#") {
      let id = reference.dropFirst()
      return resource.element.all("contained").first { $0.first("id")?.text == String(id) }.map(Target.contained)
    }
    if let found = byAddress[reference] { return .resource(resources[found]) }
    let parts = ReferenceText(reference)
    if let found = byAddress[String(parts.text)] { return .resource(resources[found]) }
    guard let relative = parts.relative else { return nil }
    let from = resource.fullUrl.map(ReferenceText.init)
    if parts.server.isEmpty, let from, !from.server.isEmpty, let found = byAddress["\(from.server)\(relative)"] {
      return .resource(resources[found])
    }
    guard case let found?? = byTypeAndID[relative] else { return nil }
    // The same id on another server is another resource.
    let server = parts.server.isEmpty ? from?.server ?? "" : parts.server
    let foundServer = resources[found].fullUrl.map { ReferenceText($0).server } ?? ""
    return server.isEmpty || foundServer.isEmpty || server == foundServer ? .resource(resources[found]) : nil
  }
}
