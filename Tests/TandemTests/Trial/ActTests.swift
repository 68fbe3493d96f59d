import ArgumentParser
import ClinicalValues
import Conduct
import Foundation
import Testing
import Trial

@testable import tandem

/// Commands of the trial at the command line: options, refusals, late entries, two at once.
struct ActTests {
  /// What registers a candidate.
  private let candidate: KeyValuePairs<String, String> = [
    "site": "01", "cohort": "sle", "name": "Li Wei", "birth-date": "1990-05-02",
  ]

  @Test func `what is recorded is said in a sentence, with its place in the ledger`() async throws {
    let study = try await Stage.study()
    let outcome = await study.act("participant register", as: "carla.rossi", candidate, format: "text")
    #expect(outcome.status == 0)
    let flowing = outcome.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(
      flowing.contains(
        #/Recorded 01-0001: Registered as a candidate at site 01, .*\[event \d+, participant/01-0001, .*Carla Rossi, coordinator\]/#
      ), "\(outcome.output)")
    #expect(outcome.errors.contains("Synthetic data"))
  }

  @Test func `A11 9: each event says who, in what role, when, from where and why`() async throws {
    let study = try await Stage.study()
    let outcome = try await study.done("participant register", as: "carla.rossi", candidate)
    let event = try #require((try outcome.object["events"] as? [[String: Any]])?.first)
    #expect(event["type"] as? String == "participant.registered")
    let actor = try #require(event["actor"] as? [String: Any])
    #expect(actor["account"] as? String == "carla.rossi" && actor["role"] as? String == "coordinator")
    #expect(event["origin"] as? String == "commandLine")
    #expect((event["happened"] as? String)?.hasSuffix("[Asia/Shanghai]") == true)
    #expect((event["recorded"] as? String)?.hasSuffix("Z") == true)
  }

  @Test func `4.3.3: no file of the data holds a clear name or document number`() async throws {
    let study = try await Stage.study()
    try await study.done(
      "participant register", as: "carla.rossi",
      ["site": "01", "name": "Zsofia Quartermain", "birth-date": "1990-05-02", "document": "passport XQ7712345"])
    for name in try FileManager.default.subpathsOfDirectory(atPath: study.data) {
      guard let bytes = FileManager.default.contents(atPath: "\(study.data)/\(name)") else { continue }
      for secret in ["Quartermain", "XQ7712345", TandemRunner.password] {
        #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(name) holds ‘\(secret)’")
      }
    }
  }

  @Test func `the same person is shown before anybody is registered twice`() async throws {
    let study = try await Stage.study()
    try await study.done("participant register", as: "carla.rossi", candidate)
    let again = await study.act("participant register", as: "carla.rossi", candidate)
    #expect(again.status == 1 && again.refusal == "same-person")
    let despite = await study.act(
      "participant register", as: "carla.rossi",
      [
        "site": "01", "name": "LI, Wei", "birth-date": "1990-05-02",
        "despite-match": "Cousins of one name, both documents seen",
      ])
    #expect(despite.status == 0, "\(despite.output)")
    let event = try #require((try despite.object["events"] as? [[String: Any]])?.first)
    #expect((event["reason"] as? String)?.hasPrefix("Another person than 01-0001: ") == true)
  }

  @Test func `the same person who is registered at one moment by three is registered once and shown to the others`()
    async throws
  {
    let study = try await Stage.study()
    async let first = study.act("participant register", as: "carla.rossi", candidate)
    async let second = study.act("participant register", as: "carla.rossi", candidate)
    async let third = study.act("participant register", as: "carla.rossi", candidate)
    let outcomes = await [first, second, third]
    #expect(outcomes.map(\.status).sorted() == [0, 1, 1], "\(outcomes.map(\.output))")
    #expect(outcomes.compactMap(\.refusal) == ["same-person", "same-person"])
    for loser in outcomes where loser.status == 1 { #expect(loser.output.contains("01-0001 has the same")) }
  }

  @Test func `a closed gate is shown line by line, by sign and word, and ends with status 1`() async throws {
    let study = try await Stage.study()
    try await study.done("participant register", as: "carla.rossi", candidate)
    try await study.done(
      "participant consent", as: "carla.rossi",
      [
        "participant": "01-0001", "version": "1.0", "obtained-by": "ivan.kral", "obtained-as": "subInvestigator",
        "adult": "true", "copy-given": "true",
      ])
    let text = await study.act(
      "participant enroll", as: "carla.rossi", ["participant": "01-0001"], format: "text")
    #expect(text.status == 1 && text.output.isEmpty)
    #expect(text.errors.contains("Refused (gate-closed)"))
    #expect(text.errors.contains("- false    enrollment.eligibility"), "\(text.errors)")
    #expect(text.errors.contains("+ true     enrollment.slot"), "\(text.errors)")
    let json = await study.act("participant enroll", as: "carla.rossi", ["participant": "01-0001"])
    let refused = try #require(try json.object["refused"] as? [String: Any])
    let lines = try #require(refused["lines"] as? [[String: Any]])
    #expect(lines.contains { $0["id"] as? String == "enrollment.eligibility" && $0["value"] as? String == "false" })
    #expect(refused["remedy"] is String)
  }

  @Test func `a dry run shows what would be, and records nothing`() async throws {
    let study = try await Stage.study()
    let outcome = await study.run(
      [
        "study", "open", "--scope", "cohort:ssc", "--as", "petra.wolf", "--password-file", study.passwordFile, "--data",
        study.data, "--dry-run", "--format", "json",
      ])
    #expect(((try outcome.object["proposed"] as? [[String: Any]])?.first)?["type"] as? String == "study.opened")
    #expect((try outcome.object["toSign"] as? [[String: Any]])?.first?["meaning"] is String)
    let status = await study.act("study status", as: "petra.wolf")
    #expect(try status.object["open"] as? [String] == ["cohort:sle", "site:01", "study"])
  }

  @Test func `bad usage ends with status 64 and names what can be given`() async throws {
    let study = try await Stage.study()
    let role = await study.act("account grant", as: "anna.berg", ["account": "carla.rossi", "role": "surgeon"])
    #expect(role.status == 64 && role.errors.contains("coordinator"), "\(role.errors)")
    #expect(await study.act("participant enroll", as: "carla.rossi").status == 64)
    #expect(
      await study.act("participant screen", as: "carla.rossi", ["participant": "1-7"]).status == 64)
    let missing = await study.run(["participant", "list", "--as", "carla.rossi", "--data", study.path("nowhere")])
    #expect(missing.status == 1 && missing.errors.contains("tandem study found"))
  }

  @Test func `R3 4.3.6: what was done while the system was down is entered by two people, with both times`()
    async throws
  {
    let study = try await Stage.study()
    try await study.done("participant register", as: "carla.rossi", candidate)
    study.wait(days: 3)
    let consent: KeyValuePairs<String, String> = [
      "participant": "01-0001", "version": "1.0", "obtained-by": "ivan.kral", "obtained-as": "subInvestigator",
      "adult": "true", "copy-given": "true", "at": "2026-04-10T11:30",
    ]
    #expect(await study.act("participant consent", as: "carla.rossi", consent).refusal == "late-entry")
    let entered = try await study.done(
      "participant consent", as: "carla.rossi",
      [
        "participant": "01-0001", "version": "1.0", "obtained-by": "ivan.kral", "obtained-as": "subInvestigator",
        "adult": "true", "copy-given": "true", "at": "2026-04-10T11:30", "late-source": "downtime sheet",
        "late-reason": "The system was down", "after-downtime": "true", "with": "nora.diaz=\(study.passwordFile)",
      ])
    let events = try #require(try entered.object["events"] as? [[String: Any]])
    #expect(events.map { $0["type"] as? String } == ["participant.consented", "participant.enteredLate"])
    #expect((events.first?["happened"] as? String)?.hasPrefix("2026-04-10T11:30") == true)
    #expect((events.first?["recorded"] as? String)?.hasPrefix("2026-04-13") == true)
    #expect((events.last?["signatures"] as? [Any])?.count == 2)
  }

  @Test func `of two who do the same at once one wins, and the other is told what changed`() async throws {
    let study = try await Stage.study()
    try await study.done("participant register", as: "carla.rossi", candidate)
    async let first = study.act("study open", as: "petra.wolf", ["scope": "cohort:ssc"])
    async let second = study.act("study open", as: "petra.wolf", ["scope": "cohort:ssc"])
    let outcomes = await [first, second]
    #expect(outcomes.map(\.status).sorted() == [0, 1], "\(outcomes.map(\.output))")
    let loser = try #require(outcomes.first { $0.status == 1 })
    #expect(loser.output.contains("open") && loser.refusal != nil, "\(loser.output)")
  }

  @Test(arguments: Commands.all.map { $0.name })
  func `each command can be asked for help, which shows each of its members`(_ name: String) throws {
    let command = try #require(Commands.all.first { $0.name == name })
    let (form, help) = ActTests.form(of: command)
    for option in form.options {
      for name in option.names { #expect(help.contains("--\(name)"), "\(name)") }
    }
    #expect(help.contains("--as") && help.contains("--dry-run") && help.contains("--format"))
  }

  @Test(arguments: Commands.all.map { $0.name })
  func `each command of the trial is reached by its name`(_ name: String) throws {
    // Without its options it is bad usage, and the usage that is shown is its own.
    do {
      _ = try Tandem.parseAsRoot(name.split(separator: " ").map(String.init))
      Issue.record("it was understood without any option")
    } catch {
      let message = Tandem.fullMessage(for: error)
      #expect(message.contains("Usage: tandem \(name) ") && message.contains("--as <account>"), "\(message)")
    }
  }

  private static func form<Command: TrialCommand>(_ command: Command.Type) -> (ActForm, String) {
    (ActForm.of(command), Act<Command>.helpMessage(columns: 400))
  }

  private static func form(of command: any TrialCommand.Type) -> (ActForm, String) { form(command) }

  @Test(arguments: [CompletionShell.bash, .zsh])
  func `every option of every command is completed`(_ shell: CompletionShell) {
    let script = Tandem.completionScript(for: shell)
    for command in Commands.all {
      let (form, _) = ActTests.form(of: command)
      for option in form.options {
        for name in option.names { #expect(script.contains("--\(name)"), "\(command.name) --\(name)") }
        for value in option.kind.values ?? [] { #expect(script.contains(value), "\(command.name): \(value)") }
      }
    }
  }
}
