import ClinicalValues
import FHIR
import Testing

/// The number of an Observation whose `valueQuantity.value` is written so.
private func number(_ text: String) throws -> Decimal? {
  try read(bundle(observation(#""valueQuantity":{"value":\#(text)}"#))).resources[1]["value"]?.quantity?.value
}

@Test(arguments: [
  ("1.8", "1.8"), ("1.80", "1.80"), ("0", "0"), ("-0.00000001", "-0.00000001"), ("1e3", "1000"), ("1.5E-2", "0.015"),
  ("9999999999999999999999999999.99999999", "9999999999999999999999999999.99999999"), ("0.1000000000", "0.10000000"),
])
func `numbers are exactly those of the text`(text: String, expected: String) throws {
  #expect(try number(text)?.description == expected)
}

@Test(arguments: ["0.123456789", "1e28", "1e-9", "99999999999999999999999999999", "1e999999999999"])
func `a number that cannot be held exactly is absent, never rounded`(text: String) throws {
  #expect(try number(text) == nil)
}

@Test func `1.5 times 1.2 is exactly 1.8`() throws {
  let factor = try #require(try number("1.5"))
  let limit = try #require(try number("1.2"))
  #expect(try number("1.8") == factor * limit)
}

@Test(
  arguments: [
    (#"{"value":5,"unit":"g/l","system":"http://unitsofmeasure.org","code":"g/L"}"#, "5 g/L"),
    (#"{"value":5,"unit":"tablets","system":"urn:x","code":"T"}"#, nil),
    (#"{"value":5,"unit":"mg","system":"http://unitsofmeasure.org"}"#, nil),
    (#"{"value":5,"unit":"mg","system":"http://snomed.info/sct","code":"mg"}"#, nil),
    (#"{"value":5,"unit":"mg"}"#, nil), (#"{"value":5}"#, "5 1"), (#"{"value":5,"code":"mg"}"#, nil),
    (#"{"value":5,"comparator":"<","system":"http://unitsofmeasure.org","code":"mg"}"#, nil), (#"{"unit":"mg"}"#, nil),
  ] as [(String, String?)])
func `a quantity is read by its UCUM code, and none is made of another unit or a comparator`(
  json: String, expected: String?
)
  throws
{
  let quantity = try read(bundle(observation(#""valueQuantity":\#(json)"#))).resources[1]["value"]?.quantity
  #expect(quantity.map { "\($0.value) \($0.unit)" } == expected)
}

@Test(
  arguments: [
    ("dateTime", #""2025""#, "2025"), ("dateTime", #""2025-03""#, "2025-03"),
    ("dateTime", #""2025-03-07T10:20:30.5+08:00""#, "2025-03-07T10:20:30.500+08:00"), ("dateTime", #""2025-13""#, nil),
    ("dateTime", #""2025-03-07T25:00:00Z""#, nil), ("dateTime", #""yesterday""#, nil), ("dateTime", "2025", nil),
  ] as [(String, String, String?)])
func `dates keep the precision they were written in`(type: String, json: String, expected: String?) throws {
  let record = try read(bundle(observation(#""valueDateTime":\#(json)"#)))
  #expect(record.resources[1]["value"]?.dateTime?.description == expected)
  #expect(record.problems.isEmpty == (expected != nil))
}

@Test func `a period may have partial dates and open ends`() throws {
  let period = try read(bundle(observation(#""effectivePeriod":{"start":"2025-03"}"#))).resources[1]["effective"]?
    .period
  #expect(period?.start?.description == "2025-03")
  #expect(period != nil && period?.end == nil)
}

@Test func `concepts, ranges and ratios read as clinical values`() throws {
  let record = try read(
    bundle(
      observation(
        #""valueCodeableConcept":{"coding":[{"system":"s","code":"a","display":"A"},{"display":"no code"},{"code":"b"}],"text":"t"}"#
      ),
      #"{"resourceType":"Observation","id":"2","valueRange":{"low":{"value":1,"unit":"g","system":"http://unitsofmeasure.org","code":"g"}},"component":[{"valueRatio":{"numerator":{"value":1},"denominator":{"value":8}}}]}"#
    ))
  let concept = record.resources[1]["value"]?.concept
  #expect(concept?.codes.map(\.code) == ["a", "b"])
  #expect(concept?.display == "t")
  let range = record.resources[2]["value"]?.range
  #expect(range?.low?.value == 1 && range?.high == nil)
  #expect(record.resources[2]["component"]?.first("value")?.ratio?.denominator.value == 8)
}

@Test func `a primitive without a value still has its extensions`() throws {
  let record = try read(
    #"{"resourceType":"Patient","_birthDate":{"extension":[{"url":"absent","valueCode":"unknown"}]},"name":[{"given":[null,"B"],"_given":[{"id":"1"},null]}]}"#
  )
  let birth = record.patient?["birthDate"]
  #expect(birth?.date == nil)
  #expect(birth?.first("extension")?.first("value")?.text == "unknown")
  #expect(record.patient?["name"]?.all("given").map(\.text) == [nil, "B"])
  #expect(record.problems.isEmpty)
}

@Test(arguments: [
  ("Observation", "value", "Quantity"), ("Observation.Component", "referenceRange", "Observation.ReferenceRange"),
  ("Age", "value", "decimal"), ("Bundle.Entry", "resource", "Resource"),
  ("Observation.ReferenceRange", "low", "SimpleQuantity"),
  ("Questionnaire.Item", "item", "Questionnaire.Item"), ("Dosage.DoseAndRate", "dose", "Range"),
  ("Patient", "id", "string"),
])
func `the schema knows elements, inherited ones and those of inner classes`(name: String, element: String, type: String)
  throws
{
  let definition = try #require(Schema.r4[name])
  let found = try #require(Schema.r4.element(element, of: definition.id))
  #expect(Schema.r4[found.types[0]].name == type)
}

@Test func `every type that the schema names is there, and every primary path leads somewhere`() {
  let untyped = Schema.r4.classes.filter { $0.elements.contains { $0.types.isEmpty } }
  #expect(untyped.map(\.name) == [])
  let lost = ClinicalPaths.code.filter { type, path in
    var classes = Schema.r4[type].map { [$0.id] } ?? []
    for name in path.split(separator: ".") {
      classes = classes.compactMap { Schema.r4.element(String(name), of: $0) }.flatMap(\.types)
    }
    return classes.isEmpty
  }
  #expect(lost.isEmpty)
}
