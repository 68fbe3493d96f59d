import CQL
import ClinicalValues
import FHIR
import Rules
import Synchronization
import Testing

/// What the retrieves of an evaluation asked for, while a record answers them.
private final class Watched: DataSource {
  let record: RecordData
  /// Whether the days that a query asks for are passed on to the record's index.
  let usesDates: Bool
  private let filters = Mutex<[DateFilter?]>([])
  private let found = Mutex<Int>(0)

  init(_ record: RecordData, usesDates: Bool) { (self.record, self.usesDates) = (record, usesDates) }

  var asked: [DateFilter?] { filters.withLock { $0 } }
  var retrieved: Int { found.withLock { $0 } }

  func retrieve(_ request: Retrieve, terminology: any Terminology) throws(EvaluationError) -> [any DataObject] {
    filters.withLock { $0.append(request.dates) }
    var passedOn = request
    if !usesDates { passedOn.dates = nil }
    let answer = try record.retrieve(passedOn, terminology: terminology)
    found.withLock { $0 += answer.count }
    return answer
  }
}

private let header = """
  using FHIR version '4.0.1'
  codesystem "S": 's'
  code "A": 'a' from "S"
  parameter "Window" Interval<DateTime> default Interval[@2021-03-01T00:00:00.0+08:00, @2021-06-30T23:59:59.999+08:00]
  context Patient
  define Expression:

  """

/// Where `X` stands for the observations, or the conditions, of which the ids are asked for.
private let conditions: [String] = [
  "[Observation] X where X.effective during \"Window\"",
  "[Observation: \"A\"] X where X.effective during \"Window\"",
  "[Observation] X where (X.effective as FHIR.dateTime) in \"Window\"",
  "[Observation] X where (X.effective as FHIR.dateTime) during day of \"Window\"",
  "[Observation] X where X.status = 'final' and (X.effective as FHIR.dateTime) during month of \"Window\"",
  "[Observation] X where (X.effective as FHIR.dateTime) after @2021-04",
  "[Observation] X where (X.effective as FHIR.dateTime).value before @2021-04-11T00:00:00.0-10:00",
  "[Observation] X where date from (X.effective as FHIR.dateTime) between @2021-02 and @2021-03-05",
  "[Observation] X where (X.effective as FHIR.dateTime) 30 days or less before @2021-05-01",
  "[Observation] X where @2021-04-01 same or before (X.effective as FHIR.dateTime)",
  "[Observation] X where ToDate(X.effective as FHIR.dateTime) > @2021-02-28 and ToDate(X.effective as FHIR.dateTime) <= @2021-05",
  "[Observation] X where (X.effective as FHIR.dateTime) same month as @2021-05-15",
  "[Observation] X where (X.effective as FHIR.Period) overlaps \"Window\"",
  "[Observation] X where (X.effective as FHIR.Period) includes @2021-04-01T00:00:00.0Z",
  "[Observation] X where start of (X.effective as FHIR.Period) after @2021-05-01",
  "[Observation] X where end of (X.effective as FHIR.Period) before day of @2021-05-01",
  "[Observation] X where (X.effective as FHIR.Period) starts before start of \"Window\"",
  "[Observation] X where (X.effective as FHIR.dateTime) during Interval[null, @2021-03-01T00:00:00.0Z]",
  "[Observation] X where (X.effective as FHIR.dateTime) during Interval(null, @2021-03-01T00:00:00.0Z]",
  "[Observation] X where (X.effective as FHIR.dateTime) during Interval[@2021-06, null)",
  "[Observation] X where (X.effective as FHIR.dateTime) during (null as Interval<DateTime>)",
  "[Observation] X where not ((X.effective as FHIR.dateTime) during \"Window\")",
  "[Observation] X where (X.effective as FHIR.dateTime) during \"Window\" or X.status = 'final'",
  "from [Observation] X, [Observation] Y where (X.effective as FHIR.dateTime) after @2021-06 and (Y.effective as FHIR.dateTime) before @2021-02 return X",
  "[Observation] X where exists ([Observation] Y where (Y.effective as FHIR.dateTime) 3 days or less after (X.effective as FHIR.dateTime))",
  "[Condition] X where X.onset during \"Window\"",
  "[Condition] X where (X.onset as FHIR.dateTime) after @2021-04",
  "[Condition] X where (X.onset as FHIR.dateTime) on or before @2021-04",
  "[Condition] X where (X.abatement as FHIR.dateTime) during \"Window\"",
]

/// A date of 2020 to 2022, or none of the finer parts of it.
private func date(_ numbers: inout Seeded) -> String {
  let month = Int.random(in: 1...12, using: &numbers)
  let full = "\(Int.random(in: 2020...2022, using: &numbers))"
  let text = month < 10 ? "0\(month)" : "\(month)"
  let day = Int.random(in: 10...28, using: &numbers)
  switch Int.random(in: 0..<8, using: &numbers) {
  case 0: return full
  case 1: return "\(full)-\(text)"
  case 2: return "2021-0\(Int.random(in: 2...7, using: &numbers))-01T00:30:00+14:00"
  case 3: return "2021-0\(Int.random(in: 2...7, using: &numbers))-28T23:30:00-12:00"
  default: return "\(full)-\(text)-\(day)"
  }
}

private func resource(_ id: Int, _ numbers: inout Seeded) -> String {
  let code = #""code":{"coding":[{"system":"s","code":"\#(id.isMultiple(of: 3) ? "b" : "a")"}]}"#
  let start = date(&numbers)
  let end = date(&numbers)
  if id.isMultiple(of: 4) {
    let when =
      [
        #","onsetDateTime":"\#(start)""#, #","onsetDateTime":"\#(start)","abatementDateTime":"\#(end)""#,
        #","abatementDateTime":"\#(end)""#, #","onsetString":"\#(start)""#, "",
      ].randomElement(using: &numbers) ?? ""
    return #"{"resourceType":"Condition","id":"\#(id)",\#(code)\#(when)}"#
  }
  let when =
    [
      #","effectiveDateTime":"\#(start)""#, #","effectiveDateTime":"\#(end)""#,
      #","effectivePeriod":{"start":"\#(start)"}"#, #","effectivePeriod":{"end":"\#(end)"}"#,
      #","effectivePeriod":{"start":"\#(start)","end":"\#(end)"}"#, #","effectivePeriod":{}"#, "",
      #","effectiveTiming":{"event":["\#(start)"]}"#,
    ].randomElement(using: &numbers) ?? ""
  let status = id.isMultiple(of: 2) ? "final" : "preliminary"
  return #"{"resourceType":"Observation","id":"\#(id)","status":"\#(status)",\#(code)\#(when)}"#
}

private func engine(_ expression: String) throws -> Engine {
  let source = LibrarySource(file: "l.cql", text: header + "  (" + expression + ") R return all R.id.value")
  let (program, diagnostics) = Compiler(models: [FHIRModel()]).compile(source)
  return Engine(try #require(program, "\(diagnostics)"))
}

private func evaluate(_ engine: Engine, _ data: any DataSource) throws -> Result<String, EvaluationError> {
  let now = try #require(DateTime("2021-08-01T00:00:00.0+08:00"))
  let context = EvaluationContext(now: now, data: data, models: [FHIRModel()])
  return Result { () throws(EvaluationError) in
    "\(try engine.evaluation(context).value(of: "Expression").strings)"
  }
}

extension Value {
  fileprivate var strings: [String] {
    guard case .list(let values) = self else { return ["no list"] }
    return values.map { if case .string(let text) = $0 { text } else { "?" } }
  }
}

@Test(arguments: conditions)
func `a query answered by the index of dates gives what a search through all gives`(expression: String) throws {
  let engine = try engine(expression)
  var numbers = Seeded(11)
  for _ in 0..<4 {
    let resources = (1...80).map { resource($0, &numbers) }
    let text = #"{"resourceType":"Patient","id":"p"}"# + "\n" + resources.joined(separator: "\n")
    let record = RecordData(try Record.read(Array(text.utf8), file: "r.ndjson"))
    let indexed = try evaluate(engine, Watched(record, usesDates: true))
    let searched = try evaluate(engine, Watched(record, usesDates: false))
    #expect(indexed == searched)
  }
}

/// The days that a retrieve is asked for, and how many of three observations (2020, 2021-04-15, undated) it answers with.
@Test(
  arguments: [
    ("X.effective during \"Window\"", "2021-02-27...2021-07-02", 2),
    ("X.status = 'final' and X.effective during \"Window\" and X.id = '1'", "2021-02-27...2021-07-02", 2),
    ("(X.effective as FHIR.dateTime) after @2021-04-01", "2021-03-30...", 2),
    ("(X.effective as FHIR.dateTime) before month of @2021-01-31", "...2021-02-28", 2),
    (
      "(X.effective as FHIR.dateTime) after @2021-04-01 and (X.effective as FHIR.dateTime) before @2021-04-03",
      "2021-03-30...2021-04-05", 1
    ),
    // Not a condition on the row's own date, or not at the head of the `where`.
    ("not (X.effective during \"Window\")", "none", 3), ("X.issued during \"Window\"", "2021-02-27...2021-07-02", 3),
    ("X.effective during \"Window\" or X.status = 'final'", "none", 3),
    (
      "ToInteger(X.status) = Length(Message('a', true, 'c', 'Trace', 'm')) and X.effective during \"Window\"", "none", 3
    ),
  ] as [(String, String, Int)])
func `the where of a query says which days its retrieve is asked for`(
  condition: String, days: String, found: Int
) throws {
  let text = #"""
    {"resourceType":"Patient","id":"p"}
    {"resourceType":"Observation","id":"1","status":"final","effectiveDateTime":"2020-01-01"}
    {"resourceType":"Observation","id":"2","status":"final","effectiveDateTime":"2021-04-15"}
    {"resourceType":"Observation","id":"3","status":"final"}
    """#
  let data = Watched(RecordData(try Record.read(Array(text.utf8), file: "r.ndjson")), usesDates: true)
  _ = try evaluate(try engine("[Observation] X where \(condition)"), data)
  let asked = data.asked.map { filter in
    filter.map { "\($0.first.map { "\($0)" } ?? "")...\($0.last.map { "\($0)" } ?? "")" } ?? "none"
  }
  #expect(asked == [days])
  #expect(data.retrieved == found)
}
