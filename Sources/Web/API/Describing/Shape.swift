import ClinicalValues
import Ledger

/// How a value is told as JSON, and what that JSON can be: both from one declaration.
struct Shape<Value>: Sendable {
  let schema: Schema
  let json: @Sendable (Value) -> CanonicalJSON.Value

  /// The text. What a shape makes holds no number that JSON readers disagree on.
  func text(_ value: Value) -> String { (try? CanonicalJSON(json(value)).description) ?? "null" }

  /// An object of these members.
  static func object(_ name: String, _ about: String, _ members: [Property<Value>]) -> Shape {
    Shape(
      schema: .object(name: name, about: about, members.map(\.member)),
      json: { value in
        .object(Dictionary(members.map { ($0.member.name, $0.json(value)) }, uniquingKeysWith: { first, _ in first }))
      })
  }

  /// The members of another object, and these.
  func adding(_ name: String, _ about: String, _ members: [Property<Value>]) -> Shape {
    guard case .object(_, _, let own) = schema else { return self }
    let json = self.json
    return Shape(
      schema: .object(name: name, about: about, own + members.map(\.member)),
      json: { value in
        var object = json(value)
        if case .object(var all) = object {
          for member in members { all[member.member.name] = member.json(value) }
          object = .object(all)
        }
        return object
      })
  }
}

/// A member of an object that is told, always there: what is not known is null.
struct Property<Owner>: Sendable {
  let member: Schema.Member
  let json: @Sendable (Owner) -> CanonicalJSON.Value

  private init(
    _ name: String, _ schema: Schema, _ about: String?, _ json: @escaping @Sendable (Owner) -> CanonicalJSON.Value
  ) {
    member = Schema.Member(name: name, schema: schema, about: about)
    self.json = json
  }

  static func text(_ name: String, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> String) -> Property {
    Property(name, .text(), about) { .string(get($0)) }
  }
  static func textOrNull(
    _ name: String, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> String?
  ) -> Property {
    Property(name, .orNull(.text()), about) { get($0).map { .string($0) } ?? .null }
  }
  static func texts(_ name: String, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> [String]) -> Property
  {
    Property(name, .list(.text()), about) { .array(get($0).map { .string($0) }) }
  }
  static func choice(
    _ name: String, of values: [String], _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> String
  ) -> Property {
    Property(name, .choice(values), about) { .string(get($0)) }
  }
  static func number(_ name: String, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> Int) -> Property {
    Property(name, .integer(), about) { .integer(get($0)) }
  }
  static func numberOrNull(
    _ name: String, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> Int?
  ) -> Property {
    Property(name, .orNull(.integer()), about) { get($0).map { .integer($0) } ?? .null }
  }
  static func truth(_ name: String, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> Bool) -> Property {
    Property(name, .truth, about) { .bool(get($0)) }
  }
  /// True, false or, where it is not known, null.
  static func truthOrNull(
    _ name: String, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> Bool?
  ) -> Property {
    Property(name, .orNull(.truth), about) { get($0).map { .bool($0) } ?? .null }
  }
  /// An instant in UTC.
  static func instant(
    _ name: String, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> Instant?
  ) -> Property {
    Property(name, .orNull(.text(format: "date-time")), about) { get($0).map { .string($0.description) } ?? .null }
  }
  static func object<Value>(
    _ name: String, _ shape: Shape<Value>, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> Value
  ) -> Property {
    Property(name, shape.schema, about) { shape.json(get($0)) }
  }
  static func objectOrNull<Value>(
    _ name: String, _ shape: Shape<Value>, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> Value?
  ) -> Property {
    Property(name, .orNull(shape.schema), about) { get($0).map(shape.json) ?? .null }
  }
  static func list<Value>(
    _ name: String, _ shape: Shape<Value>, _ about: String? = nil, _ get: @escaping @Sendable (Owner) -> [Value]
  ) -> Property {
    Property(name, .list(shape.schema), about) { .array(get($0).map(shape.json)) }
  }
}
