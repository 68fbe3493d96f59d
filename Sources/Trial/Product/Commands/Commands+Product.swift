extension Commands {
  /// The commands of the product, with those of deviations and reports.
  static let product: [any TrialCommand.Type] =
    [
      PrintLabels.self, DrawLabels.self, UseLabels.self, DestroyLabels.self, CountLabels.self, CheckPerson.self,
      BeginCollection.self, EndCollection.self, RecordStep.self, LoseMaterial.self, BeginManufacturing.self,
      FillBag.self, TakeSample.self,
      EndSample.self, QuarantineMaterial.self, ResolveQuarantine.self, EnterTest.self, CorrectTest.self,
      ReleaseLot.self, RejectLot.self, ProposeExceptionalRelease.self, ConsentToException.self,
      SignExceptionAsInvestigator.self, SignExceptionAsSafetyOfficer.self, ThawBag.self, VerifyBedside.self,
      StartInfusion.self, PauseInfusion.self, ResumeInfusion.self, StopInfusion.self, RecordOutsideGate.self,
      SignOutsideGate.self,
    ] + records
}
