extension Commands {
  /// The commands of safety that stand in no other folder.
  static let safety: [any TrialCommand.Type] = [JudgeSeriousEvent.self]
}
