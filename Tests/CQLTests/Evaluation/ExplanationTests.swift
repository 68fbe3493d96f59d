import ClinicalValues
import Testing

@testable import CQL

/// Reasons: which records and which empty retrieves a value rests on.
@Suite struct ExplanationTests {
  static let library = """
    library Criteria version '1.0'
    using Record version '1.0'
    valueset "hemoglobin": 'hemoglobin'
    valueset "platelets": 'platelets'
    valueset "stroke": 'stroke'
    valueset "history": 'history'
    valueset "planned": 'planned'
    parameter "Since" Date default @2026-01-01

    define function "Latest"(results List<Record.Result>):
      Last(results R where R.status = 'final' and R.taken on or after "Since" sort by taken)

    // Kleene any: true if one is, unknown if one is, else false.
    define function "Any"(truths List<Boolean>):
      truths T aggregate Total starting (false): Total or T

    define function "AtLeastTwo"(truths List<Boolean>):
      (truths T aggregate Count starting (Tuple { one: false, two: false }):
        Tuple { one: Count.one or T, two: Count.two or (Count.one and T) }).two

    define function "Both"(a Boolean, b Boolean): a and b

    define "Hemoglobin": "Latest"([Result: "hemoglobin"])
    define "Platelets": "Latest"([Result: "platelets"])
    // @criterion: INC-1
    define "Enough Hemoglobin": "Hemoglobin".value >= 90
    define "Enough Platelets": "Platelets".value >= 50
    define "Blood": "Enough Hemoglobin" and "Enough Platelets"
    define "Blood By Function": "Both"("Enough Hemoglobin", "Enough Platelets")
    define "Either": "Enough Hemoglobin" or "Enough Platelets"
    define "Neither": not "Either"
    define "Some Stroke": "Any"([Finding: "stroke"] F return all F.present)
    define "Two Strokes": "AtLeastTwo"([Finding: "stroke"] F return all F.present)
    define "History Complete": Last([Finding: "history"]).present
    define "No Stroke": if exists [Finding: "stroke"] then not "Some Stroke"
      else if "History Complete" then true else null
    define "Recent":
      Last([Result: "hemoglobin"] R where R.taken on or after Last([Result: "planned"]).taken sort by taken).value > 90
    define "Lowest": Min([Result: "hemoglobin"] R return R.value) < 90
    define "Counted": Count([Result: "hemoglobin"]) > 1
    define "First Known": Coalesce("Platelets".value, "Hemoglobin".value) > 60
    define "Implied": "Enough Hemoglobin" implies "Enough Platelets"
    """

  static let engine = Result { try Engine(compiled(library, models: [RecordModel()])) }

  private func explain(_ name: String, _ records: TestRecord...) throws -> Why {
    let engine = try Self.engine.get()
    let context = EvaluationContext(now: noon, data: TestData(records: records), models: [RecordModel()])
    let evaluation = engine.evaluation(context)
    let explanation = try evaluation.explanation(of: name)
    #expect(explanation.value.isIdentical(to: try evaluation.value(of: name)), "\(name): both evaluators agree")
    return explanation.why
  }

  private func sources(_ why: Why) -> [String] { why.supporting.map(\.origin.reference) }
  private func waitsFor(_ why: Why) -> [String] { why.undecided.map(\.datum) }

  @Test func `a comparison rests on the record that was chosen, not on those passed over`() throws {
    let why = try explain(
      "Enough Hemoglobin", .result("hemoglobin", 0, value: "70", day: "2026-01-02"),
      .result("hemoglobin", 1, value: "95", day: "2026-01-05"),
      .result("hemoglobin", 2, value: "60", day: "2026-01-06", status: "preliminary"))
    #expect(why.truth == true)
    #expect(sources(why) == ["hemoglobin-1"])
    #expect(why.supporting.first?.retrieve.conceptName == "hemoglobin")
    #expect(why.emptyRetrieves.isEmpty)
  }

  @Test func `an unknown names the retrieve that came back empty`() throws {
    let why = try explain("Enough Hemoglobin")
    #expect(why.truth == nil)
    #expect(sources(why).isEmpty)
    #expect(waitsFor(why) == ["hemoglobin"])
    #expect(why.emptyRetrieves.first?.found.count == 0)
    #expect(why.ways(toMake: true) == [["hemoglobin"]])
  }

  @Test func `an unknown names the retrieve whose records were all passed over`() throws {
    let why = try explain("Enough Hemoglobin", .result("hemoglobin", 0, value: "95", day: "2025-01-05"))
    #expect(waitsFor(why) == ["hemoglobin"])
    #expect(why.emptyRetrieves.first?.found.count == 1)
  }

  @Test func `a record without a value is there and cannot decide`() throws {
    let why = try explain("Enough Hemoglobin", .result("hemoglobin", 0))
    #expect(why.truth == nil)
    guard case .undecidable(let record) = why.undecided.first else { return #expect(Bool(false), "\(why.undecided)") }
    #expect(record.origin.reference == "hemoglobin-0")
    #expect(why.ways(toMake: true) == [["hemoglobin"]])
  }

  @Test(arguments: ["Blood", "Blood By Function"])
  func `a false conjunction rests on its false part`(_ name: String) throws {
    let why = try explain(
      name, .result("hemoglobin", 0, value: "95"), .result("platelets", 1, value: "20"))
    #expect(why.truth == false)
    #expect(sources(why) == ["platelets-1"])
    let undecided = try explain(name, .result("platelets", 1, value: "20"))
    #expect(undecided.truth == false)
    #expect(sources(undecided) == ["platelets-1"])
    #expect(undecided.undecided.isEmpty)
  }

  @Test func `a true conjunction rests on all its parts`() throws {
    let why = try explain("Blood", .result("hemoglobin", 0, value: "95"), .result("platelets", 1, value: "60"))
    #expect(sources(why) == ["hemoglobin-0", "platelets-1"])
    #expect(
      why.definitions.map(\.name) == [
        "Blood", "Enough Hemoglobin", "Hemoglobin", "Latest", "Enough Platelets", "Platelets",
      ])
  }

  @Test func `an unknown conjunction waits for its unknown parts, all of which it needs to become true`() throws {
    let why = try explain("Blood")
    #expect(waitsFor(why) == ["hemoglobin", "platelets"])
    #expect(why.ways(toMake: true) == [["hemoglobin", "platelets"]])
    #expect(why.ways(toMake: false) == [["hemoglobin"], ["platelets"]])
    let half = try explain("Blood", .result("hemoglobin", 0, value: "95"))
    #expect(waitsFor(half) == ["platelets"])
    #expect(half.ways(toMake: true) == [["platelets"]])
  }

  @Test func `an unknown disjunction needs one of its parts to become true, and not swaps the two`() throws {
    #expect(try explain("Either").ways(toMake: true) == [["hemoglobin"], ["platelets"]])
    #expect(try explain("Neither").ways(toMake: true) == [["hemoglobin", "platelets"]])
    let known = try explain("Either", .result("hemoglobin", 0, value: "95"))
    #expect(known.truth == true)
    #expect(sources(known) == ["hemoglobin-0"])
    #expect(known.ways(toMake: false).isEmpty)
    #expect(known.ways(toMake: true) == [[]])
  }

  @Test func `an aggregate over truth values keeps what each rests on`() throws {
    let why = try explain(
      "Some Stroke", .finding("stroke", 0, present: false), .finding("stroke", 1, present: true),
      .finding("stroke", 2, present: nil))
    #expect(why.truth == true)
    #expect(sources(why) == ["stroke-1"])
    let unknown = try explain("Some Stroke", .finding("stroke", 0, present: false), .finding("stroke", 1, present: nil))
    #expect(sources(unknown) == ["stroke-1"])
    #expect(waitsFor(unknown) == ["stroke"])
    let absent = try explain("Some Stroke", .finding("stroke", 0, present: false))
    #expect(sources(absent) == ["stroke-0"])
    let empty = try explain("Some Stroke")
    #expect(empty.truth == false)
    #expect(empty.emptyRetrieves.map(\.datum) == ["stroke"])
  }

  @Test func `a count of truth values in a tuple keeps its structure`() throws {
    let two = try explain(
      "Two Strokes", .finding("stroke", 0, present: true), .finding("stroke", 1, present: false),
      .finding("stroke", 2, present: true))
    #expect(two.truth == true)
    #expect(sources(two) == ["stroke-0", "stroke-2"])
    let unknown = try explain(
      "Two Strokes", .finding("stroke", 0, present: true), .finding("stroke", 1, present: false),
      .finding("stroke", 2, present: nil))
    #expect(unknown.truth == nil)
    #expect(sources(unknown) == ["stroke-2"])
  }

  @Test func `a choice of null rests on the conditions that led to it`() throws {
    let why = try explain("No Stroke")
    #expect(why.truth == nil)
    #expect(waitsFor(why).contains("history"))
    #expect(why.ways(toMake: true).contains(["history"]))
    let known = try explain("No Stroke", .finding("stroke", 0, present: false))
    #expect(known.truth == true)
    #expect(sources(known) == ["stroke-0"])
  }

  @Test func `records left out by an unknown condition wait for what the condition waits for`() throws {
    let why = try explain("Recent", .result("hemoglobin", 0, value: "95"))
    #expect(why.truth == nil)
    #expect(waitsFor(why).contains("planned"))
    #expect(why.ways(toMake: true) == [["planned"]])
  }

  @Test func `an extreme rests on its element, a count on all`() throws {
    let records: [TestRecord] = [.result("hemoglobin", 0, value: "95"), .result("hemoglobin", 1, value: "85")]
    #expect(sources(try explain("Lowest", records[0], records[1])) == ["hemoglobin-1"])
    #expect(sources(try explain("Counted", records[0], records[1])) == ["hemoglobin-0", "hemoglobin-1"])
  }

  @Test func `the first known value rests on itself and on what was missing before it`() throws {
    let why = try explain("First Known", .result("hemoglobin", 0, value: "95"))
    #expect(why.truth == true)
    #expect(sources(why) == ["hemoglobin-0"])
    #expect(why.emptyRetrieves.map(\.datum) == ["platelets"])
    #expect(try explain("First Known").ways(toMake: true) == [["hemoglobin"], ["platelets"]])
  }

  @Test func `an implication is decided by its premise or its conclusion`() throws {
    let byPremise = try explain(
      "Implied", .result("hemoglobin", 0, value: "80"), .result("platelets", 1, value: "20"))
    #expect(byPremise.truth == true)
    #expect(sources(byPremise) == ["hemoglobin-0"])
    #expect(try explain("Implied").ways(toMake: false) == [["hemoglobin", "platelets"]])
  }

  @Test func `an explanation of very many records neither overflows nor takes long`() throws {
    let engine = try Self.engine.get()
    let records = (0..<6_000).map { TestRecord.finding("stroke", $0, present: $0 % 3 == 0 ? nil : false) }
    let context = EvaluationContext(now: noon, data: TestData(records: records), models: [RecordModel()])
    for name in ["Some Stroke", "Two Strokes"] {
      let why = try engine.evaluation(context).explanation(of: name).why
      #expect(why.truth == nil)
      #expect(why.supporting.count == 2000)
      #expect(why.ways(toMake: true) == [["stroke"]])
    }
  }
}

extension Why {
  /// The retrieves that came to nothing and whose emptiness the outcome rests on.
  fileprivate var emptyRetrieves: [RetrieveOutcome] { Gathering(self).retrieves }
}
