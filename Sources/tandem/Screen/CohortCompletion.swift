import StudyDesign

/// The cohorts that a shell offers for `screen --cohort`: those of the study that the line names so far.
enum CohortCompletion {
  /// The ids, and ‘any’; ‘any’ alone where the study cannot be read, which the command itself then says.
  static func ids(after words: [String]) -> [String] {
    let named = words.firstIndex(of: "--study").flatMap { words.indices.contains($0 + 1) ? words[$0 + 1] : nil }
    guard let study = try? StudyCommand.read(chosen: named) else { return ["any"] }
    return study.cohorts.map(\.id) + ["any"]
  }
}
