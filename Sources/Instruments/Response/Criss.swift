/// What both composite response indices in diffuse systemic sclerosis (CRISS) ask, and their first step.
enum Criss {
  static let items: [Item] =
    [
      .yesNo("newRenalCrisis", "New scleroderma renal crisis"),
      .yesNo("newLvFailure", "New left ventricular failure: LVEF of 45% or less that needs treatment"),
      .yesNo("newPah", "New pulmonary arterial hypertension on right-heart catheter that needs treatment"),
      .yesNo("fvcDeclineConfirmed", "Fall of FVC confirmed within a month"),
      .yesNo("ildOnHrct", "Interstitial lung disease on HRCT"),
    ] + Item.change("Mrss", "Modified Rodnan skin score", 0...51)
    + Item.change("FvcPercent", "FVC, % of predicted", 0...1000)
    + Item.change("PatientGlobal", "Patient global assessment, 0 to 10", 0...10)
    + Item.change("PhysicianGlobal", "Physician global assessment, 0 to 10", 0...10)
    + Item.change("HaqDi", "HAQ-DI", 0...3)

  /// Whether new damage of kidney, heart or lung due to systemic sclerosis rules improvement out.
  static func step1NotImproved(_ answers: Answers) -> Bool? {
    let fvc = answers.change("FvcPercent")
    let lung = Kleene.and([
      fvc.fell(byPercent: 15), answers[yesNo: "fvcDeclineConfirmed"], answers[yesNo: "ildOnHrct"],
      fvc.followUp.isBelow(80),
    ])
    return Kleene.or([
      answers[yesNo: "newRenalCrisis"], answers[yesNo: "newLvFailure"], answers[yesNo: "newPah"], lung,
    ])
  }
}
