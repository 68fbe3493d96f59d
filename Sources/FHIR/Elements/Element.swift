/// A resource, or an element of one, under its class: what is read of it is what R4 says it can be.
///
/// An element whose content cannot be used (a status that is an object, a date that does not exist) reads as absent;
/// reading a record says so in a warning.
public struct Element: Sendable {
  /// Which class it has.
  public let type: ClassID
  /// Its content; nil for a primitive without a value, of which only the extensions are known.
  public let json: JSON?
  /// The `_name` member beside a primitive: its id and extensions.
  let extras: JSON?

  /// A resource by its `resourceType`; of a class that R4 does not have only what every resource has is seen.
  init?(resource json: JSON) {
    guard let name = json["resourceType"]?.string else { return nil }
    self.init(Schema.r4[name] ?? Schema.r4["Resource"], json)
  }

  private init?(_ definition: ClassDefinition?, _ json: JSON) {
    guard let definition else { return nil }
    type = definition.id
    self.json = json
    extras = nil
  }

  /// An element of that type with that content; nil where the content cannot be of that type.
  private init?(type: ClassID, json: JSON?, extras: JSON?) {
    let definition = Schema.r4[type]
    let extras = extras?.kind == .object ? extras : nil
    if let primitive = definition.primitive {
      let usable = json.flatMap { primitive.accepts($0.node, in: $0.document) ? $0 : nil }
      guard usable != nil || extras != nil else { return nil }
      self.type = type
      self.json = usable
      self.extras = extras
      return
    }
    guard let json, json.kind == .object else { return nil }
    if definition.kind == .abstract, let resource = Element(resource: json) {
      self = resource
      return
    }
    self.type = type
    self.json = json
    self.extras = nil
  }

  /// Its class.
  public var definition: ClassDefinition { Schema.r4[type] }

  /// The elements of that name, in order; none where R4 knows no such element or it is absent. A choice element is named
  /// without its type.
  public func all(_ name: String) -> [Element] {
    guard let element = Schema.r4.element(name, of: type), let content = content(of: element) else { return [] }
    guard element.isList else {
      if content.json?.kind == .array { return [] }
      return Element(type: content.type, json: content.json, extras: content.extras).map { [$0] } ?? []
    }
    let values = content.json?.elements ?? []
    let extras = content.extras?.elements ?? []
    return (0..<max(values.count, extras.count)).compactMap { i in
      let value = i < values.count && !values[i].isNull ? values[i] : nil
      return Element(type: content.type, json: value, extras: i < extras.count ? extras[i] : nil)
    }
  }

  /// The element of that name, the first where it repeats; nil where it is absent.
  public func first(_ name: String) -> Element? { all(name).first }

  /// The value of a primitive; nil where it has none, or is no primitive.
  public var value: PrimitiveValue? {
    guard let json else { return nil }
    return definition.primitive?.value(json)
  }

  /// The members of JSON that hold an element: its content, the extras beside it, the type that it is written with.
  private func content(of element: ElementDefinition) -> (json: JSON?, extras: JSON?, type: ClassID)? {
    guard let holder = json ?? extras else { return nil }
    if !element.isChoice {
      let isPrimitive = Schema.r4[element.types[0]].primitive != nil
      let value = holder[element.name]
      let extras = isPrimitive ? holder["_" + element.name] : nil
      return value == nil && extras == nil ? nil : (value, extras, element.types[0])
    }
    var found: (json: JSON?, extras: JSON?, type: ClassID)?
    for type in element.types {
      let name = element.name + Schema.r4[type].choiceSuffix
      guard holder.document.symbols.number(of: name) != nil || holder.document.symbols.number(of: "_" + name) != nil
      else { continue }
      let value = holder[name]
      let extras = holder["_" + name]
      guard value != nil || extras != nil else { continue }
      // Two types at once contradict each other; neither is believed.
      if found != nil { return nil }
      found = (value, extras, type)
    }
    return found
  }
}

extension Element {
  /// Whether two elements are of one class and have one content; the order of members has no meaning.
  public func isEqual(to other: Element) -> Bool {
    guard type == other.type, (json == nil) == (other.json == nil), (extras == nil) == (other.extras == nil) else {
      return false
    }
    if let a = json, let b = other.json, !a.isEqual(to: b) { return false }
    if let a = extras, let b = other.extras, !a.isEqual(to: b) { return false }
    return true
  }
}
