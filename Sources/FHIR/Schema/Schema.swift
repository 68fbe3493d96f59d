/// The classes of FHIR R4 (4.0.1): resources, datatypes, primitives and the elements inside them.
///
/// Read once, on first use, from the table `R4Table.swift` (written by `scripts/r4-table` from HL7's definitions).
public final class Schema: Sendable {
  /// The one schema there is.
  public static let r4 = Schema(table: r4Table)

  /// Every class; `ClassID` is a place here.
  public let classes: [ClassDefinition]
  private let byName: [String: ClassID]

  /// The class of that name (`Observation`, `Observation.Component`, `string`), nil where R4 has none.
  public subscript(_ name: String) -> ClassDefinition? { byName[name].map { self[$0] } }

  /// The class of that number.
  public subscript(_ id: ClassID) -> ClassDefinition { classes[Int(id.number)] }

  /// Whether a class is another one or specializes it.
  public func isClass(_ id: ClassID, kindOf ancestor: ClassID) -> Bool {
    var current: ClassID? = id
    while let at = current {
      if at == ancestor { return true }
      current = self[at].base
    }
    return false
  }

  /// Element of a class, own or inherited, by its name in the model (`value`, `code`).
  public func element(_ name: String, of id: ClassID) -> ElementDefinition? {
    var current: ClassID? = id
    while let at = current {
      let definition = self[at]
      if let own = definition.elements.first(where: { $0.name == name }) { return own }
      current = definition.base
    }
    return nil
  }

  /// The element that a member of a JSON object is, and the type it then has: `valueQuantity` is `value` as Quantity.
  func member(_ json: String, of id: ClassID) -> (element: ElementDefinition, type: ClassID)? {
    var current: ClassID? = id
    while let at = current {
      let definition = self[at]
      for element in definition.elements {
        guard element.isChoice else {
          if element.name == json { return (element, element.types[0]) }
          continue
        }
        guard json.hasPrefix(element.name) else { continue }
        for type in element.types where self[type].choiceSuffix == json.dropFirst(element.name.count) {
          return (element, type)
        }
      }
      current = definition.base
    }
    return nil
  }

  private init(table: StaticString) {
    let lines = table.withUTF8Buffer { text in
      text.split(separator: UInt8(ascii: "\n")).map { line in
        line.split(separator: UInt8(ascii: " ")).map { UnsafeBufferPointer(rebasing: $0) }
      }
    }
    var numbers: [String: ClassID] = [:]
    numbers.reserveCapacity(lines.count)
    let names = lines.map { String(decoding: $0[1], as: UTF8.self) }
    for (number, name) in names.enumerated() { numbers[name] = ClassID(number: UInt16(number)) }
    byName = numbers
    classes = lines.enumerated().map { number, fields in
      ClassDefinition(id: ClassID(number: UInt16(number)), name: names[number], fields: fields, numbers: numbers)
    }
  }
}

/// A part of the table's text, which lives as long as the program.
private typealias TableText = UnsafeBufferPointer<UInt8>

/// Which class of the schema.
public struct ClassID: Hashable, Sendable {
  let number: UInt16
}

/// A class of FHIR.
public final class ClassDefinition: Sendable {
  /// What a class is used for.
  public enum Kind: UInt8, Sendable {
    // The letters of the table.
    case primitive = 0x50
    case datatype = 0x43
    case backbone = 0x42
    case abstract = 0x41
    case resource = 0x52
  }
  /// Its number.
  public let id: ClassID
  /// Its name; an element inside a resource is named by its path: `Observation.Component`.
  public let name: String
  /// What it is used for.
  public let kind: Kind
  /// The class that it specializes.
  public let base: ClassID?
  /// Its own elements, in HL7's order.
  public let elements: [ElementDefinition]
  /// What follows the name of a choice element in JSON: `Quantity` in `valueQuantity`.
  let choiceSuffix: String
  /// How its content is read, where it is a primitive.
  let primitive: Primitive?

  fileprivate init(id: ClassID, name: String, fields: [TableText], numbers: [String: ClassID]) {
    self.id = id
    self.name = name
    kind = fields[0].first.flatMap { Kind(rawValue: $0) } ?? .abstract
    base = numbers[String(decoding: fields[2], as: UTF8.self)]
    elements = fields.dropFirst(3).map { ElementDefinition($0, numbers: numbers) }
    primitive = kind == .primitive ? Primitive(className: name) : nil
    choiceSuffix =
      switch name {
      // Profiles of Quantity, which JSON does not tell from it.
      case "SimpleQuantity", "MoneyQuantity": "Quantity"
      default: name.prefix(1).uppercased() + name.dropFirst()
      }
  }
}

/// An element of a class.
public struct ElementDefinition: Sendable {
  /// Its name, for a choice element without the type (`value`).
  public let name: String
  /// The types that it may have.
  public let types: [ClassID]
  /// Whether it repeats.
  public let isList: Bool
  /// Whether it is written with its type (`value[x]`).
  public let isChoice: Bool
  /// Whether R4 requires it.
  public let isRequired: Bool

  /// From the table: `component*:Observation.Component`, `value[x]:Quantity|string`.
  fileprivate init(_ text: TableText, numbers: [String: ClassID]) {
    let colon = text.firstIndex(of: UInt8(ascii: ":")) ?? text.count
    var end = colon
    func take(_ mark: StaticString) -> Bool {
      let start = end - mark.utf8CodeUnitCount
      guard start > 0, (0..<mark.utf8CodeUnitCount).allSatisfy({ text[start + $0] == mark.utf8Start[$0] }) else {
        return false
      }
      end = start
      return true
    }
    isRequired = take("!")
    isList = take("*")
    isChoice = take("[x]")
    name = String(decoding: text[..<end], as: UTF8.self)
    types = text[(colon + 1)...].split(separator: UInt8(ascii: "|")).compactMap {
      numbers[String(decoding: $0, as: UTF8.self)]
    }
  }
}

/// How the content of a primitive is written.
enum Primitive: Sendable {
  case boolean, integer, unsignedInt, positiveInt, decimal, date, dateTime, instant, time, text

  init(className: String) {
    self =
      switch className {
      case "boolean": .boolean
      case "integer": .integer
      case "unsignedInt": .unsignedInt
      case "positiveInt": .positiveInt
      case "decimal": .decimal
      case "date": .date
      case "dateTime": .dateTime
      case "instant": .instant
      case "time": .time
      default: .text
      }
  }
}
