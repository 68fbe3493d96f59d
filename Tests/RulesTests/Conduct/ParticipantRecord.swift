import ClinicalValues
import FHIR
import Foundation
import Rules
import StudyDesign

/// What somebody recorded of a participant, written out as a FHIR bundle.
struct ParticipantRecord: Sendable {
  private var resources: [String] = []
  var gender = "female"
  var birthDate: String? = "1990-01-01"

  private var patient: String {
    let born = birthDate.map { #", "birthDate": "\#($0)""# } ?? ""
    return #"{"resourceType": "Patient", "gender": "\#(gender)"\#(born)}"#
  }

  /// A value as it is recorded.
  enum Answer: Sendable {
    case quantity(String, String)
    case whole(Int)
    case flag(Bool)
    case code(String)

    fileprivate var json: String {
      switch self {
      case .quantity(let number, let unit):
        #""valueQuantity": {"value": \#(number), "system": "http://unitsofmeasure.org", "code": "\#(unit)"}"#
      case .whole(let number): #""valueInteger": \#(number)"#
      case .flag(let truth): #""valueBoolean": \#(truth)"#
      case .code(let code):
        #""valueCodeableConcept": {"coding": [{"system": "urn:tandem:concept", "code": "\#(code)"}]}"#
      }
    }
  }

  /// An Observation.
  mutating func observe(_ concept: String, _ answer: Answer, _ date: String) throws {
    resources.append(
      #"{"resourceType": "Observation", "status": "final", "code": \#(try code(concept)), "#
        + #""effectiveDateTime": "\#(date)", \#(answer.json)}"#)
  }

  /// A medicine taken from a day on, to a day where one is given, at a daily dose.
  mutating func take(
    _ concept: String, milligrams: String?, from start: String, to end: String? = nil, reason: String? = nil
  ) throws {
    var text =
      #"{"resourceType": "MedicationStatement", "status": "\#(end == nil ? "active" : "completed")", "#
      + #""medicationCodeableConcept": \#(try code(concept)), "effectivePeriod": {"start": "\#(start)""#
    if let end { text += #", "end": "\#(end)""# }
    text += "}"
    if let milligrams {
      text +=
        #", "dosage": [{"doseAndRate": [{"doseQuantity": {"value": \#(milligrams), "#
        + #""system": "http://unitsofmeasure.org", "code": "mg/d"}}]}]"#
    }
    if let reason { text += #", "reasonCode": [\#(try code(reason))]"# }
    resources.append(text + "}")
  }

  /// A procedure of a day.
  mutating func undergo(_ concept: String, on day: String) throws {
    try undergo(concept, #""performedDateTime": "\#(day)""#)
  }

  mutating func undergo(_ concept: String, from first: String, to last: String) throws {
    try undergo(concept, #""performedPeriod": {"start": "\#(first)", "end": "\#(last)"}"#)
  }

  private mutating func undergo(_ concept: String, _ performed: String) throws {
    resources.append(
      #"{"resourceType": "Procedure", "status": "completed", "code": \#(try code(concept)), \#(performed)}"#)
  }

  private func code(_ concept: String) throws -> String {
    guard let code = try Examples.study.get().dictionary[concept]?.codes.first else {
      throw InvalidStudy(folder: concept, problems: [])
    }
    return #"{"coding": [{"system": "\#(code.system)", "code": "\#(code.code)"}]}"#
  }

  func record() throws -> FHIR.Record {
    let entries = ([patient] + resources).enumerated().map { index, resource in
      #"{"fullUrl": "urn:uuid:00000000-0000-0000-0000-\#(String(format: "%012d", index))", "resource": \#(resource)}"#
    }
    let bundle =
      #"{"resourceType": "Bundle", "type": "collection", "identifier": {"value": "01-0001"}, "entry": ["#
      + entries.joined(separator: ",") + "]}"
    return try FHIR.Record.read(Array(bundle.utf8), file: "participant.json")
  }
}

/// Sunday, 10 May 2026, 10 in the morning at the site.
let tenthOfMay = Moment(
  Instant("2026-05-10T10:00:00+08:00") ?? Instant(milliseconds: 0), offsetMinutes: 480, zone: "Asia/Shanghai")

func day(_ text: String) -> CalendarDate? {
  let parts = text.split(separator: "-").compactMap { Int($0) }
  return parts.count == 3 ? CalendarDate(year: parts[0], month: parts[1], day: parts[2]) : nil
}
