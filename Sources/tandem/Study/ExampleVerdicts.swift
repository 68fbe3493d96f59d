import CQL
import ClinicalValues
import Rules
import StudyDesign

/// Whether screening a study's examples says what `examples/expected.json` expects: the study's own test of its criteria.
struct ExampleVerdicts {
  let study: Study
  let screening: Screening

  init(_ study: Study) {
    self.study = study
    screening = Screening(study)
  }

  /// A problem for each verdict and outcome that is another than expected, at the place of the expectation.
  func problems() -> [Problem] { study.examples.flatMap(problems) }

  private func problems(_ example: StudyExample) -> [Problem] {
    let screener = RecordScreener(
      screening: screening, cohorts: .named([example.cohort]), asOf: example.asOf.flatMap { CalendarDate($0.value) })
    let file = RecordFile(path: "\(study.folder)/\(example.file)", isFound: false)
    guard let screened = screener.screen(file, warn: { _ in }) else { return [] }
    switch screened.result {
    case .failure(let reason):
      return [
        Problem(
          "unusable-example", at: example.verdict.location,
          "‘\(example.file)’ cannot be screened: \(reason.sentence)", remedy: "Mend the record.")
      ]
    case .success(let screened):
      return screened.assessments.flatMap { differences(example, $0) }
    }
  }

  private func differences(_ example: StudyExample, _ assessment: Assessment) -> [Problem] {
    var problems: [Problem] = []
    for (id, expected) in example.criteria {
      guard let result = assessment.criteria.first(where: { $0.criterion.id == id }),
        result.outcome.rawValue != expected.value
      else { continue }
      problems.append(
        Problem(
          "unexpected-outcome", at: expected.location,
          "\(id) of ‘\(example.file)’ is expected to be ‘\(expected.value)’ and is ‘\(result.outcome.rawValue)’. \(result.reason)",
          remedy: "Correct the criterion, the record or the expectation, whichever is wrong."))
    }
    if problems.isEmpty, assessment.verdict.rawValue != example.verdict.value {
      problems.append(
        Problem(
          "unexpected-verdict", at: example.verdict.location,
          "‘\(example.file)’ is expected to be ‘\(example.verdict.value)’ and is ‘\(assessment.verdict.rawValue)’.",
          remedy: "The verdict follows from the criteria: correct the expectation."))
    }
    return problems
  }
}
