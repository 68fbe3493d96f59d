import ClinicalValues
import FHIR
import StudyDesign

/// An Observation or another resource of an example record, with the parts that are written anew for a participant.
struct TemplateEntry: Sendable {
  /// The resource's type.
  let type: String
  /// Its first code; empty where it has none.
  let code: String
  /// The day of an Observation, since 1970-01-01; nil if it has none.
  let day: Int?
  /// The resource as it stands.
  let resource: JSON

  /// The number of a quantity or integer, in thousandths, and how many places it is written with.
  var number: (thousandths: Int, places: Int)? {
    guard let text = resource["valueQuantity"]?["value"]?.number ?? resource["valueInteger"]?.number,
      let value = Series.thousandths(text)
    else { return nil }
    return (value, text.split(separator: ".").dropFirst().first?.count ?? 0)
  }
}

extension TemplateEntry {
  /// What was stated or found, where that is a code of the study or true or false.
  var answer: String? {
    if let isTrue = resource["valueBoolean"] { return isTrue.text }
    let coding = resource["valueCodeableConcept"]?["coding"]?.elements.first
    return coding?["system"]?.string == "urn:tandem:concept" ? coding?["code"]?.string : nil
  }
}

/// One of the study's example records: a candidate of a cohort for whom every criterion passes.
struct TemplateRecord: Sendable {
  let entries: [TemplateEntry]
  /// The day for which the example was written.
  let asOf: Int
  let gender: String
  /// The year of birth.
  let birthYear: Int

  /// - Throws: `JSONFault` if the file is no JSON.
  init(_ bytes: [UInt8], file: String) throws {
    let root = try JSONDocument(bytes, file: file).root
    let resources = (root["entry"]?.elements ?? []).compactMap { $0["resource"] }
    let patient = resources.first { $0["resourceType"]?.string == "Patient" }
    self.asOf = Self.day(root["timestamp"]?.string) ?? 0
    self.gender = patient?["gender"]?.string ?? "unknown"
    self.birthYear = patient?["birthDate"]?.string.flatMap { Int($0.prefix(4)) } ?? 1980
    self.entries = resources.compactMap { resource in
      guard let type = resource["resourceType"]?.string, type != "Patient", type != "Consent" else { return nil }
      let coded = resource["code"] ?? resource["medicationCodeableConcept"] ?? resource["vaccineCode"]
      return TemplateEntry(
        type: type, code: coded?["coding"]?.elements.first?["code"]?.string ?? "",
        day: Self.day(resource["effectiveDateTime"]?.string), resource: resource)
    }
  }

  /// The day at the beginning of a date or time as written.
  static func day(_ text: String?) -> Int? {
    text.flatMap { CalendarDate($0.prefix(10)) }.flatMap { $0.precision == .day ? $0.daysSinceEpoch : nil }
  }

  /// What was examined for screening; all else is history.
  func isCurrent(_ entry: TemplateEntry) -> Bool {
    entry.type == "Observation" && (entry.day.map { $0 > asOf - 28 } ?? false) && !isPlan(entry)
  }

  /// The day on which most of it was examined, since 1970-01-01.
  var examined: Int {
    let days = Dictionary(entries.filter(isCurrent).compactMap(\.day).map { ($0, 1) }, uniquingKeysWith: +)
    return days.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? asOf
  }

  /// The planned dates, which are told once.
  func isPlan(_ entry: TemplateEntry) -> Bool { entry.code.hasPrefix("planned") || entry.code == "targetCohort" }
}

/// A FHIR bundle of one participant, written resource by resource.
struct BundleWriter {
  private let patient: String
  private let name: String
  private var resources: [String] = []

  /// A bundle of a participant under a name that no other of theirs has.
  init(of participant: String, name: String, gender: String, birthDate: String) {
    self.patient = "urn:tandem:synthetic:\(participant)"
    self.name = name
    // HTEST: test health data, of nobody (HL7 v3 ActReason).
    let label = #"{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HTEST"}]}"#
    resources.append(
      #"{"fullUrl":"\#(patient)","resource":{"resourceType":"Patient","meta":\#(label),"gender":"\#(gender)","#
        + #""birthDate":"\#(birthDate)"}}"#)
  }

  /// The text of the bundle.
  var bytes: [UInt8] {
    Array(#"{"resourceType":"Bundle","type":"collection","entry":[\#(resources.joined(separator: ","))]}"#.utf8)
  }

  /// A resource, its members as text without type and person; `id` replaces an earlier one of that id.
  mutating func add(_ type: String, _ members: String, id: String? = nil, person: String = "subject") {
    let url = "\(patient):\(id ?? "\(name):\(resources.count)")"
    resources.append(
      #"{"fullUrl":"\#(url)","resource":{"resourceType":"\#(type)",\#(members),"#
        + #""\#(person)":{"reference":"\#(patient)"}}}"#)
  }

  /// A resource of an example, its dates moved by some days.
  mutating func add(_ entry: TemplateEntry, movedBy days: Int) {
    let members = entry.resource.namedMembers
      .filter { !["resourceType", "subject", "patient", "id"].contains($0.name) }
      .map { "\(JSON.quoted($0.name)):\(Self.moved($0.value, member: $0.name, by: days))" }
    add(
      entry.type, members.joined(separator: ","),
      person: ["AllergyIntolerance", "Immunization"].contains(entry.type) ? "patient" : "subject")
  }

  /// An Observation of an example as it was found again at another time, its number as given.
  mutating func add(_ entry: TemplateEntry, at time: String, number: String?) {
    var members: [String] = [#""status":"final""#, #""effectiveDateTime":"\#(time)""#]
    for (name, value) in entry.resource.namedMembers {
      switch name {
      case "code", "component", "referenceRange": members.append("\(JSON.quoted(name)):\(value.text)")
      case "valueQuantity" where number != nil:
        let unit = value["code"]?.string ?? "1"
        members.append(#""valueQuantity":\#(Self.quantity(number ?? "0", unit))"#)
      case "valueInteger" where number != nil: members.append(#""valueInteger":\#(number ?? "0")"#)
      case _ where name.hasPrefix("value"): members.append("\(JSON.quoted(name)):\(value.text)")
      default: break
      }
    }
    add("Observation", members.joined(separator: ","))
  }

  /// An Observation of a concept of the dictionary.
  mutating func add(_ concept: DataConcept, at time: String, _ value: Finding) {
    guard let code = concept.codes.first else { return }
    let coding =
      #"{"coding":[{"system":"\#(code.system)","code":"\#(code.code)","display":\#(JSON.quoted(concept.display))}]}"#
    var members = #""status":"final","code":\#(coding),"effectiveDateTime":"\#(time)","#
    switch value {
    case .number(let number) where concept.valueType == .integer: members += #""valueInteger":\#(number)"#
    case .number(let number): members += #""valueQuantity":\#(Self.quantity(number, concept.unit ?? "1"))"#
    case .answer(let answer):
      members += #""valueCodeableConcept":{"coding":[{"system":"urn:tandem:concept","code":"\#(answer)"}]}"#
    case .yes(let isTrue): members += #""valueBoolean":\#(isTrue)"#
    }
    add("Observation", members)
  }

  /// What an Observation found.
  enum Finding: Sendable, Hashable {
    case number(String)
    case answer(String)
    case yes(Bool)
  }

  private static func quantity(_ number: String, _ unit: String) -> String {
    let quoted = JSON.quoted(unit)
    return #"{"value":\#(number),"unit":\#(quoted),"system":"http://unitsofmeasure.org","code":\#(quoted)}"#
  }

  private static func moved(_ value: JSON, member: String, by days: Int) -> String {
    func moved(_ text: String) -> String {
      guard let day = TemplateRecord.day(text), let date = CalendarDate(daysSinceEpoch: day + days) else { return text }
      return date.description + text.dropFirst(10)
    }
    if let text = value.string { return JSON.quoted(member.hasPrefix("value") || isDate(text) ? moved(text) : text) }
    return value.text { _, text in isDate(text) ? moved(text) : text }
  }

  private static func isDate(_ text: String) -> Bool {
    text.utf8.count >= 10 && CalendarDate(text.prefix(10))?.precision == .day
  }
}
