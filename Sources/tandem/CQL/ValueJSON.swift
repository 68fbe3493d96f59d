import CQL
import ClinicalValues
import FHIR
import Rules

extension JSON {
  /// A value of the language: truth values, strings, numbers, null, lists, tuples and resources as JSON, any other
  /// value as the text of its literal.
  init(_ value: Value) {
    switch value {
    case .null: self = .null
    case .boolean(let truth): self = .boolean(truth)
    case .integer(let number): self = .number("\(number)")
    case .long(let number): self = .number("\(number)")
    case .decimal(let number): self = .number("\(number)")
    case .string(let text): self = .string(text)
    case .list(let elements): self = .array(elements.map { JSON($0) })
    case .tuple(let tuple): self = .object(zip(tuple.names, tuple.values).map { ($0, JSON($1)) })
    case .object(let object): self = JSON(object)
    default: self = .string(value.literal)
    }
  }

  /// A resource or an element of one as it stands in its file.
  private init(_ object: any DataObject) {
    guard let json = (object as? FHIRObject)?.content.json else {
      self = .string(Value.object(object).literal)
      return
    }
    self.init(json)
  }

  private init(_ json: FHIR.JSON) {
    switch json.kind {
    case .null: self = .null
    case .boolean: self = json.boolean.map { .boolean($0) } ?? .null
    case .number: self = json.number.map { .number($0) } ?? .null
    case .string: self = .string(json.string ?? "")
    case .array: self = .array(json.elements.map { JSON($0) })
    case .object: self = .object(json.namedMembers.map { ($0.name, JSON($0.value)) })
    }
  }
}

extension Value {
  /// The value as a line of text: its literal, in which the JSON of a resource, which has none, stands for it.
  var text: String { literal { JSON(Value.object($0)).line } }
}
