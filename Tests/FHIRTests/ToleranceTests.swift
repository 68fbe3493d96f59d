import ClinicalValues
import FHIR
import Testing

struct Tolerance: Sendable, CustomTestStringConvertible {
  let name: String
  let text: String
  /// Severity and message of each problem, without its place.
  let problems: [String]
  var testDescription: String { name }
  init(_ name: String, _ text: String, _ problems: String...) {
    self.name = name
    self.text = text
    self.problems = problems
  }
}

private let tolerated: [Tolerance] = [
  Tolerance(
    "unknown resource types", bundle(#"{"resourceType":"Wombat","id":"w"}"#, #"{"resourceType":"Wombat","id":"v"}"#),
    "note Bundle.entry[1].resource: Wombat is no resource of FHIR R4; it is kept and passed over. (2 times in this file)"
  ),
  Tolerance(
    "unknown elements", bundle(observation(#""colour":"red""#)),
    "note Bundle.entry[1].resource.colour: Observation has no element “colour” in FHIR R4; it is passed over."),
  Tolerance(
    "extensions",
    bundle(observation(#""extension":[{"url":"u","valueBoolean":true}],"_status":{"id":"1","extension":[]}"#))),
  Tolerance("contained resources", bundle(observation(#""contained":[{"resourceType":"Device","id":"d"}]"#))),
  Tolerance("another server's practitioner", bundle(observation(#""performer":[{"reference":"Practitioner/1"}]"#))),
  Tolerance(
    "a very large number", bundle(observation(#""valueQuantity":{"value":1e400}"#)),
    "warning Bundle.entry[1].resource.valueQuantity.value: is 1e400, which cannot be held exactly in 28 digits and 8 decimals, and is never rounded; it is read as absent."
  ),
  Tolerance(
    "a number with more digits than can be held",
    bundle(observation(#""valueQuantity":{"value":20.000000000000000000000000000000001}"#)),
    "warning Bundle.entry[1].resource.valueQuantity.value: is 20.000000000000000000000000000000001, which cannot be held exactly in 28 digits and 8 decimals, and is never rounded; it is read as between 20 and 20.00000001, and as absent where one number is asked for."
  ),
  Tolerance(
    "null members", bundle(observation(#""valueString":null,"note":[null]"#)),
    "warning Bundle.entry[1].resource.valueString: is null, which FHIR does not allow; it is read as absent.",
    "warning Bundle.entry[1].resource.note[0]: is null, which FHIR does not allow here; it is passed over."),
  Tolerance(
    "a status that is an object",
    bundle(#"{"resourceType":"Observation","id":"o","status":{"a":1},"subject":{"reference":"Patient/p"}}"#),
    "warning Bundle.entry[1].resource.status: is an object, expected a text; it is read as absent."),
  Tolerance(
    "a list that is none, and the contrary", bundle(observation(#""note":{"text":"x"},"method":[]"#)),
    "warning Bundle.entry[1].resource.note: is an object, expected an array; it is read as absent.",
    "warning Bundle.entry[1].resource.method: is an array, expected one value; it is read as absent."),
  Tolerance(
    "a text where an object belongs", bundle(observation(#""method":"x""#)),
    "warning Bundle.entry[1].resource.method: is a text, expected an object (CodeableConcept); it is read as absent."),
  Tolerance(
    "a day that does not exist", bundle(observation(#""effectiveDateTime":"2025-02-30""#)),
    "warning Bundle.entry[1].resource.effectiveDateTime: is “2025-02-30”, which is no date or date-time that exists, from 1800 on (YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with its offset from UTC); it is read as absent."
  ),
  Tolerance(
    "a birth date with a time", #"{"resourceType":"Patient","birthDate":"1990-01-01T00:00:00Z"}"#,
    "warning Patient.birthDate: is “1990-01-01T00:00:00Z”, which is no date that exists in the years 1800 to 2199 (YYYY, YYYY-MM or YYYY-MM-DD); it is read as absent."
  ),
  Tolerance(
    "a birth date that stands for none", #"{"resourceType":"Patient","birthDate":"9999-12-31"}"#,
    "warning Patient.birthDate: is “9999-12-31”, which is no date that exists in the years 1800 to 2199 (YYYY, YYYY-MM or YYYY-MM-DD); it is read as absent."
  ),
  Tolerance(
    "a date that stands for none", bundle(observation(#""effectiveDateTime":"0001-01-01""#)),
    "warning Bundle.entry[1].resource.effectiveDateTime: is “0001-01-01”, which is no date or date-time that exists, from 1800 on (YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with its offset from UTC); it is read as absent."
  ),
  Tolerance("a period that goes on for ever", bundle(observation(#""effectivePeriod":{"end":"9999-12-31"}"#))),
  Tolerance(
    "numbers of a wrong kind", bundle(observation(#""valueInteger":1.5,"component":[{"valueBoolean":"true"}]"#)),
    "warning Bundle.entry[1].resource.valueInteger: is 1.5, expected a whole number from -2147483648 to 2147483647; it is read as absent.",
    "warning Bundle.entry[1].resource.component[0].valueBoolean: is a text, expected true or false; it is read as absent."
  ),
  Tolerance(
    "an empty text", bundle(observation(#""valueString":"""#)),
    "warning Bundle.entry[1].resource.valueString: is an empty text; it is read as absent."),
  Tolerance(
    "an observation about the patient's child",
    bundle(observation(#""focus":[{"reference":"RelatedPerson/child"}]"#)),
    "warning Bundle.entry[1].resource.focus: says that this is not about the patient; the resource is set aside."),
  Tolerance(
    "an observation with the patient as its focus", bundle(observation(#""focus":[{"reference":"urn:uuid:p"}]"#))),
  Tolerance(
    "a Bundle closed on a day",
    #"{"resourceType":"Bundle","timestamp":"2026-03-16","entry":[{"resource":{"resourceType":"Patient"}}]}"#,
    "note Bundle.timestamp: is a day without a time of day; FHIR wants a moment, and the day is what counts."),
  Tolerance(
    "a Bundle closed in a month",
    #"{"resourceType":"Bundle","timestamp":"2026-03","entry":[{"resource":{"resourceType":"Patient"}}]}"#,
    "warning Bundle.timestamp: is “2026-03”, which is no moment that exists (YYYY-MM-DDThh:mm:ss with its offset from UTC); it is read as absent."
  ),
  Tolerance(
    "a modifier extension", bundle(observation(#""modifierExtension":[{"url":"u"}]"#)),
    "warning Bundle.entry[1].resource.modifierExtension[0]: may change the meaning of what it stands in, and is not understood; the rest is read as if it were not there."
  ),
  Tolerance(
    "the same resource twice, members in another order",
    bundle(
      #"{"resourceType":"Condition","id":"c","recordedDate":"2020"}"#,
      #"{"recordedDate":"2020","id":"c","resourceType":"Condition"}"#),
    "note Bundle.entry[2].resource: The same resource, with the same content, is already at Bundle.entry[1].resource; it is read once."
  ),
  Tolerance(
    "a reference that says only a name", bundle(#"{"resourceType":"Condition","id":"c","subject":{"display":"Ann"}}"#),
    "warning Bundle.entry[1].resource.subject: is a name without a reference; the resource is taken to be about the Patient of this file."
  ),
  Tolerance(
    "entries without a resource",
    #"{"resourceType":"Bundle","entry":[{"fullUrl":"urn:x"},{"resource":{"resourceType":"Patient"}}]}"#),
  Tolerance(
    "a Bundle in a Bundle", bundle(#"{"resourceType":"Bundle","entry":[{"resource":\#(observation(#""id2":1"#))}]}"#),
    "note Bundle.entry[1].resource.entry[0].resource.id2: Observation has no element “id2” in FHIR R4; it is passed over."
  ),
]

@Test(arguments: tolerated)
func `what real exports contain is read, and said`(_ example: Tolerance) throws {
  let record = try read(example.text)
  #expect(record.problems.map { "\($0.severity) \($0.element ?? ""): \($0.message)" } == example.problems)
  #expect(record.patient?.type == "Patient")
}

@Test func `what cannot be used reads as absent`() throws {
  let record = try read(
    bundle(
      observation(
        #""effectiveDateTime":"2025-02-30","valueQuantity":{"value":0.123456789,"unit":"g"},"note":{"text":"x"},"component":[{"valueInteger":1.5},{"valueInteger":2}]"#
      )))
  let observation = record.resources[1]
  #expect(observation["effective"] == nil)
  #expect(observation["value"]?.quantity == nil)
  #expect(observation["value"]?.first("unit")?.text == "g")
  #expect(observation["note"] == nil)
  #expect(observation.element.all("component").map { $0.first("value")?.integer } == [nil, 2])
}

@Test func `two types of one choice element contradict each other, in any order`() throws {
  for members in [#""valueString":"x","valueInteger":1"#, #""valueInteger":1,"valueString":"x""#] {
    let record = try read(bundle(observation(members)))
    #expect(record.resources[1]["value"] == nil)
    #expect(record.problems.map(\.id) == ["contradictory-choice"])
  }
}

@Test func `a record of a Bundle says its identifier and timestamp`() throws {
  let record = try read(
    #"{"resourceType":"Bundle","identifier":{"system":"s","value":"17"},"timestamp":"2026-03-16T17:00:00+08:00","entry":[{"resource":{"resourceType":"Patient"}}]}"#
  )
  #expect(record.identifier == "17")
  #expect(record.timestamp?.description == "2026-03-16T17:00:00+08:00")
}

@Test func `what is not about the patient is no part of the record`() throws {
  let record = try read(
    bundle(observation(#""focus":[{"reference":"RelatedPerson/child"}]"#), #"{"resourceType":"Condition","id":"c"}"#))
  #expect(record.resources.map(\.type) == ["Patient", "Condition"])
  #expect(record.resources.map(\.index) == [0, 1])
  #expect(record.index.ofType("Observation") == [])
}

@Test func `a Bundle closed on a day says the day`() throws {
  let record = try read(
    #"{"resourceType":"Bundle","timestamp":"2026-03-16","entry":[{"resource":{"resourceType":"Patient"}}]}"#)
  #expect(record.timestamp?.description == "2026-03-16")
}

@Test func `a record without a patient is read where none is needed`() throws {
  let record = try read(#"{"resourceType":"ValueSet","url":"u"}"#, patient: .oneOrNone)
  #expect(record.patient == nil)
  #expect(record.resources.map(\.type) == ["ValueSet"])
}
