/// A synthetic record of the study's folder, and what screening it must say.
public struct StudyExample: Sendable {
  /// The list of what is expected of a version's examples, from its folder.
  public static let expectations = "examples/expected.json"

  /// The record's file, from the version's folder.
  public let file: String
  /// The date of evaluation, where another than the record's own is meant.
  public let asOf: Located<String>?
  /// The cohort that it is screened for.
  public let cohort: Cohort
  /// The verdict: `eligible`, `ineligible` or `undetermined`.
  public let verdict: Located<String>
  /// What each criterion of the cohort says (`pass`, `fail`, `unknown`), by its id.
  public let criteria: [(id: String, outcome: Located<String>)]
}
