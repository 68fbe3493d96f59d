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
    let study = try await request.edition(of: participant.id, in: state).study
    let worklist = try await request.worklist(of: participant.id)
    let tasks = worklist.tasks.filter { $0.participant == participant.id }
    let calendar = try await request.calendar(of: participant.id)
    let next = try await nextGate(participant, now, request)
    let acts = try await ActMenu.offered(request, participant.id)
    let title = words("Participant {participant}", ["participant": participant.id.description])
    return .page(
      Page(
        title, at: .participants, trail: [(words["Participants"], "/participants")], isLive: true,
        actions: actions(participant, request)
      ) {
        ParticipantTabs.markup(participant.id, current: .overview, words)
        ParticipantHeader(
          participant: participant, state: state, now: now, study: study, calendar: calendar, words: words
        ).markup
        StageTrack.markup(participant, at: state.moment(now.instant, of: participant), words)
        Markup.tag("div", ["class": "columns"]) {
          Part.section(words["What waits"]) {
            TaskList(worklist: worklist, links: TaskLinks(request, state)).markup(tasks)
          }
          next
        }
        if let calendar {
          Part.section(words["Visits and forms"], id: "visits") {
            FormGrid(calendar, participant, study.forms, words).markup
            Part.disclosure(.text(words["Every visit of the schedule"])) {
              VisitTable(calendar, participant, words).markup
            }
          }
        }
        LogForms(participant: participant, study: study, words: words).markup
        Part.section(words["Record something"]) { ActMenu.markup(acts, of: participant.id, words) }
      })
  }

  private static func actions(_ participant: ParticipantState, _ request: PageRequest) -> Markup {
    let words = request.words
    return .tag("span", ["class": "actions"]) {
      if IdentityPage.isOffered(participant, to: request.session?.acting) {
        Part.link(IdentityPage.path(participant.id), words["Name and contact"], class: "button second")
      }
      Part.link(
        "/participants/\(participant.id)/casebook/print", words["Print the casebook"], class: "button second")
    }
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
    let zone = try await request.live.state().zone(of: participant)
    return GateSection.markup(gate, lines, participant.id, zone: zone, request.words)
  }

  private static let gate: Route.Handler = { request in
    let words = request.words
    let participant = try await request.participant()
    let gate = try request.parameter("gate") { text in
      guard let gate = Gate(rawValue: text) else { throw NotFound() }
      return gate
    }
    let passed = try await request.passedGate(gate, of: participant)
    let hidden = try request.acting().hiddenAccounts(in: try await request.live.state())
    let standing = passed.map { PassedGateView(passed: $0, hidden: hidden, words: words).markup }
    let shown = if let standing { standing } else { try await asked(gate, participant.id, request) }
    return .page(
      Page(
        words("Gate: {gate}", ["gate": words.title(gate)]), at: .participants,
        trail: [
          (words["Participants"], "/participants"), (participant.id.description, "/participants/\(participant.id)"),
        ], isLive: true
      ) { shown })
  }

  /// A gate as it stands now, with the act that it lets pass.
  private static func asked(
    _ gate: Gate, _ participant: ParticipantID, _ request: PageRequest
  ) async throws -> Markup {
    let words = request.words
    let (moment, all) = try await request.live.gates([gate], for: participant, by: try request.acting())
    let lines = all[gate] ?? []
    let isOpen = !lines.isEmpty && lines.allSatisfy { $0.value == true }
    let act = isOpen ? gate.act : nil
    return .fragment([
      GateBanner.markup(isOpen: isOpen, at: moment, words),
      GateTable.markup(
        lines, zone: moment.zone, words, ways: GateLinks(acts: ActLinks(request), participant: participant).markup),
      act.map {
        ActLinks(request).link(
          $0, words["Go on"], [("participant", participant.description)], class: "button", needsConnection: true)
      } ?? .fragment([]),
    ])
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
  static func markup(
    _ gate: Gate, _ lines: [GateLine], _ participant: ParticipantID, zone: String, _ words: Words
  ) -> Markup {
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
      GateTable.markup(closed, zone: zone, words)
    }
  }
}

extension PageRequest {
  /// The visits of a participant, as of now.
  func calendar(of participant: ParticipantID) async throws -> ParticipantCalendar? {
    try await live.calendars(of: [participant]).first
  }

  /// What waits for somebody on one participant and on the study, without asking about anybody else.
  func worklist(of participant: ParticipantID) async throws -> Worklist {
    let acting = try acting()
    let place = acting.site?.description ?? ""
    let live = live
    let found = try await site.views.view("worklist of \(participant) at \(place)", at: try await stamp()) {
      try await live.worklist(of: [participant], by: acting)
    }
    return found.asOf(site.clock())
  }
}
