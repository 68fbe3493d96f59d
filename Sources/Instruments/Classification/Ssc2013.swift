extension Instrument {
  /// 2013 ACR/EULAR classification of systemic sclerosis: 9 points, unless an exclusion makes it inapplicable.
  ///
  /// The item sufficient alone shares the finger category with its neighbors, so the maximum is 24 (a convention).
  static let ssc2013: Instrument = {
    let domains = [
      Domain(
        name: "fingerSkin", items: [("skinThickeningProximalToMcp", 9), ("puffyFingers", 2), ("sclerodactyly", 4)]),
      Domain(name: "fingertip", items: [("digitalTipUlcers", 2), ("fingertipPittingScars", 3)]),
      Domain(name: "telangiectasia", items: [("telangiectasia", 2)]),
      Domain(name: "nailfold", items: [("abnormalNailfoldCapillaries", 2)]),
      Domain(name: "lung", items: [("pah", 2), ("ild", 2)]), Domain(name: "raynaud", items: [("raynaud", 3)]),
      Domain(
        name: "antibodies", items: [("anticentromere", 3), ("antiTopoisomeraseI", 3), ("antiRnaPolymeraseIII", 3)]),
    ]
    let exclusions = ["fingersSpared", "betterExplainedByOtherDisorder"]
    return Instrument(
      id: "ssc2013", title: "2013 ACR/EULAR classification criteria for systemic sclerosis",
      source: "van den Hoogen F et al. Ann Rheum Dis 2013;72:1747-1755",
      items: words.map { .yesNo($0.key, $0.words) },
      score: { answers in
        let total = domains.reduce(0) { $0 + $1.recorded(answers) }
        let highest = domains.reduce(0) { $0 + $1.highest(answers) }
        let excluded = Kleene.or(exclusions.map { answers[yesNo: $0] })
        let result =
          excluded == true
          ? "notApplicable" : highest < 9 ? "notMet" : total >= 9 && excluded == false ? "met" : "indeterminate"
        return ["total": .whole(total), "result": .text(result)]
      })
  }()

  private static let words: [(key: String, words: String)] = [
    ("skinThickeningProximalToMcp", "Skin thickening of the fingers of both hands proximal to the MCP joints"),
    ("puffyFingers", "Puffy fingers"), ("sclerodactyly", "Sclerodactyly"), ("digitalTipUlcers", "Digital tip ulcers"),
    ("fingertipPittingScars", "Fingertip pitting scars"), ("telangiectasia", "Telangiectasia"),
    ("abnormalNailfoldCapillaries", "Abnormal nailfold capillaries"), ("pah", "Pulmonary arterial hypertension"),
    ("ild", "Interstitial lung disease"), ("raynaud", "Raynaud phenomenon"),
    ("anticentromere", "Anticentromere antibody"), ("antiTopoisomeraseI", "Anti-topoisomerase I antibody"),
    ("antiRnaPolymeraseIII", "Anti-RNA polymerase III antibody"),
    ("fingersSpared", "Skin thickening spares the fingers"),
    ("betterExplainedByOtherDisorder", "A scleroderma-like disorder explains it better"),
  ]
}
