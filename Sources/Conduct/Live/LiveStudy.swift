public import ClinicalValues
public import Ledger
public import Trial

/// The study as it runs: its ledger, folded, and the one door to it.
///
/// Cost: opening reads and folds every event; a command reads what is new, decides, and appends once.
public actor LiveStudy {
  /// The ledger.
  public nonisolated let store: any EventStore
  /// The protocol versions that the program has.
  public nonisolated let shelf: ProtocolShelf
  let vault: IdentityVault
  let authenticator: Authenticator
  let clock: @Sendable () -> Instant
  private let hears: @Sendable (Instant) -> Void
  private(set) var fold = LedgerFold()
  /// Looks at identity data that were recorded a short while ago.
  var looks: [IdentityLook: Instant] = [:]
  /// The forms of casebooks as they were written for the rules last.
  nonisolated let written = WrittenForms()
  /// Whether decisions on eligibility stand, as it was last found out.
  nonisolated let verdicts = StandingVerdicts()
  /// What was read of participants last.
  nonisolated let readings = KeptReadings()
  /// Who decides and appends when many do at once.
  nonisolated let turns = Turns()

  /// Opens a study on its ledger and folds what is there.
  ///
  /// - Parameter hears: told when the last event was recorded, before anything is decided after it: another process may have
  ///   appended it. The clock of a demonstration goes on from there; that of a trial hears of nothing and must be right.
  /// - Throws: `StoreFailure`, or `UnreadableEvent` if a newer release wrote the ledger.
  public init(
    store: any EventStore, shelf: ProtocolShelf, vault: IdentityVault, authenticator: Authenticator,
    clock: @escaping @Sendable () -> Instant, hears: @escaping @Sendable (Instant) -> Void = { _ in }
  ) async throws {
    self.store = store
    self.shelf = shelf
    self.vault = vault
    self.clock = clock
    self.hears = hears
    self.authenticator = authenticator
    try await refresh()
  }

  /// The trial as of the last event that is durable.
  public func state() async throws -> TrialState {
    try await refresh()
    return fold.state
  }

  /// Folds what has been appended since.
  func refresh() async throws {
    var page: [Envelope]
    repeat {
      page = try await store.events(after: fold.position, limit: 2000)
      for envelope in page { try fold.apply(envelope) }
    } while !page.isEmpty
    if let recorded = fold.recorded { hears(recorded) }
  }
}

/// The ledger folded up to a position.
struct LedgerFold: Sendable {
  private(set) var state = TrialState()
  private(set) var versions: [StreamID: Version] = [:]
  private(set) var position: Position = 0
  /// The last event that concerns everybody: of the study, a site, a laboratory.
  private(set) var common: Position = 0
  /// When the last event was recorded.
  private(set) var recorded: Instant?
  /// The data that were imported and count, by participant, oldest first: since a screening that began once more those
  /// that were imported after the first had failed, since everything is assessed anew.
  private(set) var imports: [ParticipantID: [Import]] = [:]
  /// Where the last screening of a participant failed.
  private var failures: [ParticipantID: Position] = [:]

  /// Data that were imported for a participant.
  struct Import: Sendable, Hashable {
    let position: Position
    let happened: Moment
    /// The digest of the sealed bundle.
    let bundle: Digest
  }

  mutating func apply(_ envelope: Envelope) throws {
    guard envelope.position > position else { return }
    let recorded = try Recorded(envelope)
    state.apply(recorded)
    if let (participant, bundle) = recorded.event.imported {
      imports[participant, default: []]
        .append(Import(position: recorded.position, happened: recorded.happened, bundle: bundle))
    }
    if case .way(let participant, let event) = recorded.event { screen(participant, event, at: recorded.position) }
    switch recorded.event {
    case .study, .studyRecord, .site, .laboratory: common = recorded.position
    case .way, .product, .record, .casebook, .safety, .grade, .people: break
    }
    versions[envelope.event.stream] = envelope.version
    position = envelope.position
    self.recorded = envelope.recorded
  }

  private mutating func screen(_ participant: ParticipantID, _ event: WayEvent, at position: Position) {
    switch event {
    case .screeningFailed: failures[participant] = position
    case .screeningStarted:
      guard let failed = failures[participant] else { return }
      imports[participant]?.removeAll { $0.position < failed }
    case .corrected(.dataImport(let bundle), _): imports[participant]?.removeAll { $0.bundle == bundle }
    default: break
    }
  }
}
