/// A resource of a record.
public struct Resource: Sendable {
  /// Its place in the record's `resources`.
  public let index: Int
  /// `resourceType` as written.
  public let type: String
  /// `id`.
  public let id: String?
  /// `fullUrl` of its entry.
  public let fullUrl: String?
  /// Its place in its JSON text: `Bundle.entry[3].resource`.
  public let path: String
  /// Its content under its class.
  public let element: Element

  /// How a person finds it: `fullUrl`, else `Type/id`, else its type and place.
  public var reference: String {
    if let fullUrl { return fullUrl }
    if let id { return "\(type)/\(id)" }
    return path == type ? type : "\(type) at \(path)"
  }

  /// The element of that name, the first where it repeats; a choice element is named without its type.
  public subscript(_ name: String) -> Element? { element.first(name) }

  /// Where it stands in its file.
  public var place: Place? { element.json?.place }

  func with(index: Int, path: String? = nil) -> Resource {
    Resource(index: index, type: type, id: id, fullUrl: fullUrl, path: path ?? self.path, element: element)
  }
}
