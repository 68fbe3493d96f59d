import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

extension Director {
  /// A working day as the site's software and its people live it: what time alone has led to is recorded, and the principal
  /// investigators judge what was noticed before.
  mutating func watch() async throws {
    let due = try await suspected()
    if !due.isEmpty {
      for envelope in try await live.watch(due) {
        guard case .record(let id, .deviationOpened(let deviation)) = try Recorded<TrialEvent>(envelope).event else {
          continue
        }
        noticed[id, default: [:]][deviation.noticed, default: []] += deviation.about ?? []
      }
    }
    let state = try await live.state()
    for key in patients.keys.sorted() {
      guard let id = patients[key]?.id, let record = state.participants[id]?.record,
        record.deviations.contains(where: { !$0.isClosed })
      else { continue }
      try await judgeDeviations(key)
    }
  }

  /// Those for whom a window may have closed or a report become late, without asking to whom visits apply, which costs:
  /// each suspicion leads to that question once.
  private mutating func suspected() async throws -> Set<ParticipantID> {
    guard let edition = shelf.editions.first else { throw NotThere(what: "the protocol") }
    let state = try await live.state()
    let schedule = edition.study.schedule
    let now = ZoneClock.moment(clock.now, zone: "UTC")
    let definitions = Set(schedule.visits.compactMap(\.applies) + schedule.activities.compactMap(\.applies))
    let all = Dictionary(uniqueKeysWithValues: definitions.map { ($0, true) })
    let everybody = SchedulePicture(
      days: Dictionary(uniqueKeysWithValues: (opening - 60...now.day + 1).map { ($0, all) }))
    var participants: [ParticipantID: WatchedParticipant] = [:]
    for (id, participant) in state.participants where participant.isWatched(onDay: now.day) {
      participants[id] = WatchedParticipant(
        participant, now: state.moment(clock.now, of: participant), plan: edition.study.conduct, book: edition.book,
        picture: everybody)
    }
    let watched = Watched(
      state: state, now: now, plan: edition.study.conduct, participants: participants)
    var due: Set<ParticipantID> = []
    for fact in Watch.facts(in: watched) {
      guard case .record(let id, .deviationOpened(let deviation)) = fact.event else {
        return Set(participants.keys)
      }
      let subjects = Set(deviation.about ?? [])
      guard !subjects.isSubset(of: asked[id, default: []]) else { continue }
      asked[id, default: []].formUnion(subjects)
      due.insert(id)
    }
    return due
  }

  // MARK: - What people make of it

  /// How grave a deviation is, and why; its cause, what was done, what prevents another.
  private struct Judgment {
    let severity: DeviationSeverity
    let why: String
    let assessment: [String]
  }

  /// The principal investigator judges the deviations that were noticed by themselves on an earlier day.
  mutating func judgeDeviations(_ key: String) async throws {
    let id = try id(key)
    let today = try here(key).day
    for deviation in try await live.state().participants[id]?.record.deviations ?? []
    where !deviation.isClosed && deviation.noticed.day < today {
      guard let judgment = try judgment(of: deviation, key) else { continue }
      if deviation.severity == nil {
        try await act(
          ClassifyDeviation(
            participant: id, deviation: deviation.number, severity: judgment.severity, reason: judgment.why),
          by: try of(.principalInvestigator, key))
      }
      try await act(
        AssessDeviation(
          participant: id, deviation: deviation.number, cause: judgment.assessment[0],
          correction: judgment.assessment[1], prevention: judgment.assessment[2]),
        by: try of(.principalInvestigator, key))
      guard judgment.severity != .minor, !deviation.isReported else { continue }
      try await act(
        ReportDeviation(participant: id, deviation: deviation.number, to: "the sponsor's monitor"),
        by: try of(.coordinator, key))
    }
  }

  private func judgment(of deviation: DeviationState, _ key: String) throws -> Judgment? {
    switch deviation.kind {
    case .missedActivity: try judgment(ofMissed: noticed[try id(key)]?[deviation.noticed] ?? [], key)
    case .window:
      Judgment(
        severity: .minor, why: "Neither safety nor an endpoint depends on it.",
        assessment: [
          "The participant could not come on a day of the window", "Done on the first day that was possible",
          "The window is named when the visit is booked",
        ])
    case .medication:
      Judgment(
        severity: .important, why: "A medicine that the protocol does not list can bear on the cells and on safety.",
        assessment: [
          "The disease flared while the cells were made", "The sponsor was told; no cells were collected meanwhile",
          "The list of bridging medicines is at hand in the outpatient clinic",
        ])
    case .temperature:
      Judgment(
        severity: .important, why: "The product may have been harmed.",
        assessment: [
          "The lid of the transport container was open", "Quarantined; quality assurance decides by the stability data",
          "The container is opened only at the tank",
        ])
    default: nil
    }
  }

  /// Of a visit or an activity that was missed: what hangs on it, and why it was missed.
  private func judgment(ofMissed subjects: [DeviationSubject], _ key: String) throws -> Judgment {
    let story = try story(key)
    let visits = subjects.compactMap { if case .visit(let name, _) = $0 { name } else { nil } }
    if visits.contains(where: { story.course.missed[$0] != nil }) {
      return Judgment(
        severity: .important, why: "B cells and response of that visit are lacking.",
        assessment: [
          "The participant was ill at home", "Asked by telephone, laboratory at the next visit",
          "The window is named when the visit is booked",
        ])
    }
    if !visits.isEmpty, story.events.contains(where: { if case .attemptContact = $0.what { true } else { false } }) {
      return Judgment(
        severity: .minor, why: "The tests of that month are lacking; those of the months beside it tell the same.",
        assessment: [
          "The participant could not be reached", "Called and written to; tests at the next contact",
          "A second telephone number is on file",
        ])
    }
    return Judgment(
      severity: .minor, why: "Neither safety nor an endpoint depends on it.",
      assessment: [
        "Left out at the visit", "It cannot be done later", "The list of the visit is gone through before it ends",
      ])
  }
}

extension ParticipantState {
  /// Whether something can still fall due: not long after the participant has gone.
  fileprivate func isWatched(onDay day: Int) -> Bool {
    guard way.screeningRound > 0 else { return false }
    var ends = [way.completed?.day, way.left?.day].compactMap(\.self)
    if case .failed(let decided) = way.eligibility { ends.append(decided.day) }
    return ends.allSatisfy { $0 > day - 60 }
  }
}
