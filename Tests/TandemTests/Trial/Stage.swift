import ClinicalValues
import Conduct
import Foundation
import StudyDesign
import Testing
import Trial

@testable import tandem

/// A synthetic study that was begun and staffed at the command line, once for all tests; each gets a copy of its folder.
actor Stage {
  static let shared = Stage()

  /// Who works in it: account, name, role, site. All have the same password.
  static let people: [(account: String, name: String, role: String, site: String?)] = [
    ("petra.wolf", "Petra Wolf", "principalInvestigator", "01"), ("ivan.kral", "Ivan Kral", "subInvestigator", "01"),
    ("carla.rossi", "Carla Rossi", "coordinator", "01"), ("nora.diaz", "Nora Diaz", "nurse", "01"),
    ("nils.brandt", "Nils Brandt", "nurse", "01"), ("lars.olsen", "Lars Olsen", "cellLaboratory", nil),
    ("lena.maas", "Lena Maas", "cellLaboratory", nil), ("quinn.adams", "Quinn Adams", "qualityAssurance", nil),
  ]

  private var template: Task<TandemRunner, any Error>?

  /// A study of its own for a test, at 08:00 of 10 April 2026 in Shanghai.
  static func study() async throws -> TandemRunner {
    let template = try await shared.prepared()
    let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-stage-\(UUID().uuidString)")
    try FileManager.default.copyItem(at: template.folder, to: folder)
    return TandemRunner(folder: folder, now: template.time)
  }

  private func prepared() async throws -> TandemRunner {
    if let template { return try await template.value }
    let task = Task { try await Stage.build() }
    template = task
    return try await task.value
  }

  /// An empty folder with a file of the password.
  static func empty(at time: String = "2026-04-08T00:00:00Z") throws -> TandemRunner {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-stage-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let runner = TandemRunner(folder: folder, now: Instant(time) ?? Instant(milliseconds: 0))
    _ = try runner.file("password", TandemRunner.password + "\n")
    return runner
  }

  /// Begins a study in it.
  static func found(_ runner: TandemRunner, _ more: [String] = ["--synthetic"]) async -> TandemRunner.Outcome {
    await runner.run(
      [
        "study", "found", "--data", runner.data, "--administrator", "anna.berg", "--administrator-name", "Anna Berg",
        "--sponsor", "boris.lind", "--sponsor-name", "Boris Lind", "--password-file", runner.passwordFile,
        "--password-file", runner.passwordFile, "--format", "json",
      ] + more)
  }

  private static func build() async throws -> TandemRunner {
    let runner = try empty()
    let founded = await found(runner)
    try #require(founded.status == 0, "\(founded.output) \(founded.errors)")
    try await runner.done("site add", as: "anna.berg", ["site": "01", "name": "Renji", "zone": "Asia/Shanghai"])
    for person in people { try await staff(person, runner) }
    try await open(runner)
    runner.at("2026-04-10T00:00:00Z")
    return runner
  }

  /// Account, identity, role, training, password and delegation of one person.
  static func staff(
    _ person: (account: String, name: String, role: String, site: String?), _ runner: TandemRunner
  ) async throws {
    let account = person.account
    try await runner.done("account create", as: "anna.berg", ["account": account, "name": person.name])
    try await runner.done("account check-identity", as: "anna.berg", ["account": account, "how": "document"])
    try await grant(person, runner)
    try await runner.done("account train", as: "anna.berg", ["account": account, "from": "2026-04-01"])
    try await runner.done(
      "account train", as: "anna.berg", ["account": account, "version": "1.0", "from": "2026-04-01"])
    try await runner.done("account enable", as: "anna.berg", ["account": account])
    try await choosePassword(account, runner)
    try await delegate(person, runner)
  }

  private static func grant(
    _ person: (account: String, name: String, role: String, site: String?), _ runner: TandemRunner
  ) async throws {
    if let site = person.site {
      try await runner.done(
        "account grant", as: "anna.berg", ["account": person.account, "role": person.role, "site": site])
    } else {
      try await runner.done("account grant", as: "anna.berg", ["account": person.account, "role": person.role])
    }
  }

  /// A password is given, handed over and changed.
  static func choosePassword(_ account: String, _ runner: TandemRunner) async throws {
    let given = try await givenPassword(account, runner)
    let file = try runner.file("given-\(account)", given)
    let changed = await runner.run([
      "account", "password", "--as", account, "--password-file", file, "--new-password-file", runner.passwordFile,
      "--data", runner.data,
    ])
    try #require(changed.status == 0, "\(changed.errors)")
  }

  /// The password that the administrator hands over.
  static func givenPassword(_ account: String, _ runner: TandemRunner) async throws -> String {
    let reset = try await runner.done(
      "account reset-password", as: "anna.berg", ["account": account, "reason": "First password"])
    let notes = try #require(try reset.object["notes"] as? [String])
    return String(try #require(notes.first?.split(separator: " ").last))
  }

  private static func delegate(
    _ person: (account: String, name: String, role: String, site: String?), _ runner: TandemRunner
  ) async throws {
    let isOfSite = ["subInvestigator", "coordinator", "nurse"].contains(person.role)
    let delegator = isOfSite ? "petra.wolf" : "boris.lind"
    let command = isOfSite ? "account delegate" : "account appoint"
    let signed =
      if let site = person.site {
        try await runner.done(
          command, as: delegator,
          ["account": person.account, "role": person.role, "site": site, "from": "2026-04-08"])
      } else {
        try await runner.done(
          command, as: delegator, ["account": person.account, "role": person.role, "from": "2026-04-08"])
      }
    let event = try #require((try signed.object["events"] as? [[String: Any]])?.first)
    let number = try #require((event["fact"] as? [String: Any])?["number"] as? Int)
    try await runner.done("account accept", as: person.account, ["number": "\(number)"])
  }

  /// The protocol is tested, put in force, its provisional items adopted; study, site and cohort are opened.
  private static func open(_ runner: TandemRunner) async throws {
    let investigator = "petra.wolf"
    let report = try runner.file("test-report.txt", "Configuration test of protocol 1.0: 212 tests passed.")
    try await runner.done(
      "study sign-test", as: investigator, ["version": "1.0", "report-file": report, "tests": "212", "failures": "0"])
    try await runner.done("study put-in-force", as: investigator, ["version": "1.0", "applies-to": "all"])
    let study = try Shelf.read(Repository.root.appending(path: "Studies/cd19-bcma-aid").path)
    let items = study.editions.last?.version.provisional.joined(separator: ",") ?? ""
    try await runner.done("study adopt", as: investigator, ["version": "1.0", "items": items])
    try await runner.done(
      "site put-consent-in-force", as: investigator, ["site": "01", "version": "1.0", "signed-anew-by": "nobody"])
    for scope in ["study", "site:01", "cohort:sle"] {
      try await runner.done("study open", as: investigator, ["scope": scope])
    }
  }
}
