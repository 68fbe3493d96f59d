/// Custody steps that mean something to the software, by the ids that the plan must give them. The plan says their
/// order, places and limits, and may name more.
enum StepID {
  static let labelled = "labelled"
  static let collected = "collected"
  static let accepted = "accepted"
  static let materialFrozen = "materialFrozen"
  static let materialThawed = "materialThawed"
  static let manufacturingStarted = "manufacturingStarted"
  static let harvested = "harvested"
  static let filled = "filled"
  static let cryopreserved = "cryopreserved"
  static let tested = "tested"
  static let released = "released"
  static let shipped = "shipped"
  static let receivedAtSite = "receivedAtSite"
  static let stored = "stored"
  static let takenOut = "takenOut"
  static let thawed = "thawed"
  static let bedsideVerified = "bedsideVerified"
  static let infusionStarted = "infusionStarted"
  static let infusionPaused = "infusionPaused"
  static let infusionResumed = "infusionResumed"
  static let infusionStopped = "infusionStopped"

  /// Steps with which a clock of expiry begins.
  static let beginClock: Set = [collected, harvested, cryopreserved, thawed]

  /// Steps that have a command of their own.
  static let ownCommand: [String: String] = [
    collected: EndCollection.name, manufacturingStarted: BeginManufacturing.name, filled: FillBag.name,
    tested: EnterTest.name, released: ReleaseLot.name, thawed: ThawBag.name, bedsideVerified: VerifyBedside.name,
    infusionStarted: StartInfusion.name, infusionPaused: PauseInfusion.name, infusionResumed: ResumeInfusion.name,
    infusionStopped: StopInfusion.name, BagEnd.infused.rawValue: StopInfusion.name,
    BagEnd.infusedInPart.rawValue: StopInfusion.name,
  ]
  /// Ends that follow from an infusion: they are recorded, and corrected, with it.
  static let ofInfusion: Set = [BagEnd.infused.rawValue, BagEnd.infusedInPart.rawValue]
  /// Steps that no custody record follows: whether they are done is asked where it counts, at release and at the gate.
  static let judgedElsewhere: Set<String> = [tested, bedsideVerified]
  /// Steps that a quarantine bars whatever the plan says.
  static let barredInQuarantine: Set<String> = [
    released, shipped, materialThawed, thawed, bedsideVerified, infusionStarted, infusionResumed,
    manufacturingStarted,
  ]
}

extension CustodyStep {
  /// Whether it is an end of a bag that follows from an infusion and is recorded with it, not one that a command of its own records.
  public var followsFromInfusion: Bool { StepID.ofInfusion.contains(step) }
}

extension RecordStep {
  /// Steps that a command of their own records, with its name.
  public static var recordedOtherwise: [String: String] { StepID.ownCommand }
}
