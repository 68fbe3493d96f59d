import ClinicalValues
import Foundation
import Ledger
import Testing

@testable import tandem

/// Documents that a command rests on are kept in the ledger, and leave with it.
struct DocumentTests {
  @Test func `a report whose file is not there is not signed by its digest alone`() async throws {
    let study = try await Stage.study()
    let unknown = Digest(of: "another report").description
    let refused = await study.act(
      "study sign-test", as: "petra.wolf", ["version": "1.0", "report": unknown, "tests": "9", "failures": "0"])
    #expect(refused.refusal == "document-not-attached")
    let file = try study.file("report.txt", "All 9 tests passed.")
    let other = await study.act(
      "study sign-test", as: "petra.wolf",
      ["version": "1.0", "report": unknown, "report-file": file, "tests": "9", "failures": "0"])
    #expect(other.status == 1 && other.errors.contains("is not the document"), "\(other.errors)")
    let signed = try await study.done(
      "study sign-test", as: "petra.wolf", ["version": "1.0", "report-file": file, "tests": "9", "failures": "0"])
    #expect(signed.output.contains(Digest(of: "All 9 tests passed.").description))
    let known = try await study.done(
      "study sign-test", as: "petra.wolf",
      ["version": "1.0", "report": Digest(of: "All 9 tests passed.").description, "tests": "9", "failures": "0"])
    #expect(known.status == 0, "the ledger holds it already")
  }

  @Test func `the board's minutes and the approvals of a lifted hold are attached and exported`() async throws {
    let study = try await Stage.study()
    let board = ["bea.stein", "ciro.leone", "dag.holm"]
    for (account, name) in zip(board, ["Bea Stein", "Ciro Leone", "Dag Holm"]) {
      try await Stage.staff((account, name, "safetyBoard", nil), study)
      try await study.done(
        "study appoint", as: "boris.lind",
        ["account": account, "is-statistician": account == "dag.holm" ? "true" : "false"])
    }
    try await Stage.staff(("sara.lind", "Sara Noor", "safetyOfficer", nil), study)
    try await study.done(
      "study hold", as: "sara.lind",
      ["kind": "safety", "reason": "Two infusion reactions", "activities": "infusion"])
    let minutes = try study.file("minutes.txt", "Minutes: the hold may fall.")
    let ballot =
      #"{"inFavor":["bea.stein","ciro.leone","dag.holm"],"against":[],"abstained":[],"#
      + #""interests":["bea.stein: none","ciro.leone: none","dag.holm: none"]}"#
    try await study.done(
      "study decide-lift", as: "bea.stein",
      [
        "hold": "1", "ballot": ballot, "minutes-file": minutes, "with": "ciro.leone=\(study.passwordFile)",
        "with": "dag.holm=\(study.passwordFile)",
      ])
    let approvals = try [
      study.file("ethics.txt", "Approved by the committee."), study.file("fda.txt", "No objection."),
    ]
    try await study.done(
      "study accept-lift", as: "sara.lind",
      ["hold": "1", "approval-file": approvals[0], "approval-file": approvals[1]])
    let exported = await study.run(["ledger", "export", "--data", study.data])
    for text in ["Minutes: the hold may fall.", "Approved by the committee.", "No objection."] {
      #expect(exported.output.contains(Data(text.utf8).base64EncodedString()), "\(text)")
    }
  }

  @Test func `data that are entered late say so, and a dry run of an import records nothing`() async throws {
    let study = try await Stage.study()
    let id = "01-0001"
    try await study.done(
      "participant register", as: "carla.rossi",
      ["site": "01", "cohort": "sle", "name": "Li Wei", "birth-date": "1990-05-21"])
    study.wait(days: 3)
    let file: KeyValuePairs<String, String> = [
      "participant": id, "file": ClinicalFiles.example.path, "source": "hospitalRecord", "at": "2026-04-10T11:30",
    ]
    #expect(await study.act("participant import", as: "carla.rossi", file).refusal == "late-entry")
    let proposed = await study.run([
      "participant", "import", "--participant", id, "--file", ClinicalFiles.example.path, "--source", "hospitalRecord",
      "--as", "carla.rossi", "--password-file", study.passwordFile, "--data", study.data, "--format", "json",
      "--dry-run",
    ])
    let fact = try #require((try proposed.object["proposed"] as? [[String: Any]])?.first, "\(proposed.errors)")
    #expect(fact["type"] as? String == "participant.dataImported")
    let entered = try await study.done(
      "participant import", as: "carla.rossi",
      [
        "participant": id, "file": ClinicalFiles.example.path, "source": "hospitalRecord", "at": "2026-04-10T11:30",
        "late-source": "fax of the ward", "late-reason": "The reader was out of order",
      ])
    let events = try #require(try entered.object["events"] as? [[String: Any]])
    #expect(events.map { $0["type"] as? String } == ["participant.dataImported", "participant.enteredLate"])
    #expect((events.first?["happened"] as? String)?.hasPrefix("2026-04-10T11:30") == true)
    #expect(events.first?["version"] as? Int == 2, "the dry run recorded nothing")
  }

  @Test(arguments: ["Asia/Shangai", "Mars/Olympus"])
  func `a time zone that does not exist is refused`(_ zone: String) async throws {
    let study = try await Stage.study()
    let outcome = await study.act("site add", as: "anna.berg", ["site": "02", "name": "North", "zone": zone])
    #expect(outcome.refusal == "no-time-zone")
    #expect(outcome.output.contains(zone) && outcome.output.contains("Europe/Berlin"), "\(outcome.output)")
  }
}
