import ClinicalValues
import Ledger
import StudyDesign
import Trial

extension LiveStudy {
  /// How often a decision that was overtaken is made anew.
  private static let attempts = 20

  /// Decides a command on what is there now, without doing it.
  ///
  /// - Throws: `Refusal`; `ChangedMeanwhile` if what the person saw has moved on.
  public func propose(_ request: Request) async throws -> Proposal {
    try await refresh()
    return try await decide(request, after: request.shown)
  }

  /// Decides a command, has it signed where it must be, and appends what it leads to; returns when that is durable.
  ///
  /// Before a gate is asked, what time alone has led to for the whole study is recorded: a rule that has fired since the
  /// last command bars it.
  ///
  /// `sign` is shown once everything that is to be signed and gives, in the same order, who has shown for it who they
  /// are. If another append comes first the command is decided anew; where that would have them sign something else,
  /// nothing is done.
  ///
  /// - Throws: `Refusal`, `ChangedMeanwhile`, `StoreFailure`, or what `sign` throws.
  @discardableResult
  public func perform(
    _ request: Request, sign: @Sendable ([ToSign]) async throws -> [Authenticated]
  ) async throws -> Performed {
    if type(of: request.command).passesGate { try await watch([]) }
    let participants = request.command.participants
    await turns.take(participants)
    defer { turns.leave(participants) }
    try await refresh()
    let start = fold.position
    let first = try await decide(request, after: request.shown)
    let signers = first.toSign.isEmpty ? [] : try await sign(first.toSign)
    for _ in 0..<LiveStudy.attempts {
      try await refresh()
      let proposal = try await decide(request, after: first)
      guard first.toSign.isEmpty || proposal.toSign == first.toSign else {
        throw ChangedMeanwhile(events: try await changes(since: start, in: proposal.expected.keys))
      }
      do {
        let now = clock()
        let events = try proposal.events(of: request, signers: signers, at: request.here(now, in: fold.state))
        let envelopes = try await store.append(
          Append(
            expected: proposal.expected, events: events,
            attachments: (request.attachments + proposal.clinical.documents.map(\.sealed)).filter { bytes in
              let digest = Digest(of: bytes).description
              return events.contains { $0.payload.description.contains(digest) }
            }, recorded: now))
        let mine = Set(envelopes.map(\.position))
        try await refresh()
        return Performed(
          envelopes: envelopes,
          meanwhile: try await changes(since: start, in: proposal.expected.keys).filter { !mine.contains($0.position) })
      } catch is Conflict {
        continue
      }
    }
    throw StoreFailure(
      .busy, found: "Others wrote to the same streams \(LiveStudy.attempts) times in a row.",
      remedy: "Nothing was recorded. Repeat it in a moment.")
  }

  /// What a command leads to on the ledger as it is folded now.
  ///
  /// - Parameter first: what it led to before, which says when it happened.
  private func decide(_ request: Request, after first: Proposal?) async throws -> Proposal {
    // One fold for all of it: while data are read, others may append.
    let fold = self.fold
    let moved = request.seen.filter { (fold.versions[$0.key] ?? 0) != $0.value }
    guard moved.isEmpty else {
      var events: [Recorded<TrialEvent>] = []
      for (stream, version) in moved { events += try await store.events(of: stream, after: version).map(Recorded.init) }
      throw ChangedMeanwhile(events: events.sorted { $0.position < $1.position })
    }
    try request.requireKnownZone()
    try await requireDocuments(of: request)
    let now = clock()
    let happened = first?.happened ?? request.happened ?? request.here(now, in: fold.state)
    let edition = try shelf.edition(for: request.command, at: happened, in: fold.state)
    let clinical = try await pictures(
      for: request, at: happened, now: now, in: fold, by: edition, after: first?.clinical)
    let clinicalNow = try await picturesOfNow(
      for: request, at: happened, now: now, in: fold, by: edition, after: first)
    var situation = Situation(
      state: fold.state, plan: edition.study.conduct, protocolVersion: edition.version, actor: request.actor,
      together: request.together, happened: happened, now: now, pictures: clinical.pictures,
      late: request.late, casebook: edition.book, forms: clinical.forms)
    situation.books = clinical.books
    situation.endOfDay = ZoneClock.end(ofDay:like:)
    situation.picturesOfNow = clinicalNow?.pictures
    let facts = try Trial.decide(request.command, in: situation)
    var expected: [StreamID: Version] = [:]
    for stream in request.reads(in: fold).union(facts.map(\.event.stream)) {
      expected[stream] = fold.versions[stream] ?? 0
    }
    return Proposal(
      facts: facts, toSign: try facts.flatMap { try $0.toSign(by: request, happened: happened, in: fold.state) },
      happened: happened,
      expected: expected, clinical: clinical, clinicalNow: clinicalNow)
  }

  /// Refuses a command that rests on a document which is neither handed in with it nor in the ledger.
  private func requireDocuments(of request: Request) async throws {
    guard let command = request.command as? any RestsOnDocuments else { return }
    let attached = Set(request.attachments.map { Digest(of: $0) })
    for document in command.documents where !attached.contains(document) {
      guard try await store.attachment(document) == nil else { continue }
      throw Refusal(
        "document-not-attached", because: "The document with the digest \(document) is not attached.",
        remedy: "Attach its file: it is kept in the ledger, and exported with it.")
    }
  }

  /// What was appended to streams after a position.
  private func changes(
    since position: Position, in streams: some Collection<StreamID>
  ) async throws -> [Recorded<TrialEvent>] {
    let streams = Set(streams)
    var changes: [Recorded<TrialEvent>] = []
    var last = position
    while case let page = try await store.events(after: last, limit: 2000), let end = page.last?.position {
      changes += try page.filter { streams.contains($0.event.stream) }.map(Recorded.init)
      last = end
    }
    return changes
  }
}

extension Request {
  /// Refuses a site in a time zone that the machine does not know: its clocks could not be read.
  func requireKnownZone() throws(Refusal) {
    guard let site = command as? AddSite, !ZoneClock.knows(site.zone) else { return }
    throw Refusal(
      "no-time-zone", because: "There is no time zone ‘\(site.zone.prefix(40))’.",
      remedy: "Give the name of a city in the IANA time zone database, such as Asia/Shanghai or Europe/Berlin, or UTC.")
  }

  /// Now, where whoever acts is: at the actor's site, else at that of the participant.
  func here(_ now: Instant, in state: TrialState) -> Moment { ZoneClock.moment(now, zone: zone(in: state)) }

  /// The time zone in which whoever acts lives.
  func zone(in state: TrialState) -> String {
    let site = actor.site ?? command.participants.sorted().lazy.compactMap { state.participants[$0]?.way.site }.first
    return site.flatMap { state.sites[$0]?.zone } ?? "UTC"
  }

  /// The streams that the decision reads. One that passes a gate reads the whole trial: slots, stagger, holds and
  /// questions hang on everybody.
  func reads(in fold: LedgerFold) -> Set<StreamID> {
    if type(of: command).passesGate { return Set(fold.versions.keys).union([.study, .accounts]) }
    let people = command.participants
    let sites = command.sites.union(actor.site.map { [$0] } ?? [])
      .union(people.compactMap { fold.state.participants[$0]?.way.site })
    return Set([.study, .accounts]).union(people.map(StreamID.participant)).union(sites.map(StreamID.site))
  }
}

extension Fact {
  /// Who signs it: nobody, whoever acts, or all who act together.
  func signers(of request: Request) -> [Acting] {
    signed == nil ? [] : signedByAll ? [request.actor] + request.together : [request.actor]
  }

  /// What is to be signed of it, by whom.
  func toSign(by request: Request, happened: Moment, in state: TrialState) throws -> [ToSign] {
    guard let meaning = signed else { return [] }
    return try signers(of: request).map { signer in
      let name = state.people.name(of: signer.account)
      let content = try SignedContent(
        event: event, happened: happened, reason: request.reason, meaning: meaning, name: name,
        account: signer.account, role: signer.role)
      return ToSign(signer: signer, name: name, meaning: meaning, content: content.canonical)
    }
  }
}

extension Proposal {
  /// The events as they enter the ledger, signed by those who have shown who they are, in the order of `toSign`.
  func events(of request: Request, signers: [Authenticated], at now: Moment) throws -> [NewEvent] {
    let actor = Actor(request.actor)
    guard signers.count >= toSign.count else { throw MissingSignature(meaning: toSign[signers.count].meaning) }
    var signatures = try zip(toSign, signers).map { try Signing.sign($0, by: $1, at: now) }[...]
    return try facts.map { fact in
      let count = fact.signers(of: request).count
      defer { signatures = signatures.dropFirst(count) }
      return try fact.event.newEvent(
        signatures: Array(signatures.prefix(count)), happened: happened, actor: actor, origin: request.origin,
        reason: request.reason)
    }
  }
}

/// An act that must be signed was not.
public struct MissingSignature: Error, Hashable, Sendable, CustomStringConvertible {
  /// What signing says.
  public let meaning: String

  /// What is missing, and what to do.
  public var description: String {
    "signature-missing: This must be signed (\(meaning)) and was not. Nothing was recorded. Sign it."
  }
}
