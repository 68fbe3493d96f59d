import Ledger
public import Trial

extension Acting {
  /// Whether whoever acts may see a site: a role of a site sees its own.
  public func sees(_ site: SiteID?) -> Bool { !role.isOfSite || self.site == site }

  /// Whether whoever acts may see somebody's cells: a site sees those of its own participants, and of whose bag lies with it.
  public func seesCells(of participant: ParticipantState) -> Bool {
    sees(participant.way.site) || site.map(participant.hasBag) == true
  }
}

extension LiveStudy {
  /// Refuses whoever may not read the trail of the trial now; who reads that of accounts only may not read this.
  public func requireReader(_ acting: Acting) async throws {
    try await requireAllowed(acting, to: .readAudit)
    guard acting.role.extent(of: .readAudit) != .accounts else {
      throw Refusal(
        "role-may-not", because: "As \(acting.role.title) you read what concerns accounts, nothing clinical.",
        remedy: "Ask somebody of the site.")
    }
  }

  /// Refuses whoever may neither read nor manage accounts.
  public func requireAccountReader(_ acting: Acting) async throws {
    for permission in [Permission.manageAccounts, .signDelegationForSponsor]
    where acting.role.extent(of: permission) != nil {
      return try await requireAllowed(acting, to: permission)
    }
    try await requireAllowed(acting, to: .readAudit)
  }

  /// A participant whom whoever looks may see.
  ///
  /// - Throws: `Refusal` (`unknown-participant`, `other-site`).
  public func participant(_ id: ParticipantID, for acting: Acting) async throws -> ParticipantState {
    try await participant(id) { acting.sees($0.way.site) }
  }

  /// A participant whose cells whoever looks may see; nothing else of them is to be shown.
  ///
  /// - Throws: as `participant`.
  public func cells(of id: ParticipantID, for acting: Acting) async throws -> ParticipantState {
    try await participant(id, isSeen: acting.seesCells)
  }

  private func participant(
    _ id: ParticipantID, isSeen: (ParticipantState) -> Bool
  ) async throws -> ParticipantState {
    guard let found = try await state().participants[id] else {
      throw Refusal(
        "unknown-participant", because: "There is no participant \(id).",
        remedy: "Look the number up in the list of participants.")
    }
    guard isSeen(found) else {
      throw Refusal(
        "other-site", because: "\(id) belongs to site \(found.way.site?.description ?? "?").",
        remedy: "Ask a colleague of that site.")
    }
    return found
  }

  /// The events that a participant's way is told from, in the ledger's order: the participant's own, those of the study and of the
  /// sites, and where who it is was erased those of accounts.
  ///
  /// Cost: reads these streams, not the ledger.
  public nonisolated func events(
    touching id: ParticipantID, in state: TrialState
  ) async throws -> [Recorded<TrialEvent>] {
    var streams: [StreamID] = [.participant(id), .study] + state.sites.keys.map { .site($0) }
    if state.people.erased.contains(id) { streams.append(.accounts) }
    var events: [Recorded<TrialEvent>] = []
    for stream in streams { events += try await store.events(of: stream, after: 0).map { try Recorded($0) } }
    return events.sorted { $0.position < $1.position }
  }

  /// Every event of the ledger, in its order. Cost: reads the whole ledger.
  ///
  /// - Throws: `StoreFailure`.
  public nonisolated func events() async throws -> [Recorded<TrialEvent>] {
    var all: [Recorded<TrialEvent>] = []
    var last = 0
    while case let page = try await store.events(after: last, limit: 2000), let end = page.last?.position {
      all += try page.map { try Recorded($0) }
      last = end
    }
    return all
  }
}
