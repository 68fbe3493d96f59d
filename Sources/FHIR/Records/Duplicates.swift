/// Finds resources that are in a record more than once.
///
/// Two entries are the same resource if they have one `fullUrl`, or one type and id where no absolute address tells them
/// apart. With one content the second is passed over; with two nobody can tell which is right.
struct Duplicates {
  private(set) var kept: [Resource] = []
  private(set) var findings: [Finding] = []

  init(_ resources: [Resource]) {
    var byKey: [String: Int] = [:]
    byKey.reserveCapacity(resources.count * 2)
    for resource in resources {
      let keys = Duplicates.keys(of: resource)
      guard let first = keys.lazy.compactMap({ byKey[$0] }).first else {
        for key in keys { byKey[key] = kept.count }
        kept.append(resource.with(index: kept.count))
        continue
      }
      let original = kept[first]
      if original.element.isEqual(to: resource.element) {
        findings.append(
          Finding(
            .note, "duplicate", at: resource.element.json, element: resource.path, resource: resource.reference,
            "The same resource, with the same content, is already at \(original.path); it is read once."))
      } else {
        findings.append(
          Finding(
            .error, "contradictory-duplicates", at: resource.element.json, element: resource.path,
            resource: resource.reference,
            "A resource with the same \(resource.fullUrl == original.fullUrl && resource.fullUrl != nil ? "fullUrl" : "type and id") but other content is at \(original.path); which one is right cannot be told.",
            remedy: "Remove the wrong one."))
      }
    }
  }

  /// What tells a resource from others.
  static func keys(of resource: Resource) -> [String] {
    var keys = resource.fullUrl.map { [$0] } ?? []
    let isAbsolute = resource.fullUrl?.hasPrefix("http") ?? false
    if let id = resource.id, !isAbsolute { keys.append("\(resource.type)/\(id)") }
    return keys
  }
}
