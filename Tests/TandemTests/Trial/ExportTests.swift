import Foundation
import Ledger
import LedgerSQLite
import Testing

@testable import tandem

/// What leaves a running study, who may take it out, and what is recorded of it.
struct ExportTests {
  /// The events that say that something was exported.
  private func exports(_ study: TandemRunner) async throws -> [[String: Any]] {
    let outcome = try await study.done("ledger events", as: "petra.wolf", ["type": "study.exported"])
    return try #require(try outcome.object["events"] as? [[String: Any]])
  }

  private func member(_ name: String, of event: [String: Any]?) -> String? {
    ((event?["fact"] as? [String: Any])?[name]).map { "\($0)" }
  }

  @Test func `regulatory 17: an export is recorded with who, what, when and the digest of its bytes`() async throws {
    let study = try await Stage.study()
    try await Stage.staff(("dora.lund", "Dora Lund", "dataManager", nil), study)
    let file = study.path("export.jsonl")
    let outcome = try await study.done("ledger export", as: "dora.lund", ["output": file])
    let bytes = Array(try Data(contentsOf: URL(filePath: file)))
    #expect(try outcome.object["digest"] as? String == Digest(of: bytes).description)
    let event = try #require(try await exports(study).last)
    #expect(member("what", of: event) == "ledger")
    #expect(member("digest", of: event) == Digest(of: bytes).description)
    let actor = try #require(event["actor"] as? [String: Any])
    #expect(actor["account"] as? String == "dora.lund" && actor["role"] as? String == "dataManager")
    #expect(event["recorded"] is String)
  }

  @Test func `regulatory 9: whoever may not export does not, and nothing is left behind`() async throws {
    let study = try await Stage.study()
    let file = study.path("export.jsonl")
    for account in ["carla.rossi", "anna.berg", "petra.wolf"] {
      #expect(await study.act("ledger export", as: account, ["output": file]).refusal == "role-may-not", "\(account)")
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: study.folder.path)
    #expect(!names.contains { $0.hasPrefix("export.jsonl") })
    #expect(try await exports(study).isEmpty)
  }

  @Test func `whoever runs the machine exports without an account, and that is recorded too`() async throws {
    let study = try await Stage.study()
    let outcome = await study.run(["ledger", "export", "--data", study.data])
    #expect(outcome.status == 0, "\(outcome.errors)")
    let event = try #require(try await exports(study).last)
    let actor = try #require(event["actor"] as? [String: Any])
    #expect(actor["account"] as? String == "operator" && actor["role"] as? String == "")
    #expect(member("digest", of: event) == Digest(of: outcome.output).description)
    let copy = try study.file("copy.jsonl", outcome.output)
    let verified = await study.run(["ledger", "verify", copy, "--key", "\(study.data)/public.key"])
    #expect(verified.status == 0, "\(verified.errors)")
    let store = try DataFolder(study.data).openLedger()
    let recorded = try #require(
      try await store.events(after: 0, limit: .max).last { $0.event.type == "study.exported" })
    #expect(recorded.event.origin == .commandLine)
    try store.close()
  }

  @Test func `the screening log leaves as CSV for whom it may, and is shown to more`() async throws {
    let study = try await Stage.study()
    func log(_ account: String, _ more: [String]) async -> TandemRunner.Outcome {
      await study.run(
        [
          "participant", "log", "--as", account, "--password-file", study.passwordFile, "--data", study.data,
          "--format",
          more.isEmpty ? "json" : "text",
        ] + more)
    }
    #expect(await log("carla.rossi", []).status == 0)
    #expect(await log("carla.rossi", ["--csv"]).status == 1)
    let exported = await log("petra.wolf", ["--csv"])
    #expect(exported.status == 0, "\(exported.errors)")
    let event = try #require(try await exports(study).last)
    #expect(member("what", of: event) == "screeningLog")
    #expect(member("digest", of: event) == Digest(of: exported.output).description)
  }

  @Test(arguments: ["text", "json", "html"])
  func `the safety report is the same bytes at any later time, leaves for whom it may, and that is recorded`(
    _ format: String
  ) async throws {
    let study = try await Stage.study()
    try await Stage.staff(("dora.lund", "Dora Lund", "dataManager", nil), study)
    func report(_ account: String, asOf day: String) async -> TandemRunner.Outcome {
      await study.run([
        "safety", "report", "--as-of", day, "--format", format, "--as", account, "--password-file", study.passwordFile,
        "--data", study.data,
      ])
    }
    let first = await report("dora.lund", asOf: "2026-04-08")
    try #require(first.status == 0, "\(first.errors)")
    study.wait(days: 2)
    #expect(await report("dora.lund", asOf: "2026-04-08").output == first.output)
    let events = try await exports(study)
    #expect(events.map { member("what", of: $0) } == ["safetyReport", "safetyReport"])
    #expect(events.allSatisfy { member("digest", of: $0) == Digest(of: first.output).description })
    #expect(!first.output.contains("Petra") && first.output.contains("SYNTHETIC") != (format == "json"))
    #expect(await report("petra.wolf", asOf: "2026-04-08").status == 1)
    #expect(await report("dora.lund", asOf: "2026-04-12").status == 1)
    #expect(try await exports(study).count == 2)
  }

  @Test func `the digest in the JSON form of the safety report is that of the report beside it`() async throws {
    let study = try await Stage.study()
    try await Stage.staff(("dora.lund", "Dora Lund", "dataManager", nil), study)
    let outcome = await study.run([
      "safety", "report", "--as-of", "2026-04-08", "--format", "json", "--as", "dora.lund", "--password-file",
      study.passwordFile, "--data", study.data,
    ])
    let whole = try CanonicalJSON(parsing: outcome.output).value
    let report = try CanonicalJSON(try #require(whole["report"]))
    #expect(whole["sha256"] == .string(Digest(of: report.bytes).description))
  }
}
