import ClinicalValues
import Ledger
import StudyDesign
import Trial

@testable import Conduct

/// A study that was begun and has nobody in it but its first two people, with one participant's identity kept.
struct AskingStage {
  static let anna = Acting(account: .anna, role: .administrator)
  static let coordinator = Acting(account: .anna, role: .coordinator, site: ParticipantID.first.site)

  let live: LiveStudy
  let vault: IdentityVault

  init() async throws {
    let edition = try CasebookStage.edition.get()
    vault = IdentityVault(
      data: InMemorySealedStore(), keys: InMemorySealedStore(), master: .example, entropy: .counted())
    live = try await LiveStudy(
      store: InMemoryEventStore(), shelf: ProtocolShelf([edition.study]), vault: vault,
      authenticator: Authenticator(
        store: InMemorySealedStore(), master: .example, policy: .quick, entropy: .counted(from: "passwords")),
      clock: { .start })
    try await live.found(
      Founding(
        study: edition.study.id, synthetic: true, administrator: .anna, administratorName: "Anna Berg",
        sponsor: .boris, sponsorName: "Boris Lind"),
      administratorPassword: AccessScenario.password, sponsorPassword: "nine pale otters slept", origin: .commandLine)
    try await vault.put(IdentityVaultTests.person, for: .first)
  }

  /// The stage with two participants, of whom one is known, and with somebody who is delegated.
  static func delegated() async throws -> AskingStage {
    let stage = try await AskingStage()
    let (site, day) = (ParticipantID.first.site, Moment(.start).date)
    var events: [TrialEvent] = [.site(site, .siteAdded(name: "Berlin", zone: "Europe/Berlin"))]
    for subject in [Training.Subject.system, .protocolVersion("1.0")] {
      events.append(.people(.trained(account: .anna, training: Training(subject, from: day))))
    }
    for (number, role) in [(1, Role.principalInvestigator), (2, .nurse)] {
      events += [
        .people(.roleGranted(account: .anna, role: role, site: site)),
        .people(
          .delegationSigned(
            number: number, account: .anna, role: role, site: site, tasks: role.permissions, from: day, to: nil)),
        .people(.delegationAccepted(number: number)),
      ]
    }
    for id in [ParticipantID.first, .second] { events.append(.way(id, .registered(site: site, cohort: "sle"))) }
    try await stage.record(events)
    return stage
  }

  /// Events that no command of the stage's people led to.
  func record(_ events: [TrialEvent]) async throws {
    for event in events {
      let new = try event.newEvent(
        happened: Moment(.start), actor: Actor(account: "setup", role: ""), origin: .commandLine, reason: nil)
      let version = try await live.store.events(of: event.stream, after: 0).last?.version ?? 0
      _ = try await live.store.append(Append(expected: [event.stream: version], events: [new], recorded: .start))
    }
  }

  /// The request that these texts and files make of a command.
  func request(
    _ command: any TrialCommand.Type, _ texts: [String: String], files: [String: [Given.File]] = [:],
    by actor: Acting = AskingStage.anna, _ circumstances: [String: String] = [:]
  ) async throws -> Request {
    try await live.request(
      .of(command), Given(texts: texts.mapValues { [$0] }, files: files), by: actor,
      circumstances: Circumstances(circumstances.mapValues { [$0] }), origin: .web)
  }

  /// The faults that these texts and files are refused with, as they stand beside the fields; none where they are not.
  func faults(
    _ command: any TrialCommand.Type, _ texts: [String: String], files: [String: [Given.File]] = [:],
    _ circumstances: [String: String] = [:]
  ) async throws -> [String] {
    do {
      _ = try await request(command, texts, files: files, circumstances)
      return []
    } catch let faults as FieldFaults {
      return faults.all.map(\.description)
    }
  }
}

extension Given.File {
  /// A file of a text.
  init(_ name: String, _ text: String) { self.init(name: name, bytes: Array(text.utf8)) }
}
