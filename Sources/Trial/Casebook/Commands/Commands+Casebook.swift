extension Commands {
  /// The commands of casebooks and laboratories.
  static let casebook: [any TrialCommand.Type] = [
    SaveForm.self, MarkFormNotDone.self, VerifyItems.self, SignForm.self, RaiseQuery.self, AnswerQuery.self,
    CloseQuery.self, ReopenQuery.self, CancelQuery.self, CheckCasebook.self, SignCasebook.self, FreezeCasebook.self,
    UnfreezeCasebook.self, LockCasebook.self, UnlockCasebook.self, SeeUnlock.self, RecordResults.self,
    ImportRanges.self,
  ]
}
