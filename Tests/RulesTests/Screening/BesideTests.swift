import CQL
import ClinicalValues
import StudyDesign
import Testing

@testable import Rules

/// What a reason tells beside the records: what was computed of them, until when what still runs would have to end, and the parts that did
/// not stop a criterion from passing.
struct BesideTests {
  static let formula = "creatinine clearance by Cockcroft-Gault at least 30 mL/min"

  /// Creatinine in umol/L, and what INC-5.4 says.
  static let clearances: [(creatinine: Double, outcome: Outcome, begins: String)] = [
    (150.5, .pass, "Met: \(formula) (computed 45.7 mL/min; birthDate 1992-05-28; sex female; creatinine 150.5 umol/L"),
    // 29.97 mL/min is cut, not rounded: it never reads 30.
    (229.5, .fail, "Not met: creatinine at most 1.5 x ULN: no (creatinine 229.5 umol/L"),
  ]

  @Test(arguments: clearances)
  func `a clearance that decides is told with its number and all that it was computed of`(
    _ example: (creatinine: Double, outcome: Outcome, begins: String)
  ) throws {
    var candidate = try Candidate("02-ssc-base.json")
    try candidate.set("creatinine", example.creatinine, "umol/L")
    let result = try candidate.result("INC-5.4")
    #expect(result.outcome == example.outcome)
    #expect(result.reason.hasPrefix(example.begins), "\(result.reason)")
    #expect(result.reason.contains("; bodyWeight 61.6 kg, 2026-03-13)"), "\(result.reason)")
    guard example.outcome == .pass else {
      #expect(result.reason.contains("\(Self.formula): no (computed 29.9 mL/min; "), "\(result.reason)")
      return
    }
    let beside =
      " Beside it: creatinine at most 1.5 x ULN: no (creatinine 150.5 umol/L (LLN 41 umol/L, ULN 81 umol/L), 2026-03-13)."
    #expect(result.reason.hasSuffix(beside + " One of the two is enough."), "\(result.reason)")
  }

  @Test func `a clearance that is too low in lupus is told with its number`() throws {
    var candidate = try Candidate("01-sle-base.json")
    #expect(try !candidate.result("EXC-7").reason.contains("computed"))
    try candidate.set("creatinine", 300.5, "umol/L")
    let result = try candidate.result("EXC-7")
    #expect(result.outcome == .fail)
    #expect(result.reason.contains(" within 8 weeks (computed 25.8 mL/min; "), "\(result.reason)")
  }

  @Test func `where both of two pass nothing is told beside them`() throws {
    let result = try Candidate("01-sle-base.json").result("INC-5.4")
    #expect(result.outcome == .pass && !result.reason.contains("Beside it"))
  }

  /// What becomes of the IgG on record, and what EXC-3 tells of it.
  static let immunoglobulins: [(igg: Double?, told: String)] = [
    (1.5, "IgG below the laboratory's lower limit (igg 1.5 g/L (LLN 7.5 g/L, ULN 15.6 g/L), 2026-04-01)."),
    (nil, "IgG below the laboratory's lower limit: not known (igg: none on record)."),
  ]

  @Test(arguments: immunoglobulins)
  func `a low or missing immunoglobulin is told though the others keep it from excluding`(
    _ example: (igg: Double?, told: String)
  ) throws {
    var candidate = try Candidate("01-sle-base.json")
    if let igg = example.igg {
      try candidate.set("igg", igg, "g/L")
    } else {
      candidate = try candidate.lacking("igg")
    }
    let result = try candidate.result("EXC-3")
    #expect(result.outcome == .pass)
    #expect(result.reason.contains("Does not apply: IgA below the laboratory's lower limit: no (iga "))
    let rule = " All three must be low to exclude, as the protocol is written, and one that is not low decides."
    #expect(result.reason.hasSuffix(" Beside it: \(example.told)\(rule)"), "\(result.reason)")
    #expect(result.evidence.map(\.concept).contains("igg") == (example.igg != nil))
    #expect(result.missing.isEmpty)
  }

  /// A medicine, and until when it would have to end for the leukapheresis that is planned for 2026-05-08; nil where it needs not be told.
  static let running: [(medicine: Medicine, told: String?)] = [
    (Medicine("methotrexate", "active", "2025-01-01"), "and would have to end on or before 2026-04-17"),
    (Medicine("methotrexate", "active", "2025-01-01", "2026-04-18"), "and would have to end on or before 2026-04-17"),
    (Medicine("tocilizumab", "active", "2025-01-01"), "though it had to end on or before 2026-04-08"),
    (Medicine("cladribine", "active", "2025-01-01"), "though it had to end on or before 2025-11-08"),
    (Medicine("prednisone", "active", "2026-01-01", milligrams: 15), "and would have to end on or before 2026-05-01"),
    (Medicine("cladribine", "completed", "2025-01-01", "2026-01-01"), nil),
  ]

  @Test(arguments: running)
  func `of a medicine that still runs the last day is told on which it would end early enough`(
    _ example: (medicine: Medicine, told: String?)
  ) throws {
    var candidate = try Candidate("01-sle-base.json")
    candidate.add([example.medicine.statement])
    let result = try candidate.result("EXC-4")
    #expect(result.outcome == .fail)
    guard let told = example.told else {
      #expect(!result.reason.contains("still running"), "\(result.reason)")
      return
    }
    #expect(result.reason.contains("plannedLeukapheresisDate 2026-05-08, 2026-04-01"))
    #expect(result.reason.contains("; still running, \(told))"), "\(result.reason)")
  }

  /// What a part is, what its additions are computed by, and what they tell.
  static let additions: [(part: String, computed: String, endsBy: String, told: PartAddition?)] = [
    (
      "true", "'45.9 mL/min'", "@2026-04-17",
      PartAddition(computed: ["45.9 mL/min"], endsBy: CalendarDate("2026-04-17"))
    ),
    ("false", "'45.9 mL/min'", "@2026-04-17", PartAddition(computed: ["45.9 mL/min"])),
    ("null as Boolean", "'45.9 mL/min'", "@2026-04-17", nil),
    ("true", "singleton from { 'a', 'b' }", "singleton from { @2026-04-17, @2026-04-18 }", PartAddition()),
  ]

  @Test(arguments: additions)
  func `an addition that is not told, or cannot be computed, takes nothing away`(
    _ example: (part: String, computed: String, endsBy: String, told: PartAddition?)
  ) throws {
    let text = """
      library Parts version '1.0'
      using FHIR version '4.0.1'
      context Patient

      // @part: one
      // @computes: words
      // @endsBy: day
      define "one": \(example.part)

      define "words": \(example.computed)

      define "day": \(example.endsBy)

      define "criterion": "one" and "one"
      """
    let (compiled, diagnostics) = Compiler(models: [FHIRModel()]).compile(LibrarySource(file: "Parts.cql", text: text))
    let program = try #require(compiled, "\(diagnostics)")
    let now = try #require(DateTime("2026-04-10T00:00:00Z"))
    let evaluation = Engine(program).evaluation(EvaluationContext(now: now, models: [FHIRModel()]))
    let why = try evaluation.explanation(of: "criterion").why
    let additions = evaluation.additions(to: Judgement.parts(of: why))
    #expect(additions[DefinitionName(library: "Parts", name: "one")] == example.told)
  }
}

extension Candidate {
  /// Gives the Observations of a concept another value.
  fileprivate mutating func set(_ concept: String, _ value: Double, _ unit: String) throws {
    for (index, _) in try observations(where: { $0 == concept }) {
      guard var resource = entries[index]["resource"] as? [String: Any] else { continue }
      resource["valueQuantity"] = [
        "value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit,
      ]
      entries[index]["resource"] = resource
    }
  }
}
