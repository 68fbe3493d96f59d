import ClinicalValues
import FHIR
import Foundation
import Rules
import StudyDesign
import Testing
import Yams

/// `examples/variants.yaml`: one change to a complete candidate, and the criteria that then come out otherwise.
struct Variant: CustomTestStringConvertible, Sendable {
  let name: String
  let base: String
  /// Whether it says what could still decide, or what to obtain next.
  let namesData: Bool
  /// The variant as read, kept as text: dictionaries of `Any` are not `Sendable`.
  private let text: String

  var testDescription: String { name }

  /// Outcomes of the criteria that it names.
  func expected() throws -> [String: String] { try content()["expect"] as? [String: String] ?? [:] }

  /// What could still decide, by the criteria that it names.
  func missing() throws -> [String: [String]] { try content()["missing"] as? [String: [String]] ?? [:] }

  /// What to obtain next, where it says.
  func next() throws -> [String]? { try content()["next"] as? [String] }

  static let all: [Variant] = {
    let file = Examples.folder.appending(path: "examples/variants.yaml")
    guard let text = try? String(contentsOf: file, encoding: .utf8),
      let variants = (try? Yams.load(yaml: text, Resolver.variants) as? [String: Any])?["variants"] as? [[String: Any]]
    else { return [] }
    return variants.compactMap { variant in
      guard let name = variant["name"] as? String, let base = variant["base"] as? String,
        let data = try? JSONSerialization.data(withJSONObject: variant)
      else { return nil }
      let namesData = variant["missing"] != nil || variant["next"] != nil
      return Variant(name: name, base: base, namesData: namesData, text: String(decoding: data, as: UTF8.self))
    }
  }()

  private func content() throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
  }

  /// The base with the change made.
  func candidate() throws -> Candidate {
    let content = try content()
    var candidate = try Candidate(base)
    let replaced = content["replace"] as? [[String: Any]] ?? []
    let visit = try candidate.date(of: "targetCohort")
    for concept in (content["remove"] as? [String] ?? []) + replaced.compactMap({ $0["concept"] as? String }) {
      candidate = try candidate.without(candidate.records(of: concept))
    }
    let added = try (replaced + (content["also"] as? [[String: Any]] ?? [])).map { try observation($0, visit: visit) }
    candidate.add(added + (content["add"] as? [[String: Any]] ?? []))
    candidate.changePatient(content["patient"] as? [String: Any] ?? [:])
    return candidate
  }

  /// An Observation from its short form.
  private func observation(_ short: [String: Any], visit: String) throws -> [String: Any] {
    let id = try #require(short["concept"] as? String)
    let code = try #require(try Examples.study.get().dictionary[id]?.codes.first)
    var result: [String: Any] = [
      "resourceType": "Observation", "status": "final", "effectiveDateTime": short["date"] ?? visit,
      "code": ["coding": [["system": code.system, "code": code.code]]],
    ]
    var unit: String?
    if let text = short["value"] as? String {
      let parts = text.split(separator: " ", maxSplits: 1).map(String.init)
      let comparator = ["<=", ">=", "<", ">"].first { text.hasPrefix($0) }
      if parts.count == 2, let number = Double(parts[0].dropFirst(comparator?.count ?? 0)) {
        unit = parts[1]
        result["valueQuantity"] = quantity(number, parts[1]).merging(comparator.map { ["comparator": $0] } ?? [:]) {
          $1
        }
      } else {
        result["valueCodeableConcept"] = ["coding": [["system": "urn:tandem:concept", "code": text]]]
      }
    } else if let number = short["value"] as? NSNumber {
      let isBoolean = try Examples.study.get().dictionary[id]?.valueType == .boolean
      result[isBoolean ? "valueBoolean" : "valueInteger"] = isBoolean ? number.boolValue : number.intValue
    }
    let limits = ["low", "high"].compactMap { side in
      (short[side] as? NSNumber).map { (side, quantity($0.doubleValue, unit ?? "1")) }
    }
    if !limits.isEmpty { result["referenceRange"] = [Dictionary(uniqueKeysWithValues: limits)] }
    return result
  }

  private func quantity(_ number: Double, _ unit: String) -> [String: Any] {
    ["value": number, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit]
  }
}

extension Resolver {
  /// Without dates: `2026-03-13` stays the text that it is.
  fileprivate static let variants = Resolver.default.removing(.timestamp)
}

extension Candidate {
  /// Where the records of a concept stand, whatever their kind.
  fileprivate func records(of concept: String) throws -> Set<Int> {
    let dictionary = try Examples.study.get().dictionary
    return Set(
      entries.indices.filter { index in
        let resource = entries[index]["resource"] as? [String: Any] ?? [:]
        return ["code", "medicationCodeableConcept", "vaccineCode"].contains { name in
          let codings = (resource[name] as? [String: Any])?["coding"] as? [[String: Any]] ?? []
          return codings.contains { coding in
            let code = Code(coding["code"] as? String ?? "", system: coding["system"] as? String)
            return dictionary.concepts(identifiedBy: code).contains { dictionary.concepts[$0].id == concept }
          }
        }
      })
  }

  fileprivate func date(of concept: String) throws -> String {
    let index = try #require(try records(of: concept).first)
    return try #require((entries[index]["resource"] as? [String: Any])?["effectiveDateTime"] as? String)
  }

  mutating func add(_ resources: [[String: Any]]) {
    let patient = entries.first { ($0["resource"] as? [String: Any])?["resourceType"] as? String == "Patient" }
    for (number, resource) in resources.enumerated() {
      var resource = resource
      let kind = resource["resourceType"] as? String ?? ""
      let owner = ["Immunization", "AllergyIntolerance", "Consent"].contains(kind) ? "patient" : "subject"
      resource[owner] = ["reference": patient?["fullUrl"] ?? ""]
      entries.append(["fullUrl": "urn:uuid:00000000-0000-4000-8000-00000000000\(number)", "resource": resource])
    }
  }

  fileprivate mutating func changePatient(_ elements: [String: Any]) {
    for index in entries.indices {
      guard var resource = entries[index]["resource"] as? [String: Any],
        resource["resourceType"] as? String == "Patient"
      else { continue }
      resource.merge(elements) { $1 }
      entries[index]["resource"] = resource
    }
  }
}

struct VariantTests {
  @Test func `there are variants`() { #expect(Variant.all.count > 100) }

  @Test(arguments: Variant.all)
  func `a variant changes the criteria that it names and no other`(_ variant: Variant) throws {
    let base = try #require(try Examples.expected()[variant.base])
    let expected = base.criteria.merging(try variant.expected()) { $1 }
    let outcomes = try variant.candidate().outcomes().mapValues(\.rawValue)
    #expect(outcomes == expected)
  }

  @Test(arguments: Variant.all.filter(\.namesData))
  func `all that could still decide is named, and what to obtain next is enough`(_ variant: Variant) throws {
    let assessment = try variant.candidate().assessment()
    let missing = Dictionary(uniqueKeysWithValues: assessment.criteria.map { ($0.criterion.id, $0.missing) })
    for (id, concepts) in try variant.missing() { #expect(missing[id] == concepts) }
    if let next = try variant.next() { #expect(assessment.next.map(\.concept) == next) }
  }
}
