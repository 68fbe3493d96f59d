import Foundation
import Testing

@testable import tandem

/// Response and analysis sets at the command line.
struct ResponseCommandTests {
  private func run(_ study: TandemRunner, _ words: [String]) async throws -> TandemRunner.Outcome {
    let outcome = await study.run(
      words + ["--as", "carla.rossi", "--password-file", study.passwordFile, "--data", study.data])
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome
  }

  @Test func `a participant who consented has a screening value, no baseline yet, and is in no set yet`()
    async throws
  {
    let study = try await Stage.study()
    try await study.done(
      "participant register", as: "carla.rossi",
      ["site": "01", "cohort": "ssc", "name": "Li Wei", "birth-date": "1990-05-02", "sex-at-birth": "female"])
    try await study.done(
      "participant consent", as: "carla.rossi",
      [
        "participant": "01-0001", "version": "1.0", "obtained-by": "ivan.kral", "obtained-as": "subInvestigator",
        "adult": "true", "copy-given": "true",
      ])
    let sites = ["FINGERS", "HAND", "FOREARM", "UPPERARM", "THIGH", "LEG", "FOOT"].flatMap { ["\($0)_R", "\($0)_L"] }
    var entries = (["FACE", "CHEST", "ABDOMEN"] + sites).map { ["item": "MRSS_\($0)", "value": "1"] }
    entries.append(["item": "QSDTC", "value": "2026-04-10"])
    let file = try study.file(
      "mrss.json", String(decoding: try JSONSerialization.data(withJSONObject: entries), as: UTF8.self))
    try await study.done(
      "form save", as: "carla.rossi", ["participant": "01-0001", "form": "SCR/1/mrss/1", "entries": file])
    let response = try await run(study, ["participant", "response", "01-0001", "--format", "json"]).object
    let screening = try #require(response["screening"] as? [String: Any])
    #expect(screening["value"] as? Int == 17 && screening["day"] as? String == "2026-04-10")
    let baseline = try #require(response["baseline"] as? [String: Any])
    #expect(baseline["value"] is NSNull)
    #expect(
      (response["times"] as? [[String: Any]])?.map { $0["assessed"] as? Bool } == Array(repeating: false, count: 8))
    let text = try await run(study, ["participant", "response", "01-0001"]).output
    #expect(text.contains("Modified Rodnan skin score 17 (SCR, 2026-04-10)"))
    #expect(text.contains("no baseline before lymphodepletion has begun"))
    let sets = try await run(study, ["study", "sets", "--format", "json"]).object
    let listed = try #require(sets["sets"] as? [[String: Any]])
    #expect(listed.map { $0["id"] as? String }.first == "screened" && listed.count == 7)
    #expect(listed.allSatisfy { $0["provisional"] as? String == "analysis-sets" })
    let infused = try #require(listed.first { $0["id"] as? String == "infused" }?["participants"] as? [[String: Any]])
    #expect(infused.map { $0["because"] as? String } == ["not infused"])
    #expect(try await run(study, ["study", "sets"]).output.contains("Infused (infused): 0"))
  }
}
