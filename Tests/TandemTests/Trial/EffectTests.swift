import ClinicalValues
import Foundation
import Ledger
import Synchronization
import Testing
import Trial

@testable import Conduct
@testable import tandem

/// What commands do beside their events, and what happens where something comes between.
struct EffectTests {
  private func register(_ study: TandemRunner) async throws {
    try await study.done(
      "participant register", as: "carla.rossi",
      ["site": "01", "cohort": "sle", "name": "Li Wei", "birth-date": "1990-05-21"])
  }

  private func take(_ study: TandemRunner) async throws {
    try await study.done(
      "participant import", as: "carla.rossi",
      ["participant": "01-0001", "file": ClinicalFiles.example.path, "source": "hospitalRecord"])
  }

  private func consent(_ study: TandemRunner) async throws {
    try await study.done(
      "participant consent", as: "carla.rossi",
      [
        "participant": "01-0001", "version": "1.0", "obtained-by": "ivan.kral", "obtained-as": "subInvestigator",
        "adult": "true", "copy-given": "true",
      ])
  }

  /// A code that an authenticator app shows for the secret in what a command has said.
  private func code(for said: String, at time: Instant) -> String? {
    guard let typed = said.firstMatch(of: /typed: ([A-Z2-7 ]+)/)?.1,
      typed.count > 15
    else { return nil }
    return OneTimePassword.code(
      secret: bytes(ofBase32: String(typed)), step: OneTimePassword.step(atSecond: time.milliseconds / 1000))
  }

  private func bytes(ofBase32 text: String) -> [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    var (bytes, held, bits): ([UInt8], Int, Int) = ([], 0, 0)
    for value in text.compactMap({ alphabet.firstIndex(of: $0) }) {
      held = held << 5 | value
      bits += 5
      if bits >= 8 {
        bits -= 8
        bytes.append(UInt8(truncatingIfNeeded: held >> bits))
        held &= (1 << bits) - 1
      }
    }
    return bytes
  }

  @Test func `a second factor counts once a code of it was given, and a lost one no more`() async throws {
    let study = try await Stage.study()
    let said = Box()
    study.types { question, text in
      said.text = text
      return question.text.hasPrefix("Code that it shows") ? code(for: text, at: study.time) : nil
    }
    let set = try await study.done("account second-factor", as: "carla.rossi")
    #expect((try set.object["recoveryCodes"] as? [String])?.count == 8)
    study.types([:])
    #expect(await study.act("site list", as: "carla.rossi").refusal == "code-missing")
    let shown = try #require(code(for: said.text, at: study.time.adding(minutes: 1)))
    #expect(await study.act("site list", as: "carla.rossi", ["code": shown]).status == 0)
    try await study.done(
      "account lost-factor", as: "anna.berg", ["account": "carla.rossi", "reason": "telephone stolen"])
    let without = await study.act("site list", as: "carla.rossi")
    #expect(without.status == 0 && without.errors.contains("second factor was taken out of use"), "\(without.errors)")
  }

  @Test func `after a reset the old password opens nothing`() async throws {
    let study = try await Stage.study()
    let given = try study.file("given", try await Stage.givenPassword("carla.rossi", study))
    #expect(await study.act("site list", as: "carla.rossi").refusal == "authentication-failed")
    let changed = await study.run([
      "account", "password", "--as", "carla.rossi", "--password-file", given, "--new-password-file",
      try study.file("new", "nine pale otters slept"), "--data", study.data,
    ])
    #expect(changed.status == 0, "\(changed.errors)")
    #expect(await study.act("site list", as: "carla.rossi").refusal == "authentication-failed")
  }

  @Test func `erasing destroys who somebody is and what was imported, and the ledger still verifies`() async throws {
    let study = try await Stage.study()
    try await register(study)
    try await take(study)
    let id = try ParticipantID("01-0001")
    try await study.done(
      "participant erase-identity", as: "petra.wolf",
      ["participant": "01-0001", "reason": "Asked for", "with": "carla.rossi=\(study.passwordFile)"])
    let running = try await study.open()
    #expect(try await running.vault.isErased(id))
    let picture = try await running.live.picture(of: id, at: Moment(study.time))
    #expect(picture.eligibility.isEmpty)
    try running.close()
    #expect(await study.run(["ledger", "verify", "--data", study.data]).status == 0)
  }

  @Test func `a stop between the event and the key is made good when somebody signs in next`() async throws {
    let study = try await Stage.study()
    try await register(study)
    let id = try ParticipantID("01-0001")
    let petra = Acting(account: try AccountID("petra.wolf"), role: .principalInvestigator, site: id.site)
    let carla = Acting(account: try AccountID("carla.rossi"), role: .coordinator, site: id.site)
    var running = try await study.open()
    // The event alone, as it is where the program stops before the key is destroyed.
    let live = running.live
    try await live.perform(
      Request(
        EraseIdentity(participant: id, reason: "Asked for"), by: petra, together: [carla], origin: .commandLine)
    ) { asked in try await Self.sign(asked, live) }
    #expect(try await !running.vault.isErased(id))
    try running.close()
    #expect(await study.act("site list", as: "carla.rossi").status == 0)
    running = try await study.open()
    #expect(try await running.vault.isErased(id))
    try running.close()
  }

  private static func sign(_ asked: [ToSign], _ live: LiveStudy) async throws -> [Authenticated] {
    var signed: [Authenticated] = []
    for one in asked {
      let claim = Claim(account: one.signer.account.description, password: TandemRunner.password)
      signed.append(try await live.authenticate(claim, for: .signature, origin: .commandLine))
    }
    return signed
  }

  @Test func `what would be signed otherwise than it was shown is not done, and who came first is told`() async throws {
    let study = try await Stage.study()
    try await register(study)
    try await take(study)
    try await consent(study)
    try await study.done("participant screen", as: "carla.rossi", ["participant": "01-0001"])
    let running = try await study.open()
    let live = running.live
    let id = try ParticipantID("01-0001")
    let ivan = Acting(account: try AccountID("ivan.kral"), role: .subInvestigator, site: id.site)
    let decide = Request(DecideEligible(participant: id, cohort: "sle"), by: ivan, origin: .commandLine)
    for (number, format) in [TextOrJSON.json, .text].enumerated() {
      let file = try study.file(
        "meanwhile-\(number).json", try ClinicalFiles.examination(at: study.time, number: number + 1))
      let outcome = await study.run {
        try await Answer.printing(format) {
          let performed = try await live.perform(decide) { asked in
            // While the signature is given, somebody takes over data of before it: the record to be signed is another one.
            try await study.done(
              "participant import", as: "carla.rossi",
              ["participant": "01-0001", "file": file, "source": "laboratory", "at": "\(study.time)"])
            return try await Self.sign(asked, live)
          }
          return .done(performed, notes: [])
        }
      }
      #expect(outcome.status == 1)
      let said = format == .json ? outcome.output : outcome.errors
      #expect(said.contains("changed-meanwhile") && said.contains("carla.rossi"), "\(outcome)")
    }
    #expect(try await live.state().participants[id]?.way.eligibility == nil)
    try running.close()
  }

  @Test func `what is decided anew keeps the sealed documents that were shown, and attaches each once`() async throws {
    let study = try await Stage.study()
    try await register(study)
    try await take(study)
    try await consent(study)
    try await study.done("participant screen", as: "carla.rossi", ["participant": "01-0001"])
    let running = try await study.open()
    let live = running.live
    let id = try ParticipantID("01-0001")
    let ivan = Acting(account: try AccountID("ivan.kral"), role: .subInvestigator, site: id.site)
    let shown = Box()
    let performed = try await live.perform(
      Request(DecideEligible(participant: id, cohort: "sle"), by: ivan, happened: nil, origin: .commandLine)
    ) { asked in
      shown.text = asked.first?.content.description ?? ""
      // Signing in for the signature is an event of its own: the decision is made anew on a ledger that has moved on.
      return try await Self.sign(asked, live)
    }
    let envelope = try #require(performed.envelopes.first { $0.event.type == "participant.foundEligible" })
    #expect(performed.envelopes.flatMap(\.attachments).count == 2, "the record and the report, once each")
    for digest in envelope.attachments { #expect(shown.text.contains(digest.description)) }
    let decision = try #require(try await live.eligibilityDecisions(of: id).first)
    #expect(decision.isReproduced == true && decision.report != nil)
    try running.close()
  }

  @Test func `screened again, nothing counts that was imported before the first screening failed`() async throws {
    let study = try await Stage.study()
    try await register(study)
    try await take(study)
    try await consent(study)
    let whom: KeyValuePairs<String, String> = ["participant": "01-0001"]
    let decide: KeyValuePairs<String, String> = ["participant": "01-0001", "cohort": "sle"]
    try await study.done("participant screen", as: "carla.rossi", whom)
    try await study.done(
      "participant fail-screening", as: "ivan.kral", ["participant": "01-0001", "reason": "Not to be reached"])
    study.wait(days: 1)
    try await study.done("participant screen", as: "carla.rossi", whom)
    #expect(await study.act("participant decide-eligible", as: "ivan.kral", decide).refusal == "no-data")
    try await take(study)
    let decided = await study.act("participant decide-eligible", as: "ivan.kral", decide)
    #expect(decided.status == 0, "\(decided.output)")
  }

  /// A text that a closure leaves for later.
  private final class Box: Sendable {
    private let held = Mutex("")
    var text: String {
      get { held.withLock { $0 } }
      set { held.withLock { $0 = newValue } }
    }
  }
}
