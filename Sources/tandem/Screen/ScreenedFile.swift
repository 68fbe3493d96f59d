import ClinicalValues
import Rules
import StudyDesign

/// What came of one file.
struct ScreenedFile: Sendable {
  /// The file, as it was given.
  let file: String
  /// The assessments, or a sentence that says why there are none.
  let result: Result<Screened, Unusable>
  /// What whoever reads the verdict should know though no criterion asks for it, in sentences.
  var notices: [String] = []
  /// What names the patient: the record's own name, and the identifiers of the Patient, each after its system.
  var names: [String] = []

  /// Why a file cannot be evaluated.
  struct Unusable: Error, Sendable {
    let sentence: String
  }
}

/// What every report says of the study and of how it was asked.
struct ScreeningFrame: Sendable {
  let study: Study

  /// The items of the protocol that are not the sponsor's text and that the verdicts of some cohorts rest on.
  func provisionalItems(for cohorts: [Cohort]) -> [ProvisionalItem] {
    let named = Set(criteria(for: cohorts).flatMap { $0.provisional.map(\.value) })
    let byParameter = Set(study.parameters.compactMap { $0.provisional?.value })
    return study.provisional.filter { named.contains($0.id) || byParameter.contains($0.id) }
  }

  /// `INC-1 (age limits), EXC-4 (...), validity of screening tests`.
  func provisionalWords(for cohorts: [Cohort]) -> String {
    let asked = Set(criteria(for: cohorts).map(\.id))
    return provisionalItems(for: cohorts).map { item in
      let criteria = item.criteria.map(\.value).filter { asked.contains($0) }
      return criteria.isEmpty ? item.title : "\(criteria.joined(separator: ", ")) (\(item.title))"
    }.joined(separator: "; ")
  }

  private func criteria(for cohorts: [Cohort]) -> [Criterion] { cohorts.flatMap { study.criteria(for: $0) } }

  /// `Screening window: 28 d (provisional)`.
  var parameterWords: String {
    study.parameters.map { parameter in
      let unit = parameter.unit.map { " \($0)" } ?? ""
      return "\(parameter.title): \(parameter.value)\(unit)\(parameter.provisional == nil ? "" : " (provisional)")"
    }.joined(separator: ", ")
  }

  /// What a criterion waits for, in sentences: what is not on record, and what is and leaves it open.
  func wanted(_ result: CriterionResult) -> [String] {
    [("Missing", result.absent), ("To clarify", result.unclear)].filter { !$0.1.isEmpty }.map { lead, data in
      "\(lead): \(names(data))."
    }
  }

  /// A person's words for what to obtain: of several that would do, the first and how many there are; of those to be corrected, all.
  func display(_ datum: NextDatum) -> String {
    let name = display(datum.concept)
    if datum.oneOf.count > 1, !datum.corrects.isEmpty { return datum.oneOf.map { display($0) }.joined(separator: ", ") }
    return datum.oneOf.count > 1 ? "\(name), or another of \(datum.oneOf.count) that would do" : name
  }
}

extension Screened {
  /// How many resources no criterion can have read.
  var unreadCount: Int { unrecognized.reduce(0) { $0 + $1.count } }

  /// Diagnoses that are confirmed and go on, and that no criterion can have read, in words; nil where there are none. They stand by
  /// themselves: such a one may bar, and is easily lost among laboratory codes.
  var unreadDiagnosesWords: String? {
    let diagnoses = unrecognized.filter(\.isOngoingDiagnosis)
    guard !diagnoses.isEmpty else { return nil }
    let lead =
      diagnoses.count == 1
      ? "A diagnosis, confirmed and active, was not read, judge yourself whether it bars"
      : "\(diagnoses.count) diagnoses, confirmed and active, were not read, judge yourself whether they bar"
    let named = diagnoses.prefix(8).map(\.diagnosis).joined(separator: "; ")
    let rest = diagnoses.count > 8 ? "; and \(diagnoses.count - 8) more" : ""
    return "\(lead): \(named)\(rest)."
  }

  /// What of the record no criterion can have read, in words; nil where there is nothing.
  var unrecognizedWords: String? {
    guard !unrecognized.isEmpty else { return nil }
    let isOne = unreadCount == 1
    let named = unrecognized.prefix(8).map(\.words).joined(separator: "; ")
    let rest =
      unrecognized.count > 8 ? "; and \(unrecognized.count - 8) further codes, all of them with --format json" : ""
    return (isOne ? "1 record was not read, look at it: " : "\(unreadCount) records were not read, look at them: ")
      + "\(named)\(rest). The data dictionary lists none of \(isOne ? "its" : "their") codes, or not "
      + "\(isOne ? "its" : "their") type."
  }
}

extension UnrecognizedCode {
  /// `Observation http://loinc.org 72514-3 “Pain severity” (12 times)`.
  fileprivate var words: String { count == 1 ? name : "\(name) (\(count) times)" }

  /// `“Breast cancer” (http://snomed.info/sct 254837009)`.
  fileprivate var diagnosis: String {
    let codes = [system, code].compactMap(\.self).joined(separator: " ")
    guard let display else { return codes.isEmpty ? "one without code or words" : codes }
    return codes.isEmpty ? "“\(display)”" : "“\(display)” (\(codes))"
  }

  /// The same without how often.
  var name: String {
    let codes = [system, code].compactMap(\.self).joined(separator: " ")
    let display = display.map { "“\($0)”" }
    let named = isOfUnreadType ? "of any code" : codes.isEmpty ? "without a code" : codes
    return [type, named, display].compactMap(\.self).joined(separator: " ")
  }
}

extension Verdict {
  /// What it means for the candidate, beside its color.
  var mark: String {
    switch self {
    case .eligible: "✓"
    case .ineligible: "✗"
    case .undetermined: "?"
    }
  }
}

extension Outcome {
  /// What it means for the candidate, beside its color.
  var mark: String {
    switch self {
    case .pass: "✓"
    case .fail: "✗"
    case .unknown: "?"
    }
  }
}
