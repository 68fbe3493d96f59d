extension Commands {
  /// The commands that correct what others have recorded.
  static let corrections: [any TrialCommand.Type] = [
    CorrectVisit.self, CorrectDeath.self, CorrectDose.self, TakeBackConfirmation.self, TakeBackContact.self,
    TakeBackPregnancy.self, TakeBackWithdrawal.self, CorrectInfusion.self, CorrectStep.self, CorrectFill.self,
    CorrectYield.self,
    CorrectReport.self, CorrectConsent.self, TakeBackImport.self,
  ]
}
