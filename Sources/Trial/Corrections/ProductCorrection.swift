public import ClinicalValues

/// What was recorded wrongly of a participant's cells, and what holds instead. That cells ran in, and that a step was done,
/// is never taken back.
public enum ProductCorrection: Sendable, Hashable, Codable {
  /// Of the infusion of a bag: its times, what ran in, and the dose that follows.
  case infusion(bag: BagNumber, was: BagInfusion, corrected: BagInfusion)
  /// Of a step of custody: when and where, temperatures, container and seal, and the clock of expiry that follows.
  case step(was: DoneStep, corrected: DoneStep)
  /// Of what a bag was filled with.
  case fill(bag: BagNumber, was: BagContents, corrected: BagContents)
  /// Of the yield of a collection's last day.
  case yield(collection: CollectionNumber, was: Decimal, corrected: Decimal)
}

/// What a bag holds.
public struct BagContents: Sendable, Hashable, Codable {
  /// Its volume, mL.
  public let volumeML: Decimal
  /// CAR-positive viable cells in it.
  public let cells: Decimal

  /// Makes one of its members.
  public init(volumeML: Decimal, cells: Decimal) {
    self.volumeML = volumeML
    self.cells = cells
  }
}

/// The infusion of a bag, from its start to its end.
public struct BagInfusion: Sendable, Hashable, Codable {
  /// When it was started.
  public internal(set) var started: Moment
  /// Whether it was started outside the gate.
  public internal(set) var outsideGate: Bool
  /// How it ended; nil while it runs or is paused.
  public internal(set) var end: End?

  /// The end of a bag's infusion.
  public struct End: Sendable, Hashable, Codable {
    /// When.
    public internal(set) var stopped: Moment
    /// Volume that ran in, mL.
    public internal(set) var volumeML: Decimal
    /// Whether that is the whole bag.
    public internal(set) var whole: Bool
    /// CAR-positive viable cells per kg that ran in; nil where it is not known.
    public internal(set) var dosePerKg: Decimal?

    /// Makes one of its members.
    public init(stopped: Moment, volumeML: Decimal, whole: Bool, dosePerKg: Decimal?) {
      self.stopped = stopped
      self.volumeML = volumeML
      self.whole = whole
      self.dosePerKg = dosePerKg
    }
  }

  /// Makes one of its members.
  public init(started: Moment, outsideGate: Bool, end: End?) {
    self.started = started
    self.outsideGate = outsideGate
    self.end = end
  }
}

/// A step of custody with its time.
public struct DoneStep: Sendable, Hashable, Codable {
  /// The step.
  public let step: CustodyStep
  /// When it was done.
  public let done: Moment

  /// Makes one of its members.
  public init(step: CustodyStep, done: Moment) {
    self.step = step
    self.done = done
  }
}
