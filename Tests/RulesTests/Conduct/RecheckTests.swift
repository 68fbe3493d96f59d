import ClinicalValues
import FHIR
import Foundation
import Rules
import StudyDesign
import Testing

/// A change to a complete candidate, and what criteria of a re-check then say.
struct RecheckCase: CustomTestStringConvertible, Sendable {
  let name: String
  let kind: RecheckKind
  /// How many days after the candidate's own evaluation the check is.
  let daysLater: Int
  /// Days from the check to the leukapheresis and to the first dose.
  let leukapheresis: Int?
  let firstDose: Int?
  let change: @Sendable (inout Candidate, Int) throws -> Void
  /// The outcomes that are not `pass`.
  let expected: [String: Outcome]
  var testDescription: String { "\(kind): \(name)" }

  init(
    _ kind: RecheckKind, _ name: String, daysLater: Int = 0, _ expected: [String: Outcome],
    leukapheresis: Int? = nil, firstDose: Int? = nil,
    _ change: @escaping @Sendable (inout Candidate, Int) throws -> Void = { _, _ in }
  ) {
    self.kind = kind
    self.name = name
    self.daysLater = daysLater
    self.leukapheresis = leukapheresis
    self.firstDose = firstDose
    self.change = change
    self.expected = expected
  }

  func anchors(_ check: Int) -> Anchors {
    Anchors(
      leukapheresis: leukapheresis.flatMap { CalendarDate(daysSinceEpoch: check + $0) },
      firstDose: firstDose.flatMap { CalendarDate(daysSinceEpoch: check + $0) })
  }
}

struct RecheckTests {
  @Test(arguments: RecheckCase.all)
  func `a re-check asks its criteria with its own limits of age and its own anchors`(_ example: RecheckCase) throws {
    var candidate = try Candidate("01-sle-base.json")
    let check = candidate.asOf.daysSinceEpoch + example.daysLater
    try candidate.makeFresh(on: check)
    try example.change(&candidate, check)
    let results = try Examples.screening.get().recheck(
      example.kind, of: try candidate.record(), at: Candidate.moment(check), cohort: candidate.cohort,
      anchors: example.anchors(check))
    let plan = try #require(try Examples.study.get().conduct.recheck[example.kind])
    #expect(results.map(\.criterion.id) == plan.criteria)
    let open = Dictionary(uniqueKeysWithValues: results.map { ($0.criterion.id, $0.outcome) }).filter {
      $0.value != .pass
    }
    #expect(open == example.expected)
  }

  @Test func `after too long a wait the criteria of organ function and infection are asked anew`() throws {
    var candidate = try Candidate("01-sle-base.json")
    let check = candidate.asOf.daysSinceEpoch
    try candidate.makeFresh(on: check)
    let results = try Examples.screening.get().recheckAfterLongWait(
      of: try candidate.record(), at: Candidate.moment(check), cohort: candidate.cohort)
    #expect(results.map(\.criterion.id) == (try Examples.study.get().conduct.way.longWaitCriteria))
    #expect(results.allSatisfy { $0.outcome == .pass })
  }

  @Test func `a value that is too old is named as missing, one of its own limit is not`() throws {
    var candidate = try Candidate("01-sle-base.json")
    let check = candidate.asOf.daysSinceEpoch
    try candidate.makeFresh(on: check)
    try candidate.redate("lvef", daysBack: 60, from: check)
    try candidate.redate("nyhaClass", daysBack: 8, from: check)
    let result = try #require(
      try Examples.screening.get().recheck(
        .lymphodepletion, of: try candidate.record(), at: Candidate.moment(check), cohort: candidate.cohort
      ).first { $0.criterion.id == "INC-5.5" })
    #expect(result.outcome == .unknown)
    #expect(result.missing == ["nyhaClass"])
  }
}

extension RecheckCase {
  static let all: [RecheckCase] = [
    RecheckCase(.leukapheresis, "all asked afresh", [:]),
    RecheckCase(.leukapheresis, "values 28 days old", [:]) { try $0.redate(nil, daysBack: 28, from: $1) },
    RecheckCase(.leukapheresis, "blood counts 29 days old", ["INC-5.1": .unknown]) {
      for concept in ["neutrophils", "platelets", "hemoglobin"] { try $0.redate(concept, daysBack: 29, from: $1) }
    },
    RecheckCase(.leukapheresis, "prednisone above 10 mg on the day", ["EXC-4": .fail], leukapheresis: 0) {
      $0.take("H02AB07", milligrams: 20, from: $1 - 3)
    },
    RecheckCase(.lymphodepletion, "all asked afresh", [:]),
    RecheckCase(.lymphodepletion, "values 7 days old", [:]) { try $0.redate(nil, daysBack: 7, from: $1) },
    RecheckCase(.lymphodepletion, "platelets 8 days old", ["INC-5.1": .unknown]) {
      try $0.redate("platelets", daysBack: 8, from: $1)
    },
    RecheckCase(.lymphodepletion, "echocardiogram 90 days old", [:]) {
      for concept in ["lvef", "pericardialEffusion"] { try $0.redate(concept, daysBack: 90, from: $1) }
    },
    RecheckCase(.lymphodepletion, "echocardiogram 91 days old", ["INC-5.5": .unknown]) {
      try $0.redate("lvef", daysBack: 91, from: $1)
    },
    RecheckCase(
      .lymphodepletion, "bridging begun after leukapheresis is not counted by EXC-4", daysLater: 60, [:],
      leukapheresis: -20
    ) { $0.take("H02AB07", milligrams: 40, from: $1 - 10) },
    RecheckCase(.lymphodepletion, "the same without an anchor", ["EXC-4": .fail]) {
      $0.take("H02AB07", milligrams: 40, from: $1 - 10)
    },
    RecheckCase(
      .lymphodepletion, "a live vaccine 42 days before the first dose", ["EXC-17": .fail],
      firstDose: 1
    ) { $0.vaccinate(on: $1 - 41) },
    RecheckCase(
      .lymphodepletion, "a live vaccine 43 days before the first dose", [:],
      firstDose: 1
    ) { $0.vaccinate(on: $1 - 42) },
    RecheckCase(.infusion, "all asked afresh", [:]),
    RecheckCase(.infusion, "48 hours old", [:]) {
      try $0.redate("creatinine", daysBack: 2, from: $1, clock: "T10:00:00+00:00")
    },
    RecheckCase(.infusion, "a minute older than 48 hours", ["INC-5.4": .unknown]) {
      try $0.redate("creatinine", daysBack: 2, from: $1, clock: "T09:59:00+00:00")
    },
    RecheckCase(.infusion, "of a day that began more than 48 hours ago", ["EXC-10": .unknown]) {
      try $0.redate("uncontrolledInfection", daysBack: 2, from: $1)
    },
    RecheckCase(.infusion, "low counts after lymphodepletion", [:]) { candidate, _ in try candidate.set("platelets", 12)
    },
    RecheckCase(.infusion, "new oxygen need", ["INC-5.6": .fail]) { candidate, _ in
      try candidate.set("oxygenSaturation", 89)
    },
  ]
}

extension Candidate {
  /// 10 o'clock of a day in UTC.
  static func moment(_ day: Int) -> Moment { Moment(Instant(milliseconds: day * 86_400_000 + 36_000_000)) }

  private static func text(_ day: Int) -> String { CalendarDate(daysSinceEpoch: day)?.description ?? "" }

  /// Everything observed in the 28 days of screening, as if it had been asked on the day of the check.
  mutating func makeFresh(on check: Int) throws {
    let earliest = Self.text(asOf.daysSinceEpoch - 28)
    for index in entries.indices {
      guard var resource = entries[index]["resource"] as? [String: Any],
        let written = resource["effectiveDateTime"] as? String, written >= earliest
      else { continue }
      resource["effectiveDateTime"] = Self.text(check)
      entries[index]["resource"] = resource
    }
  }

  /// Gives the values of a concept (nil: all that are of the day of the check) another date.
  mutating func redate(_ concept: String?, daysBack: Int, from check: Int, clock: String = "") throws {
    for (index, found) in try observations(where: { concept == nil || $0 == concept }) {
      guard var resource = entries[index]["resource"] as? [String: Any],
        resource["effectiveDateTime"] as? String == Self.text(check), !found.hasPrefix("planned")
      else { continue }
      resource["effectiveDateTime"] = Self.text(check - daysBack) + clock
      entries[index]["resource"] = resource
    }
  }

  /// Gives the values of a concept another number.
  mutating func set(_ concept: String, _ number: Int) throws {
    for (index, _) in try observations(where: { $0 == concept }) {
      guard var resource = entries[index]["resource"] as? [String: Any],
        var quantity = resource["valueQuantity"] as? [String: Any]
      else { continue }
      quantity["value"] = number
      resource["valueQuantity"] = quantity
      entries[index]["resource"] = resource
    }
  }

  /// A systemic glucocorticoid that is still taken.
  mutating func take(_ code: String, milligrams: Int, from start: Int) {
    add([
      [
        "resourceType": "MedicationStatement", "status": "active",
        "medicationCodeableConcept": ["coding": [["system": "http://www.whocc.no/atc", "code": code]]],
        "effectivePeriod": ["start": Self.text(start)],
        "dosage": [
          [
            "doseAndRate": [
              ["doseQuantity": ["value": milligrams, "system": "http://unitsofmeasure.org", "code": "mg/d"]]
            ]
          ]
        ],
      ]
    ])
  }

  /// Measles, mumps and rubella, live.
  mutating func vaccinate(on day: Int) {
    add([
      [
        "resourceType": "Immunization", "status": "completed", "occurrenceDateTime": Self.text(day),
        "vaccineCode": ["coding": [["system": "urn:tandem:concept", "code": "vaccineMmr"]]],
      ]
    ])
  }
}
