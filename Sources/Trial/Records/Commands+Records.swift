extension Commands {
  /// The commands of deviations and reports.
  static let records: [any TrialCommand.Type] = [
    OpenDeviation.self, ClassifyDeviation.self, AssessDeviation.self, ReportDeviation.self, SubmitReport.self,
  ]
}
