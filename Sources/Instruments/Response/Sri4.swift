extension Instrument {
  /// SLE Responder Index: SLEDAI falls by 4 or more, no organ domain and no global assessment gets worse.
  static let sri4 = Instrument(
    id: "sri4", title: "SLE Responder Index (SRI-4)", source: "Furie RA et al. Arthritis Rheum 2009;61:1143-1151",
    items: [
      .whole("baselineSledai", "SLEDAI, baseline", 0...105), .whole("followUpSledai", "SLEDAI, follow-up", 0...105),
      // BILAG-2004 has 9 organ domains.
      .whole("newBilagA", "Organ domains with a new BILAG A against baseline", 0...9),
      .whole("newBilagB", "Organ domains with a new BILAG B against baseline", 0...9),
    ] + Item.change("Pga", "Physician global assessment, 0 to 3", 0...3) + [
      .yesNo("prohibitedTherapy", "Prohibited therapy")
    ],
    score: { answers in
      let (sledai, pga) = (answers.change("Sledai"), answers.change("Pga"))
      let components = Components(
        [
          ("sledai", sledai.fall.isAtLeast(4)),
          ("bilag", Kleene.and([answers[span: "newBilagA"].isAtMost(0), answers[span: "newBilagB"].isAtMost(1)])),
          ("pga", pga.rise.isBelow(.tenths(3))), ("therapy", Kleene.not(answers[yesNo: "prohibitedTherapy"])),
        ], of: ["sledai": sledai, "pga": pga])
      return Result(components.values + [("evaluable", .bool(answers[span: "baselineSledai"].isAtLeast(4)))])
    })
}
