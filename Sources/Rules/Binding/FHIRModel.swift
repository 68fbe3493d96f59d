public import CQL
import ClinicalValues
import FHIR

/// FHIR 4.0.1 as a data model of CQL (`using FHIR version '4.0.1'`): classes from the R4 schema; primitives and common
/// datatypes become System values implicitly, as HL7's FHIRHelpers library converts them, without including it.
///
/// Where this differs from FHIRHelpers: a Quantity with a comparator converts to null (`< 5` is not 5; ask its
/// `comparator`), and enumerations are plain `FHIR.code`.
public struct FHIRModel: Model {
  /// The model.
  public init() {}

  /// `FHIR`.
  public var name: String { "FHIR" }
  /// `4.0.1`.
  public var version: String { "4.0.1" }

  /// A class of R4, with the elements of those it specializes; a primitive has `value`, of its System type.
  public func classInfo(_ name: String) -> ClassInfo? {
    guard let definition = Schema.r4[name] else { return nil }
    var elements: [String: CQLType] = [:]
    var ancestor: ClassDefinition? = definition
    while let current = ancestor {
      for element in current.elements where elements[element.name] == nil {
        elements[element.name] = FHIRModel.type(of: element)
      }
      ancestor = current.base.map { Schema.r4[$0] }
    }
    if definition.kind == .primitive { elements["value"] = implicitConversion(of: name) }
    return ClassInfo(
      name: name, base: definition.base.map { Schema.r4[$0].name }, elements: elements,
      primaryCodePath: ClinicalPaths.code[name], isRetrievable: definition.kind == .resource)
  }

  /// The System type of a primitive or common datatype.
  public func implicitConversion(of className: String) -> CQLType? {
    switch className {
    case "boolean": return .boolean
    case "integer", "positiveInt", "unsignedInt": return .integer
    case "decimal": return .decimal
    case "date": return .date
    case "dateTime", "instant": return .dateTime
    case "time": return .time
    case "Coding": return .code
    case "CodeableConcept": return .concept
    case "Period": return .interval(.dateTime)
    case "Range": return .interval(.quantity)
    case "Ratio": return .ratio
    default: break
    }
    guard let definition = Schema.r4[className] else { return nil }
    if definition.kind == .primitive { return .string }
    let quantity = Schema.r4["Quantity"]?.id
    return quantity.map { Schema.r4.isClass(definition.id, kindOf: $0) } == true ? .quantity : nil
  }

  /// An element as the System value that `implicitConversion` promises; null where it has none.
  public func convert(_ object: any DataObject, to type: CQLType) -> Value {
    guard let element = (object as? FHIRObject)?.content else { return .null }
    switch type {
    case .quantity: return element.quantity.map(Value.quantity) ?? .null
    case .code: return element.coding.map(Value.code) ?? .null
    case .concept: return element.concept.map(Value.concept) ?? .null
    case .ratio: return element.ratio.map(Value.ratio) ?? .null
    case .interval(.dateTime): return element.period.map(FHIRModel.interval) ?? .null
    case .interval(.quantity): return element.range.map(FHIRModel.interval) ?? .null
    default:
      guard implicitConversion(of: object.className) == type else { return .null }
      return element.value.map(Value.init) ?? .null
    }
  }

  /// A period includes its ends. One without a start is unknown there; one without an end goes on (FHIR R4, Period).
  private static func interval(_ period: Period) -> Value {
    guard period.start != nil || period.end != nil else { return .null }
    return .interval(
      IntervalValue(
        low: period.start.map(Value.dateTime) ?? .null, lowClosed: true,
        high: period.end.map(Value.dateTime) ?? .null, highClosed: true, pointType: .dateTime))
  }

  private static func interval(_ range: QuantityRange) -> Value {
    guard range.low != nil || range.high != nil else { return .null }
    return .interval(
      IntervalValue(
        low: range.low.map(Value.quantity) ?? .null, high: range.high.map(Value.quantity) ?? .null,
        pointType: .quantity))
  }

  private static func type(of element: ElementDefinition) -> CQLType {
    let types = element.types.map { CQLType.named(model: "FHIR", name: Schema.r4[$0].name) }
    let type = types.count == 1 ? types[0] : .choice(Set(types))
    return element.isList ? .list(type) : type
  }
}

extension Value {
  /// The value of a FHIR primitive.
  init(_ primitive: PrimitiveValue) {
    self =
      switch primitive {
      case .boolean(let value): .boolean(value)
      case .integer(let value): .integer(value)
      case .decimal(let value): .decimal(value)
      case .date(let value): .date(value)
      case .dateTime(let value): .dateTime(value)
      case .time(let value): .time(value)
      case .text(let value): .string(value)
      }
  }
}
