import Rules
import StudyDesign
import Testing

/// Which of several records leaves a criterion open, and that nothing else is asked to be corrected or obtained.
struct CulpritTests {
  @Test(arguments: [
    (Medicine("hydrocortisone", "active", "2026-03-01"), ["EXC-4", "EXC-7"], "it states no single daily dose in mg/d"),
    (
      Medicine("prednisolone", "completed", "2026-03-01", "2026-03-25", milligrams: 600), ["EXC-7"],
      "cannot decide, since it has no coded reason (reasonCode)"
    ),
    // The day of leukapheresis is planned, and waits for nothing.
    (
      Medicine("fingolimod", "completed", "2026-01-01"), ["EXC-4"],
      "2026-01-01 on cannot decide, since it is completed and its end is not recorded (effectivePeriod.end))"
    ),
  ])
  func `a medicine that cannot decide is the only one asked for, beside others that are in order`(
    _ medicine: Medicine, _ criteria: [String], _ cause: String
  ) throws {
    var candidate = try Candidate("01-sle-base.json")
    candidate.add([medicine.statement])
    let assessment = try candidate.assessment()
    let unknown = assessment.criteria.filter { $0.outcome == .unknown }
    #expect(unknown.map(\.criterion.id) == criteria)
    for result in unknown {
      #expect(result.missing == [medicine.concept])
      #expect(result.reason.contains("(\(medicine.concept) \(medicine.status)"))
      #expect(result.reason.contains(cause))
      // Nobody asks for the reason of a medicine without a dose.
      #expect(result.reason.contains("reasonCode") == cause.contains("reasonCode"))
      #expect(!result.reason.contains("prednisone active") && !result.reason.contains("none that counts"))
    }
    #expect(assessment.next.map(\.concept) == [medicine.concept])
    #expect(assessment.next.allSatisfy { $0.oneOf.isEmpty })
    #expect(assessment.next.map(\.decides) == [criteria])
    #expect(assessment.next.map(\.corrects) == [["urn:uuid:00000000-0000-4000-8000-000000000000"]])
  }

  @Test func `the medicine without a dose is the only one asked for beside a long taper`() throws {
    var candidate = try Candidate("01-sle-base.json")
    candidate.add([Medicine("hydrocortisone", "active", "2026-03-01").statement] + CulpritTests.taper)
    let assessment = try candidate.assessment()
    let unknown = assessment.criteria.filter { $0.outcome == .unknown }
    #expect(unknown.map(\.criterion.id) == ["EXC-4", "EXC-7"])
    for result in unknown {
      #expect(result.missing == ["hydrocortisone"])
      #expect(result.reason.contains("it states no single daily dose in mg/d"))
      #expect(!result.reason.contains("prednisone completed"))
    }
    #expect(assessment.next.map(\.corrects) == [["urn:uuid:00000000-0000-4000-8000-000000000000"]])
  }

  @Test func `no missing reason is blamed where it is not known of which of many it is`() throws {
    var candidate = try Candidate("01-sle-base.json")
    let bar = Medicine("prednisolone", "completed", "2026-03-01", "2026-03-25", milligrams: 600)
    candidate.add([bar.statement] + CulpritTests.taper)
    let result = try candidate.result("EXC-7")
    #expect(result.outcome == .unknown)
    #expect(result.reason.contains("cannot decide") && !result.reason.contains("reasonCode"))
  }

  /// More statements than are tried one by one, each with its dose and none with a reason.
  private static var taper: [[String: Any]] {
    (10...20).map { day in
      Medicine(
        "prednisone", "completed", "2026-02-\(day)", "2026-02-\(day)", milligrams: 5, outcome: "inadequate-response"
      ).statement
    }
  }

  @Test func `an illness under two concepts is one record to correct`() throws {
    var candidate = try Candidate("01-sle-base.json")
    let terms = "http://terminology.hl7.org/CodeSystem"
    candidate.add([
      [
        "resourceType": "Condition", "code": coded("http://hl7.org/fhir/sid/icd-10", "D06"),
        "verificationStatus": coded("\(terms)/condition-ver-status", "confirmed"),
        "clinicalStatus": coded("\(terms)/condition-clinical", "remission"), "onsetDateTime": "2020-01-01",
      ]
    ])
    let assessment = try candidate.assessment()
    #expect(assessment.next.map(\.decides) == [["EXC-1"]])
    #expect(assessment.next.map(\.corrects) == [["urn:uuid:00000000-0000-4000-8000-000000000000"]])
  }

  @Test func `of a set the medicine on file is named that is to be corrected`() throws {
    var candidate = try Candidate("01-sle-base.json").withoutMedicines()
    candidate.add([
      Medicine("prednisone", "active", "2022-01-01", milligrams: 5, outcome: "inadequate-response").statement,
      Medicine("tacrolimus", "completed", "2023-01-01", "2024-01-01", outcome: "inadequate-response").statement,
      Medicine("cyclosporine", "completed", "2024-03-01", "2025-01-01").statement,
    ])
    let assessment = try candidate.assessment()
    #expect(try candidate.result("INC-4").missing == ["cyclosporine"])
    #expect(assessment.next.map(\.concept) == ["cyclosporine"])
    #expect(assessment.next.allSatisfy { $0.oneOf.isEmpty })
    #expect(assessment.next.map(\.corrects) == [["urn:uuid:00000000-0000-4000-8000-000000000002"]])
  }

  @Test(arguments: [
    ([String: String](), "neither its start nor an end is recorded (effectivePeriod)"),
    (["end": "2026-05-01"], "its start is not recorded (effectivePeriod.start)"),
  ])
  func `a medicine without a date says which is missing`(_ period: [String: String], _ cause: String) throws {
    var candidate = try Candidate("01-sle-base.json")
    var statement = Medicine("methotrexate", "active", "2025-01-01").statement
    statement["effectivePeriod"] = nil
    if !period.isEmpty { statement["effectivePeriod"] = period }
    candidate.add([statement])
    let result = try candidate.result("EXC-4")
    #expect(result.outcome == .unknown && result.missing == ["methotrexate"])
    #expect(result.reason.contains("(methotrexate active"), "\(result.reason)")
    #expect(result.reason.contains("cannot decide, since \(cause))"), "\(result.reason)")
  }

  @Test func `a medicine known by words alone may be any that a criterion asks for, and none is to be obtained`() throws
  {
    var candidate = try Candidate("01-sle-base.json")
    candidate.add([
      [
        "resourceType": "MedicationStatement", "status": "active",
        "medicationCodeableConcept": ["text": "some pills"], "effectivePeriod": ["start": "2026-01-01"],
      ]
    ])
    let dictionary = try Examples.study.get().dictionary
    let assessment = try candidate.assessment()
    let unknown = assessment.criteria.filter { $0.outcome == .unknown }
    #expect(unknown.map(\.criterion.id) == ["EXC-4", "EXC-7", "EXC-18"])
    for result in unknown {
      let used = dictionary.concepts.filter {
        $0.resource == "MedicationStatement" && $0.usedBy.contains(result.criterion.id)
      }
      #expect(result.missing == used.map(\.id))
      #expect(result.absent.isEmpty && result.unclear == ["MedicationStatement"])
      #expect(
        result.reason.contains(
          "(a medicine that cannot be told, some pills, active, 2026-01-01 on cannot decide, since no code says which "
            + "medicine it is (give it its ATC code))"), "\(result.reason)")
    }
    #expect(assessment.next.map(\.concept) == ["MedicationStatement"])
    #expect(assessment.next.allSatisfy { $0.oneOf.isEmpty })
    #expect(assessment.next.map(\.corrects) == [["urn:uuid:00000000-0000-4000-8000-000000000000"]])
  }
}

/// A statement of a medicine, given at an effective dose.
struct Medicine: Sendable {
  let concept: String
  let status: String
  private let start: String
  private let end: String?
  private let milligrams: Int?
  private let outcome: String?

  init(
    _ concept: String, _ status: String, _ start: String, _ end: String? = nil, milligrams: Int? = nil,
    outcome: String? = nil
  ) {
    self.concept = concept
    self.status = status
    self.start = start
    self.end = end
    self.milligrams = milligrams
    self.outcome = outcome
  }

  var statement: [String: Any] {
    var period = ["start": start]
    period["end"] = end
    var statement: [String: Any] = [
      "resourceType": "MedicationStatement", "status": status,
      "medicationCodeableConcept": coded("urn:tandem:concept", concept), "effectivePeriod": period,
      "extension": [["url": "urn:tandem:effective-dose", "valueBoolean": true] as [String: Any]],
    ]
    if let milligrams {
      let dose: [String: Any] = [
        "value": milligrams, "unit": "mg/d", "system": "http://unitsofmeasure.org", "code": "mg/d",
      ]
      statement["dosage"] = [["doseAndRate": [["doseQuantity": dose]]]]
    }
    if let outcome { statement["statusReason"] = [coded("urn:tandem:concept", outcome)] }
    return statement
  }
}

private func coded(_ system: String, _ code: String) -> [String: Any] {
  ["coding": [["system": system, "code": code]]]
}

extension Candidate {
  func withoutMedicines() -> Candidate {
    without(
      Set(
        entries.indices.filter { index in
          let resource = entries[index]["resource"] as? [String: Any]
          return resource?["resourceType"] as? String == "MedicationStatement"
        }))
  }
}
