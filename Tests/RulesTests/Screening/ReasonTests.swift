import Rules
import StudyDesign
import Testing

/// Why a record that is there does not decide: it is stale, of an uncertain day, unusable or contradicted. The reason says which.
struct ReasonTests {
  @Test(arguments: [
    ("2026-03-12", "it is older than the screening window (from 2026-03-13)"),
    ("2026-03", "its date may lie before the screening window (from 2026-03-13)"),
    ("2026-04", "its date may lie after the day of evaluation (2026-04-10)"),
    ("2026-04-11", "it is later than the day of evaluation (2026-04-10)"),
  ])
  func `a value outside the window is said to be, and no limit of normal is asked for`(
    _ date: String, _ cause: String
  ) throws {
    var candidate = try Candidate("01-sle-base.json").lacking("hemoglobin")
    candidate.add([try ReasonTests.observation("hemoglobin", date, quantity: 118, "g/L")])
    let result = try candidate.result("INC-5.1")
    #expect(result.outcome == .unknown)
    #expect(result.missing == ["hemoglobin"] && result.absent == ["hemoglobin"])
    #expect(result.reason.contains("hemoglobin: none that counts (118 g/L, \(date): \(cause))"))
    #expect(!result.reason.contains("limit of normal"))
  }

  @Test func `a limit of normal is asked for by the criterion that compares with it`() throws {
    var candidate = try Candidate("05-aiha-base.json").lacking("hemoglobin")
    let day = String(describing: candidate.asOf)
    candidate.add([try ReasonTests.observation("hemoglobin", day, quantity: 80, "g/L")])
    let reason = try candidate.result("INC-3.5.2").reason
    #expect(reason.contains("the laboratory's lower limit of normal does not stand beside it (referenceRange.low)"))
    #expect(try candidate.result("INC-5.1").outcome == .pass)
  }

  @Test func `what contradicts a denial stands beside it, in the reason and in the evidence`() throws {
    var candidate = try Candidate("01-sle-base.json").lacking("lifeExpectancyOver6Months")
    var denial = try ReasonTests.observation("lifeExpectancyOver6Months", "2026-04-01")
    denial["valueBoolean"] = false
    candidate.add([
      denial, try ReasonTests.observation("lifeExpectancyMonths", "2026-04-01", quantity: 24, "mo"),
    ])
    let result = try candidate.result("INC-6")
    #expect(result.outcome == .fail)
    #expect(
      result.reason.contains(
        "no (lifeExpectancyOver6Months false, 2026-04-01; against it: lifeExpectancyMonths 24 mo, 2026-04-01)"))
    #expect(result.evidence.map(\.concept) == ["lifeExpectancyOver6Months", "lifeExpectancyMonths"])
  }

  @Test func `an illness that ends before it begins is to be clarified, and nobody is asked to have it`() throws {
    var candidate = try Candidate("01-sle-base.json")
    candidate.add([try ReasonTests.seizure()])
    let result = try candidate.result("EXC-5")
    #expect(result.outcome == .unknown)
    #expect(result.reason.contains("cannot decide, since it ends (2020-01) before it begins (2021-03)"))
    #expect(result.absent.isEmpty && result.unclear == ["seizure"])
  }

  @Test func `a course that ends before it begins decides no length, and is no evidence where another does`() throws {
    let statement: [String: Any] = [
      "resourceType": "MedicationStatement", "status": "active",
      "medicationCodeableConcept": ["coding": [["system": "http://www.whocc.no/atc", "code": "M01AB05"]]],
      "effectivePeriod": ["start": "2024-01-01", "end": "2020-01-01"],
    ]
    var candidate = try Candidate("01-sle-base.json")
    candidate.add([statement])
    let met = try candidate.result("INC-3.1.4")
    #expect(met.outcome == .pass)
    #expect(met.evidence.allSatisfy { $0.concept != "nsaid" })
    var alone = try Candidate("01-sle-base.json").withoutMedicines()
    alone.add([statement])
    let open = try alone.result("INC-3.1.4")
    #expect(open.outcome == .unknown)
    #expect(open.reason.contains("cannot decide, since it ends (2020-01-01) before it begins (2024-01-01)"))
    #expect(open.absent.isEmpty && open.unclear == ["nsaid"])
  }

  @Test func `a defect of the record is named though something else bars`() throws {
    var candidate = try Candidate("01-sle-base.json").lacking("platelets")
    candidate.add([
      try ReasonTests.seizure(), try ReasonTests.observation("platelets", "2026-04-01", quantity: 10, "10*9/L"),
    ])
    let assessment = try candidate.assessment()
    #expect(assessment.verdict == .ineligible && assessment.next.isEmpty)
    #expect(assessment.toCorrect.map(\.concept) == ["seizure"])
    #expect(assessment.toCorrect.map(\.decides) == [["EXC-5"]])
    #expect(assessment.toCorrect.map(\.corrects.count) == [1])
  }

  /// An evaluation that binds more than five million rows is stopped: to compare each result with each would need more.
  @Test func `a ward's export of thousands of results is screened without comparing each with each`() throws {
    var candidate = try Candidate("01-sle-base.json").lacking("platelets")
    let days = try (0..<2500).map { number in
      let clock = [number / 60 % 24, number % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
      return try ReasonTests.observation(
        "platelets", "2026-04-0\(1 + number / 1440)T\(clock):00Z", quantity: number == 2499 ? 19 : 100, "10*9/L")
    }
    candidate.add(days)
    #expect(try candidate.outcomes()["INC-5.1"] == .fail)
  }

  // MARK: records

  private static func seizure() throws -> [String: Any] {
    func coded(_ system: String, _ code: String) -> [String: Any] { ["coding": [["system": system, "code": code]]] }
    let terms = "http://terminology.hl7.org/CodeSystem"
    let code = try #require(try Examples.study.get().dictionary["seizure"]?.codes.first)
    return [
      "resourceType": "Condition", "code": coded(code.system, code.code),
      "verificationStatus": coded("\(terms)/condition-ver-status", "confirmed"),
      "clinicalStatus": coded("\(terms)/condition-clinical", "active"), "onsetDateTime": "2021-03",
      "abatementDateTime": "2020-01",
    ]
  }

  private static func observation(_ concept: String, _ date: String) throws -> [String: Any] {
    let code = try #require(try Examples.study.get().dictionary[concept]?.codes.first)
    return [
      "resourceType": "Observation", "status": "final", "effectiveDateTime": date,
      "code": ["coding": [["system": code.system, "code": code.code]]],
    ]
  }

  private static func observation(
    _ concept: String, _ date: String, quantity: Int, _ unit: String
  ) throws -> [String: Any] {
    var result = try observation(concept, date)
    result["valueQuantity"] = [
      "value": quantity, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit,
    ]
    return result
  }
}

extension Candidate {
  /// Without the Observations of a concept.
  func lacking(_ concept: String) throws -> Candidate {
    without(Set(try observations { $0 == concept }.map(\.index)))
  }

  func result(_ id: String) throws -> CriterionResult {
    try #require(try assessment().criteria.first { $0.criterion.id == id })
  }
}
