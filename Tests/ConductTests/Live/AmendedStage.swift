import ClinicalValues
import Foundation
import Ledger
import Rules
import StudyDesign
import Trial

@testable import Conduct

/// A study whose first version was amended, with two participants who were found eligible and enrolled under it; the
/// ledger is written as it stands, and nobody has an account.
struct AmendedStage {
  /// The shipped study, and the same with another number of doses kept and a higher hemoglobin taken as possible.
  static let editions = Result { () throws -> [ProtocolShelf.Edition] in
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "amended-\(UUID().uuidString)/cd19-bcma-aid/1.1").path
    try files.createDirectory(
      at: URL(filePath: folder).deletingLastPathComponent(), withIntermediateDirectories: true)
    try files.copyItem(atPath: CasebookStage.folder, toPath: folder)
    for (name, before, after) in [
      ("study.yaml", "version: \"1.0\"", "version: \"1.1\""),
      ("conduct.yaml", "tocilizumabDoses: 2", "tocilizumabDoses: 3"),
      ("forms/hematology.yaml", "possible: {low: 10, high: 260}", "possible: {low: 10, high: 300}"),
    ] {
      let path = URL(filePath: "\(folder)/\(name)")
      try String(contentsOf: path, encoding: .utf8).replacing(before, with: after, maxReplacements: 1)
        .write(to: path, atomically: true, encoding: .utf8)
    }
    return [
      try CasebookStage.edition.get(), ProtocolShelf.Edition(try StudyChecker(models: Screening.models).read(folder)),
    ]
  }

  let live: LiveStudy
  let now: Moment
  let first: ProtocolShelf.Edition
  let amended: ProtocolShelf.Edition

  /// The amendment applies to all, or to those not yet enrolled.
  init(appliesTo scope: AmendmentScope) async throws {
    let editions = try Self.editions.get()
    (first, amended) = (editions[0], editions[1])
    let now = try CasebookStage.moment("2026-04-20")
    self.now = now
    let vault = IdentityVault(
      data: InMemorySealedStore(), keys: InMemorySealedStore(), master: .example, entropy: .counted())
    live = try await LiveStudy(
      store: InMemoryEventStore(), shelf: ProtocolShelf(editions.map(\.study)), vault: vault,
      authenticator: Authenticator(
        store: InMemorySealedStore(), master: .example, policy: .quick, entropy: .counted(from: "passwords")),
      clock: { now.instant })
    for id in [ParticipantID.first, .second] { try await vault.put(IdentityVaultTests.person, for: id) }
    let decided = try CasebookStage.moment("2026-04-01")
    try await write([inForce(first, from: try CasebookStage.moment("2026-01-01"), .all)], at: decided)
    for id in [ParticipantID.first, .second] { try await write(enrollment(of: id, on: decided), at: decided) }
    let later = try CasebookStage.moment("2026-04-10")
    try await write([inForce(amended, from: later, scope)], at: later)
  }

  /// Somebody who is registered after the amendment.
  func register(_ id: ParticipantID) async throws {
    try await write([.way(id, .registered(site: id.site, cohort: "sle"))], at: now)
  }

  private func inForce(_ edition: ProtocolShelf.Edition, from: Moment, _ scope: AmendmentScope) -> TrialEvent {
    .study(
      .protocolPutInForce(
        version: edition.version.version, digest: edition.version.digest, from: from, appliesTo: scope))
  }

  private func enrollment(of id: ParticipantID, on day: Moment) throws -> [TrialEvent] {
    let digest = Digest(of: "frozen")
    let decision = EligibilityDecision(
      cohort: "sle",
      assessment: AssessmentSummary(
        criteria: [.init(id: "INC-1", outcome: .pass)], asOf: day.date, protocolVersion: first.version, record: digest,
        report: digest),
      validThrough: day.day + 28, answersQuestion: false)
    return [
      .way(id, .registered(site: id.site, cohort: "sle")), .way(id, .foundEligible(decision: decision)),
      .way(id, .enrolled(cohort: "sle", gate: [])), .study(.slotAllotted(participant: id)),
      .casebook(
        id,
        .saved(
          form: try FormKey("SCR/chemistry"), entries: [Entry("LBORRES_ALT", .value("20", unit: "U/L"))], source: nil,
          reason: nil)),
    ]
  }

  /// Events as they stand, each in its stream, with what they name.
  func write(_ events: [TrialEvent], attachments: [[UInt8]] = [], at moment: Moment) async throws {
    for event in events {
      let new = try event.newEvent(
        happened: moment, actor: Actor(account: "setup", role: ""), origin: .commandLine, reason: nil)
      let version = try await live.store.events(of: event.stream, after: 0).last?.version ?? 0
      _ = try await live.store.append(
        Append(
          expected: [event.stream: version], events: [new], attachments: attachments, recorded: moment.instant))
    }
  }
}
