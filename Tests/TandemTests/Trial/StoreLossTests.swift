import ArgumentParser
import ClinicalValues
import Conduct
import Foundation
import Ledger
import LedgerSQLite
import Testing
import Trial

@testable import tandem

/// A data folder of which something was lost, emptied, altered, or can only be read, at the command line.
struct StoreLossTests {
  private func failure(_ outcome: TandemRunner.Outcome) throws -> [String: Any] {
    try #require(try outcome.object["failed"] as? [String: Any], "\(outcome.output) \(outcome.errors)")
  }

  @Test(arguments: ["ledger.sqlite", "identity.sqlite", "credentials.sqlite", "keys/keys.sqlite"], [true, false])
  func `a file of a study that is empty or missing is named, and never begun anew`(
    _ name: String, _ isEmptied: Bool
  ) async throws {
    let study = try await Stage.study()
    let file = "\(study.data)/\(name)"
    try FileManager.default.removeItem(atPath: file)
    if isEmptied { try Data().write(to: URL(filePath: file)) }
    let outcome = await study.act("participant list", as: "petra.wolf")
    #expect(outcome.status == 1)
    let failed = try failure(outcome)
    #expect(failed["code"] as? String == "ledger-damaged")
    let message = try #require(failed["message"] as? String)
    #expect(message.contains(name) && message.contains("restore the last backup"), "\(message)")
    let again = await Stage.found(study)
    #expect(again.status == 1 && again.output.contains("ledger-damaged"), "\(again.output) \(again.errors)")
    let size = StoreFile.size(of: file)
    #expect(size == (isEmptied ? 0 : nil))
  }

  @Test func `a file that another one was put in the place of is named`() async throws {
    let study = try await Stage.study()
    let other = study.path("other.sqlite")
    try SQLiteSealedStore(path: other).close()
    try FileManager.default.removeItem(atPath: "\(study.data)/identity.sqlite")
    try FileManager.default.copyItem(atPath: other, toPath: "\(study.data)/identity.sqlite")
    let failed = try failure(await study.act("participant list", as: "petra.wolf"))
    #expect((failed["message"] as? String)?.contains("identity.sqlite") == true)
  }

  @Test func `a version in force whose files are not there is told to programs too`() async throws {
    let study = try await Stage.study()
    let arguments = [
      "participant", "register", "--site", "01", "--name", "Li Wei", "--birth-date", "1990-05-02", "--format", "json",
      "--as", "carla.rossi", "--password-file", study.passwordFile, "--data", study.data,
    ]
    let outcome = await study.run {
      var surroundings = Surroundings.current
      surroundings.shelf = { _ in ProtocolShelf([]) }
      try await Surroundings.$current.withValue(surroundings) {
        guard var command = try Tandem.parseAsRoot(arguments) as? any AsyncParsableCommand else { return }
        try await command.run()
      }
    }
    #expect(outcome.status == 1)
    let failed = try failure(outcome)
    #expect(failed["code"] as? String == "unusable" && failed["position"] is NSNull)
    let message = try #require(failed["message"] as? String)
    #expect(message.hasPrefix("Protocol version 1.0 is not") && outcome.errors.contains(message), "\(outcome.errors)")
  }

  @Test func `a ledger that is empty or missing does not verify`() async throws {
    let study = try await Stage.study()
    try Data().write(to: URL(filePath: "\(study.data)/ledger.sqlite"))
    let outcome = await study.run(["ledger", "verify", "--data", study.data, "--format", "json"])
    #expect(outcome.status == 1)
    #expect(try outcome.object["verified"] as? Bool == false)
    #expect(try outcome.object["code"] as? String == "ledger-damaged")
  }

  @Test func `R3 4.2.2(b): a byte that was changed in the ledger itself is named with its event`() async throws {
    let study = try await Stage.study()
    let backup = study.path("backup")
    #expect(await study.run(["ledger", "backup", backup, "--data", study.data]).status == 0)
    let file = URL(filePath: "\(backup)/ledger.sqlite")
    var bytes = try Data(contentsOf: file)
    let place = try #require(bytes.range(of: Data("\"happened\"".utf8), in: bytes.count / 2..<bytes.count))
    bytes[place.lowerBound + 2] ^= 1
    try bytes.write(to: file)
    let outcome = await study.run(["ledger", "verify", "--data", backup, "--format", "json"])
    #expect(outcome.status == 1)
    #expect(try outcome.object["change"] as? String == "altered", "\(outcome.output)")
    #expect(try outcome.object["position"] as? Int != nil && outcome.object["stream"] is String)
  }

  @Test func `what is copied and restored is its owner's alone`() async throws {
    let study = try await Stage.study()
    let (backup, restored) = (study.path("backup"), study.path("restored"))
    #expect(await study.run(["ledger", "backup", backup, "--data", study.data]).status == 0)
    #expect(await study.run(["ledger", "restore", backup, "--data", restored]).status == 0)
    for folder in [backup, restored] {
      for path in [folder, "\(folder)/keys"] {
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(!names.contains { $0.hasSuffix("-wal") || $0.hasSuffix("-shm") }, "\(names)")
        for entry in [path] + names.map({ "\(path)/\($0)" }) {
          let attributes = try FileManager.default.attributesOfItem(atPath: entry)
          let isFolder = attributes[.type] as? FileAttributeType == .typeDirectory
          let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue
          #expect(mode == (isFolder ? 0o700 : 0o600), "\(entry)")
        }
      }
    }
  }

  @Test func `a server clock that was set back records nothing`() async throws {
    let study = try await Stage.study()
    study.wait(days: 14)
    try await study.done("participant list", as: "petra.wolf")
    study.wait(days: -9)
    let outcome = await study.act("participant list", as: "petra.wolf")
    #expect(outcome.status == 1)
    let failed = try failure(outcome)
    #expect(failed["code"] as? String == "ledger-clock-behind" && failed["position"] is Int)
    #expect((failed["message"] as? String)?.contains("clock") == true)
    let verified = await study.run(["ledger", "verify", "--data", study.data, "--format", "json"])
    #expect(verified.status == 0, "\(verified.errors)")
    #expect(try (verified.object["clock"] as? [Any])?.isEmpty == true)
  }

  @Test func `a demonstration in the time of its story goes on from what a command records by the machine's`()
    async throws
  {
    let study = try await Stage.study()
    study.wait(days: 14)
    let outcome = await study.run {
      let served = try await ServedStudy.open(
        DataFolder(study.data), study: nil, demo: true, days: nil, storyTime: true
      ).study
      let before = study.time
      #expect(served.clock() < before)
      try await study.done("participant list", as: "petra.wolf")
      let claim = Claim(account: "anna.berg", password: TandemRunner.password)
      _ = try await served.live.authenticate(claim, for: .signIn, origin: .web)
      #expect(before <= served.clock())
      try served.close()
    }
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
  }

  @Test func `after a clock that was ahead two people say so, and work goes on`() async throws {
    let study = try await Stage.study()
    func setRight(_ administrator: String = "anna.berg", _ sponsor: String = "boris.lind") async -> TandemRunner.Outcome
    {
      await study.run([
        "ledger", "set-clock-right", "--administrator", administrator, "--sponsor", sponsor, "--reason",
        "The time server was wrong.", "--password-file", study.passwordFile, "--password-file", study.passwordFile,
        "--data", study.data, "--format", "json",
      ])
    }
    #expect(await setRight().refusal == "clock-not-behind")
    study.wait(days: 14)
    try await study.done("participant list", as: "petra.wolf")
    study.wait(days: -13)
    #expect(await study.act("participant list", as: "petra.wolf").status == 1)
    for (administrator, sponsor) in [
      ("petra.wolf", "boris.lind"), ("anna.berg", "petra.wolf"), ("anna.berg", "anna.berg"),
    ] {
      #expect(await setRight(administrator, sponsor).refusal != nil)
    }
    #expect(await study.act("participant list", as: "petra.wolf").status == 1)
    let outcome = await setRight()
    #expect(outcome.status == 0, "\(outcome.output) \(outcome.errors)")
    try await study.done("participant list", as: "petra.wolf")
    let verified = await study.run(["ledger", "verify", "--data", study.data, "--format", "json"])
    #expect(verified.status == 0, "\(verified.errors)")
    let told = try #require(try verified.object["clock"] as? [[String: Any]])
    let position = try outcome.object["position"] as? Int
    #expect(told.count == 1 && told.first?["position"] as? Int == position)
    #expect(told.first?["type"] as? String == "study.clockSetRight")
    let text = await study.run(["ledger", "verify", "--data", study.data]).output.split(whereSeparator: \.isWhitespace)
    #expect(text.joined(separator: " ").contains("the clock was set back. Two people say so there, signed."))
  }

  @Test(arguments: ["nonsense", "5:ABCD", "x:ABCD", "5:"])
  func `what is no witness's code is bad usage, with what a code looks like`(_ witness: String) async throws {
    let study = try await Stage.study()
    let outcome = await study.run(["ledger", "verify", "--data", study.data, "--witness", witness])
    #expect(outcome.status == 64 && outcome.errors.contains("witness's"), "\(outcome.errors)")
  }
}
