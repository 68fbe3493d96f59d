import ClinicalValues
import FHIR
public import Ledger
import Rules
import StudyDesign
public import Trial

extension LiveStudy {
  /// Who records what time alone has led to: the software itself. No account can have this name.
  public static let watcher = Actor(account: "system", role: "")

  /// Records what time alone has led to since it was last asked (`Watch`): visits that were missed, reports that are late,
  /// DLT questions, safety holds. Nothing is recorded twice, however often it is asked.
  ///
  /// - Parameter participants: those to look at; nil for everybody. What concerns the whole study is always looked at.
  /// - Returns: what was recorded.
  @discardableResult
  public func watch(_ participants: Set<ParticipantID>? = nil) async throws -> [Envelope] {
    while true {
      try await refresh()
      let fold = self.fold
      let now = clock()
      let watched = try await watched(participants, at: now, in: fold)
      let facts = Watch.facts(in: watched)
      guard !facts.isEmpty else { return [] }
      let events = try facts.map { fact in
        try fact.event.newEvent(
          happened: watched.moment(of: fact.event), actor: LiveStudy.watcher, origin: .system, reason: nil)
      }
      do {
        // A rule may have looked at everything.
        let envelopes = try await store.append(Append(expected: fold.versions, events: events, recorded: now))
        try await refresh()
        return envelopes
      } catch is Conflict {
        continue
      }
    }
  }

  /// The trial and its participants as a watch looks at them.
  func watched(
    _ participants: Set<ParticipantID>?, at now: Instant, in fold: LedgerFold
  ) async throws -> Watched {
    var found: [ParticipantID: WatchedParticipant] = [:]
    for (id, state) in fold.state.participants where participants?.contains(id) ?? true {
      found[id] = try await watched(state, at: now, in: fold)
    }
    let here = ZoneClock.moment(now, zone: "UTC")
    return Watched(
      state: fold.state, now: here, plan: try shelf.edition(at: here, in: fold.state).study.conduct,
      participants: found)
  }

  /// A participant at a moment, by the clocks of the site, with what CQL says of to whom visits apply.
  func watched(_ state: ParticipantState, at now: Instant, in fold: LedgerFold) async throws -> WatchedParticipant {
    let here = fold.state.moment(now, of: state)
    let edition = try shelf.edition(of: state.id, at: here, in: fold.state)
    let undecided = WatchedParticipant(state, now: here, plan: edition.study.conduct, book: edition.book)
    guard let source = try await source(of: state, until: here, in: fold),
      let record = try source.record(by: edition.study)?.record
    else { return undecided }
    let picture = try SchedulePainter(state: state, edition: edition, record: record)
      .picture(ofDays: ParticipantCalendar.askedDays(of: undecided), at: here)
    return WatchedParticipant(state, now: here, plan: edition.study.conduct, book: edition.book, picture: picture)
  }
}

/// Asks CQL to whom visits apply.
struct SchedulePainter {
  let state: ParticipantState
  let edition: ProtocolShelf.Edition
  let record: Record

  /// What the definitions of the schedule say as of these days: of a day that has passed as of its end.
  func picture(ofDays days: Set<Int>, at now: Moment) throws -> SchedulePicture {
    let cohort = state.way.cohort.flatMap { id in edition.study.cohorts.first { $0.id == id } }
    let anchors = Anchors(state, edition.study.conduct.way)
    var truths: [Int: [String: Bool]] = [:]
    for day in days {
      let end = Instant(milliseconds: (day + 1) * 86_400_000 - 1).adding(minutes: -now.offsetMinutes)
      let moment = day < now.day ? Moment(end, offsetMinutes: now.offsetMinutes, zone: now.zone) : now
      truths[day] = try edition.rules.applicability(
        record: record, cohort: cohort, at: moment, anchors: anchors, status: state.status(at: moment).rawValue
      ).truths
    }
    return SchedulePicture(days: truths)
  }
}

extension Watched {
  /// Now, where an event belongs.
  fileprivate func moment(of event: TrialEvent) -> Moment {
    switch event {
    case .way(let id, _), .product(let id, _), .record(let id, _), .casebook(let id, _), .safety(let id, _),
      .grade(let id, _):
      participants[id]?.now ?? now
    case .study, .studyRecord, .site, .people, .laboratory: now
    }
  }
}
