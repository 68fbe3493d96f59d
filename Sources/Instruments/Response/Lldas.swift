extension Instrument {
  /// Lupus low disease activity state.
  ///
  /// Read word for word, "no investigational drug" excludes whoever received the study's cells; whether the single
  /// infusion counts is the sponsor's to say, and `standardTherapyTolerated` is answered by that.
  static let lldas = Instrument(
    id: "lldas", title: "Lupus low disease activity state",
    source: "Franklyn K et al. Ann Rheum Dis 2016;75:1615-1621; Golder V et al. Lancet Rheumatol 2019;1:e95-e102",
    items: [
      .whole("sledai2k", "SLEDAI-2K", 0...105),
      .yesNo("majorOrganActivity", "Renal, CNS, cardiopulmonary activity, vasculitis or fever"),
      .yesNo("hemolyticAnemiaOrGiActivity", "Hemolytic anemia or gastrointestinal activity"),
      .yesNo("newActivitySincePrevious", "New activity since the previous assessment"),
      .number("pga", "Physician global assessment, 0 to 3", 0...3),
      .number("prednisoneMgPerDay", "Prednisone or equivalent, mg per day", 0...100_000),
      .yesNo("standardTherapyTolerated", "Standard maintenance doses, tolerated, and no investigational drug"),
    ],
    score: { answers in
      Components([
        ("sledai2k", answers[span: "sledai2k"].isAtMost(4)),
        ("majorOrgan", Kleene.not(answers[yesNo: "majorOrganActivity"])),
        ("hemolyticAnemiaOrGi", Kleene.not(answers[yesNo: "hemolyticAnemiaOrGiActivity"])),
        ("newActivity", Kleene.not(answers[yesNo: "newActivitySincePrevious"])),
        ("pga", answers[span: "pga"].isAtMost(1)),
        ("prednisone", answers[span: "prednisoneMgPerDay"].isAtMost(.tenths(75))),
        ("therapy", answers[yesNo: "standardTherapyTolerated"]),
      ]).result
    })
}
