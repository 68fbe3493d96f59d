extension Instrument {
  /// Remission of systemic lupus erythematosus; serology does not count, and no duration is asked.
  static let doris2021 = Instrument(
    id: "doris2021", title: "DORIS 2021 definition of remission in SLE",
    source: "van Vollenhoven RF et al. Lupus Sci Med 2021;8:e000538",
    items: [
      .whole("clinicalSledai", "Clinical SLEDAI-2K, without serology", 0...105),
      .number("pga", "Physician global assessment, 0 to 3", 0...3),
      .number("prednisoneMgPerDay", "Prednisone or equivalent, mg per day", 0...100_000),
      .yesNo("otherTherapyStable", "No other therapy, or stable antimalarials, immunosuppressants, biologics"),
    ],
    score: { answers in
      Components([
        ("clinicalSledai", answers[span: "clinicalSledai"].isAtMost(0)),
        ("pga", answers[span: "pga"].isBelow(.tenths(5))),
        // "5 mg or less" in the abstract; one table of the paper prints "<5".
        ("prednisone", answers[span: "prednisoneMgPerDay"].isAtMost(5)),
        ("therapy", answers[yesNo: "otherTherapyStable"]),
      ]).result
    })
}
