import ClinicalValues

extension Instrument {
  /// Whole salivary flow in mL/min, from volume and time; of 1 g of saliva as 1 mL, fasting for 60 minutes.
  ///
  /// Abnormal, unstimulated: at most 0.1 mL/min (2016 ACR/EULAR criteria). The protocol asks for 0.05 stimulated or 0.01
  /// unstimulated.
  static let salivaryFlow = Instrument(
    id: "salivaryFlow", title: "Whole salivary flow",
    source: "Shiboski CH et al. Ann Rheum Dis 2017;76:9-16 (limit of abnormal flow)",
    items: [
      .amount("unstimulatedVolumeMl", "Unstimulated volume, mL"),
      .amount("unstimulatedMinutes", "Unstimulated time, min", above: true),
      .amount("stimulatedVolumeMl", "Stimulated volume, mL"),
      .amount("stimulatedMinutes", "Stimulated time, min", above: true),
    ],
    score: { answers in
      func flow(_ kind: String) -> (volume: Decimal, minutes: Decimal)? {
        guard let volume = answers[number: kind + "VolumeMl"], let minutes = answers[number: kind + "Minutes"] else {
          return nil
        }
        return (volume, minutes)
      }
      // How many times the volume is compared with the time: 10 for 0.1 mL/min.
      func compared(_ flow: (volume: Decimal, minutes: Decimal)?, _ times: Decimal) -> (ExactNumber, ExactNumber)? {
        flow.map { (ExactNumber($0.volume) * times, ExactNumber($0.minutes)) }
      }
      let unstimulated = flow("unstimulated")
      let stimulated = flow("stimulated")
      return [
        "unstimulatedFlow": .rounded(unstimulated.flatMap { $0.volume / $0.minutes }),
        "stimulatedFlow": .rounded(stimulated.flatMap { $0.volume / $0.minutes }),
        "unstimulatedAbnormal": .bool(compared(unstimulated, 10).map { $0 <= $1 }),
        "protocolFlowMet": .bool(
          Kleene.or([compared(stimulated, 20).map { $0 >= $1 }, compared(unstimulated, 100).map { $0 >= $1 }])),
      ]
    })
}
