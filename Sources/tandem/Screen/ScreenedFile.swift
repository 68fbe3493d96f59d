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

  /// `screeningWindowDays = 28`.
  var parameterWords: String {
    study.parameters.map { "\($0.id) = \($0.value)" }.joined(separator: ", ")
  }

  /// A person's words for a concept.
  func display(_ concept: String) -> String { study.dictionary[concept]?.display ?? concept }
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
