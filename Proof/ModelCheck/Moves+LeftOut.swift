import Trial

extension Moves {
  /// Commands that are not explored, and why.
  static let leftOut: [String: String] = Dictionary(
    uniqueKeysWithValues: [
      CreateAccount.name, CheckAccountIdentity.name, EnableAccount.name, DisableAccount.name, RevokeAccount.name,
      GrantRole.name, WithdrawRole.name, RecordTraining.name, Delegate.name, Appoint.name, AcceptDelegation.name,
      EndDelegation.name, EndAppointment.name, ResetPassword.name, ReportSecondFactorLost.name, UnlockAccount.name,
      EraseIdentity.name, ConfirmReset.name, ConfirmResetForSponsor.name, ConfirmResetForSafety.name,
      AcknowledgeReset.name,
    ].map { ($0, "administration of accounts and identity data; it changes who may, never what may be done") }
      + [
        MarkFormNotDone.name, VerifyItems.name, SignForm.name, RaiseQuery.name, AnswerQuery.name,
        CloseQuery.name, ReopenQuery.name, CancelQuery.name, CheckCasebook.name, SignCasebook.name,
        FreezeCasebook.name, UnfreezeCasebook.name, LockCasebook.name, UnlockCasebook.name, SeeUnlock.name,
        RecordResults.name, ImportRanges.name, JudgeSeriousEvent.name, ConfirmGrades.name, ChangeGrade.name,
      ].map { ($0, casebook) } + identity)

  private static let casebook =
    "the casebook; gates see it through the clinical picture, whose every turn is explored, and through the form on a "
    + "death, which is saved"

  private static let identity: [(String, String)] = [CorrectIdentity.name, ChangeContact.name].map {
    ($0, "who somebody is; it takes back what two people read, as a mismatch does, and opens nothing")
  }
}
