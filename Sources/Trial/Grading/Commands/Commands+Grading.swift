extension Commands {
  /// The commands of proposed grades.
  static let grading: [any TrialCommand.Type] = [ConfirmGrades.self, ChangeGrade.self]
}
