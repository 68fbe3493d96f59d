import ClinicalValues

extension Instrument {
  /// Whether a toxicity is dose-limiting: onset on day 0 to 28, with the rule that decided.
  ///
  /// `hoursAtGrade3OrHigher` is the time at grade 3 or more; for the category `hematologic`, at grade 4.
  static let dlt = Instrument(
    id: "dlt", title: "Dose-limiting toxicity",
    source: "Pattern common in CAR-T trials; the trial's registry text defines none",
    unverified:
      "The whole definition is proposed; the sponsor must confirm it. That a cytopenia was not present at baseline is not asked.",
    items: [
      Item(
        "category", "Kind of toxicity",
        .word(["crs", "icans", "nonHematologic", "hematologic"], otherwise: .invalidValue)),
      .whole("grade", "Worst grade", 0...5), .number("onsetDay", "Day of onset after infusion", -100_000...100_000),
      .amount("hoursAtGrade3OrHigher", "Hours at grade 3 or more; hematologic: at grade 4"),
      .yesNo("relatedToCarT", "Related to the CAR-T cells"),
      .yesNo("expectedOnTarget", "Expected on-target effect or effect of lymphodepletion"),
      .yesNo("asymptomaticLab", "Laboratory finding without symptoms"),
    ],
    score: { answers in
      let (dlt, rule) = doseLimiting(answers)
      return ["dlt": .text(dlt), "rule": .text(rule)]
    })

  /// The rules in their order; what is expected on target or asymptomatic counts as not so where it is not recorded.
  private static func doseLimiting(_ answers: Answers) -> (dlt: String, rule: String) {
    guard let onset = answers[number: "onsetDay"], let grade = answers[whole: "grade"] else {
      return ("indeterminate", "missing")
    }
    if onset < 0 || onset > 28 { return ("no", "outsideWindow") }
    if answers[yesNo: "expectedOnTarget"] == true, grade < 5 { return ("no", "exempt") }
    let isRelated = answers[yesNo: "relatedToCarT"]
    if isRelated == false { return ("no", "unrelated") }
    if grade == 5 { return (isRelated == nil ? "indeterminate" : "yes", "grade5") }
    guard let category = answers[word: "category"] else {
      // Below grade 3 no category qualifies.
      return grade < 3 ? ("no", "belowThreshold") : ("indeterminate", "missing")
    }
    let isAsymptomatic = answers[yesNo: "asymptomaticLab"] == true
    let qualifies: Bool? =
      switch (category, grade) {
      case ("crs", 4), ("icans", 4): true
      case ("nonHematologic", 4) where !isAsymptomatic: true
      case ("crs", 3), ("icans", 3): answers[number: "hoursAtGrade3OrHigher"].map { $0 > 72 }
      case ("nonHematologic", 3...4): answers[number: "hoursAtGrade3OrHigher"].map { $0 > 168 }
      case ("hematologic", 4): answers[number: "hoursAtGrade3OrHigher"].map { $0 > 672 }
      default: false
      }
    guard qualifies != false else { return ("no", "belowThreshold") }
    return (qualifies == true && isRelated == true ? "yes" : "indeterminate", category)
  }
}
