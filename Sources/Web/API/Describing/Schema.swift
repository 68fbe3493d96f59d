import ClinicalValues
import Ledger

/// What a JSON value can be: printed into the API's document, and asked of what is sent.
///
/// Source: JSON Schema draft 2020-12, as far as the API uses it; OpenAPI 3.1.1, section "Schema Object".
indirect enum Schema: Sendable {
  /// Any text but for U+0000; `format`, a date or a date and time (RFC 3339), is asked for.
  case text(format: String? = nil)
  /// One of a few texts.
  case choice([String])
  /// An integer that JSON readers agree on (RFC 8259, section 6).
  case integer(from: Int = -CanonicalJSON.greatestInteger)
  case truth
  case list(Schema)
  /// Exactly these members; nothing else is taken. With a name it stands once in the document and is referred to.
  case object(name: String?, about: String? = nil, [Member])
  /// An object whose members have names of their own.
  case map(Schema)
  /// A value or null.
  case orNull(Schema)

  /// A member of an object.
  struct Member: Sendable {
    let name: String
    let schema: Schema
    var about: String?
    var isRequired = true
  }

  /// The schema as JSON; named objects as references.
  var json: CanonicalJSON.Value {
    switch self {
    case .object(let name?, _, _): .object(["$ref": .string("#/components/schemas/\(name)")])
    default: definition
    }
  }

  /// The schema as JSON, written out.
  var definition: CanonicalJSON.Value {
    switch self {
    case .text(let format?): .object(["type": .string("string"), "format": .string(format)])
    case .text(nil): .object(["type": .string("string"), "pattern": .string(#"^[^\u0000]*$"#)])
    case .choice(let values): .object(["type": .string("string"), "enum": .array(values.map { .string($0) })])
    case .integer(let least):
      .object([
        "type": .string("integer"), "minimum": .integer(least), "maximum": .integer(CanonicalJSON.greatestInteger),
      ])
    case .truth: .object(["type": .string("boolean")])
    case .list(let element): .object(["type": .string("array"), "items": element.json])
    case .map(let value): .object(["type": .string("object"), "additionalProperties": value.json])
    case .orNull(let value): .object(["anyOf": .array([value.json, .object(["type": .string("null")])])])
    case .object(_, let about, let members): Schema.object(members, about)
    }
  }

  private static func object(_ members: [Member], _ about: String?) -> CanonicalJSON.Value {
    var properties: [String: CanonicalJSON.Value] = [:]
    for member in members {
      var property = member.schema.json
      // A reference may have a description beside it (OpenAPI 3.1).
      if let about = member.about { property["description"] = .string(about) }
      properties[member.name] = property
    }
    var object: [String: CanonicalJSON.Value] = [
      "type": .string("object"), "properties": .object(properties), "additionalProperties": .bool(false),
      "required": .array(members.filter(\.isRequired).map { .string($0.name) }),
    ]
    if let about { object["description"] = .string(about) }
    return .object(object)
  }

  /// The named objects in it, itself among them.
  var named: [(name: String, definition: CanonicalJSON.Value)] {
    switch self {
    case .text, .choice, .integer, .truth: []
    case .list(let part), .map(let part), .orNull(let part): part.named
    case .object(let name, _, let members):
      members.flatMap(\.schema.named) + (name.map { [($0, definition)] } ?? [])
    }
  }
}
