extension Commands {
  /// The commands of the participant's way.
  static let way: [any TrialCommand.Type] = [
    RegisterCandidate.self, ImportData.self, GiveConsent.self, StartScreening.self, DecideEligible.self,
    FailScreening.self, QuestionEligibility.self, Enroll.self, BookDayZero.self, SignRecheck.self, RecordBridging.self,
    OrderLymphodepletion.self, OrderInfusion.self, ConfirmReadiness.self, StartLymphodepletion.self,
    ContinueLymphodepletion.self, EndLymphodepletion.self, JustifyDelay.self, RecordVisit.self, AttemptContact.self,
    LoseToFollowUp.self, FindAgain.self, Withdraw.self, Discontinue.self, RecordDeath.self, ReportPregnancy.self,
    EndPregnancy.self, RecordCapacity.self, ChangeSite.self, CorrectIdentity.self, ChangeContact.self,
  ]
}
