import ClinicalValues
import Foundation
import Ledger
import LedgerSQLite
import Testing

@testable import tandem

/// The ledger at the command line: verified, exported, tampered with, witnessed, backed up, restored.
struct LedgerCommandTests {
  /// An export of a staffed study, and the public key beside it.
  private func exported() async throws -> (study: TandemRunner, file: String, key: String) {
    let study = try await Stage.study()
    let file = study.path("export.jsonl")
    let outcome = await study.run(["ledger", "export", "--data", study.data, "--output", file])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let key = try String(contentsOfFile: "\(study.data)/public.key", encoding: .utf8)
    return (study, file, key.trimmingCharacters(in: .newlines))
  }

  @Test func `11.10(b): an export verifies offline with the public key alone`() async throws {
    let (study, file, key) = try await exported()
    let outcome = await study.run(["ledger", "verify", file, "--key", key, "--format", "json"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try outcome.object["verified"] as? Bool == true)
    let online = await study.run(["ledger", "verify", "--data", study.data, "--format", "json"])
    let signatures = try #require(try online.object["signatures"] as? Int)
    #expect(signatures > 0)
    #expect(try outcome.object["signatures"] as? Int == signatures)
    let other = "tandem/other+00000000+AblZMXOy1VTgcXLruQGnaOH8aKxu2BDZb7SQLEAw+BAw"
    #expect(await study.run(["ledger", "verify", file, "--key", other]).status != 0)
    #expect(await study.run(["ledger", "verify", file]).status == 64)
  }

  @Test func `R3 4.2.2(b): an event that was altered, removed or inserted is named, with status 1`() async throws {
    let (study, file, key) = try await exported()
    let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
    let place = try #require(lines.firstIndex { $0.contains("Carla Rossi") && !$0.contains("signatures") })
    let tampered: [(String, [String])] = [
      ("altered", lines.enumerated().map { $0 == place ? $1.replacing("Carla Rossi", with: "Carlo Rossi") : $1 }),
      ("removed", lines.enumerated().filter { $0.offset != place }.map(\.element)),
      ("inserted", Array(lines[...place]) + [lines[place]] + Array(lines[(place + 1)...])),
    ]
    for (change, text) in tampered {
      let copy = try study.file("tampered-\(change)", text.joined(separator: "\n") + "\n")
      let outcome = await study.run(["ledger", "verify", copy, "--key", key, "--format", "json"])
      #expect(outcome.status == 1)
      #expect(try outcome.object["verified"] as? Bool == false)
      #expect(try outcome.object["change"] as? String == change, "\(outcome.output)")
      #expect(try outcome.object["position"] is Int)
    }
  }

  @Test func `regulatory 28: what was changed after it was signed is told offline, also where all was hashed anew`()
    async throws
  {
    let study = try await Stage.study()
    let (forged, changed) = try await rewritten(study)
    let key = try DataFolder(study.data).keys().ledger
    var bytes: [UInt8] = []
    try await LedgerExport.write(forged, key: key, exported: study.time) { bytes += $0 }
    let file = try study.file("forged.jsonl", String(decoding: bytes, as: UTF8.self))
    let outcome = await study.run([
      "ledger", "verify", file, "--key", "\(study.data)/public.key", "--format", "json",
    ])
    #expect(outcome.status == 1)
    #expect(try outcome.object["code"] as? String == "signature-void", "\(outcome.output)")
    #expect(try outcome.object["position"] as? Int == changed)
  }

  /// The ledger of a study as whoever holds its keys could write it anew: one event that somebody signed has another
  /// reason, and every hash follows from that.
  private func rewritten(_ study: TandemRunner) async throws -> (store: InMemoryEventStore, changed: Position) {
    let store = try DataFolder(study.data).openLedger()
    defer { try? store.close() }
    let envelopes = try await events(of: study)
    let signed = try #require(
      envelopes.first { $0.event.payload.value["signatures"]?.array?.isEmpty == false }?.position)
    let forged = InMemoryEventStore()
    for envelope in envelopes {
      let event = envelope.event
      let written = NewEvent(
        stream: event.stream, type: event.type, payloadVersion: event.payloadVersion, payload: event.payload,
        happened: event.happened, actor: event.actor, origin: event.origin,
        reason: envelope.position == signed ? "A reason that nobody signed." : event.reason)
      var attachments: [[UInt8]] = []
      for digest in envelope.attachments { attachments.append(try #require(try await store.attachment(digest))) }
      _ = try await forged.append(
        Append(
          expected: [event.stream: envelope.version - 1], events: [written], attachments: attachments,
          recorded: envelope.recorded))
    }
    return (forged, signed)
  }

  @Test func `regulatory 13: whatever is done is on record by itself, with who, what, when, from where and why`()
    async throws
  {
    let study = try await Stage.study()
    let earlier = try await events(of: study).count
    let begun = study.time
    try await study.done(
      "participant register", as: "carla.rossi",
      ["site": "01", "cohort": "sle", "name": "Li Wei", "birth-date": "1990-05-02"])
    try await study.done(
      "study hold", as: "petra.wolf",
      ["kind": "safety", "reason": "Two infusion reactions", "activities": "infusion"])
    let left = try await events(of: study).dropFirst(earlier)
    let done = left.filter { ["participant.registered", "study.holdSet"].contains($0.event.type) }.map(\.event)
    #expect(
      done.map(\.actor) == [
        Actor(account: "carla.rossi", role: "coordinator", site: "01"),
        Actor(account: "petra.wolf", role: "principalInvestigator", site: "01"),
      ])
    #expect(done.last?.payload.description.contains("Two infusion reactions") == true)
    for envelope in left where envelope.event.origin != .system {
      #expect(envelope.event.origin == .commandLine && !envelope.event.actor.account.isEmpty)
      #expect(begun < envelope.recorded && envelope.recorded <= study.time)
      #expect(envelope.event.happened.instant <= envelope.recorded)
    }
  }

  private func events(of study: TandemRunner) async throws -> [Envelope] {
    let store = try DataFolder(study.data).openLedger()
    defer { try? store.close() }
    return try await store.events(after: 0, limit: .max)
  }

  @Test func `a witness's page carries a code that a later verification compares`() async throws {
    let study = try await Stage.study()
    let page = await study.run(["ledger", "checkpoint", "--print", "--data", study.data])
    #expect(page.output.contains("CHECKPOINT OF A TRIAL LEDGER"))
    let checkpoint = await study.run(["ledger", "checkpoint", "--data", study.data, "--format", "json"])
    let code = try #require(try checkpoint.object["code"] as? String)
    let size = try #require(try checkpoint.object["size"] as? Int)
    #expect(page.output.contains(code))
    let verified = await study.run(["ledger", "verify", "--data", study.data, "--witness", "\(size):\(code)"])
    #expect(verified.status == 0, "\(verified.errors)")
    let early = await study.run(["ledger", "verify", "--data", study.data, "--witness", "\(size - 1):\(code)"])
    #expect(early.status == 1)
  }

  @Test func `A11 7.2: a backup made while in use restores, verifies and can be worked with`() async throws {
    let study = try await Stage.study()
    let backup = await study.run(["ledger", "backup", study.path("backup"), "--data", study.data])
    try #require(backup.status == 0, "\(backup.errors)")
    #expect(!FileManager.default.fileExists(atPath: study.path("backup/keys/master.key")))
    let restored = study.path("restored")
    let outcome = await study.run(["ledger", "restore", study.path("backup"), "--data", restored])
    try #require(outcome.status == 0, "\(outcome.errors)")
    #expect(await study.run(["ledger", "verify", "--data", restored]).status == 0)
    let list = await study.run([
      "account", "list", "--as", "anna.berg", "--password-file", study.passwordFile, "--data", restored, "--key-file",
      "\(study.data)/keys/master.key",
    ])
    #expect(list.status == 0 && list.output.contains("Carla Rossi"), "\(list.errors)")
    #expect(await study.run(["ledger", "restore", study.path("backup"), "--data", restored]).status == 1)
  }

  @Test func `a key file of other data is refused, and nothing is written`() async throws {
    let study = try await Stage.study()
    let other = try Stage.empty()
    _ = await Stage.found(other)
    let outcome = await study.run([
      "account", "list", "--as", "anna.berg", "--password-file", study.passwordFile, "--data", study.data, "--key-file",
      "\(other.data)/keys/master.key",
    ])
    #expect(outcome.status == 1 && outcome.errors.contains("not the one"), "\(outcome.errors)")
  }

  @Test func `a folder is begun once, by two people`() async throws {
    let study = try Stage.empty()
    let alone = await study.run([
      "study", "found", "--data", study.data, "--administrator", "anna.berg", "--administrator-name", "Anna Berg",
      "--sponsor", "boris.lind", "--sponsor-name", "anna berg", "--password-file", study.passwordFile,
      "--password-file", study.passwordFile, "--format", "json",
    ])
    #expect(alone.refusal == "duties-segregated")
    #expect(!FileManager.default.fileExists(atPath: study.data))
    let founded = await Stage.found(study, [])
    #expect(try founded.object["synthetic"] as? Bool == false)
    let again = await Stage.found(study)
    #expect(again.status == 1 && again.errors.contains("already"), "\(again.errors)")
  }

  @Test func `R3 4.2.2(c): the audit trail is searched by stream, type, person and time`() async throws {
    let study = try await Stage.study()
    let outcome = try await study.done(
      "ledger events", as: "petra.wolf", ["type": "study.", "account": "petra.wolf", "since": "2026-04-08T00:00Z"])
    let events = try #require(try outcome.object["events"] as? [[String: Any]])
    #expect(!events.isEmpty && events.allSatisfy { ($0["type"] as? String)?.hasPrefix("study.") == true })
  }
}
