public import ClinicalValues
public import Ledger
public import Trial

/// Something that is about to be handed out of a running study.
public struct Export: Sendable, Hashable {
  /// What.
  public let what: ExportedThing
  /// The events that it was made of, from the first on.
  public let events: Int
  /// SHA-256 of its bytes.
  public let digest: Digest

  /// An export of so many events.
  public init(_ what: ExportedThing, events: Int, digest: Digest) {
    self.what = what
    self.events = events
    self.digest = digest
  }

  /// Records it, before it is handed out: what is not recorded does not leave.
  ///
  /// - Parameter actor: who exports; `Export.operator` for whoever runs the machine and brings no account.
  /// - Throws: `StoreFailure`, `ledger-read-only` where the ledger can only be read.
  public func record(by actor: Actor, at moment: Moment, origin: Origin, in store: any EventStore) async throws {
    let event = try TrialEvent.study(.exported(what: what, events: events, digest: digest))
      .newEvent(happened: moment, actor: actor, origin: origin, reason: nil)
    while true {
      do {
        let version = try await store.events(of: .study, after: 0).count
        _ = try await store.append(Append(expected: [.study: version], events: [event], recorded: moment.instant))
        return
      } catch is Conflict {
        continue
      }
    }
  }

  /// Whoever runs the machine: no account and no role of the study. No account can have this name.
  public static let `operator` = Actor(account: "operator", role: "")
}

extension LiveStudy {
  /// Refuses an export by somebody whose role, training or delegation does not allow it now, or allows less than this.
  ///
  /// - Throws: `Refusal` (`role-may-not`, or why whoever asks may not work at all).
  public func requireExport(of what: ExportedThing, by acting: Acting) async throws {
    try await requireAllowed(acting, to: .export)
    switch (acting.role.extent(of: .export), what) {
    case (.full, _), (.ownSite, .screeningLog), (.reports, .safetyReport): return
    default:
      throw Refusal(
        "role-may-not", because: "As \(acting.role.title) you export less than this.",
        remedy: "Ask the data manager, the statistician or the safety officer.")
    }
  }

  /// Records an export by somebody who may make it, before it is handed out.
  ///
  /// - Throws: `Refusal`; `StoreFailure`.
  public func record(_ export: Export, by acting: Acting, origin: Origin) async throws {
    try await requireExport(of: export.what, by: acting)
    let zone = acting.site.flatMap { fold.state.sites[$0]?.zone } ?? "UTC"
    try await export.record(
      by: Actor(acting), at: ZoneClock.moment(clock(), zone: zone), origin: origin, in: store)
  }
}
