import ClinicalValues
import Foundation
import Rules
import StudyDesign
import Testing

/// What must hold of every record, tried on changed examples; seeded, so that a failure can be repeated.
struct ScreeningPropertyTests {
  @Test(arguments: Examples.names)
  func `the order of resources never matters`(_ name: String) throws {
    let candidate = try Candidate(name)
    let expected = try candidate.outcomes()
    for seed in 1...UInt64(effort) {
      var generator = Seeded(seed)
      var shuffled = candidate
      shuffled.entries.shuffle(using: &generator)
      #expect(try shuffled.outcomes() == expected, "seed \(seed)")
    }
  }

  @Test(arguments: Examples.names)
  func `a resource dated after the evaluation changes nothing`(_ name: String) throws {
    let candidate = try Candidate(name)
    let expected = try candidate.outcomes()
    for seed in 1...UInt64(effort) {
      var generator = Seeded(seed)
      var changed = candidate
      for entry in candidate.entries.shuffled(using: &generator).prefix(12) {
        if let later = Later.copy(of: entry, year: candidate.asOf.year + 1) { changed.entries.append(later) }
      }
      #expect(try changed.outcomes() == expected, "seed \(seed)")
    }
  }

  @Test(arguments: Examples.names)
  func `a resource entered in error changes nothing`(_ name: String) throws {
    let candidate = try Candidate(name)
    let expected = try candidate.outcomes()
    var changed = candidate
    changed.entries += candidate.entries.compactMap { Erroneous.copy(of: $0) }
    #expect(changed.entries.count > candidate.entries.count)
    #expect(try changed.outcomes() == expected)
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
    for _ in 1...effort {
      let removed = Array(all.shuffled(using: &generator).prefix(6))
      let reduced = complete.without(Set(removed.map(\.index)))
      let assessment = try reduced.assessment()
      let wanted = Set(assessment.next.map(\.concept))
      guard assessment.verdict == .undetermined, wanted.isSubset(of: removed.map(\.concept)) else { continue }
      #expect(wanted.count <= removed.count)
      let stillMissing = removed.filter { !wanted.contains($0.concept) }
      let restored = try complete.without(Set(stillMissing.map(\.index))).assessment()
      #expect(restored.verdict == .eligible, "\(wanted) of \(removed.map(\.concept)): \(restored.next)")
    }
  }

  @Test func `the verdict follows from the criteria alone`() {
    #expect(Verdict([]) == .eligible)
    #expect(Verdict([.pass, .pass]) == .eligible)
    #expect(Verdict([.pass, .unknown]) == .undetermined)
    #expect(Verdict([.unknown, .fail]) == .ineligible)
    #expect(Verdict([.fail, .pass]) == .ineligible)
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
    if var quantity = resource["valueQuantity"] as? [String: Any] {
      quantity["value"] = 0
      resource["valueQuantity"] = quantity
    }
    return resource
  }
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
