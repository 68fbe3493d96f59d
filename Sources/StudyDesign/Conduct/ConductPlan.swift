public import ClinicalValues

/// What a protocol version says of how the trial is run: limits, lists and orders that the software follows and that no
/// code fixes. Read from `conduct.yaml`, `product.yaml` and `safety.yaml` of the version's folder.
///
/// Each item that the registry text does not give names its provisional item in `study.yaml`.
public struct ConductPlan: Sendable, Hashable, Codable {
  /// The participant's way: slots, validity of decisions, lymphodepletion, follow-up of the never infused.
  public var way: WayPlan
  /// Re-checks, by the gate that they stand before.
  public var recheck: [RecheckKind: RecheckPlan]
  /// What CQL decides for the lines of gates.
  public var findings: [FindingPlan]
  /// Custody steps, release tests, limits of temperature and expiry.
  public var product: ProductPlan
  /// Stagger, holds, the safety board.
  public var safety: SafetyPlan
  /// Every provisional item that the three files name, by id.
  public var provisional: [String]

  /// A plan from the parts that the three files give.
  public init(
    way: WayPlan, recheck: [RecheckKind: RecheckPlan], findings: [FindingPlan], product: ProductPlan,
    safety: SafetyPlan, provisional: [String]
  ) {
    self.way = way
    self.recheck = recheck
    self.findings = findings
    self.product = product
    self.safety = safety
    self.provisional = provisional
  }
}

/// Limits of the participant's way.
public struct WayPlan: Sendable, Hashable, Codable {
  /// Participants that the protocol allows.
  public var slots: Int
  /// Whether a participant who leaves before infusion frees the slot.
  public var slotFreedBeforeInfusion: Bool
  /// Days that an eligibility decision allows enrolment.
  public var eligibilityValidDays: Int
  /// How often somebody may be screened again.
  public var rescreenings: Int
  /// Days after the first attempt at a collection on which it may still go on for too little yield.
  public var collectionAttemptDays: Int
  /// Days that infection markers count before leukapheresis.
  public var infectionMarkersValidDays: Int
  /// Further collections after a failed product.
  public var furtherCollections: Int
  /// Days from leukapheresis to LD 1 after which `longWaitCriteria` are assessed anew.
  public var longWaitDays: Int
  /// Criteria assessed anew after too long a wait.
  public var longWaitCriteria: [String]
  /// Medicines and measures that bridging may use, as concepts or sets of the dictionary.
  public var bridging: [String]
  /// Planned days of lymphodepletion.
  public var lymphodepletionDays: Int
  /// The agents of lymphodepletion, each given on every one of these days.
  public var lymphodepletionAgents: [LymphodepletionAgent]
  /// Days after the last LD dose on which the infusion may begin.
  public var infusionAfterLastDose: ClosedRange<Int>
  /// From this day after the last dose on the investigator gives a written reason.
  public var infusionReasonFromDay: Int
  /// How often LD may be given again after it ran out.
  public var repeatedLymphodepletions: Int
  /// Days from the first LD 1 before which LD is not given again.
  public var repeatNotBeforeDays: Int
  /// Planned days from LD 1 to Day 0.
  public var dayZeroAfterFirstDose: Int
  /// Days of safety follow-up for the never infused, after the last leukapheresis or LD dose.
  public var neverInfusedFollowUpDays: Int
  /// Recorded attempts on different days before somebody counts as lost to follow-up; one of them in writing.
  public var contactAttempts: Int
  /// Hours that readiness (tocilizumab, resuscitation, bed, neurologist) counts once confirmed.
  public var readinessValidHours: Int
  /// Minutes that bedside verification counts.
  public var bedsideValidMinutes: Int
  /// Doses of tocilizumab kept for a participant before infusion.
  public var tocilizumabDoses: Int
  /// The last planned visit, that completes the study, and the earliest day of it.
  public var lastVisit: String
  /// The first study day on which the last visit may be done.
  public var lastVisitFromDay: Int
}

/// The gates that a re-check stands before.
public enum RecheckKind: String, Sendable, Hashable, Codable, CaseIterable, CodingKeyRepresentable {
  case leukapheresis, lymphodepletion, infusion
}

/// A re-check: the criteria that are asked afresh, and how long it and its values hold.
public struct RecheckPlan: Sendable, Hashable, Codable {
  /// Criteria by id.
  public var criteria: [String]
  /// Hours from the check to the act.
  public var validHours: Int
  /// Calendar days that a value may be old on the day of the check.
  public var valuesValidDays: Int
  /// Hours that a value may be old at the time of the check, where days are too coarse.
  public var valuesValidHours: Int?
  /// Days that values of single concepts may be old (an echocardiogram).
  public var valuesValidDaysByConcept: [String: Int]
  /// Findings by id that must hold besides.
  public var findings: [String]
}

/// A clinical fact that a line of a gate needs, decided by a CQL definition over the participant's data.
public struct FindingPlan: Sendable, Hashable, Codable {
  /// Its id, such as `washOutKept`.
  public var id: String
  /// What it says, for the person who reads the gate.
  public var title: String
  /// The library of its definition.
  public var library: String
  /// The definition: a truth value.
  public var definition: String
  /// The concepts that it asks for.
  public var concepts: [String]
  /// The definition, in the same library, of the number that it found (a weight): a Decimal; nil where it finds none.
  public var number: String?
  /// The unit of that number, in UCUM.
  public var unit: String?
  /// The definition, in the same library, of the moment until which it stays true: a DateTime; nil where time changes nothing.
  public var until: String?
  /// The provisional item that it rests on.
  public var provisional: String?
}

/// The product: custody, tests, limits.
public struct ProductPlan: Sendable, Hashable, Codable {
  /// Custody steps, in order.
  public var steps: [CustodyStepPlan]
  /// Release tests.
  public var tests: [ReleaseTestPlan]
  /// The smallest yield at which a collection is accepted.
  public var smallestYield: Decimal
  /// The unit of a yield, in UCUM.
  public var yieldUnit: String
  /// What a yield counts, for people.
  public var yieldOf: String
  /// Hours that fresh starting material keeps.
  public var freshExpiryHours: Int
  /// Hours from the harvest that a product keeps which is never frozen.
  public var freshProductHours: Int
  /// Days that the frozen product keeps.
  public var frozenExpiryDays: Int
  /// Minutes from thaw to the start of the infusion.
  public var thawToStartMinutes: Int
  /// Minutes from thaw to the end of the infusion.
  public var thawToEndMinutes: Int
  /// The least dose: CAR-positive viable cells per kg.
  public var smallestDosePerKg: Decimal
  /// The largest dose: CAR-positive viable cells per kg.
  public var largestDosePerKg: Decimal
  /// The cap of the whole dose, CAR-positive viable cells.
  public var largestDose: Decimal
}

/// A step of custody.
public struct CustodyStepPlan: Sendable, Hashable, Codable {
  /// What a step is done to.
  public enum Subject: String, Sendable, Hashable, Codable, CaseIterable { case collection, lot, bag }
  /// Where a step is done; `wherever` is where the material is.
  public enum Place: String, Sendable, Hashable, Codable, CaseIterable { case site, laboratory, transport, wherever }
  /// What a quarantine does to a step.
  public enum InQuarantine: String, Sendable, Hashable, Codable, CaseIterable { case barred, allowed }

  /// Its id: `labelled`, `collected` ... `returned`, as the protocol names the steps.
  public var id: String
  /// Its title.
  public var title: String
  /// What it is done to.
  public var subject: Subject
  /// Where it is done: it says whether a site or the laboratory records it.
  public var place: Place
  /// The steps of which one must be the last before it, taken along the whole line: of the bag, its lot and its collection. Empty:
  /// it is where the line begins.
  public var after: [String]
  /// Whether material that is never frozen passes over it.
  public var frozenOnly: Bool
  /// Limits of the temperature record, degrees Celsius; nil where none applies.
  public var temperature: ClosedRange<Decimal>?
  /// The limits for material that is never frozen, where they differ.
  public var freshTemperature: ClosedRange<Decimal>?
  /// Whether both parties are named.
  public var handOver: Bool
  /// Whether two people sign.
  public var twoPeople: Bool
  /// Whether a quarantine of the material stops it.
  public var inQuarantine: InQuarantine
  /// Whether the step is an end of what it is done to.
  public var final: Bool
}

/// A release test and its limits.
public struct ReleaseTestPlan: Sendable, Hashable, Codable {
  /// How a result is read.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable { case quantity, negative, conforms }

  /// Its id, such as `viability`.
  public var id: String
  /// Its title, for people.
  public var title: String
  /// How its result is read.
  public var kind: Kind
  /// The unit of a quantity, in UCUM.
  public var unit: String?
  /// The least result within limits.
  public var low: Decimal?
  /// The largest result within limits.
  public var high: Decimal?
  /// Whether an exceptional release may pass over it.
  public var exceptional: Bool
  /// Whether an interim result lets the lot be released before the final one.
  public var interim: Bool
  /// The tests that must be within limits besides, for a release on its interim result.
  public var interimNeeds: [String]
  /// Where its limits come from, or the words "assumption, no source".
  public var source: String
  /// The provisional item that its limits rest on.
  public var provisional: String?
}

/// Safety limits that conduct needs.
public struct SafetyPlan: Sendable, Hashable, Codable {
  /// Days after each of the first infusions on which nobody else is infused.
  public var staggerDaysFirst: [Int]
  /// Days after each later infusion.
  public var staggerDaysLater: Int
  /// Days after infusion in which a toxicity can be dose-limiting.
  public var doseLimitingWindowDays: Int
  /// Days that a cytopenia may last and still be what the therapy is meant to do.
  public var expectedCytopeniaDays: Int
  /// Hours in which the principal investigator answers a DLT question.
  public var dltAnswerHours: Int
  /// The numbers of participants through Day 28 after which the board reviews, the first before the next LD.
  public var boardReviewsAfter: [Int]
  /// Fewest members of the safety board.
  public var boardMembers: Int
  /// Fewest statisticians among them.
  public var boardStatisticians: Int
  /// The share of its members without which it cannot decide, as a fraction: `boardQuorum` of `boardQuorumOf`.
  public var boardQuorum: Int
  /// The denominator of that share.
  public var boardQuorumOf: Int
  /// Months from one meeting to the next at the latest.
  public var boardEveryMonths: Int
  /// Days after a safety hold in which the board meets.
  public var boardAfterHoldDays: Int
  /// Hours in which the board decides on somebody already lymphodepleted.
  public var boardOnParticipantHours: Int
  /// When the rate of dose-limiting toxicities stops the trial.
  public var stopping: StoppingPlan
  /// What stops the trial once it has happened.
  public var stopEvents: [StopEventPlan]
  /// The clocks of reports.
  public var clocks: [ClockPlan]
  /// Months that a child is followed.
  public var childFollowUpMonths: Int
  /// Where the casebook says what safety follows from; nil where the study does not say it.
  public var forms: SafetyForms?
}
