extension Instrument {
  /// Disease activity and function.
  static let activity: [Instrument] = [sledai2k, mrss, mmt8, essdai, cockcroftGault]
}
