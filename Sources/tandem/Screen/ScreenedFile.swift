import ClinicalValues
import Rules
import StudyDesign

/// What came of one file.
struct ScreenedFile: Sendable {
  /// The file, as it was given.
  let file: String
  /// The assessments, or a sentence that says why there are none.
  let result: Result<Screened, Unusable>

  /// Why a file cannot be evaluated.
  struct Unusable: Error, Sendable {
    let sentence: String
  }
}

/// What every report says of the study and of how it was asked.
struct ScreeningFrame: Sendable {
  let study: Study

  /// The items of the protocol that are not the sponsor's text and that a cohort's verdict rests on.
  func provisionalItems(for cohort: Cohort) -> [ProvisionalItem] {
    let named = Set(study.criteria(for: cohort).flatMap { $0.provisional.map(\.value) })
    let byParameter = Set(study.parameters.compactMap { $0.provisional?.value })
    return study.provisional.filter { named.contains($0.id) || byParameter.contains($0.id) }
  }

  /// `INC-1 (age limits), EXC-4 (...), validity of screening tests`.
  func provisionalWords(for cohort: Cohort) -> String {
    provisionalItems(for: cohort).map { item in
      let criteria = item.criteria.map(\.value).filter { id in
        study.criteria(for: cohort).contains { $0.id == id }
      }
      return criteria.isEmpty ? item.title : "\(criteria.joined(separator: ", ")) (\(item.title))"
    }.joined(separator: "; ")
  }

  /// `Screening window: 28 d`.
  var parameterWords: String {
    study.parameters.map { "\($0.title): \($0.value)\($0.unit.map { " \($0)" } ?? "")" }.joined(separator: ", ")
  }

  /// Concepts by a person's words, each with its id where that is another.
  func names(_ concepts: [String]) -> String {
    concepts.map { id in
      let words = display(id)
      return words == id ? id : "\(words) [\(id)]"
    }.joined(separator: ", ")
  }

  /// A person's words for what to obtain: of several that would do, the first and how many there are.
  func display(_ datum: NextDatum) -> String {
    let name = display(datum.concept)
    return datum.oneOf.count > 1 ? "\(name), or another of \(datum.oneOf.count) that would do" : name
  }

  /// A person's words for a concept.
  func display(_ concept: String) -> String { study.dictionary[concept]?.display ?? concept }
}

extension Screened {
  /// What of the record no criterion can have read, in one sentence; nil where there is nothing.
  var unrecognizedWords: String? {
    guard !unrecognized.isEmpty else { return nil }
    let count = unrecognized.reduce(0) { $0 + $1.count }
    let named = unrecognized.prefix(8).map(\.words).joined(separator: "; ")
    let rest =
      unrecognized.count > 8 ? "; and \(unrecognized.count - 8) further codes, all of them with --format json" : ""
    return "Not read, since the data dictionary lists none of their codes, or not their type: \(count) "
      + "\(count == 1 ? "resource" : "resources") (\(named)\(rest))."
  }
}

extension UnrecognizedCode {
  /// `Observation http://loinc.org 72514-3 “Pain severity” (12 times)`.
  fileprivate var words: String {
    let name = [system, code].compactMap(\.self).joined(separator: " ")
    let display = display.map { "“\($0)”" }
    let named = isOfUnreadType ? "of any code" : name.isEmpty ? "without a code" : name
    let words = [type, named, display].compactMap(\.self).joined(separator: " ")
    return count == 1 ? words : "\(words) (\(count) times)"
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
