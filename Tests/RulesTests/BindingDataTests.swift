import CQL
import ClinicalValues
import FHIR
import Rules
import Testing

private let text = #"""
  {"resourceType":"Patient","id":"p"}
  {"resourceType":"Condition","id":"1","code":{"coding":[{"system":"x","code":"y"},{"system":"icd","code":"C61"}]}}
  {"resourceType":"Condition","id":"2","code":{"coding":[{"system":"icd","code":"C97.9"}]}}
  {"resourceType":"Condition","id":"3","code":{"coding":[{"system":"icd","code":"D01"}]},"category":[{"coding":[{"system":"c","code":"k"}]}]}
  {"resourceType":"Condition","id":"4","code":{"coding":[{"code":"C61"}]}}
  {"resourceType":"Basic","id":"5"}
  """#

private func data() throws -> RecordData { RecordData(try Record.read(Array(text.utf8), file: "r.ndjson")) }

private let sets: [String: [CodePattern]] = [
  "malignancy": [.range(system: "icd", from: "C00", through: "C97")],
  "prostate": [.exact(system: "icd", code: "C61")],
  "tumor": [.prefix(system: "icd", prefix: "C"), .prefix(system: "icd", prefix: "D0")],
]

/// The ids that a retrieve answers with.
private func ids(_ request: Retrieve, _ terminology: any Terminology = PatternTerminology(sets)) throws -> [String] {
  try data().retrieve(request, terminology: terminology).map { $0.origin.reference }
}

@Test(
  arguments: [
    (Retrieve(className: "Condition"), ["1", "2", "3", "4"]),
    (Retrieve(className: "Condition", codes: .codes([Code("C61", system: "icd")])), ["1"]),
    (Retrieve(className: "Condition", codePath: "code", codes: .valueSet(ValueSetName(id: "malignancy"))), ["1", "2"]),
    (Retrieve(className: "Condition", codePath: "category", codes: .codes([Code("k", system: "c")])), ["3"]),
    (Retrieve(className: "Condition", codes: .valueSet(ValueSetName(id: "tumor"))), ["1", "2", "3"]),
    (Retrieve(className: "Condition", codes: .codeSystem(CodeSystemName(id: "icd"))), ["1", "2", "3"]),
    (Retrieve(className: "Condition", codes: .codeSystem(CodeSystemName(id: "x"))), ["1"]),
    (Retrieve(className: "Condition", codes: .codeSystem(CodeSystemName(id: "ic"))), []),
    (Retrieve(className: "Condition", codes: .codes([])), []), (Retrieve(className: "Procedure"), []),
  ] as [(Retrieve, [String])])
func `retrieves answer by class, path, code and value set`(request: Retrieve, expected: [String]) throws {
  #expect(try ids(request) == expected.map { "Condition/\($0)" })
}

/// Knows a value set only by asking for each code, as a terminology server would.
private struct Asked: Terminology {
  func contains(_ code: Code, in valueSet: ValueSetName) -> Bool? { valueSet.id == "asked" ? code.code == "D01" : nil }
  func expansion(of valueSet: ValueSetName) -> [Code]? { nil }
  func contains(_ code: Code, in codeSystem: CodeSystemName) -> Bool? { nil }
}

@Test func `a value set that cannot be listed is asked for each code of the record`() throws {
  #expect(
    try ids(Retrieve(className: "Condition", codes: .valueSet(ValueSetName(id: "asked"))), Asked()) == ["Condition/3"])
}

@Test func `an unknown value set and a class without a primary path are errors, not empty answers`() throws {
  #expect(
    throws: EvaluationError(
      "Whether the code C61 is in the value set Rare (urn:rare) is not known here. Add the value set's FHIR file, with all its codes, to the folder of value sets."
    )
  ) { try ids(Retrieve(className: "Condition", codes: .valueSet(ValueSetName(id: "urn:rare", name: "Rare")))) }
  #expect(
    throws: EvaluationError(
      "Patient has no element that a retrieve filters by. Name one, as in [Patient: code in ...].")
  ) { try ids(Retrieve(className: "Patient", codes: .codes([Code("x")]))) }
}

private func folder(_ resources: String...) throws -> ValueSetFolder {
  ValueSetFolder([try Record.read(Array(resources.joined(separator: "\n").utf8), file: "v.ndjson", patient: .oneOrNone)]
  )
}

private let composed = #"""
  {"resourceType":"ValueSet","url":"v","version":"2","compose":{"include":[{"system":"s","concept":[{"code":"a"},{"code":"b"}]},{"valueSet":["w"]}],"exclude":[{"system":"s","concept":[{"code":"b"}]}]}}
  """#
private let expanded = #"""
  {"resourceType":"ValueSet","url":"w","compose":{"include":[{"system":"s","filter":[{"property":"p","op":"=","value":"x"}]}]},"expansion":{"timestamp":"2025-01-01T00:00:00Z","contains":[{"system":"t","abstract":true,"code":"top","contains":[{"system":"t","code":"c"}]}]}}
  """#

@Test func `value sets are read from expansion or compose, with includes and excludes`() throws {
  let folder = try folder(composed, expanded)
  #expect(folder.expansion(of: ValueSetName(id: "v"))?.map { "\($0.system ?? "")|\($0.code)" } == ["s|a", "t|c"])
  #expect(folder.contains(Code("c", system: "t"), in: ValueSetName(id: "v", version: "2")) == true)
  #expect(folder.contains(Code("top", system: "t"), in: ValueSetName(id: "w")) == false)
  #expect(folder.contains(Code("b", system: "s"), in: ValueSetName(id: "v")) == false)
  #expect(folder.contains(Code("a", system: "s"), in: ValueSetName(id: "v", version: "3")) == nil)
  #expect(folder.contains(Code("a", system: "s"), in: ValueSetName(id: "elsewhere")) == nil)
  #expect(folder.problems.isEmpty)
}

@Test func `whole code systems are in a value set without being listed`() throws {
  let folder = try folder(
    #"{"resourceType":"ValueSet","url":"v","compose":{"include":[{"system":"icd"}],"exclude":[{"system":"icd","concept":[{"code":"D01"}]}]}}"#
  )
  let set = ValueSetName(id: "v")
  #expect(folder.expansion(of: set) == nil)
  #expect(folder.contains(Code("C61", system: "icd"), in: set) == true)
  #expect(folder.contains(Code("D01", system: "icd"), in: set) == false)
  #expect(folder.contains(Code("C61"), in: set) == nil, "It may be one of the system.")
  #expect(
    throws: EvaluationError(
      "Whether the code C61 is in the value set v (v) is not known here. Add the value set's FHIR file, with all its codes, to the folder of value sets."
    )
  ) { try ids(Retrieve(className: "Condition", codes: .valueSet(set)), folder) }
}

@Test(arguments: [
  #""total":3"#, #""total":2,"offset":1"#,
  #""extension":[{"url":"http://hl7.org/fhir/StructureDefinition/valueset-toocostly","valueBoolean":true}]"#,
])
func `of an expansion that does not list all, only what it lists is known`(mark: String) throws {
  let folder = try folder(
    #"{"resourceType":"ValueSet","url":"v","expansion":{\#(mark),"contains":[{"system":"s","code":"a"},{"system":"s","code":"b"}]}}"#,
    #"{"resourceType":"ValueSet","url":"w","compose":{"include":[{"valueSet":["v"]},{"system":"s","concept":[{"code":"c"}]}]}}"#,
    #"{"resourceType":"ValueSet","url":"x","compose":{"include":[{"system":"s"}],"exclude":[{"valueSet":["v"]}]}}"#)
  for name in ["v", "w"] {
    #expect(folder.contains(Code("a", system: "s"), in: ValueSetName(id: name)) == true)
    #expect(folder.contains(Code("d", system: "s"), in: ValueSetName(id: name)) == nil)
    #expect(folder.expansion(of: ValueSetName(id: name)) == nil)
    #expect(folder.patterns(of: ValueSetName(id: name)) == nil)
  }
  #expect(folder.contains(Code("c", system: "s"), in: ValueSetName(id: "w")) == true)
  #expect(folder.contains(Code("d", system: "s"), in: ValueSetName(id: "x")) == nil)
  #expect(
    folder.problems.map(\.message) == [
      "The expansion does not list all of the value set, so whether any other code is in it is not known.",
      "The expansion does not list all of the value set, so whether any other code is in it is not known.",
      "The value set excludes what its files do not wholly list.",
    ])
}

@Test func `an expansion that lists as many as there are is whole`() throws {
  let folder = try folder(
    #"{"resourceType":"ValueSet","url":"v","expansion":{"total":2,"contains":[{"system":"s","code":"a","contains":[{"system":"s","code":"b"}]}]}}"#
  )
  #expect(folder.contains(Code("d", system: "s"), in: ValueSetName(id: "v")) == false)
  #expect(folder.problems.isEmpty)
}

@Test func `a code that a complete code system does not have is not in it, whatever it says`() throws {
  let folder = try folder(
    #"{"resourceType":"CodeSystem","url":"icd","content":"complete","concept":[{"code":"C61"},{"code":"D01"}]}"#)
  let filter = CodeFilter.codeSystem(CodeSystemName(id: "icd"))
  #expect(try ids(Retrieve(className: "Condition", codes: filter), folder) == ["Condition/1", "Condition/3"])
}

@Test(arguments: [
  (
    #"{"include":[{"system":"s","filter":[{"property":"p","op":"=","value":"x"}]}]}"#,
    "The value set is defined by a filter, which only a terminology server can expand."
  ),
  (#"{"include":[{"valueSet":["u"]}]}"#, "The value set includes u, which is not here."),
  (#"{"include":[{"valueSet":["v"]}]}"#, "The value set includes itself (by way of v)."),
])
func `a value set that cannot be listed is not known, and that is said`(compose: String, reason: String) throws {
  let folder = try folder(#"{"resourceType":"ValueSet","url":"v","compose":\#(compose)}"#)
  #expect(folder.contains(Code("a", system: "s"), in: ValueSetName(id: "v")) == nil)
  #expect(folder.problems.map(\.message) == [reason])
}

@Test func `code systems are known where their file is complete`() throws {
  let folder = try folder(
    #"{"resourceType":"CodeSystem","url":"s","content":"complete","concept":[{"code":"a","concept":[{"code":"b"}]}]}"#,
    #"{"resourceType":"CodeSystem","url":"t","content":"fragment","concept":[{"code":"a"}]}"#)
  #expect(folder.contains(Code("b", system: "s"), in: CodeSystemName(id: "s")) == true)
  #expect(folder.contains(Code("b", system: "t"), in: CodeSystemName(id: "s")) == false)
  #expect(folder.contains(Code("a", system: "t"), in: CodeSystemName(id: "t")) == nil)
}
