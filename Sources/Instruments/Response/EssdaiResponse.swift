extension Instrument {
  /// Low activity, and a minimal clinically important improvement (MCII) of ESSDAI.
  static let essdaiResponse = Instrument(
    id: "essdaiResponse", title: "ESSDAI: low activity and minimal clinically important improvement",
    source: "Seror R et al. Ann Rheum Dis 2016;75:382-389",
    items: [
      .whole("baselineEssdai", "ESSDAI, baseline", 0...123), .whole("followUpEssdai", "ESSDAI, follow-up", 0...123),
    ],
    score: { answers in
      let essdai = answers.change("Essdai")
      let isEvaluable = essdai.baseline.isAtLeast(5)
      return [
        "change": .rounded(essdai.rise.value), "lowActivity": .bool(essdai.followUp.isBelow(5)),
        "mciiEvaluable": .bool(isEvaluable),
        "mciiResponse": .bool(isEvaluable == true ? essdai.fall.isAtLeast(3) : nil),
      ]
    })
}
