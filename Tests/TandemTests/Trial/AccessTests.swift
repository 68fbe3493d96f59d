import ClinicalValues
import Foundation
import Testing

@testable import tandem

/// Who gets in at the command line, and what is recorded of it (21 CFR 11; ICH E6(R3) 4.2.2, 4.3.8).
struct AccessTests {
  /// The types of the events of accounts, newest last.
  private func accountEvents(_ study: TandemRunner) async throws -> [String] {
    let outcome = try await study.done("ledger events", as: "anna.berg", ["stream": "accounts"])
    return try #require(try outcome.object["events"] as? [[String: Any]]).compactMap { $0["type"] as? String }
  }

  @Test func `11.10(d): whoever has no account, or another's password, does not get in and learns nothing`()
    async throws
  {
    let study = try await Stage.study()
    let wrong = try study.file("wrong", "seven brown kettles sang\n")
    var refusals: Set<String> = []
    for account in ["nobody.known", "carla.rossi"] {
      let outcome = await study.run([
        "participant", "list", "--as", account, "--password-file", wrong, "--data", study.data, "--format", "json",
      ])
      #expect(outcome.status == 1)
      let refused = try #require(try outcome.object["refused"] as? [String: Any])
      refusals.insert("\(refused["id"] ?? "") \(refused["because"] ?? "")")
    }
    #expect(refusals.count == 1, "the two must not be told apart: \(refusals)")
  }

  @Test func `R3 4.2.2: each sign-in and each failed one leaves one event`() async throws {
    let study = try await Stage.study()
    let before = try await accountEvents(study).count
    let wrong = try study.file("wrong", "seven brown kettles sang\n")
    _ = await study.run(["site", "list", "--as", "carla.rossi", "--password-file", wrong, "--data", study.data])
    _ = await study.run([
      "site", "list", "--as", "carla.rossi", "--password-file", study.passwordFile, "--data", study.data,
    ])
    let added = try await accountEvents(study).dropFirst(before)
    #expect(Array(added) == ["account.authenticationFailed", "account.signedIn", "account.signedIn"])
  }

  @Test func `11.300: an account is locked after too many failures, and its person is told`() async throws {
    let study = try await Stage.study()
    let wrong = try study.file("wrong", "seven brown kettles sang\n")
    for _ in 0..<5 {
      _ = await study.run(["site", "list", "--as", "carla.rossi", "--password-file", wrong, "--data", study.data])
    }
    let locked = await study.act("site list", as: "carla.rossi")
    #expect(locked.status == 1)
    study.wait(minutes: 20)
    let later = await study.act("site list", as: "carla.rossi")
    #expect(later.status == 0)
    #expect(later.errors.contains("locked after failed attempts"), "\(later.errors)")
  }

  @Test func `11.200: a signature asks for the password again, and shows first what is signed`() async throws {
    let study = try await Stage.study()
    study.types(["Password of petra.wolf": TandemRunner.password])
    let outcome = await study.run([
      "study", "hold", "--kind", "operational", "--reason", "The freezer is repaired", "--activities", "leukapheresis",
      "--as", "petra.wolf", "--data", study.data,
    ])
    try #require(outcome.status == 0, "\(outcome.errors)")
    let asked = study.asked()
    #expect(asked.allSatisfy { $0.isSecret })
    let shown = outcome.errors.contains("To be signed")
    #expect(asked.count == (shown ? 2 : 1))
    let signing = await study.run([
      "study", "open", "--scope", "cohort:ssc", "--as", "petra.wolf", "--data", study.data,
    ])
    #expect(signing.status == 0, "\(signing.errors)")
    #expect(study.asked().map(\.text) == ["Password of petra.wolf", "Password of petra.wolf, to sign"])
    #expect(signing.errors.contains("To be signed") && signing.errors.contains("Petra Wolf, principal investigator"))
    #expect(signing.errors.contains("SHA-256"))
  }

  @Test func `11.50: a signed event shows printed name, role, date and time, and meaning`() async throws {
    let study = try await Stage.study()
    let delegations = await study.act("account delegations", as: "petra.wolf")
    let first = try #require((try delegations.object["delegations"] as? [[String: Any]])?.first)
    let accepted = try #require(first["accepted"] as? String)
    #expect(accepted.contains("Petra Wolf, principal investigator, 2026-04-08T") && accepted.contains(": I accept"))
  }

  @Test func `11.200(a)(3): a password that was given must be changed, and opens nothing else`() async throws {
    let study = try await Stage.study()
    let file = try study.file("given", try await Stage.givenPassword("carla.rossi", study))
    let outcome = await study.run([
      "participant", "list", "--as", "carla.rossi", "--password-file", file, "--data", study.data,
    ])
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("tandem account password"), "\(outcome.errors)")
    #expect(outcome.errors.contains("your password was reset"), "\(outcome.errors)")
  }

  @Test func `11.10(g): the administrator reads nothing clinical and records nothing clinical`() async throws {
    let study = try await Stage.study()
    #expect(await study.act("participant list", as: "anna.berg").refusal == "role-may-not")
    #expect(
      await study.act("participant screen", as: "anna.berg", ["participant": "01-0001"]).refusal == "role-may-not")
  }

  @Test func `R3 4.3.8: the review of access lists people, rights and last use`() async throws {
    let study = try await Stage.study()
    let review = await study.act("account review", as: "anna.berg")
    let accounts = try #require(try review.object["accounts"] as? [[String: Any]])
    #expect(accounts.count == Stage.people.count + 2)
    let nurse = try #require(accounts.first { $0["account"] as? String == "nora.diaz" })
    let role = try #require((nurse["roles"] as? [[String: Any]])?.first)
    #expect((role["rights"] as? [String])?.contains("bedsideAndInfusion") == true)
    #expect(nurse["lastSignIn"] is String)
  }

  @Test func `a second factor is set with a code of it, and asked for from then on`() async throws {
    let study = try await Stage.study()
    study.types(["Code that it shows now": "000000"])
    let outcome = await study.act("account second-factor", as: "carla.rossi")
    #expect(outcome.refusal == "code-wrong")
    #expect(outcome.errors.contains("otpauth://totp/Tandem:carla.rossi?secret="))
  }
}
