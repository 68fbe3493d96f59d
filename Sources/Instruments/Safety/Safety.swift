extension Instrument {
  /// Grades of toxicity, dose-limiting toxicity and the clocks of reporting.
  static let safety: [Instrument] = [
    crs, ice, icans, iecHs, icahtEarly, icahtLate, ctcaeLab, dlt, saeReporting,
  ]
}
