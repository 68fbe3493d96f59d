import CQL
import ClinicalValues
import FHIR
import Rules
import Testing

private let patientFile = #"""
  {"resourceType":"Patient","id":"p","birthDate":"1992-05-28","gender":"female"}
  {"resourceType":"Observation","id":"hb","status":"final","code":{"coding":[{"system":"x","code":"y"},{"system":"http://loinc.org","code":"718-7"}]},"effectiveDateTime":"2026-03-13","valueQuantity":{"value":131,"unit":"g/L","system":"http://unitsofmeasure.org","code":"g/L"},"referenceRange":[{"low":{"value":115,"unit":"g/L","system":"http://unitsofmeasure.org","code":"g/L"}}]}
  {"resourceType":"Observation","id":"crp","status":"preliminary","code":{"coding":[{"system":"http://loinc.org","code":"1988-5"}]},"effectiveDateTime":"2026-03","valueQuantity":{"value":5,"comparator":"<","unit":"mg/L"}}
  {"resourceType":"Observation","id":"ana","status":"final","code":{"coding":[{"system":"t","code":"ana"}]},"effectivePeriod":{"start":"2026-01-01"},"valueCodeableConcept":{"coding":[{"system":"t","code":"positive"}]}}
  {"resourceType":"MedicationStatement","id":"m","status":"active","medicationReference":{"reference":"#a"},"subject":{"reference":"Patient/p"},"contained":[{"resourceType":"Medication","id":"a","code":{"coding":[{"system":"atc","code":"M01AE01"}]}}]}
  """#

private let library = """
  using FHIR version '4.0.1'
  codesystem "LOINC": 'http://loinc.org'
  codesystem "Own": 't'
  code "Hemoglobin": '718-7' from "LOINC"
  code "CRP": '1988-5' from "LOINC"
  code "ANA": 'ana' from "Own"
  code "Positive": 'positive' from "Own"
  valueset "NSAID": 'nsaid'
  context Patient
  define Expression:

  """

/// The value of an expression over that file, as text.
private func value(_ expression: String) throws -> String {
  let compiler = Compiler(models: [FHIRModel()])
  let (program, diagnostics) = compiler.compile(LibrarySource(file: "l.cql", text: library + "  " + expression))
  guard let program else { return diagnostics.map { "\($0)" }.joined(separator: "\n") }
  let record = try Record.read(Array(patientFile.utf8), file: "p.ndjson")
  let terminology = PatternTerminology(["nsaid": [.prefix(system: "atc", prefix: "M01A")]])
  let now = try #require(DateTime("2026-03-16T00:00:00Z"))
  let context = EvaluationContext(
    now: now, data: RecordData(record), terminology: terminology, models: [FHIRModel()])
  return switch try Engine(program).evaluation(context).value(of: "Expression") {
  case .null: "null"
  case .boolean(let truth): "\(truth)"
  case .integer(let number): "\(number)"
  case .string(let text): text
  case .quantity(let quantity): "\(quantity.value) '\(quantity.unit)'"
  case .date(let date): "\(date)"
  case .list(let values): "\(values.count) elements"
  case let other: "\(other)"
  }
}

@Test(arguments: [
  ("exists [Observation: \"Hemoglobin\"]", "true"), ("Count([Observation])", "3"),
  ("Count([MedicationStatement: \"NSAID\"])", "1"),
  ("[Observation: \"Hemoglobin\"] O return O.value as FHIR.Quantity", "1 elements"),
  ("First([Observation: \"Hemoglobin\"] O return (O.value as FHIR.Quantity)).value > 130", "true"),
  ("First([Observation: \"Hemoglobin\"]).value > 12 'g/dL'", "true"),
  ("First([Observation: \"Hemoglobin\"] O return O.value as Quantity)", "131 'g/L'"),
  ("First([Observation: \"Hemoglobin\"]).referenceRange[0].low <= 115 'g/L'", "true"),
  ("First([Observation: \"Hemoglobin\"]).status in { 'final', 'amended' }", "true"),
  ("First([Observation: \"Hemoglobin\"]).status.value", "final"),
  ("(First([Observation: \"Hemoglobin\"]).effective as FHIR.dateTime) same day as @2026-03-13", "true"),
  ("(First([Observation: \"CRP\"]).effective as FHIR.dateTime) before day of @2026-03-15", "null"),
  ("First([Observation: \"CRP\"]).value as Quantity", "null"),
  ("(First([Observation: \"CRP\"]).value as FHIR.Quantity).comparator.value", "<"),
  ("First([Observation: \"ANA\"]).value ~ \"Positive\"", "true"),
  ("(First([Observation: \"ANA\"]).value as FHIR.CodeableConcept) ~ \"Positive\"", "true"),
  ("(First([Observation: \"ANA\"]).effective as FHIR.Period) includes @2026-02-01T00:00:00.0Z", "true"),
  ("start of (First([Observation: \"ANA\"]).effective as Interval<DateTime>) same day as @2026-01-01", "true"),
  ("First([Observation: \"ANA\"]).effective is FHIR.dateTime", "false"),
  ("Patient.birthDate = @1992-05-28", "true"), ("Patient.birthDate.value", "1992-05-28"), ("AgeInYears()", "33"),
  ("Patient.gender = 'female'", "true"),
  ("First([MedicationStatement]).subject.reference = 'Patient/p'", "true"), ("[Condition] union null", "0 elements"),
])
func `programs read FHIR records with implicit conversions`(expression: String, expected: String) throws {
  #expect(try value(expression) == expected)
}
