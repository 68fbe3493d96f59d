import CQL
import ClinicalValues
import FHIR
import Rules
import Testing

private let model = FHIRModel()

private func fhir(_ name: String) -> CQLType { .named(model: "FHIR", name: name) }

@Test(
  arguments: [
    ("Observation", "status", fhir("code")), ("Observation", "component", .list(fhir("Observation.Component"))),
    ("Observation", "effective", .choice([fhir("dateTime"), fhir("Period"), fhir("Timing"), fhir("instant")])),
    ("Observation.ReferenceRange", "low", fhir("SimpleQuantity")), ("Observation", "id", fhir("string")),
    ("Observation", "contained", .list(fhir("Resource"))), ("code", "value", .string), ("instant", "value", .dateTime),
    ("positiveInt", "value", .integer), ("Quantity", "value", fhir("decimal")),
    ("string", "extension", .list(fhir("Extension"))),
  ] as [(String, String, CQLType)])
func `classes have the elements of R4 under FHIR types`(name: String, element: String, type: CQLType) {
  #expect(model.classInfo(name)?.elements[element] == type)
}

@Test(
  arguments: [
    ("boolean", .boolean), ("code", .string), ("uri", .string), ("id", .string), ("markdown", .string),
    ("unsignedInt", .integer), ("decimal", .decimal), ("date", .date), ("instant", .dateTime), ("time", .time),
    ("Quantity", .quantity), ("Age", .quantity), ("SimpleQuantity", .quantity), ("Period", .interval(.dateTime)),
    ("Range", .interval(.quantity)), ("Ratio", .ratio), ("Coding", .code), ("CodeableConcept", .concept),
    ("Reference", nil), ("Observation", nil), ("Wombat", nil),
  ] as [(String, CQLType?)])
func `primitives and common datatypes convert to System types`(name: String, type: CQLType?) {
  #expect(model.implicitConversion(of: name) == type)
}

@Test func `resources say their base, their primary path and whether they can be retrieved`() {
  #expect(model.classInfo("MedicationStatement")?.primaryCodePath == "medication")
  #expect(model.classInfo("Consent")?.primaryCodePath == "category")
  #expect(model.classInfo("Observation")?.base == "DomainResource")
  #expect(model.classInfo("Age")?.base == "Quantity")
  #expect(model.classInfo("Observation")?.isRetrievable == true)
  #expect(model.classInfo("Quantity")?.isRetrievable == false)
  #expect(model.classInfo("Wombat") == nil)
}

private func observation(_ members: String) throws -> FHIRObject {
  let text =
    #"{"resourceType":"Bundle","entry":[{"fullUrl":"urn:uuid:p","resource":{"resourceType":"Patient"}},{"fullUrl":"urn:uuid:o","resource":{"resourceType":"Observation",\#(members)}}]}"#
  let record = try Record.read(Array(text.utf8), file: "r.json")
  return FHIRObject(record.resources[1])
}

/// Text of a value, after the implicit conversion of an object.
private func converted(_ value: Value) -> String {
  guard case .object(let object) = value, let type = model.implicitConversion(of: object.className) else {
    return "\(value)"
  }
  return switch model.convert(object, to: type) {
  case .quantity(let quantity): "\(quantity.value) '\(quantity.unit)'"
  case .concept(let concept): concept.codes.map { "\($0.system ?? "")|\($0.code)" }.joined(separator: " ")
  case .interval(let interval): "[\(interval.low), \(interval.high)]"
  case .dateTime(let moment): moment.literal
  case .string(let text): text
  case let other: "\(other)"
  }
}

@Test(arguments: [
  (
    #""valueQuantity":{"value":4.50,"unit":"x","system":"http://unitsofmeasure.org","code":"10*9/L"}"#, "value",
    "Quantity", "4.50 '10*9/L'"
  ),
  (#""valueQuantity":{"value":4,"comparator":"<","unit":"g"}"#, "value", "Quantity", "null"),
  (
    #""valueCodeableConcept":{"coding":[{"system":"s","code":"a"},{"code":"b"}]}"#, "value", "CodeableConcept", "s|a |b"
  ),
  (#""effectiveDateTime":"2025-03""#, "effective", "dateTime", "@2025-03T"),
  (#""status":"final""#, "status", "code", "final"), (#""valueBoolean":false"#, "value", "boolean", "boolean(false)"),
])
func `an element has its own type and converts to its value`(
  members: String, name: String, className: String, text: String
) throws {
  let value = try observation(members).element(name)
  guard case .object(let object) = value else {
    Issue.record("\(name) is no object")
    return
  }
  #expect(object.className == className)
  #expect(object.origin.reference == "urn:uuid:o")
  #expect(converted(value) == text)
}

@Test func `a period converts to an interval that may go on`() throws {
  guard case .object(let object) = try observation(#""effectivePeriod":{"start":"2025-03-01"}"#).element("effective"),
    case .interval(let interval) = model.convert(object, to: .interval(.dateTime))
  else {
    Issue.record("no interval")
    return
  }
  #expect(interval.lowClosed && interval.highClosed && interval.pointType == .dateTime)
  guard case .dateTime(let start) = interval.low, case .null = interval.high else {
    Issue.record("wrong ends")
    return
  }
  #expect(start.description == "2025-03-01")
}

@Test func `absent and unusable elements are null, repeating ones lists, values of primitives System values`() throws {
  let object = try observation(#""status":{},"note":[{"text":"a"},{"text":"b"}],"valueInteger":7"#)
  guard case .null = object.element("status"), case .null = object.element("method"),
    case .null = object.element("wombat"),
    case .list(let notes) = object.element("note"), case .object(let number) = object.element("value"),
    case .integer(7) = number.element("value")
  else {
    Issue.record("not as expected")
    return
  }
  #expect(notes.count == 2)
}

@Test func `objects are equal by content`() throws {
  let a = try observation(#""status":"final","valueQuantity":{"value":1.0,"unit":"g"}"#)
  let b = try observation(#""valueQuantity":{"unit":"g","value":1.00},"status":"final""#)
  let c = try observation(#""status":"final","valueQuantity":{"value":1.1,"unit":"g"}"#)
  #expect(a.isEqual(to: b) && !a.isEqual(to: c))
}
