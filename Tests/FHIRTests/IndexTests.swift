import ClinicalValues
import FHIR
import Testing

private let icd = "http://hl7.org/fhir/sid/icd-10"

private func condition(_ id: String, _ codes: String...) -> String {
  let codings = codes.map { #"{"system":"\#(icd)","code":"\#($0)"}"# }.joined(separator: ",")
  return #"{"resourceType":"Condition","id":"\#(id)","code":{"coding":[\#(codings)]}}"#
}

@Test(
  arguments: [
    (.exact(system: icd, code: "C61"), ["1"]), (.exact(system: "other", code: "C61"), []),
    (.prefix(system: icd, prefix: "I63"), ["3", "4"]),
    (.range(system: icd, from: "C00", through: "C97"), ["1", "2", "5"]),
    (.range(system: icd, from: "I60", through: "I63"), ["3", "4"]), (.prefix(system: icd, prefix: "Z"), []),
  ] as [(CodePattern, [String])])
func `codes are found exactly, by prefix and by range, in any coding`(pattern: CodePattern, expected: [String]) throws {
  let record = try read(
    bundle(
      condition("1", "X1", "C61"), condition("2", "C97.1"), condition("3", "I63.9"), condition("4", "I63"),
      condition("5", "C00", "C01"), condition("6", "D00")))
  #expect(record.index.codes("Condition", at: "code").find([pattern]).map { record.resources[$0].id } == expected)
}

@Test(arguments: [
  ("Immunization", #""vaccineCode":{"coding":[{"system":"s","code":"a"}]}"#),
  ("AllergyIntolerance", #""code":{"coding":[{"system":"s","code":"a"}]}"#),
  ("Consent", #""category":[{"text":"x"},{"coding":[{"system":"s","code":"a"}]}]"#),
  ("MedicationStatement", #""medicationCodeableConcept":{"coding":[{"system":"s","code":"a"}]}"#),
  ("MedicationRequest", #""medicationReference":{"reference":"Medication/m"}"#),
  (
    "MedicationAdministration",
    ##""contained":[{"resourceType":"Medication","id":"m","code":{"coding":[{"system":"s","code":"a"}]}}],"medicationReference":{"reference":"#m"}"##
  ),
])
func `a resource is found by what it is about, also through a reference`(type: String, members: String) throws {
  let record = try read(
    bundle(
      #"{"resourceType":"\#(type)","id":"x",\#(members)}"#,
      #"{"resourceType":"Medication","id":"m","code":{"coding":[{"system":"s","code":"a"}]}}"#))
  let path = try #require(ClinicalPaths.code[type])
  #expect(record.index.codes(type, at: path).find([.exact(system: "s", code: "a")]) == [1])
}

@Test func `dates find what may lie in a span, as a search through all would`() throws {
  var numbers = SeededNumbers(seed: 7)
  let dates = (0..<300).map { _ -> String in
    let year = Int.random(in: 2019...2022, using: &numbers)
    let month = Int.random(in: 10...12, using: &numbers)
    switch Int.random(in: 0..<5, using: &numbers) {
    case 0: return #""effectiveDateTime":"\#(year)""#
    case 1: return #""effectiveDateTime":"\#(year)-\#(month)""#
    case 2: return #""effectivePeriod":{"start":"\#(year)-\#(month)"}"#
    case 3: return #""effectivePeriod":{"start":"\#(year)-\#(month)-11","end":"\#(year + 1)"}"#
    default: return #""effectiveDateTime":"\#(year)-\#(month)-1\#(Int.random(in: 0...9, using: &numbers))""#
    }
  }
  let resources = dates.enumerated().map { #"{"resourceType":"Observation","id":"\#($0)",\#($1)}"# }
  let record = try read(#"{"resourceType":"Patient"}"# + "\n" + resources.joined(separator: "\n"), file: "r.ndjson")
  let table = record.index.dates("Observation")
  for span in [("2020-11-10", "2020-11-12"), ("2019", "2019"), ("2023-01", "2025"), ("2001", "2002"), ("2022", "2020")]
  {
    let from = try #require(CalendarDate(span.0))
    let to = try #require(CalendarDate(span.1))
    let expected = record.resources.filter { resource in
      guard let effective = resource["effective"] else { return false }
      let start = (effective.dateTime ?? effective.period?.start)?.date
      let end = (effective.dateTime ?? effective.period?.end)?.date
      guard from.earliest.daysSinceEpoch <= to.latest.daysSinceEpoch else { return false }
      return (start?.earliest.daysSinceEpoch ?? .min) <= to.latest.daysSinceEpoch
        && (end?.latest.daysSinceEpoch ?? .max) >= from.earliest.daysSinceEpoch
    }
    #expect(table.find(from, through: to) == expected.map(\.index))
  }
}

@Test(
  arguments: [
    ("urn:uuid:1", nil, "urn:uuid:1", true), ("http://a/Patient/1", nil, "http://a/Patient/1", true),
    ("http://a/Patient/1", nil, "http://a/Patient/1/_history/3", true),
    ("http://a/Patient/1", "http://a/Observation/2", "Patient/1", true),
    ("http://a/Patient/1", "http://b/Observation/2", "Patient/1", false),
    ("http://a/Patient/1", nil, "http://b/Patient/1", false),
    ("http://a/Patient/1", nil, "Patient/1", true), (nil, nil, "Patient/1", true),
    (nil, nil, "http://a/Patient/1", true),
    (nil, nil, "Patient/2", false), (nil, nil, "urn:uuid:1", true), ("urn:uuid:9", nil, "Patient/1", true),
    ("urn:uuid:9", nil, "urn:uuid:1", false),
  ] as [(String?, String?, String, Bool)])
func `references resolve by address, by type and id, and not across servers`(
  patient: String?, from: String?, reference: String, resolves: Bool
) throws {
  func url(_ url: String?) -> String { url.map { #""fullUrl":"\#($0)","# } ?? "" }
  let text = #"""
    {"resourceType":"Bundle","entry":[{\#(url(patient))"resource":{"resourceType":"Patient","id":"1"}},
    {\#(url(from))"resource":{"resourceType":"Observation","id":"2","subject":{"reference":"\#(reference)"}}}]}
    """#
  #expect(refusal(text).isEmpty == resolves)
}
