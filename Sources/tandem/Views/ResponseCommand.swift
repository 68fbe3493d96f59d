import Analysis
import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import StudyDesign
import Trial

/// `tandem participant response`
struct ParticipantResponse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "response",
    abstract: "Response of a participant: baseline, each time point with its definitions, drug-free remission.")

  @Argument(help: "The participant's number, 03-0007.") var participant: String
  @OptionGroup var view: PastViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let reading = try await view.read(participant)
      let (found, state, edition) = (reading.participant, reading.state, try reading.edition())
      guard let study = ResponseStudy(edition.study),
        let response = ResponseView(of: found, laboratories: state.laboratories, study: study)
      else {
        throw Unusable(
          "Version \(edition.study.version) has no endpoints for cohort \(found.way.cohort ?? "any"): they stand in "
            + "endpoints.yaml, and a participant has a cohort from the decision on eligibility on.")
      }
      let text = ResponseText(response, version: edition.study.version)
      return reading.knowledge.view(text: { text.text }, members: { text.members })
    }
  }
}

/// `tandem study sets`
struct StudySets: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sets", abstract: "The analysis sets of the running study: their definitions, and who is in each.")

  @OptionGroup var view: PastViewOptions

  func run() async throws {
    try await Answer.printing(view.place.format) {
      let known = try await view.openToRead()
      let (visit, state, now) = (known.visit, known.state, known.now)
      let shelf = visit.running.live.shelf
      var editions: [ParticipantID: ProtocolShelf.Edition] = [:]
      for id in state.participants.keys { editions[id] = try shelf.edition(of: id, at: now, in: state) }
      let inForce = try shelf.edition(at: now, in: state)
      let studies = Dictionary(
        editions.values.map { ($0.study.digest, ResponseStudy($0.study)) }, uniquingKeysWith: { first, _ in first })
      let versions = editions
      let sets = AnalysisSets(of: state, at: now) { id in
        (versions[id] ?? inForce).study.conduct
      } study: { id in
        versions[id].flatMap { studies[$0.study.digest] } ?? nil
      }
      let report = SetsReport(
        sets: sets, plans: inForce.study.endpoints?.sets ?? [],
        sees: { id in visit.sees(state.participants[id]?.way.site) })
      return known.view(text: { report.text }, members: { report.members })
    }
  }
}

/// Who is in each analysis set, for people and for programs.
struct SetsReport: Sendable {
  let sets: AnalysisSets
  let plans: [AnalysisSetPlan]
  /// Whether whoever looks may see a participant.
  let sees: @Sendable (ParticipantID) -> Bool

  var text: String {
    var page = Page()
    for plan in plans {
      let members = sets.members(of: plan.id).filter(sees)
      page.line("\(plan.title) (\(plan.id.rawValue)): \(members.count)")
      page.entry("  definition", plan.definition, labelWidth: 12)
      page.entry(
        "  members", members.isEmpty ? "nobody" : members.map(\.description).joined(separator: ", "), labelWidth: 12)
      for open in sets.open(plan.id).filter({ sees($0.participant) }) {
        page.entry("  open", "\(open.participant): \(open.because)", labelWidth: 12)
      }
    }
    return plans.isEmpty ? "The protocol version in force defines no analysis sets.\n" : page.text
  }

  var members: [(String, JSON)] {
    [
      (
        "sets",
        .array(
          plans.map { plan in
            .object([
              ("id", .string(plan.id.rawValue)), ("title", .string(plan.title)),
              ("definition", .string(plan.definition)),
              ("provisional", plan.origin.provisional.map { .string($0) } ?? .null),
              ("count", .integer(sets.members(of: plan.id).filter(sees).count)),
              (
                "participants",
                .array(
                  (sets.memberships[plan.id] ?? []).filter { sees($0.participant) }.map { membership in
                    .object([
                      ("participant", .string(membership.participant.description)),
                      ("in", membership.isIn.map { .boolean($0) } ?? .null),
                      ("because", .string(membership.because)),
                    ])
                  })
              ),
            ])
          })
      )
    ]
  }
}
