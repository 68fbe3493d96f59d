import ClinicalValues
import Conduct
import Foundation
import StudyDesign
import Testing
import Trial

@testable import tandem

/// FHIR files of one synthetic candidate: the study's example of cohort SLE, and what is found again later.
enum ClinicalFiles {
  /// The example, as the hospital hands it over.
  static let example = Repository.root.appending(path: "Studies/cd19-bcma-aid/1.0/examples/01-sle-base.json")

  /// Everything that was examined for screening, found again at a time, with vital signs and what only later gates ask.
  static func examination(at time: Instant, number: Int) throws -> String {
    let root = try #require(JSONSerialization.jsonObject(with: Data(contentsOf: example)) as? [String: Any])
    let asOf = try #require((root["timestamp"] as? String).flatMap { CalendarDate($0.prefix(10)) })
    var entries: [[String: Any]] = []
    var patient = ""
    for entry in root["entry"] as? [[String: Any]] ?? [] {
      guard var resource = entry["resource"] as? [String: Any] else { continue }
      if resource["resourceType"] as? String == "Patient" {
        entries.append(entry)
        patient = entry["fullUrl"] as? String ?? ""
      }
      guard resource["resourceType"] as? String == "Observation", isRecent(resource, asOf), !isPlan(resource) else {
        continue
      }
      resource["effectiveDateTime"] = time.description
      resource["id"] = nil
      entries.append(["fullUrl": "urn:example:\(number):\(entries.count)", "resource": resource])
    }
    let dictionary = try #require(Shelf.read(study).editions.last?.study.dictionary)
    for (concept, offset, value) in signs {
      let found = try #require(dictionary[concept])
      entries.append([
        "fullUrl": "urn:example:\(number):\(concept):\(offset)",
        "resource": observation(found, value, at: time.adding(hours: -offset), of: patient),
      ])
    }
    let bundle: [String: Any] = ["resourceType": "Bundle", "type": "collection", "entry": entries]
    return String(decoding: try JSONSerialization.data(withJSONObject: bundle), as: UTF8.self)
  }

  private static let study = Repository.root.appending(path: "Studies/cd19-bcma-aid").path

  /// Concept, hours before, value.
  private static let signs: [(String, Int, String)] = [
    ("antiHbc", 0, "negative"), ("bodyTemperature", 0, "36.6"), ("bodyTemperature", 14, "36.7"),
    ("bodyTemperature", 38, "36.5"), ("heartRate", 0, "76"), ("respiratoryRate", 0, "15"),
    ("systolicBloodPressure", 0, "122"), ("diastolicBloodPressure", 0, "74"), ("iceScore", 0, "10"),
    ("vasopressorCount", 0, "0"), ("vasopressinUse", 0, "false"),
  ]

  private static func isRecent(_ resource: [String: Any], _ asOf: CalendarDate) -> Bool {
    guard let text = resource["effectiveDateTime"] as? String, let date = CalendarDate(text.prefix(10)),
      date.precision == .day
    else { return false }
    return date.daysSinceEpoch > asOf.daysSinceEpoch - 28
  }

  private static func isPlan(_ resource: [String: Any]) -> Bool {
    let coding = ((resource["code"] as? [String: Any])?["coding"] as? [[String: Any]])?.first
    let code = coding?["code"] as? String ?? ""
    return code.hasPrefix("planned") || code == "targetCohort"
  }

  private static func observation(
    _ concept: DataConcept, _ value: String, at time: Instant, of patient: String
  ) -> [String: Any] {
    let code = concept.codes.first
    var resource: [String: Any] = [
      "resourceType": "Observation", "status": "final", "subject": ["reference": patient],
      "effectiveDateTime": time.description,
      "code": ["coding": [["system": code?.system ?? "", "code": code?.code ?? ""]]],
    ]
    if value == "true" || value == "false" {
      resource["valueBoolean"] = value == "true"
    } else if concept.valueType == .integer {
      resource["valueInteger"] = Int(value)
    } else if let number = Foundation.Decimal(string: value) {
      let unit = concept.unit ?? "1"
      resource["valueQuantity"] = [
        "value": number, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit,
      ]
    } else {
      resource["valueCodeableConcept"] = ["coding": [["system": "urn:tandem:concept", "code": value]]]
    }
    return resource
  }
}
