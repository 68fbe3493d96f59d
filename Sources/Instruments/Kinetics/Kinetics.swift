extension Instrument {
  /// CAR-T cells and B cells in the blood over time.
  static let kinetics: [Instrument] = [cellularKinetics, bCell]
}
