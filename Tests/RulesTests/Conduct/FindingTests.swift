import ClinicalValues
import Rules
import StudyDesign
import Testing

/// A participant's data, and what a finding says of them at 10 in the morning of 10 May 2026.
struct FindingCase: CustomTestStringConvertible, Sendable {
  let name: String
  let finding: String
  let cohort: String
  let anchors: Anchors
  let build: @Sendable (inout ParticipantRecord) throws -> Void
  let expected: Bool?
  let missing: [String]
  var testDescription: String { "\(finding): \(name)" }

  init(
    _ finding: String, _ name: String, _ expected: Bool?, missing: [String] = [], cohort: String = "sle",
    firstDose: String? = nil, leukapheresis: String? = nil,
    _ build: @escaping @Sendable (inout ParticipantRecord) throws -> Void = { _ in }
  ) {
    self.finding = finding
    self.name = name
    self.expected = expected
    self.missing = missing
    self.cohort = cohort
    anchors = Anchors(leukapheresis: leukapheresis.flatMap(day), firstDose: firstDose.flatMap(day))
    self.build = build
  }

  func result() throws -> FindingResult {
    var record = ParticipantRecord()
    try build(&record)
    let screening = try Examples.screening.get()
    let cohort = try #require(screening.study.cohorts.first { $0.id == self.cohort })
    let results = try screening.findings(of: try record.record(), at: tenthOfMay, cohort: cohort, anchors: anchors)
    return try #require(results.first { $0.plan.id == finding })
  }
}

struct FindingTests {
  @Test(arguments: FindingCase.beforeLymphodepletion + FindingCase.beforeInfusion)
  func `a finding is what the data say, and unknown where they do not`(_ example: FindingCase) throws {
    let result = try example.result()
    #expect(result.value == example.expected)
    #expect(result.missing == example.missing)
  }

  @Test func `every finding has one that meets it, one that does not and one whose data are missing`() throws {
    let cases = FindingCase.beforeLymphodepletion + FindingCase.beforeInfusion
    for plan in try Examples.study.get().conduct.findings {
      let own = cases.filter { $0.finding == plan.id }
      #expect(own.contains { $0.expected == true }, "\(plan.id)")
      #expect(own.contains { $0.expected != true && $0.missing.isEmpty || $0.name.contains("outside") }, "\(plan.id)")
      #expect(own.contains { $0.expected == nil && $0.name == "missing" }, "\(plan.id)")
    }
  }

  @Test func `the weight is told with its number, its unit and its source`() throws {
    let result = try FindingCase(
      "weightSinceFirstDose", "told", true, firstDose: "2026-05-05",
      { try $0.observe("bodyWeight", .quantity("61.5", "kg"), "2026-05-09T08:00:00+08:00") }
    ).result()
    #expect(result.number == Decimal(exactly: "61.5"))
    #expect(result.unit == "kg")
    #expect(result.evidence.map(\.concept) == ["bodyWeight"])
    #expect(result.evidence.first?.source == "urn:uuid:00000000-0000-0000-0000-000000000001")
  }

  @Test func `creatinine clearance is computed by Cockcroft-Gault where none is recorded`() throws {
    let result = try FindingCase(
      "renalFunction", "computed", true,
      {
        try $0.observe("creatinine", .quantity("88.4", "umol/L"), "2026-05-08")
        try $0.observe("bodyWeight", .quantity("72", "kg"), "2026-05-08")
      }
    ).result()
    // (140 - 36) x 72 x 0.85 / (72 x 1)
    #expect(result.number == Decimal(exactly: "88.4"))
    #expect(result.unit == "mL/min")
  }

  @Test func `how long it stays true follows from the oldest of its values`() throws {
    let result = try FindingCase("iceAndVitalsWithin8h", "", true) { try FindingCase.iceAndVitals(&$0, "05:30") }
      .result()
    #expect(result.until == Instant("2026-05-10T13:30:00+08:00"))
    let fever = try FindingCase("noFever48h", "", true) {
      try $0.observe("bodyTemperature", .quantity("36.8", "Cel"), "2026-05-10T08:00:00+08:00")
      try $0.observe("bodyTemperature", .quantity("36.9", "Cel"), "2026-05-09T08:00:00+08:00")
    }.result()
    #expect(fever.until == Instant("2026-05-11T08:00:00+08:00"))
  }
}
