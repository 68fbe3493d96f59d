extension Instrument {
  /// Change of skin and lung in systemic sclerosis; "percent" is of the baseline, not percentage points.
  static let sscChange = Instrument(
    id: "sscChange", title: "Change of skin score and lung function in systemic sclerosis",
    source: "Skin: Dobrota R et al. Ann Rheum Dis 2016;75:1743-1748; Maurer B et al. Ann Rheum Dis 2015;74:1124-1131. "
      + "Lung: Khanna D et al. J Rheumatol 2015;42:2168-2171 (OMERACT)",
    items: Item.change("Mrss", "Modified Rodnan skin score", 0...51)
      + Item.change("FvcPercent", "FVC, % of predicted", 0...1000)
      + Item.change("DlcoPercent", "DLCO, % of predicted", 0...1000),
    score: { answers in
      let skin = answers.change("Mrss")
      let fvc = answers.change("FvcPercent")
      let dlco = answers.change("DlcoPercent")
      // A skin score of 0 has no percentage: any rise of more than 5 is worsening.
      let roseEnough = Kleene.or([skin.baseline.isAtMost(0), skin.rose(byPercent: 25)])
      return [
        "mrssChange": .rounded(skin.rise.value), "mrssPercentChange": .rounded(skin.percent),
        "skinImprovement": .bool(skin.recorded(Kleene.and([skin.fall.isAbove(5), skin.fell(byPercent: 25)]))),
        "skinWorsening": .bool(skin.recorded(Kleene.and([skin.rise.isAbove(5), roseEnough]))),
        "fvcAbsoluteChange": .rounded(fvc.rise.value), "fvcRelativePercentChange": .rounded(fvc.percent),
        "dlcoRelativePercentChange": .rounded(dlco.percent),
        "ildProgression": .bool(
          fvc.recorded(
            Kleene.or([
              fvc.fell(byPercent: 10),
              Kleene.and([fvc.fell(byPercent: 5), dlco.recorded(dlco.fell(byPercent: 15))]),
            ]))),
      ]
    })
}
