public import ClinicalValues

/// What happened to a participant's cells.
///
/// Quarantines, and acts outside the gate, are numbered from 1 in the order of their events. Events hold no identity
/// data: of a comparison with the identity store only whether it matched.
public enum ProductEvent: Sendable, Hashable, Codable {
  /// The chain-of-identity identifier was issued.
  case identityIssued(ChainOfIdentity)

  // Labels
  /// Labels were printed; the first of a number issue it. The reason is that of a reprint.
  case labelsPrinted(material: Material, count: Int, reason: String?)
  /// The label of a number was drawn for those that were counted as printed last.
  case labelsDrawn(material: Material)
  /// Labels were used apart from a custody step, to replace one that came off.
  case labelsUsed(material: Material, count: Int, reason: String)
  /// Labels were destroyed.
  case labelsDestroyed(material: Material, count: Int, reason: String)
  /// The labels at hand were counted.
  case labelsCounted(material: Material, atHand: Int)

  // The person
  /// Two people checked the person against identity document and wristband, and everything matched.
  case personChecked(at: PersonCheckPlace)
  /// The same, and something did not match.
  case personMismatched(at: PersonCheckPlace, items: [PersonCheckItem])

  // Starting material
  /// A collection, or a further day of it, was begun.
  case collectionBegun(collection: CollectionNumber, outsideGate: Bool, lines: [GateLine])
  /// It ended with a yield; accepted where all its days together yield enough.
  case collectionEnded(collection: CollectionNumber, yield: Decimal, accepted: Bool, step: CustodyStep)

  // Custody
  /// A step of custody was done.
  case custodyStepDone(CustodyStep)
  /// A label was read that belongs to other cells; the step was not done.
  case labelMismatched(step: String, expected: Material, read: LabelReading)
  /// Cells of this participant turned up under another's name.
  case foundElsewhere(material: Material, step: String, expectedOf: ParticipantID)
  /// Something of these cells, or all of them, may not be used until quality assurance has decided.
  case quarantined(Quarantine)
  /// Quality assurance decided on a quarantine.
  case quarantineResolved(quarantine: Int, disposition: Disposition, reason: String)
  /// Material is lost: a broken bag, a failed run, cells gone astray.
  case materialLost(material: Material, reason: String)

  // Manufacturing
  /// A lot was begun from a collection.
  case manufacturingBegun(lot: LotNumber, from: CollectionNumber, materialLeft: Bool, step: CustodyStep)
  /// A bag was filled: its volume, and the CAR-positive viable cells in it.
  case bagFilled(bag: BagNumber, volumeML: Decimal, cells: Decimal, step: CustodyStep)
  /// A sample was taken.
  case sampleTaken(sample: SampleNumber, of: Material, purpose: String)
  /// A sample came to its end.
  case sampleEnded(sample: SampleNumber, end: SampleEnd)

  // Release
  /// A release test's result was entered.
  case testEntered(lot: LotNumber, test: String, entry: TestEntry)
  /// A result was corrected; the former one stays readable.
  case testCorrected(lot: LotNumber, test: String, entry: TestEntry, reason: String)
  /// The lot was released, on these results.
  case lotReleased(lot: LotNumber, release: ReleaseKind, results: [TestLine])
  /// Quality assurance rejected the lot.
  case lotRejected(lot: LotNumber, reason: String)
  /// Quality assurance proposed to release a lot in spite of these tests, and signed it.
  case exceptionalReleaseProposed(
    lot: LotNumber, tests: [String], results: [TestLine], committeeTold: CalendarDate, authorityTold: CalendarDate?,
    reason: String)
  /// The participant agreed to receive this lot.
  case exceptionalConsentGiven(lot: LotNumber, on: Moment)
  /// The principal investigator or the safety officer signed the exceptional release.
  case exceptionalReleaseSigned(lot: LotNumber, role: Role)
  /// The final result of a lot that was released before it says that something grew.
  case growthFound(lot: LotNumber, test: String, afterInfusion: Bool)

  // Bedside and infusion
  /// A frozen bag was thawed.
  case bagThawed(
    bag: BagNumber, step: CustodyStep, startBy: Instant, endBy: Instant, outsideGate: Bool, lines: [GateLine])
  /// One person read label and wristband, and all agreed with the record.
  case bedsideVerified(bag: BagNumber, said: SaidByParticipant)
  /// One person read label and wristband, and something did not agree.
  case bedsideMismatched(bag: BagNumber, items: [BedsideItem])
  /// A bag's infusion was started.
  case infusionStarted(bag: BagNumber, outsideGate: Bool, lines: [GateLine])
  /// It was paused.
  case infusionPaused(bag: BagNumber, volumeML: Decimal, reason: String)
  /// It was resumed.
  case infusionResumed(bag: BagNumber)
  /// A bag's infusion ended; what ran in, and whether that was all of the bag. The dose is nil where it is not known.
  case infusionStopped(bag: BagNumber, volumeML: Decimal, whole: Bool, dosePerKg: Decimal?, reason: String?)

  // Outside the gate
  /// A gated act happened without its gate; two people say so.
  case outsideGateRecorded(act: OutsideGateAct, circumstances: String, lines: [GateLine])
  /// The principal investigator signed it.
  case outsideGateSigned(number: Int)

  /// Something that was recorded earlier was wrong: what holds instead, and why. The former entry stays readable.
  case corrected(correction: ProductCorrection, reason: String)
}

/// A step of custody as it was done.
public struct CustodyStep: Sendable, Hashable, Codable {
  /// Its id in the plan.
  public let step: String
  /// What it was done to.
  public let material: Material
  /// Where it was done: a room, a freezer, a vehicle.
  public let place: String
  /// What the temperature record says, degrees Celsius; nil where there is none.
  public let temperature: TemperatureRecord?
  /// How the container was found.
  public let container: Condition
  /// How the seal was found.
  public let seal: Condition
  /// Who handed over or took over, where that is nobody with an account.
  public let otherParty: String?
  /// Until when the material keeps from this step on, where that is counted in hours (fresh).
  public let keepsUntil: Instant?
  /// The last day on which it may be used, where that is counted in days (frozen).
  public let lastDay: CalendarDate?

  /// A step; container and seal count as intact unless something else is said.
  public init(
    step: String, material: Material, place: String, temperature: TemperatureRecord? = nil,
    container: Condition = .intact, seal: Condition = .intact, otherParty: String? = nil, keepsUntil: Instant? = nil,
    lastDay: CalendarDate? = nil
  ) {
    self.step = step
    self.material = material
    self.place = place
    self.temperature = temperature
    self.container = container
    self.seal = seal
    self.otherParty = otherParty
    self.keepsUntil = keepsUntil
    self.lastDay = lastDay
  }
}

/// The least and the largest temperature of a record, degrees Celsius.
public struct TemperatureRecord: Sendable, Hashable, Codable {
  /// The least temperature, degrees Celsius.
  public let least: Decimal
  /// The largest temperature, degrees Celsius.
  public let largest: Decimal

  /// The range of a record, degrees Celsius.
  public init(least: Decimal, largest: Decimal) {
    self.least = least
    self.largest = largest
  }
}

/// How a container or a seal was found.
public enum Condition: String, Sendable, Hashable, Codable, CaseIterable {
  case intact, damaged, unknown
  /// There is none at this step.
  case absent
}

/// Where two people check who the person is.
public enum PersonCheckPlace: String, Sendable, Hashable, Codable, CaseIterable { case collection, admission }

/// What is compared with the identity store when the person is checked.
public enum PersonCheckItem: String, Sendable, Hashable, Codable, CaseIterable {
  case documentName, documentBirthDate, wristbandNumber, wristbandName, wristbandBirthDate
}

/// What is compared at the bedside.
public enum BedsideItem: String, Sendable, Hashable, Codable, CaseIterable {
  case identity, labelParticipant, bag, wristbandParticipant, birthDate, said
}

/// What came of asking the participant for name and date of birth.
public enum SaidByParticipant: String, Sendable, Hashable, Codable, CaseIterable { case agrees, differs, unable }

/// How a sample ended.
public enum SampleEnd: String, Sendable, Hashable, Codable, CaseIterable { case tested, retained, destroyed, lost }

/// A quarantine: what it covers, why, and who took part in what led to it.
public struct Quarantine: Sendable, Hashable, Codable {
  /// What led to it.
  public enum Cause: String, Sendable, Hashable, Codable, CaseIterable {
    case identity, expiry, temperature, temperatureMissing, container, outsideGate, testResult, byHand, correctedTime
  }

  /// What it covers, with all that comes of it; nil for everything of the participant.
  public let material: Material?
  /// What led to it.
  public let cause: Cause
  /// The custody step or act at which it came about.
  public let step: String
  /// Who did that; none of them may resolve it.
  public let involved: [AccountID]

  /// A quarantine of a material, or with nil of everything of the participant.
  public init(_ cause: Cause, of material: Material?, step: String, involved: [AccountID]) {
    self.cause = cause
    self.material = material
    self.step = step
    self.involved = involved
  }
}

/// What quality assurance decides on quarantined material.
public enum Disposition: String, Sendable, Hashable, Codable, CaseIterable { case fitForUse, unusable }

/// A result of a release test as it was entered.
public struct TestEntry: Sendable, Hashable, Codable {
  /// What the test found.
  public let result: TestResult
  /// Whether it is an interim result, the final one being still to come.
  public let interim: Bool

  /// A final result, or an interim one.
  public init(_ result: TestResult, interim: Bool = false) {
    self.result = result
    self.interim = interim
  }
}

/// What a release test found.
public enum TestResult: Sendable, Hashable, Codable {
  /// In the unit that the plan gives.
  case quantity(Decimal)
  case negative, positive
  case conforms, doesNotConform
}

/// A release test with its result, as whoever released saw it.
public struct TestLine: Sendable, Hashable, Codable {
  /// The test's id in the plan.
  public let test: String
  /// Its title in the plan.
  public let title: String
  /// Nil where there is none yet.
  public let entry: TestEntry?
  /// Whether it is within limits; nil where that is unknown.
  public let withinLimits: Bool?
}

/// How a lot was released.
public enum ReleaseKind: String, Sendable, Hashable, Codable, CaseIterable {
  case normal, beforeFinalResult, exceptional
}

/// A gated act that happened without its gate.
public enum OutsideGateAct: Sendable, Hashable, Codable {
  case leukapheresis
  case lymphodepletionDose
  case thaw(bag: BagNumber)
  /// Whatever bag ran in, also another's.
  case infusion(bag: BagNumber)
  /// A paused infusion went on.
  case resumption(bag: BagNumber)
}
