import ClinicalValues
import Conduct
import FHIR
import StudyDesign
import Trial

/// A participant as the simulation knows them: who they are, what their values are, and which bundles they have given.
struct Patient: Sendable {
  let story: Story
  let template: TemplateRecord
  let person: Person
  let dictionary: [String: DataConcept]
  let conceptOfCode: [String: String]
  var id: ParticipantID?
  var numbers: SplitMix64
  /// The red cells that were counted last, in 10^9/L, and on which day.
  var redCells: (day: Int, count: Int)?
  /// The row of a log in which something of the story stands, by form and name.
  var rows: [String: Int] = [:]
  /// Each number of the example as it is in this person, by code, in thousandths.
  let own: [String: Int]
  /// With how many places it is measured.
  let places: [String: Int]
  /// What is stated or found of this person, as the example has it, by concept.
  let stated: [String: String]
  private var bundles = 0

  /// Numbers that differ between people as laboratories measure them; all others are findings of their own.
  private static let varying: Set = [
    "hemoglobin", "neutrophils", "platelets", "inr", "aptt", "ast", "alt", "creatinine", "bodyWeight", "iga", "igg",
    "igm", "ck", "ldh",
  ]

  init(_ story: Story, template: TemplateRecord, dictionary: [String: DataConcept], seed: UInt64) {
    var numbers = SplitMix64(seed: seed, for: story.key)
    var conceptOfCode: [String: String] = [:]
    for concept in dictionary.values.sorted(by: { $0.id < $1.id }) where concept.resource == "Observation" {
      if let code = concept.codes.first?.code { conceptOfCode[code] = concept.id }
    }
    var own: [String: Int] = [:]
    var places: [String: Int] = [:]
    var stated: [String: String] = [:]
    for entry in template.entries where template.isCurrent(entry) {
      guard let concept = conceptOfCode[entry.code] else { continue }
      if let answer = entry.answer { stated[concept] = answer }
      guard let number = entry.number else { continue }
      places[concept] = number.places
      own[concept] =
        Self.varying.contains(concept) ? numbers.near(number.thousandths, permille: 50) : number.thousandths
    }
    let year = template.birthYear - 2 + Int.random(in: 0...3, using: &numbers)
    let birth = CalendarDate(
      year: year, month: Int.random(in: 1...12, using: &numbers), day: Int.random(in: 1...28, using: &numbers))
    self.person = Person(
      name: story.name, birthDate: birth ?? .least, sexAtBirth: template.gender,
      contact: "SYNTHETIC: an invented person, nobody can be reached",
      document: "SYN \(100_000 + Int.random(in: 0..<900_000, using: &numbers))")
    self.story = story
    self.template = template
    self.dictionary = dictionary
    self.conceptOfCode = conceptOfCode
    self.numbers = numbers
    self.own = own
    self.places = places
    self.stated = stated
  }

  /// The course of illness and therapy.
  var course: Course { story.courseOfValues }

  /// A number near another, in thousandths of it.
  mutating func near(_ value: Int, permille: Int) -> Int { numbers.near(value, permille: permille) }

  /// A number of a range.
  mutating func drawn(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &numbers) }

  /// Kilograms, thousandths.
  var weight: Int { own["bodyWeight"] ?? 68_000 }

  private mutating func bundle(_ id: ParticipantID) -> BundleWriter {
    bundles += 1
    return BundleWriter(
      of: id.description, name: "\(bundles)", gender: template.gender, birthDate: person.birthDate.description)
  }

  /// What the hospital's record holds before the study: diagnoses, earlier findings, medicines. `decision` is the day of
  /// the decision for which the example was written, since 1970-01-01.
  mutating func history(decision: Int, of id: ParticipantID) -> [UInt8] {
    var writer = bundle(id)
    for entry in template.entries where !template.isCurrent(entry) && !template.isPlan(entry) {
      writer.add(entry, movedBy: decision - template.asOf)
    }
    return writer.bytes
  }

  /// What was examined for screening, with the plan.
  mutating func screening(decision: Int, round: Int, of id: ParticipantID) -> [UInt8] {
    var writer = bundle(id)
    let moved = decision - template.asOf
    for entry in template.entries where template.isPlan(entry) { writer.add(entry, movedBy: moved) }
    for entry in template.entries where template.isCurrent(entry) {
      let day = CalendarDate(daysSinceEpoch: (entry.day ?? template.asOf) + moved)
      add(entry, at: (day ?? .least).description, to: &writer, otherwise: round == 1 ? story.findings : [:])
    }
    let day = CalendarDate(daysSinceEpoch: template.examined + moved)?.description ?? ""
    add("antiHbc", at: day, .answer("negative"), to: &writer)
    let asked = Set(template.entries.filter { template.isCurrent($0) }.compactMap { conceptOfCode[$0.code] })
    for (concept, finding) in story.findings.sorted(by: { $0.key < $1.key })
    where round == 1 && !asked.contains(concept) {
      add(concept, at: day, finding, to: &writer)
    }
    return writer.bytes
  }

  /// Everything that is asked and measured anew for a re-check, at a time; `day` is counted from Day 0.
  mutating func examination(
    at time: Moment, day: Int?, of id: ParticipantID, temperature: Int = 36_600,
    otherwise: [String: BundleWriter.Finding] = [:]
  ) -> [UInt8] {
    var writer = bundle(id)
    let written = Self.written(time)
    for entry in template.entries where template.isCurrent(entry) {
      var changed = otherwise
      if let concept = conceptOfCode[entry.code], let day, day > -5, let series = course.blood[concept] {
        changed[concept] = changed[concept] ?? number(series, onDay: day)
      }
      add(entry, at: written, to: &writer, otherwise: changed)
    }
    add("antiHbc", at: written, .answer("negative"), to: &writer)
    addSigns(at: time, temperature: temperature, ice: 10, to: &writer)
    add("vasopressorCount", at: written, .number("0"), to: &writer)
    add("vasopressinUse", at: written, .yes(false), to: &writer)
    for hours in [14, 38] {
      let earlier = Moment(time.instant.adding(hours: -hours), offsetMinutes: time.offsetMinutes, zone: time.zone)
      add("bodyTemperature", at: Self.written(earlier), .number(self.temperature(36_600)), to: &writer)
    }
    return writer.bytes
  }

  private mutating func number(_ series: Series, onDay day: Int) -> BundleWriter.Finding {
    .number(Series.printed(numbers.near(series.value(onDay: day), permille: 40), places: series.places))
  }

  private mutating func temperature(_ thousandths: Int) -> String {
    Series.printed(thousandths + Int.random(in: -2...2, using: &numbers) * 100, places: 1)
  }

  private mutating func addSigns(at time: Moment, temperature: Int, ice: Int, to writer: inout BundleWriter) {
    let written = Self.written(time)
    let isFebrile = temperature >= 38_000
    add("bodyTemperature", at: written, .number(self.temperature(temperature)), to: &writer)
    let signs = [
      ("heartRate", isFebrile ? 108 : 76), ("respiratoryRate", isFebrile ? 21 : 15),
      ("systolicBloodPressure", isFebrile ? 104 : 122), ("diastolicBloodPressure", isFebrile ? 62 : 74),
    ]
    for (concept, value) in signs {
      add(
        concept, at: written, .number(Series.printed(numbers.near(value * 1000, permille: 50), places: 0)), to: &writer)
    }
    add("iceScore", at: written, .number(String(ice)), to: &writer)
  }

  private mutating func add(
    _ entry: TemplateEntry, at time: String, to writer: inout BundleWriter, otherwise: [String: BundleWriter.Finding]
  ) {
    let concept = conceptOfCode[entry.code]
    if let concept, let other = otherwise[concept] { return add(concept, at: time, other, to: &writer) }
    guard let concept, let value = own[concept], let written = entry.number, Self.varying.contains(concept) else {
      return writer.add(entry, at: time, number: nil)
    }
    let now = concept == "bodyWeight" ? numbers.near(value, permille: 8) : numbers.near(value, permille: 20)
    writer.add(
      entry, at: time, number: Series.printed(now, places: max(written.places, concept == "bodyWeight" ? 1 : 0)))
  }

  private func add(
    _ concept: String, at time: String, _ value: BundleWriter.Finding, to writer: inout BundleWriter
  ) {
    if let concept = dictionary[concept] { writer.add(concept, at: time, value) }
  }

  /// A moment as FHIR writes it, to the minute with its offset.
  private static func written(_ moment: Moment) -> String { moment.dateTime.description }
}
