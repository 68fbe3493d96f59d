import ClinicalValues
import Foundation
import Rules
import StudyDesign
import Testing

/// What must hold of every record, tried on changed examples; seeded, so that a failure can be repeated.
struct ScreeningPropertyTests {
  @Test(arguments: Examples.names)
  func `the order of resources never matters, neither for outcomes nor for reasons and evidence`(_ name: String) throws
  {
    let candidate = try Candidate(name)
    let expected = try candidate.outcomes()
    let told = try candidate.told()
    for seed in 1...UInt64(effort) {
      var generator = Seeded(seed)
      var shuffled = candidate
      shuffled.entries.shuffle(using: &generator)
      #expect(try shuffled.outcomes() == expected, "seed \(seed)")
      #expect(try shuffled.told() == told, "seed \(seed)")
    }
  }

  @Test(arguments: Examples.names)
  func `a resource dated after the evaluation changes nothing, and is no evidence of what is decided`(
    _ name: String
  ) throws {
    let candidate = try Candidate(name)
    let later = try Barring.resources(on: "\(candidate.asOf.year + 1)-06-15")
    try expectNoEffect(
      of: candidate.entries.compactMap { Later.copy(of: $0, year: candidate.asOf.year + 1) }
        + later.map { Barring.entry($0, of: candidate) },
      on: candidate)
  }

  @Test(arguments: Examples.names)
  func `a resource entered in error changes nothing, and is no evidence of what is decided`(_ name: String) throws {
    let candidate = try Candidate(name)
    let wrong = (try Barring.resources(on: "\(candidate.asOf)") + Barring.allergies()).map {
      Barring.entry($0, of: candidate)
    }
    try expectNoEffect(of: (candidate.entries + wrong).compactMap { Erroneous.copy(of: $0) }, on: candidate)
  }

  private func expectNoEffect(of additions: [[String: Any]], on candidate: Candidate) throws {
    #expect(additions.count > 300)
    var changed = candidate
    changed.entries += additions
    #expect(try changed.outcomes() == (try candidate.outcomes()))
    let added = Set(additions.compactMap { $0["fullUrl"] as? String })
    for result in try changed.assessment().criteria where result.outcome != .unknown {
      let strangers = result.evidence.filter { added.contains($0.source) }
      #expect(strangers.isEmpty, "\(result.criterion.id): \(strangers)")
    }
  }

  @Test func `what bars in the tests above does bar where it is of the day and in order`() throws {
    let candidate = try Candidate("01-sle-base.json")
    var changed = candidate
    changed.entries += try Barring.resources(on: "\(candidate.asOf)").map { Barring.entry($0, of: candidate) }
    let outcomes = try changed.outcomes()
    let passed = outcomes.filter { $0.key.hasPrefix("EXC") && $0.value == .pass }.map(\.key)
    #expect(passed.isEmpty)
  }

  /// Atoms whose absence is no more than unknown. Left out: what is looked for among all records of a window, and the items of
  /// an AGREE, where by the protocol a further record may turn a decision.
  static let atoms: Set<String> = [
    "neutrophils", "platelets", "hemoglobin", "inr", "aptt", "ast", "alt", "bilirubinTotal", "lvef", "nyhaClass",
    "ecgSignificantAbnormality", "pleuralEffusionSignificant", "iga", "igg", "igm", "hbsAg", "hbvDna", "hcvAb",
    "hcvRna",
    "uncontrolledInfection", "unsuitableInfection", "suicidalIdeationOrTendency", "excludedPsychiatricDisorder",
    "otherUnsuitableCondition", "intendsOtherTrial", "contraceptionAgreement24Months", "anaTiter", "antiDsDna",
    "antiSmith", "patientGlobalVas", "physicianGlobalVas", "extramuscularVas", "haqDi", "ck", "aldolase",
    "stimulatedSalivaryFlow", "unstimulatedSalivaryFlow", "fvcPercentPredicted", "reticulocytePercent",
  ]

  @Test(arguments: Examples.names)
  func `an unknown atom given any value never changes a criterion that is decided`(_ name: String) throws {
    let complete = try Candidate(name)
    var generator = Seeded(7)
    let all = try complete.observations { Self.atoms.contains($0) }
    for _ in 1...effort {
      let removed = Array(all.shuffled(using: &generator).prefix(4))
      let reduced = complete.without(Set(removed.map(\.index)))
      let decided = try reduced.outcomes().filter { $0.value != .unknown }
      for (index, _) in removed.prefix(2) {
        for variant in AnyValue.variants(of: complete.entries[index]) {
          var given = reduced
          given.entries.append(variant)
          let outcomes = try given.outcomes()
          for (id, outcome) in decided { #expect(outcomes[id] == outcome, "\(id) with \(variant)") }
        }
      }
    }
  }

  @Test(arguments: Examples.names)
  func `restoring what is to be obtained next makes an eligible candidate eligible again`(_ name: String) throws {
    let complete = try Candidate(name)
    guard try complete.assessment().verdict == .eligible else { return }
    var generator = Seeded(11)
    let all = try complete.observations { _ in true }
    var tried = 0
    for _ in 1...6 * effort {
      let removed = Array(all.shuffled(using: &generator).prefix(6))
      let reduced = complete.without(Set(removed.map(\.index)))
      let assessment = try reduced.assessment()
      let wanted = Set(assessment.next.map(\.concept))
      guard assessment.verdict == .undetermined, wanted.isSubset(of: removed.map(\.concept)) else { continue }
      tried += 1
      #expect(wanted.count <= removed.count)
      let stillMissing = removed.filter { !wanted.contains($0.concept) }
      let restored = try complete.without(Set(stillMissing.map(\.index))).assessment()
      #expect(restored.verdict == .eligible, "\(wanted) of \(removed.map(\.concept)): \(restored.next)")
    }
    #expect(tried > 0)
  }

  @Test func `the verdict follows from the criteria alone`() {
    #expect(Verdict([]) == .eligible)
    #expect(Verdict([.pass, .pass]) == .eligible)
    #expect(Verdict([.pass, .unknown]) == .undetermined)
    #expect(Verdict([.unknown, .fail]) == .ineligible)
    #expect(Verdict([.fail, .pass]) == .ineligible)
  }
}

extension Candidate {
  /// All that is said of it: verdict, criteria with reasons and evidence, what is to be obtained.
  fileprivate func told() throws -> [String] {
    let assessment = try assessment()
    let criteria = assessment.criteria.map { result in
      "\(result.criterion.id) \(result.outcome): \(result.reason) \(result.evidence) \(result.missing) \(result.notes)"
    }
    return ["\(assessment.verdict)", "\(assessment.next)", "\(assessment.toCorrect)"] + criteria
  }
}

/// Records that bar if they count: of every concept that criteria ask for, with each answer that it can have. Left out are planned dates,
/// which may lie after the evaluation, and apart stand allergies, which have no date.
private enum Barring {
  static func resources(on day: String) throws -> [[String: Any]] {
    try asked().flatMap { concept -> [[String: Any]] in
      switch concept.resource {
      case "Condition":
        let active = "http://terminology.hl7.org/CodeSystem/condition-clinical"
        return [
          [
            "resourceType": "Condition", "code": code(concept), "onsetDateTime": day,
            "clinicalStatus": ["coding": [["system": active, "code": "active"]]],
            "verificationStatus": [
              "coding": [
                ["system": "http://terminology.hl7.org/CodeSystem/condition-ver-status", "code": "confirmed"]
              ]
            ],
          ]
        ]
      case "Procedure":
        return [
          ["resourceType": "Procedure", "status": "completed", "code": code(concept), "performedDateTime": day]
        ]
      case "Immunization":
        return [
          [
            "resourceType": "Immunization", "status": "completed", "vaccineCode": code(concept),
            "occurrenceDateTime": day,
          ]
        ]
      case "MedicationStatement":
        return [
          [
            "resourceType": "MedicationStatement", "status": "active", "medicationCodeableConcept": code(concept),
            "effectivePeriod": ["start": day],
          ]
        ]
      case "Observation":
        return answers(concept).map { answer in
          ["resourceType": "Observation", "status": "final", "code": code(concept), "effectiveDateTime": day]
            .merging(answer) { $1 }
        }
      default: return []
      }
    }
  }

  static func allergies() throws -> [[String: Any]] {
    try Examples.study.get().dictionary.concepts.filter { $0.resource == "AllergyIntolerance" }.map { concept in
      ["resourceType": "AllergyIntolerance", "code": code(concept), "criticality": "high"]
    }
  }

  /// A resource as an entry of a bundle, of whom its other entries are.
  static func entry(_ resource: [String: Any], of candidate: Candidate) -> [String: Any] {
    let patient = candidate.entries.first {
      ($0["resource"] as? [String: Any])?["resourceType"] as? String == "Patient"
    }
    let isOfPatient = ["Immunization", "AllergyIntolerance"].contains(resource["resourceType"] as? String)
    let owner = [isOfPatient ? "patient" : "subject": ["reference": patient?["fullUrl"] ?? ""]]
    return [
      "fullUrl": "urn:uuid:\(UUID().uuidString.lowercased())", "resource": resource.merging(owner) { $1 },
    ]
  }

  private static func asked() throws -> [DataConcept] {
    try Examples.study.get().dictionary.concepts.filter { concept in
      concept.usedBy.contains { $0.hasPrefix("INC") || $0.hasPrefix("EXC") }
    }
  }

  private static func code(_ concept: DataConcept) -> [String: Any] {
    ["coding": [["system": concept.codes.first?.system ?? "", "code": concept.codes.first?.code ?? ""]]]
  }

  private static func answers(_ concept: DataConcept) -> [[String: Any]] {
    switch concept.valueType {
    case .boolean: [["valueBoolean": true], ["valueBoolean": false]]
    case .integer:
      [["valueInteger": concept.range?.lowerBound ?? 0], ["valueInteger": concept.range?.upperBound ?? 1000]]
    case .coded:
      concept.valueCodes.map { ["valueCodeableConcept": ["coding": [["system": "urn:tandem:concept", "code": $0]]]] }
    case .quantity:
      [0, 100].map { number in
        let unit = concept.unit ?? "1"
        return [
          "valueQuantity": ["value": number, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit]
        ]
      }
    case .dateTime, .period, .none: []
    }
  }
}

/// An entry's copy dated after the evaluation; nil for what has no date of its own.
private enum Later {
  static let dates = ["effectiveDateTime", "onsetDateTime", "performedDateTime", "occurrenceDateTime", "dateTime"]

  static func copy(of entry: [String: Any], year: Int) -> [String: Any]? {
    guard var resource = entry["resource"] as? [String: Any] else { return nil }
    let day = "\(year)-06-15"
    var isDated = false
    for name in dates where resource[name] != nil {
      resource[name] = day
      isDated = true
    }
    for name in ["effectivePeriod", "performedPeriod"] where resource[name] != nil {
      resource[name] = ["start": day]
      isDated = true
    }
    resource["abatementDateTime"] = nil
    guard isDated else { return nil }
    return ["fullUrl": "urn:uuid:\(UUID().uuidString.lowercased())", "resource": Opposite.of(resource)]
  }
}

/// An entry's copy that was entered in error; nil for what cannot be.
private enum Erroneous {
  static func copy(of entry: [String: Any]) -> [String: Any]? {
    guard var resource = entry["resource"] as? [String: Any], let type = resource["resourceType"] as? String else {
      return nil
    }
    switch type {
    case "Observation", "MedicationStatement", "Procedure", "Immunization", "Consent":
      resource["status"] = "entered-in-error"
    case "Condition", "AllergyIntolerance":
      let system =
        "http://terminology.hl7.org/CodeSystem/\(type == "Condition" ? "condition-ver-status" : "allergyintolerance-verification")"
      resource["verificationStatus"] = ["coding": [["system": system, "code": "entered-in-error"]]]
      resource["clinicalStatus"] = nil
    default: return nil
    }
    return ["fullUrl": "urn:uuid:\(UUID().uuidString.lowercased())", "resource": Opposite.of(resource)]
  }
}

/// A resource that would say the contrary if it counted.
private enum Opposite {
  static func of(_ resource: [String: Any]) -> [String: Any] {
    var resource = resource
    if let truth = resource["valueBoolean"] as? Bool { resource["valueBoolean"] = !truth }
    if resource["valueInteger"] != nil { resource["valueInteger"] = 0 }
    if var quantity = resource["valueQuantity"] as? [String: Any] {
      quantity["value"] = 0
      resource["valueQuantity"] = quantity
    }
    let codings = (resource["valueCodeableConcept"] as? [String: Any])?["coding"] as? [[String: Any]]
    if let answer = codings?.first?["code"] as? String, let other = answers[answer] {
      resource["valueCodeableConcept"] = ["coding": [["system": "urn:tandem:concept", "code": other]]]
    }
    return resource
  }

  private static let answers = [
    "positive": "negative", "negative": "positive", "detected": "not-detected", "not-detected": "detected",
  ]
}

/// An Observation with each of several values in place of its own.
private enum AnyValue {
  static func variants(of entry: [String: Any]) -> [[String: Any]] {
    guard let resource = entry["resource"] as? [String: Any] else { return [] }
    func with(_ name: String, _ value: Any) -> [String: Any] {
      var changed = resource
      changed[name] = value
      var entry = entry
      entry["resource"] = changed
      return entry
    }
    if resource["valueBoolean"] != nil { return [with("valueBoolean", true), with("valueBoolean", false)] }
    if resource["valueInteger"] != nil { return [0, 1, 1000].map { with("valueInteger", $0) } }
    if resource["valueCodeableConcept"] != nil {
      return ["positive", "negative", "indeterminate", "detected", "not-detected", "nyha-I", "nyha-IV"].map {
        with("valueCodeableConcept", ["coding": [["system": "urn:tandem:concept", "code": $0]]])
      }
    }
    guard let quantity = resource["valueQuantity"] as? [String: Any] else { return [] }
    return [0, 100_000].map { number in
      var changed = quantity
      changed["value"] = number
      return with("valueQuantity", changed)
    }
  }
}
