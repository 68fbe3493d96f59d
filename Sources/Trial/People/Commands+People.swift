extension Commands {
  /// Accounts, roles, training, delegation.
  static let people: [any TrialCommand.Type] = [
    CreateAccount.self, CheckAccountIdentity.self, EnableAccount.self, DisableAccount.self, RevokeAccount.self,
    GrantRole.self, WithdrawRole.self, RecordTraining.self, Delegate.self, Appoint.self, AcceptDelegation.self,
    EndDelegation.self, EndAppointment.self, ResetPassword.self, ReportSecondFactorLost.self, UnlockAccount.self,
    EraseIdentity.self, ConfirmReset.self, ConfirmResetForSponsor.self, ConfirmResetForSafety.self,
    AcknowledgeReset.self,
  ]
}
