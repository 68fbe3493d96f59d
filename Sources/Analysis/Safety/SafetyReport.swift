public import ClinicalValues
public import Ledger
public import StudyDesign
import Trial

/// What is known of the safety of a study at a cut-off: a function of the ledger up to it and of the protocol version's files.
///
/// It names participants by number and people by role alone, and quotes nothing that a site wrote at length. The same
/// snapshot and the same files give the same report, byte for byte, and so the same digest.
public struct SafetyReport: Sendable, Hashable, Encodable {
  /// What it is a report of.
  public let source: ReportSource
  /// How many there are in each set that a number of this report can count.
  public let sets: [SetCount]
  /// Everybody who was ever enrolled, by number.
  public let participants: [ParticipantLine]
  /// Infusions in their order, with the intervals between them.
  public let infusions: [InfusionLine]
  /// DLT questions and who can be evaluated.
  public let toxicity: LimitingToxicity
  /// Where the study stands against what stops it.
  public let stopping: StoppingStanding
  /// Holds, reviews and words of the board.
  public let oversight: Oversight
  /// Everybody who died.
  public let deaths: [DeathLine]
  /// Pregnancies of participants and partners.
  public let pregnancies: [PregnancyLine]
  /// Reports that were called for, with their clocks.
  public let reports: [ReportLine]
  /// Adverse events.
  public let events: EventTables
  /// What recorded values say of toxicity.
  public let grades: GradeTables

  /// The report of a trial at its cut-off, by the protocol version in force then.
  public init(_ snapshot: TrialSnapshot, study: Study) {
    let plan = study.conduct
    source = ReportSource(snapshot, study: study)
    participants = ParticipantLine.enrolled(in: snapshot, plan: plan.safety)
    infusions = InfusionLine.all(in: snapshot, plan: plan.safety)
    toxicity = LimitingToxicity(snapshot, plan: plan)
    stopping = StoppingStanding(snapshot, toxicity: toxicity, plan: plan, book: FormBook(study))
    oversight = Oversight(snapshot.history)
    deaths = DeathLine.all(in: snapshot, plan: plan.safety)
    pregnancies = PregnancyLine.all(in: snapshot, plan: plan.safety)
    reports = ReportLine.all(in: snapshot, plan: plan.safety)
    events = EventTables(snapshot, study: study)
    grades = GradeTables(snapshot, study: study)
    sets = SetCount.all(in: snapshot, study: study)
  }

  /// The content as canonical JSON (RFC 8785): what its digest covers.
  public func canonical() throws -> CanonicalJSON { try CanonicalJSON(encoding: self) }
}

/// What a report is a report of: a study, its protocol version, a ledger up to a cut-off.
public struct ReportSource: Sendable, Hashable, Encodable {
  /// A provisional item of the protocol version.
  public struct Item: Sendable, Hashable, Encodable {
    /// Its id.
    public let id: String
    /// What it is about.
    public let title: String
    /// Whether a principal investigator has adopted or changed it.
    public let isSettled: Bool
  }

  /// The study's id.
  public let study: String
  /// Its title.
  public let title: String
  /// Whether its people are invented.
  public let isSynthetic: Bool
  /// The protocol version whose plan the report follows.
  public let version: String
  /// The digest of that version's files.
  public let files: String
  /// Whether that version was in force at the cut-off.
  public let isInForce: Bool
  /// The last instant whose events count.
  public let cutoff: Instant
  /// The position of the last event that counts.
  public let position: Position
  /// The root of the ledger's tree at that position.
  public let root: Digest
  /// What is provisional in that version.
  public let provisional: [Item]

  init(_ snapshot: TrialSnapshot, study: Study) {
    let state = snapshot.state.study
    let digest = Digest(study.digest) ?? Digest(of: study.digest)
    self.study = study.id
    title = study.title
    isSynthetic = state.isSynthetic
    version = study.version
    files = study.digest
    isInForce = state.version(at: snapshot.moment)?.digest == digest
    cutoff = snapshot.cutoff
    position = snapshot.head.position
    root = snapshot.head.root
    let settled = state.settledItems[digest] ?? []
    provisional = study.provisional.map { Item(id: $0.id, title: $0.title, isSettled: settled.contains($0.id)) }
  }
}
