import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// Participants: where each stands, what waits, gates, visits, the way so far, and who they are.
enum ParticipantRoutes {
  private static let path = "/api/participants/{participant}"

  static let all: [Route] = [
    .read(
      "/api/participants", .clinicalReader, "participants", in: "participants",
      "Everybody whom the reader may see.",
      query: [
        .init(
          name: "status", schema: .choice(ParticipantStatus.allCases.map(\.rawValue)),
          about: "Only those who stand there."),
        .cohort,
      ], as: Readings.participants
    ) { request in
      let status = request.query.text("status").flatMap { ParticipantStatus(rawValue: $0) }
      let (state, now) = (try await request.live.state(), try await request.now())
      return try await request.people(status, cohort: request.query.text("cohort")).map {
        request.reading(of: $0, in: state, at: now)
      }
    },
    .read(
      path, .clinicalReader, "participant", in: "participants", "Where a participant stands.", as: Readings.participant
    ) { request in
      request.reading(
        of: try await request.participant(), in: try await request.live.state(), at: try await request.now())
    },
    .read(
      path + "/tasks", .clinicalReader, "participantTasks", in: "participants", "What waits about a participant.",
      as: Readings.worklist
    ) { request in
      let id = try await request.participant().id
      let worklist = try await request.worklist()
      return worklist.readings(worklist.tasks.filter { $0.participant == id })
    },
    .read(
      path + "/identity", .permitted(.seeIdentity), "identity", in: "participants",
      "Who a participant is. That it was read is recorded.", as: Readings.identity
    ) { request in
      let id = try await request.participant().id
      return IdentityReading(
        participant: id, person: try await request.live.person(id, for: try request.acting(), origin: .web))
    },
    .read(
      path + "/visits", .clinicalReader, "visits", in: "participants", "A participant's visits.", as: Readings.calendar
    ) { request in
      let id = try await request.participant().id
      guard let calendar = try await request.live.calendars(of: [id]).first else { throw NotFound() }
      return calendar
    },
    .read(
      path + "/gates/{gate}", .clinicalReader, "gate", in: "participants", "Every line of a gate, as it stands now.",
      query: [.init(name: "bag", schema: .text(), about: "The bag, for thawing and infusion; else those ordered.")],
      as: Readings.gate, gate),
    .read(
      path + "/way", .clinicalReader, "way", in: "participants", "A participant's way as it happened.", limit: .search,
      as: Readings.way
    ) { try await $0.timeline(of: try await $0.participant().id) },
    .read(
      path + "/response", .clinicalReader, "response", in: "participants", "How the disease answers over time.",
      as: Readings.response
    ) { request in
      try await request.responses(of: try await request.participant().id)
    },
  ]

  private static let gate: @Sendable (PageRequest) async throws -> GateReading = { request in
    let participant = try await request.participant()
    let gate = try request.parameter("gate") { text in
      guard let gate = Gate(rawValue: text) else { throw NotFound() }
      return gate
    }
    let bag = try request.query.text("bag").map { text in
      do { return try BagNumber(text) } catch {
        throw Refusal("bag-misread", because: "\(error)", remedy: "Read the label of the bag again.")
      }
    }
    let (moment, lines) = try await request.live.gates([gate], for: participant.id, bag: bag, by: try request.acting())
    return GateReading(participant: participant.id, gate: gate, moment: moment, lines: lines[gate] ?? [])
  }
}

extension PageRequest {
  fileprivate func reading(
    of participant: ParticipantState, in state: TrialState, at now: Moment
  ) -> ParticipantReading {
    let header = ParticipantHeader(participant: participant, state: state, now: now, words: words)
    return ParticipantReading(
      participant: participant, state: state, now: state.moment(now.instant, of: participant), alerts: header.alerts)
  }

  /// A participant's way as it happened; kept until something is recorded.
  func timeline(of id: ParticipantID) async throws -> ParticipantTimeline {
    let live = live
    let position = try await live.store.head().position
    let state = try await live.state()
    let edition = try await edition(of: id, in: state)
    return try await site.views.view("way of \(id)", at: position) {
      ParticipantTimeline(
        of: id, in: try await live.events(touching: id, in: state),
        by: EventTelling(Vocabulary(edition.study, byClocksOf: state)), safety: edition.study.conduct.safety)
    }
  }
}
