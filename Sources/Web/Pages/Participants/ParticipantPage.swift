import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// One participant: where they stand, what waits, the next gate, visits with their forms, the way so far.
enum ParticipantPage {
  static let routes: [Route] = [
    .get("/participants/{participant}", .clinicalReader, overview),
    .get("/participants/{participant}/way", .clinicalReader, way),
    .get("/participants/{participant}/gates/{gate}", .clinicalReader, gate),
  ]

  private static let overview: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let state = try await request.live.state()
    let now = try await request.now()
    let tasks = try await request.worklist().tasks.filter { $0.participant == participant.id }
    let calendar = try await request.calendar(of: participant.id)
    let next = try await nextGate(participant, now, request)
    let worklist = try await request.worklist()
    let title = words("Participant {participant}", ["participant": participant.id.description])
    return .page(
      Page(
        title, at: .participants, trail: [(words["Participants"], "/participants")], isLive: true,
        actions: Part.link(
          "/participants/\(participant.id)/casebook/print", words["Print the casebook"], class: "button second")
      ) {
        ParticipantTabs.markup(participant.id, current: .overview, words)
        ParticipantHeader(participant: participant, state: state, now: now, words: words).markup
        StageTrack.markup(participant, at: state.moment(now.instant, of: participant), words)
        Markup.tag("div", ["class": "columns"]) {
          Part.section(words["What waits"]) { TaskList(worklist: worklist, words: words).markup(tasks) }
          next
        }
        if let calendar { VisitTable(calendar, participant, words).markup }
        LogForms(participant: participant, study: request.site.newest, words: words).markup
        Part.section(words["Record something"]) { ActMenu.markup(try? request.acting(), participant.id, words) }
      })
  }

  private static func nextGate(
    _ participant: ParticipantState, _ now: Moment, _ request: PageRequest
  ) async throws -> Markup {
    guard let way = request.site.newest?.conduct.way, let gate = participant.nextGate(at: now, way: way) else {
      return .fragment([])
    }
    let acting = try request.acting()
    // A look at it; the page of the gate itself asks anew each time.
    let lines = try await request.site.views.view(
      "\(gate) of \(participant.id) for \(acting)", at: try await request.stamp()
    ) { try await request.live.gates([gate], for: participant.id, by: acting).lines[gate] ?? [] }
    return GateSection.markup(gate, lines, participant.id, request.words)
  }

  private static let gate: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let gate = try request.parameter("gate") { text in
      guard let gate = Gate(rawValue: text) else { throw NotFound() }
      return gate
    }
    let (moment, all) = try await request.live.gates([gate], for: participant.id, by: try request.acting())
    let lines = all[gate] ?? []
    let isOpen = !lines.isEmpty && lines.allSatisfy { $0.value == true }
    return .page(
      Page(
        words("Gate: {gate}", ["gate": words.title(gate)]), at: .participants,
        trail: [
          (words["Participants"], "/participants"), (participant.id.description, "/participants/\(participant.id)"),
        ], isLive: true
      ) {
        GateBanner.markup(isOpen: isOpen, at: moment, words)
        GateTable.markup(lines, words)
        if isOpen, let act = gate.act {
          ActLinks(request).link(
            act, words["Go on"], [("participant", participant.id.description)], class: "button", needsConnection: true)
        }
      })
  }

  private static let way: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let timeline = try await request.timeline(of: participant.id)
    let zone = try await request.live.state().zone(of: participant)
    let entries = PagedRows(WayList.newestFirst(timeline), request.query, size: WayList.size)
    return .page(
      Page(of: participant.id, .way, words) {
        Markup.tag("p", ["class": "quiet"]) { words("All times are of {zone}.", ["zone": zone]) }
        WayList(zone: zone, words: words).markup(entries.rows)
        entries.links(request)
      })
  }
}

extension Gate {
  /// The command that passes it, where it is the participant's alone.
  fileprivate var act: (any TrialCommand.Type)? {
    switch self {
    case .enrollment: Enroll.self
    case .leukapheresis: BeginCollection.self
    case .lymphodepletion: StartLymphodepletion.self
    case .thawing: ThawBag.self
    case .infusion: StartInfusion.self
    }
  }
}

/// A gate on the overview: how many of its lines are true, and those that are not.
enum GateSection {
  static func markup(_ gate: Gate, _ lines: [GateLine], _ participant: ParticipantID, _ words: Words) -> Markup {
    let closed = lines.filter { $0.value != true }
    return Part.section(words("Next gate: {gate}", ["gate": words.title(gate)])) {
      Markup.tag("p") {
        closed.isEmpty && !lines.isEmpty
          ? Part.badge(words["open"], .done)
          : Part.badge(
            words(
              "{count} of {all} lines are true",
              ["count": String(lines.count - closed.count), "all": String(lines.count)]), .due)
        " "
        Part.link("/participants/\(participant)/gates/\(gate.rawValue)", words["Every line"])
      }
      GateTable.markup(closed, words)
    }
  }
}

extension PageRequest {
  /// The visits of a participant; computed once a minute and position.
  func calendar(of participant: ParticipantID) async throws -> ParticipantCalendar? {
    try await site.views.view("calendar \(participant)", at: try await stamp()) {
      try await live.calendars(of: [participant]).first
    }
  }
}
