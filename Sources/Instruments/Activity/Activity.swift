extension Instrument {
  /// Disease activity and function.
  static let activity: [Instrument] = [
    sledai2k, sledai2kLabItems, mrss, mmt8, imacsActivity, haqDi, essdai, esspri, edss, salivaryFlow, cockcroftGault,
  ]
}
