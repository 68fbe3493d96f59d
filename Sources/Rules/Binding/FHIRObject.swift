public import CQL
public import FHIR

/// A resource or an element of one as CQL sees it; what is inside is looked up when it is asked for.
public final class FHIRObject: DataObject {
  /// What it is a view of.
  public let content: Element
  /// The resource that it is part of.
  public let origin: Origin

  /// A view of a resource of a record.
  public init(_ resource: Resource) {
    content = resource.element
    origin = Origin(reference: resource.reference, index: resource.index)
  }

  private init(_ content: Element, of origin: Origin) {
    self.content = content
    self.origin = origin
  }

  /// Name of its class: `Observation`, `Observation.Component`, `CodeableConcept`, `string`.
  public var className: String { content.definition.name }

  /// The element of that name: null where it is absent or unusable, a list where it may repeat. A choice element is named
  /// without its type. A primitive's `value` is its System value.
  public func element(_ name: String) -> Value {
    if name == "value", content.definition.kind == .primitive { return content.value.map(Value.init) ?? .null }
    guard let definition = Schema.r4.element(name, of: content.type) else { return .null }
    let found = content.all(name)
    guard definition.isList else { return found.first.map { .object(FHIRObject($0, of: origin)) } ?? .null }
    return found.isEmpty ? .null : .list(found.map { .object(FHIRObject($0, of: origin)) })
  }

  /// Equality of class and content; the order of members has no meaning.
  public func isEqual(to other: any DataObject) -> Bool {
    guard let other = other as? FHIRObject else { return false }
    return other === self || content.isEqual(to: other.content)
  }
}
