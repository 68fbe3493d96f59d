import ClinicalValues
import Conduct
import Ledger
import Markup
import StudyDesign
import Trial

/// The cells of one participant: what comes next and who does it, whose label this is, the custody chain, lots and bags, release tests,
/// labels, quarantines, and what became of everything.
enum ProductPage {
  static let routes: [Route] = [
    .get("/participants/{participant}/product", .clinicalReader, show),
    .get("/participants/{participant}/product/label", .clinicalReader, LabelPage.show),
  ]

  private static let show: Route.Handler = { request in
    let words = request.words
    let participant = try await request.cells()
    let state = try await request.live.state()
    let now = try await request.now()
    let edition = try await request.edition(of: participant.id, in: state)
    let product = edition.study.conduct.product
    let tasks = try await request.worklist(of: participant.id).tasks.filter { $0.isOfCells(of: participant.id) }
    let next = ProductNext(
      participant: participant, plan: product, tasks: tasks,
      numbers: participant.nextMaterials(at: now, edition.study.conduct.way),
      isGateOpen: try await mayCollect(participant.id, tasks, request), links: TaskLinks(request, state),
      acts: ActLinks(request), acting: try request.acting())
    let lines = try await chain(of: participant.id, edition.study, in: state, request)
    let part = PagedRows(lines, request.query)
    let sections = ProductSections(
      participant: participant, plan: product, way: edition.study.conduct.way, now: now,
      zone: state.zone(of: participant), request: request)
    let standing = ProductStanding(participant.product, at: now)
    return .page(
      Page(of: participant.id, .product, words, isLive: true) {
        Part.facts([
          (words["Chain of identity"], .tag("code") { participant.product.identity?.description ?? "–" }),
          (words["Number on labels"], .tag("code") { participant.id.printed }),
          (words["Where the cells stand"], Part.badge(words.title(standing), standing.tone)),
        ])
        sections.quarantines
        next.markup
        LabelField(participant: participant, request: request).markup
        Part.section(words["Acts with the cells"]) { sections.stepActs }
        Part.section(words["Chain of custody"], id: "custody") {
          part.rows.isEmpty
            ? Markup.tag("p", ["class": "quiet"]) { words["Nothing is recorded."] }
            : Markup.tag("ol", ["class": "ladder"]) { for line in part.rows { line.markup(words) } }
          part.links(request)
        }
        sections.collections
        sections.lots
        sections.labels
        sections.accountability
      })
  }

  /// Whether the gate of leukapheresis is open to somebody who stands before it; closed to everybody else.
  private static func mayCollect(
    _ id: ParticipantID, _ tasks: [StudyTask], _ request: PageRequest
  ) async throws -> Bool {
    guard tasks.contains(where: { $0.about == .gate(.leukapheresis) }) else { return false }
    let gates = try await request.live.gates([.leukapheresis], for: id, by: try request.acting())
    let lines = gates.lines[.leukapheresis] ?? []
    return !lines.isEmpty && lines.allSatisfy { $0.value == true }
  }

  /// The chain of custody, in the order in which it was recorded.
  private static func chain(
    of id: ParticipantID, _ study: Study, in state: TrialState, _ request: PageRequest
  ) async throws -> [CustodyLine] {
    let telling = EventTelling(Vocabulary(study, byClocksOf: state))
    return try await request.live.store.events(of: .participant(id), after: 0).compactMap { envelope in
      // Most of the stream is the casebook's, whose payloads are long: they are not read for it.
      guard envelope.event.type.hasPrefix("\(AuditKind.product.rawValue).") else { return nil }
      let recorded = try Recorded<TrialEvent>(envelope)
      guard case .product(_, let event) = recorded.event else { return nil }
      return CustodyLine(recorded.map { _ in event }, of: id, plan: study.conduct.product, telling: telling)
    }
  }
}

/// The field into which a label is scanned or typed, and what it says of whose it is.
struct LabelField {
  let participant: ParticipantState
  let request: PageRequest

  @MarkupBuilder var markup: Markup {
    let words = request.words
    let parts = FormParts(request)
    parts.search(request.path) {
      parts.input(
        .init(
          name: "read", label: words["Scan or type a label"], value: request.query["read"] ?? "",
          help: .text(words["Says whether it is of this participant; nothing is recorded by it."])))
      parts.button(words["Look it up"], class: "second")
    }
    if let read = request.query.text("read") {
      LabelCheck(read, of: participant.id, participant.product).markup(participant.id, words)
    }
  }
}
