import Ledger
import LedgerSQLite
import Testing

@testable import tandem

/// Who the participants are, checked with the ledger that they belong to.
struct SealedIdentitiesTests {
  /// A study with one candidate.
  private func study() async throws -> TandemRunner {
    let study = try await Stage.study()
    try await study.done(
      "participant register", as: "carla.rossi",
      ["site": "01", "cohort": "sle", "name": "Li Wei", "birth-date": "1990-05-02"])
    return study
  }

  private func verify(_ data: String, in study: TandemRunner, _ more: [String] = []) async -> TandemRunner.Outcome {
    await study.run(["ledger", "verify", "--data", data, "--format", "json"] + more)
  }

  /// The candidate's key is gone, though nobody erased them.
  private func loseKey(of study: TandemRunner) async throws {
    let keys = try SQLiteSealedStore(path: "\(study.data)/keys/keys.sqlite", access: .readWrite)
    try await keys.write([.remove(SealedName("participant-key", "01-0001"))])
    try keys.close()
  }

  @Test func `what is sealed is opened where the master key is, and that it was not is said where it is not`()
    async throws
  {
    let study = try await study()
    let whole = await verify(study.data, in: study)
    #expect(whole.status == 0, "\(whole.output) \(whole.errors)")
    #expect(try whole.object["identities"] as? Bool == true)
    let backup = study.path("backup")
    #expect(await study.run(["ledger", "backup", backup, "--data", study.data]).status == 0)
    let unopened = await verify(backup, in: study)
    #expect(try unopened.object["identities"] as? Bool == nil)
    let text = await study.run(["ledger", "verify", "--data", backup])
    #expect(text.status == 0 && text.output.contains("not checked"), "\(text.output) \(text.errors)")
    let opened = await verify(backup, in: study, ["--key-file", "\(study.data)/keys/master.key"])
    #expect(try opened.object["identities"] as? Bool == true, "\(opened.output) \(opened.errors)")
  }

  @Test func `a key that is lost is told, of the study and of what is restored`() async throws {
    let study = try await study()
    try await loseKey(of: study)
    let outcome = await verify(study.data, in: study)
    #expect(outcome.status == 1)
    #expect(try outcome.object["code"] as? String == "identity-damaged", "\(outcome.output)")
    #expect(try outcome.object["problems"] as? [String] == ["identity/01-0001 has no key."])
    let backup = study.path("backup")
    #expect(await study.run(["ledger", "backup", backup, "--data", study.data]).status == 0)
    let restored = await study.run([
      "ledger", "restore", backup, "--data", study.path("restored"), "--key-file", "\(study.data)/keys/master.key",
    ])
    #expect(restored.status == 1 && restored.errors.contains("has no key"), "\(restored.output) \(restored.errors)")
  }
}
