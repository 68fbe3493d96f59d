import ClinicalValues
import Foundation
import Testing

@testable import tandem

/// Views as of a moment that has passed: what was known then, whatever was recorded later.
struct KnownAtTests {
  /// A study that was opened on 8 April; then a site was added on 12 April.
  private func study() async throws -> TandemRunner {
    let study = try await Stage.study()
    study.at("2026-04-12T00:00:00Z")
    try await study.done("site add", as: "anna.berg", ["site": "02", "name": "Charité", "zone": "Europe/Berlin"])
    return study
  }

  private func sites(_ study: TandemRunner, _ options: KeyValuePairs<String, String>) async throws -> Int {
    let outcome = try await study.done("site list", as: "petra.wolf", options)
    return try #require(try outcome.object["sites"] as? [Any]).count
  }

  @Test func `a view shows what had been recorded by then, and is marked with the moment`() async throws {
    let study = try await study()
    #expect(try await sites(study, [:]) == 2)
    #expect(try await sites(study, ["known-at": "2026-04-11T00:00:00Z"]) == 1)
    let status = try await study.done("study status", as: "petra.wolf", ["known-at": "2026-04-08T00:00:01Z"])
    #expect(try status.object["knownAt"] as? String == "2026-04-08T00:00:01.000Z")
    #expect(try (status.object["open"] as? [Any])?.isEmpty == true)
    let text = await study.act(
      "participant list", as: "petra.wolf", ["known-at": "2026-04-11T00:00:00Z"], format: "text")
    #expect(text.output.hasPrefix("As it was known at 2026-04-11T00:00:00.000Z:"), "\(text.output)")
  }

  @Test func `a participant who was registered later is not there yet`() async throws {
    let study = try await study()
    let registered = try await study.done(
      "participant register", as: "carla.rossi",
      [
        "site": "01", "cohort": "sle", "name": "Lin Mei", "birth-date": "1990-02-03",
      ])
    #expect(registered.status == 0)
    for view in ["participant status", "participant show", "product show", "product accountability", "timeline"] {
      func look(_ moment: String) async -> TandemRunner.Outcome {
        await study.run(
          view.split(separator: " ").map(String.init) + [
            "01-0001", "--known-at", moment, "--as", "petra.wolf", "--password-file", study.passwordFile, "--data",
            study.data, "--format", "json",
          ])
      }
      let before = await look("2026-04-11T00:00:00Z")
      #expect(before.status == 1 && before.errors.contains("not registered yet"), "\(view): \(before.errors)")
      let after = await look(study.time.description)
      #expect(after.status == 0, "\(view): \(after.errors)")
      #expect(try after.object["knownAt"] is String, "\(view)")
    }
  }

  @Test(arguments: ["tomorrow", "2026-04-11", "2999-01-01T00:00:00Z"])
  func `what is no moment, or has not passed, is bad usage`(_ moment: String) async throws {
    let study = try await Stage.study()
    #expect(await study.act("study status", as: "petra.wolf", ["known-at": moment]).status == 64)
  }
}
