import ClinicalValues
import FHIR
import StudyDesign

/// Why a record that says for which cohort the patient is screened names none all the same.
enum TargetNotice {
  private static let system = "urn:tandem:concept"

  /// What the record says on the last day on or before a day, and what to write; nil where it says nothing.
  static func words(on record: FHIR.Record, asOf day: CalendarDate, of study: Study) -> String? {
    let cohorts = study.cohorts.map(\.id)
    // The concept is known by its answers: they are the cohorts.
    guard let index = study.dictionary.concepts.firstIndex(where: { Set($0.valueCodes).isSuperset(of: cohorts) })
    else { return nil }
    let answers = lastAnswers(to: index, in: record, asOf: day, study.dictionary)
    let named = Set(answers.filter { $0.system == system && cohorts.contains($0.code) }.map(\.code))
    guard !answers.isEmpty, named.count != 1 else { return nil }
    let written = Set(answers.map(quoted)).sorted().joined(separator: " and ")
    let fault = named.count > 1 ? "these contradict each other" : "that is no cohort of the study"
    return
      "As of \(day) the record names the target cohort (\(study.dictionary.concepts[index].id)) as \(written); \(fault), "
      + "so all are shown. Write one of \(cohorts.joined(separator: ", ")) of \(system)."
  }

  private static func quoted(_ code: Code) -> String {
    code.system == system ? "‘\(code.code)’" : "‘\(code.code)’ of \(code.system ?? "no code system")"
  }

  /// The coded values of a concept's Observations that count, of the last day that one of them has.
  private static func lastAnswers(
    to concept: Int, in record: FHIR.Record, asOf day: CalendarDate, _ dictionary: DataDictionary
  ) -> [Code] {
    let dated = record.resources.compactMap { resource -> (day: Int, codes: [Code])? in
      guard resource.type == "Observation",
        ["final", "amended", "corrected"].contains(resource["status"]?.text ?? ""),
        resource.element.all("code").flatMap(\.codes).contains(where: {
          dictionary.concepts(identifiedBy: $0).contains(concept)
        }), let codes = resource["value"]?.codes, !codes.isEmpty,
        let effective = resource["effective"],
        let first = (effective.dateTime ?? effective.period?.start)?.date.daysSinceEpoch, first <= day.daysSinceEpoch
      else { return nil }
      return (first, codes)
    }
    let last = dated.map(\.day).max()
    return dated.filter { $0.day == last }.flatMap(\.codes)
  }
}
