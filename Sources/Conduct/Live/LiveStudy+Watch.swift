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
    // A rule of the whole study reads everybody's forms, whoever is looked at.
    var books: [ParticipantID: FormBook] = [:]
    for (id, state) in fold.state.participants {
      let here = fold.state.moment(now, of: state)
      books[id] = try found[id]?.book ?? shelf.edition(of: id, at: here, in: fold.state).book
    }
    return Watched(
      state: fold.state, now: here, plan: try shelf.edition(at: here, in: fold.state).study.conduct,
      participants: found, books: books)
  }

  /// A participant at a moment, by the clocks of the site, with what CQL says of to whom visits apply.
  func watched(_ state: ParticipantState, at now: Instant, in fold: LedgerFold) async throws -> WatchedParticipant {
    let here = fold.state.moment(now, of: state)
    let edition = try shelf.edition(of: state.id, at: here, in: fold.state)
    let undecided = WatchedParticipant(state, now: here, plan: edition.study.conduct, book: edition.book)
    let basis = try await basis(of: state, at: here, in: fold)
    guard let record = try await record(of: state, on: basis, until: here, by: edition, in: fold)?.record else {
      return undecided
    }
    var painter = SchedulePainter(
      state: state, edition: edition, record: record, over: readings.days(of: state.id, on: basis))
    let picture = try painter.picture(ofDays: ParticipantCalendar.askedDays(of: undecided), at: here)
    readings.keep(painter.over, of: state.id, on: basis)
    return WatchedParticipant(state, now: here, plan: edition.study.conduct, book: edition.book, picture: picture)
  }
}

/// Asks CQL to whom visits apply.
struct SchedulePainter {
  let state: ParticipantState
  let edition: ProtocolShelf.Edition
  let record: Record
  /// What was said as of the ends of days that are over. As long as nothing is added it is said once.
  private(set) var over: [KeptReadings.Day: [String: Bool]]

  init(
    state: ParticipantState, edition: ProtocolShelf.Edition, record: Record,
    over: [KeptReadings.Day: [String: Bool]] = [:]
  ) {
    self.state = state
    self.edition = edition
    self.record = record
    self.over = over
  }

  /// What the definitions of the schedule say as of these days: of a day that has passed as of its end.
  mutating func picture(ofDays days: Set<Int>, at now: Moment) throws -> SchedulePicture {
    var truths: [Int: [String: Bool]] = [:]
    var present: [String: Bool]?
    for day in days where day >= now.day {
      let said = try present ?? asked(at: now)
      (present, truths[day]) = (said, said)
    }
    for day in days where day < now.day {
      let key = KeptReadings.Day(day: day, offsetMinutes: now.offsetMinutes, zone: now.zone)
      let end = Instant(milliseconds: (day + 1) * 86_400_000 - 1).adding(minutes: -now.offsetMinutes)
      let said = try over[key] ?? asked(at: Moment(end, offsetMinutes: now.offsetMinutes, zone: now.zone))
      (over[key], truths[day]) = (said, said)
    }
    return SchedulePicture(days: truths)
  }

  private func asked(at moment: Moment) throws -> [String: Bool] {
    let cohort = state.way.cohort.flatMap { id in edition.study.cohorts.first { $0.id == id } }
    return try edition.rules.applicability(
      record: record, cohort: cohort, at: moment, anchors: Anchors(state, edition.study.conduct.way),
      status: state.status(at: moment).rawValue
    ).truths
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
