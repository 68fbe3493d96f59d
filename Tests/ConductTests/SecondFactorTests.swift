import ClinicalValues
import Testing
import Trial

@testable import Conduct

struct SecondFactorTests {
  /// Anna Berg with a second factor, two minutes after it was set up.
  private func withFactor() async throws -> (AccessScenario, SecondFactorOffer, [String]) {
    var access = try await AccessScenario()
    let offer = access.authenticator.offerSecondFactor(for: .anna)
    let (outcome, codes) = try await access.authenticator.confirmSecondFactor(
      offer, code: access.code(offer), claim: Claim(account: "anna.berg", password: AccessScenario.password),
      in: access.people, now: access.now)
    try await access.settle(outcome)
    access.wait(minutes: 2)
    return (access, offer, codes)
  }

  @Test func `once a second factor is set, the password alone does not get in`() async throws {
    var (access, offer, _) = try await withFactor()
    #expect(access.events.last == .secondFactorSet(account: .anna))
    #expect(try await access.attempt() == "code-missing")
    #expect(try await access.attempt(code: "000000") == "authentication-failed")
    #expect(try await access.attempt(code: access.code(offer)) == nil)
  }

  @Test func `a code opens once`() async throws {
    var (access, offer, _) = try await withFactor()
    let code = access.code(offer)
    #expect(try await access.attempt(code: code) == nil)
    #expect(try await access.attempt(code: code) == "authentication-failed")
    access.wait(seconds: 30)
    #expect(try await access.attempt(code: access.code(offer)) == nil)
  }

  @Test func `of two who bring one code at the same moment one gets in`() async throws {
    let (access, offer, _) = try await withFactor()
    let claim = Claim(account: "anna.berg", password: AccessScenario.password, code: access.code(offer))
    let entered = try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let outcome = try await access.authenticator.authenticate(
            claim, for: .signIn, in: access.people, now: access.now)
          if case .authenticated = outcome { return true }
          return false
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(entered == 1)
  }

  @Test func `a recovery code stands in for the device, once`() async throws {
    var (access, _, codes) = try await withFactor()
    #expect(codes.count == 8 && Set(codes).count == 8)
    #expect(try await access.attempt(code: codes[0].uppercased()) == nil)
    #expect(access.events.suffix(2) == [.recoveryCodeUsed(account: .anna, left: 7), .signedIn(account: .anna)])
    #expect(try await access.attempt(code: codes[0]) == "authentication-failed")
    #expect(try await access.attempt(code: codes[1]) == nil)
  }

  @Test func `regulatory 32: a lost device is disabled by the ledger alone, before the store is touched`() async throws
  {
    var (access, offer, _) = try await withFactor()
    access.record(.secondFactorLost(account: .anna, reason: "stolen"), by: .boris)
    #expect(try await access.attempt() == nil)
    try await access.authenticator.removeSecondFactor(of: .anna)
    let next = access.authenticator.offerSecondFactor(for: .anna)
    let (outcome, _) = try await access.authenticator.confirmSecondFactor(
      next, code: access.code(next), claim: Claim(account: "anna.berg", password: AccessScenario.password),
      in: access.people, now: access.now)
    try await access.settle(outcome)
    access.wait(minutes: 2)
    #expect(try await access.attempt(code: access.code(offer)) == "authentication-failed")
    #expect(try await access.attempt(code: access.code(next)) == nil)
  }

  @Test func `a factor whose code does not fit is not put into use`() async throws {
    var access = try await AccessScenario()
    let offer = access.authenticator.offerSecondFactor(for: .anna)
    let claim = Claim(account: "anna.berg", password: AccessScenario.password)
    await #expect(throws: Refusal.self) {
      try await access.authenticator.confirmSecondFactor(
        offer, code: "abc", claim: claim, in: access.people, now: access.now)
    }
    #expect(try await access.attempt() == nil)
    #expect(offer.uri.hasPrefix("otpauth://totp/Tandem:anna.berg?secret=\(offer.typed)&"))
  }
}
