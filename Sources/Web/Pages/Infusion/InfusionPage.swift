import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// The bedside: person, order and bag against each other, the gate line by line, the acts that can be done now, what runs
/// out, and the vital signs of the hours after.
enum InfusionPage {
  static let routes: [Route] = [
    .get("/participants/{participant}/infusion", .clinicalReader, show),
    .get("/participants/{participant}/infusion/sheet", .clinicalReader, sheet),
  ]

  private static let show: Route.Handler = { request in
    let words = request.words
    let acting = try request.acting()
    let participant = try await request.participant()
    let state = try await request.live.state()
    let edition = try await request.edition(of: participant.id, in: state)
    let ordered = participant.way.infusionOrder?.bags ?? []
    let asked = request.query.text("bag").flatMap { try? BagNumber($0) }
    let bag = asked.flatMap { ordered.contains($0) ? $0 : nil } ?? participant.bagInHand
    let (now, gates) = try await request.live.gates([.thawing, .infusion], for: participant.id, bag: bag, by: acting)
    let acts = BedsideActs(
      participant: participant, bag: bag, thawing: gates[.thawing] ?? [], infusion: gates[.infusion] ?? [],
      state: state, plan: edition.study.conduct.way, now: now)
    let calendar = try await request.live.calendars(of: [participant.id]).first
    let materials = MaterialWords(plan: edition.study.conduct.product, zone: now.zone, words: words)
    let view = BedsideView(acts: acts, request: request, materials: materials)
    let passed = try await request.passedGate(.infusion, of: participant)
    let hidden = acting.hiddenAccounts(in: state)
    let lines = gates[.infusion] ?? []
    let isOpen = !lines.isEmpty && lines.allSatisfy { $0.value == true }
    return .page(
      Page(
        of: participant.id, .infusion, words, isLive: true,
        actions: Part.link(
          "/participants/\(participant.id)/infusion/sheet", words["Sheet for when the system is down"],
          class: "button second")
      ) {
        Markup.tag("div", ["class": "bedside stack"]) {
          view.identities
          view.bags
          view.tooLate
          view.actList
          view.deadlines
          Part.section(words["The gate of infusion"]) {
            if let passed {
              PassedGateView(passed: passed, hidden: hidden, words: words).markup
            } else {
              GateBanner.markup(isOpen: isOpen, at: now, words)
              GateTable.markup(
                lines, zone: now.zone, words,
                ways: GateLinks(acts: ActLinks(request), participant: participant.id).markup)
            }
          }
          VitalSigns(participant: participant, calendar: calendar, words: words).markup
        }
      })
  }

  private static let sheet: Route.Handler = { request in
    let acting = try request.acting()
    let participant = try await request.participant()
    let state = try await request.live.state()
    let shown = Gate.allCases.filter { $0 != .thawing }
    let (now, lines) = try await request.live.gates(shown, for: participant.id, by: acting)
    let page = DowntimePage(
      participant: participant, state: state, now: now, printedBy: state.people.name(of: acting.account),
      gates: shown.map { (gate: $0, lines: lines[$0] ?? []) }, position: try await request.live.store.head().position,
      plan: try await request.edition(of: participant.id, in: state).study.conduct.product, words: request.words)
    return .document(page.document(stylesheet: request.site.assets.path(DowntimePage.stylesheetName)))
  }
}

extension ParticipantState {
  /// The bag that runs, else the first of the order that has not ended.
  var bagInHand: BagNumber? {
    product.infusion?.bag ?? way.infusionOrder?.bags.first { product[$0]?.end == nil } ?? way.infusionOrder?.bags.first
  }
}
