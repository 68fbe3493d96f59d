import Conduct
import StudyDesign
import Trial

/// Safety of the study and of one participant.
enum SafetyRoutes {
  static let all: [Route] = [
    .read(
      "/api/safety", .clinicalReader, "safety", in: "safety",
      "Holds, stopping, questions of dose-limiting toxicity, and what safety waits for.", limit: .search,
      as: Readings.studySafety
    ) { request in
      let acting = try request.acting()
      let state = try await request.live.state()
      let worklist = try await request.worklist()
      return StudySafetyReading(
        overview: try await request.safetyOverview(try await request.editionInForce(state)),
        holds: state.study.holds(seenBy: acting),
        questions: state.study.questions.filter { acting.sees(state.participants[$0.participant]?.way.site) },
        tasks: worklist.readings(worklist.safetyTasks))
    },
    .read(
      "/api/safety/events", .clinicalReader, "adverseEvents", in: "safety", "Adverse events, the newest first.",
      query: [
        .participant, .init(name: "grade", schema: .integer(from: 1), about: "Only from this grade on."),
        .init(name: "serious", schema: .truth, about: "true: only serious ones, or not judged."),
        .init(name: "open", schema: .truth, about: "true: only those without an end."), .page,
      ], limit: .search, as: Readings.adverseEvents
    ) { request in
      let state = try await request.live.state()
      let plan = try await request.editionInForce(state).study.conduct.safety
      let events = try await request.adverseEvents(state, plan).filter(EventFilter(request.query).takes)
      return Readings.Rows(events.map { AdverseEventReading($0, in: state) }, request.query)
    },
    .read(
      "/api/participants/{participant}/safety", .clinicalReader, "participantSafety", in: "safety",
      "One participant's adverse events and proposed grades.", as: Readings.participantSafety
    ) { request in
      let participant = try await request.participant()
      let state = try await request.live.state()
      let plan = try await request.edition(of: participant.id, in: state).study.conduct.safety
      return ParticipantSafetyReading(
        participant: participant.id,
        events: participant.adverseEvents(by: plan).map { AdverseEventReading($0, in: state) },
        grading: try await request.grading(of: participant.id))
    },
  ]
}

extension AdverseEventReading {
  fileprivate init(_ event: AdverseEvent, in state: TrialState) {
    self.init(event: event, clocks: state.participants[event.participant]?.clocks(of: event) ?? [])
  }
}
