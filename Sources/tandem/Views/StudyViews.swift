import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// `tandem study status`: slots, holds, openness, versions, tasks.
struct StudyStatus: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Slots, holds, what is open, protocol versions and who is under which, consents to be signed anew, tasks."
  )

  @OptionGroup var view: PastViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let known = try await view.openToRead()
      let inForce = known.state.study.version(at: known.now)
      let editions = known.visit.running.live.shelf.editions
      guard let edition = editions.first(where: { $0.version.version == inForce?.version }) ?? editions.last else {
        throw Unusable("The study has no protocol version.")
      }
      let report = StatusReport(known.state, edition: edition, at: known.now)
      return known.view(text: { report.text }, members: { report.members })
    }
  }
}

/// How the study stands.
struct StatusReport: Sendable {
  private let state: TrialState
  private let plan: ConductPlan
  private let version: ProtocolVersion
  private let now: Moment

  init(_ state: TrialState, edition: ProtocolShelf.Edition, at now: Moment) {
    self.state = state
    self.plan = edition.study.conduct
    self.version = edition.version
    self.now = now
  }

  private var counts: SlotCounts { state.study.counts(of: plan.way) }
  private var tasks: [StudyTask] { state.studyTasks(at: now, plan: plan.safety) }
  private var open: [String] { state.study.open.map(\.description).sorted() }
  private var unadopted: [String] { state.study.unadopted(of: version) }

  var text: String {
    var page = Page()
    page.line("Study \(state.study.study ?? "?") at \(EventText.clock(now))")
    page.entry(
      "  slots",
      "\(plan.way.slots) in all, \(counts.taken) taken, \(state.study.freeSlots(of: plan.way)) free; "
        + "\(counts.everEnrolled) ever enrolled, \(counts.infused) infused", labelWidth: 14)
    page.entry("  open", open.isEmpty ? "nothing" : open.joined(separator: ", "), labelWidth: 14)
    for held in state.study.holdsInForce { page.entry("  hold \(held.hold.number)", words(held), labelWidth: 14) }
    for question in state.study.openQuestions {
      page.entry(
        "  DLT \(question.number)",
        "\(question.participant), \(question.toxicity.rawValue), asked \(EventText.clock(question.opened))",
        labelWidth: 14)
    }
    for version in state.study.versions {
      page.entry(
        "  version \(version.version)",
        "in force from \(EventText.clock(version.from)) for \(EventText.words(ofName: version.appliesTo.rawValue))",
        labelWidth: 14)
    }
    if !unadopted.isEmpty {
      page.entry("  provisional", "not adopted: \(unadopted.joined(separator: ", "))", labelWidth: 14)
    }
    for line in state.protocolVersions(at: now) {
      page.entry("  \(line.participant)", "under version \(line.version?.version ?? "none")", labelWidth: 14)
    }
    page.line()
    page.line(tasks.isEmpty ? "Nothing is left to do." : "To do")
    for task in tasks { page.entry(task.isLate(at: now) ? "  LATE" : "  due", words(task), labelWidth: 14) }
    return page.text
  }

  private func words(_ held: HoldInForce) -> String {
    let hold = held.hold
    let place = [hold.site.map { "site \($0)" }, hold.cohort.map { "cohort \($0)" }].compactMap(\.self)
    let lift = held.liftDecided == nil ? "" : "; the board lets it fall, the safety officer has yet to accept"
    return "\(hold.kind.rawValue), of \(hold.activities.map(\.rawValue).joined(separator: ", "))"
      + (place.isEmpty ? " everywhere" : " at \(place.joined(separator: ", "))")
      + ", since \(EventText.clock(held.since)): \(hold.reason)\(lift)"
  }

  private func words(_ task: StudyTask) -> String {
    let who = task.roles.map(\.title).joined(separator: " or ") + (task.site.map { " of site \($0)" } ?? "")
    return "\(task.title) By \(who)\(deadline(task).map { ", \($0)" } ?? "")"
      + (task.waits.map { "; waits: \($0)" } ?? "")
  }

  private func deadline(_ task: StudyTask) -> String? {
    switch task.deadline {
    case .at(let instant): "until \(EventText.clock(instant))"
    case .through(let date): "through \(date)"
    case .before(let activity): "before \(activity.rawValue)"
    case nil: nil
    }
  }

  var members: [(String, JSON)] {
    [
      ("study", JSON(state.study.study)), ("at", .string(now.description)),
      (
        "slots",
        .object([
          ("all", .integer(plan.way.slots)), ("taken", .integer(counts.taken)),
          ("free", .integer(state.study.freeSlots(of: plan.way))), ("everEnrolled", .integer(counts.everEnrolled)),
          ("infused", .integer(counts.infused)),
        ])
      ), ("open", .strings(open)),
      (
        "holds",
        .array(
          state.study.holdsInForce.map { held in
            .object([
              ("number", .integer(held.hold.number)), ("kind", .string(held.hold.kind.rawValue)),
              ("activities", .strings(held.hold.activities.map(\.rawValue))),
              ("site", JSON(held.hold.site?.description)), ("cohort", JSON(held.hold.cohort)),
              ("since", .string(held.since.description)), ("reason", .string(held.hold.reason)),
              ("liftDecided", JSON(held.liftDecided?.description)),
            ])
          })
      ),
      (
        "versions",
        .array(
          state.study.versions.map { version in
            .object([
              ("version", .string(version.version)), ("digest", .string(version.digest.description)),
              ("from", .string(version.from.description)), ("appliesTo", .string(version.appliesTo.rawValue)),
            ])
          })
      ), ("unadopted", .strings(unadopted)),
      (
        "participants",
        .array(
          state.protocolVersions(at: now).map { line in
            .object([
              ("participant", .string(line.participant.description)), ("version", JSON(line.version?.version)),
            ])
          })
      ), ("tasks", .array(tasks.map(json))),
    ]
  }

  private func json(_ task: StudyTask) -> JSON {
    .object([
      ("kind", .string(task.kind.rawValue)), ("title", .string(task.title)),
      ("roles", .strings(task.roles.map(\.rawValue))), ("site", JSON(task.site?.description)),
      ("participant", JSON(task.participant?.description)), ("deadline", JSON(deadline(task))),
      ("late", .boolean(task.isLate(at: now))), ("waits", JSON(task.waits)),
    ])
  }
}

/// `tandem site list`
struct SiteList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "The sites: name, time zone, consent version in force, participants.")

  @OptionGroup var view: PastViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let known = try await view.open { try $0.requireOwnPassword() }
      let (state, now) = (known.state, known.now)
      let sites = state.sites.values.sorted { $0.id < $1.id }
      func count(_ site: SiteState) -> Int { state.participants.values.filter { $0.way.site == site.id }.count }
      let rows = sites.map { site in
        (
          id: site.id.description, name: site.name, zone: site.zone, consent: site.consentVersion(at: now),
          isOpen: state.study.open.contains(.site(site.id)), count: count(site)
        )
      }
      return known.view(
        text: {
          var table = Table("site", "zone", "consent", "open", "participants", "name")
          for row in rows {
            table.add(row.id, row.zone, row.consent ?? "none", row.isOpen ? "yes" : "no", "\(row.count)", row.name)
          }
          return table.text(whenEmpty: "There is no site.")
        },
        members: {
          [
            (
              "sites",
              .array(
                rows.map { row in
                  .object([
                    ("site", .string(row.id)), ("name", .string(row.name)), ("zone", .string(row.zone)),
                    ("consentVersion", JSON(row.consent)), ("open", .boolean(row.isOpen)),
                    ("participants", .integer(row.count)),
                  ])
                })
            )
          ]
        })
    }
  }
}
