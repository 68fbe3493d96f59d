extension Instrument {
  /// No evidence of disease activity in multiple sclerosis; on which MRI the baseline rests is recorded with it.
  static let neda3 = Instrument(
    id: "neda3", title: "No evidence of disease activity (NEDA-3)",
    source:
      "Giovannoni G et al. Mult Scler Relat Disord 2015;4:329-333; Rotstein DL et al. JAMA Neurol 2015;72:152-158",
    items: [
      .whole("relapses", "Relapses", 0...10_000), .yesNo("confirmedProgression", "Confirmed disability progression"),
      .whole("newOrEnlargingT2Lesions", "New or enlarging T2 lesions", 0...10_000),
      .whole("gdEnhancingLesions", "Gadolinium-enhancing lesions", 0...10_000),
    ],
    score: { answers in
      Components([
        ("relapses", answers[span: "relapses"].isAtMost(0)),
        ("disabilityProgression", Kleene.not(answers[yesNo: "confirmedProgression"])),
        ("newOrEnlargingT2", answers[span: "newOrEnlargingT2Lesions"].isAtMost(0)),
        ("gdEnhancing", answers[span: "gdEnhancingLesions"].isAtMost(0)),
      ]).result
    })
}
