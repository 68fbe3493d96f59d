import ClinicalValues
import Ledger
import Testing
import Trial

@testable import Conduct

struct AuthenticatorTests {
  @Test func `the right password gets in, and a sign-in is recorded`() async throws {
    var access = try await AccessScenario()
    #expect(try await access.attempt() == nil)
    #expect(access.events.last == .signedIn(account: .anna))
    #expect(access.people.accounts[.anna]?.access.lastSignIn == access.now)
  }

  @Test func `regulatory 11: each failed attempt leaves an event with its cause, and tells the stranger nothing`()
    async throws
  {
    var access = try await AccessScenario()
    for (account, password, cause) in [
      ("anna.berg", "wrong", AuthenticationFailure.wrongPassword), ("nobody", "wrong", .unknownAccount),
      ("NOT A NAME", "wrong", .unknownAccount), ("", "", .unknownAccount),
    ] {
      #expect(try await access.attempt(password, account: account) == "authentication-failed")
      let id: AccountID? = cause == .unknownAccount ? nil : .anna
      #expect(access.events.last == .authenticationFailed(account: id, purpose: .signIn, cause: cause))
    }
  }

  @Test func `what was typed as a name or password is in no event`() async throws {
    var access = try await AccessScenario()
    try await access.attempt("tell-no-one", account: "my-password-by-mistake")
    try await access.attempt("tell-no-one")
    let text = try access.events.map { try CanonicalJSON(encoding: $0).description }.joined()
    #expect(!text.contains("tell-no-one") && !text.contains("my-password-by-mistake"))
  }

  @Test func `regulatory 32: five failures in a row lock the account, and that raises an alert`() async throws {
    var access = try await AccessScenario()
    for _ in 0..<4 { #expect(try await access.attempt("wrong") == "authentication-failed") }
    #expect(access.people.accounts[.anna]?.access.isLocked(at: access.now) == false)
    #expect(try await access.attempt("wrong") == "authentication-failed")
    #expect(access.events.last == .accountLocked(account: .anna, until: access.now.adding(minutes: 15)))
    #expect(access.people.notices(for: .anna).map(\.kind) == [.locked])
    // The right password does not get in either, and nobody can lengthen the lock.
    access.wait(minutes: 14)
    #expect(try await access.attempt() == "authentication-failed")
    access.wait(minutes: 1)
    #expect(try await access.attempt() == nil)
  }

  @Test func `a locked account is told the same as a name that is none`() async throws {
    var access = try await AccessScenario()
    for _ in 0..<5 { try await access.attempt("wrong") }
    func told(_ account: String) async throws -> Refusal? {
      let claim = Claim(account: account, password: "wrong")
      let outcome = try await access.authenticator.authenticate(claim, for: .signIn, in: access.people, now: access.now)
      return if case .refused(let refusal, _) = outcome { refusal } else { nil }
    }
    let (known, unknown) = (try await told("anna.berg"), try await told("nobody.at-all"))
    #expect(known != nil)
    #expect(known?.id == unknown?.id && known?.because == unknown?.because && known?.remedy == unknown?.remedy)
  }

  @Test func `failures at signing in, which anybody can cause, bar no signature`() async throws {
    var access = try await AccessScenario()
    for _ in 0..<6 { try await access.attempt("wrong") }
    #expect(try await access.attempt() == "authentication-failed")
    #expect(try await access.attempt(for: .signature) == nil)
  }

  @Test func `failures at signing have a count of their own, and bar signing and signing in`() async throws {
    var access = try await AccessScenario()
    for _ in 0..<4 { try await access.attempt("wrong", for: .signature) }
    for _ in 0..<4 { try await access.attempt("wrong") }
    #expect(try await access.attempt(for: .signature) == nil)
    #expect(try await access.attempt("wrong", for: .signature) == "authentication-failed")
    #expect(try await access.attempt(for: .signature) == "account-locked")
    #expect(try await access.attempt() == "authentication-failed")
    access.wait(minutes: 15)
    #expect(try await access.attempt(for: .signature) == nil)
  }

  @Test func `a success in between starts the count anew`() async throws {
    var access = try await AccessScenario()
    for _ in 0..<3 {
      for _ in 0..<4 { try await access.attempt("wrong") }
      #expect(try await access.attempt() == nil)
    }
  }

  @Test func `two attempts that fail at one moment count as two when they are recorded one after the other`()
    async throws
  {
    var access = try await AccessScenario()
    for _ in 0..<3 { try await access.attempt("wrong") }
    let before = access.people
    let claim = Claim(account: "anna.berg", password: "wrong")
    let outcomes = [
      try await access.authenticator.authenticate(claim, for: .signIn, in: before, now: access.now),
      try await access.authenticator.authenticate(claim, for: .signIn, in: before, now: access.now),
    ]
    for outcome in outcomes { try await access.settle(outcome) }
    #expect(access.people.accounts[.anna]?.access.isLocked(at: access.now) == true)
  }

  @Test func `a disabled account is refused, and only who has the password learns why`() async throws {
    var access = try await AccessScenario()
    access.record(.accountDisabled(account: .anna, reason: "on leave"))
    #expect(try await access.attempt("wrong") == "authentication-failed")
    #expect(try await access.attempt() == "account-not-enabled")
  }

  @Test func `an account without a password is refused like a wrong one`() async throws {
    var access = try await AccessScenario()
    access.record(.accountCreated(account: .boris, name: "Boris Lind", namesakes: []))
    access.record(.accountEnabled(account: .boris))
    #expect(try await access.attempt(account: "boris.lind") == "authentication-failed")
  }

  @Test func `a store that was sealed under another key lets nobody in`() async throws {
    let access = try await AccessScenario()
    let other = Authenticator(
      store: access.store, master: MasterKey(bytes: Digest(of: "other").bytes), policy: .quick, entropy: .counted())
    let claim = Claim(account: "anna.berg", password: AccessScenario.password)
    await #expect(throws: SealingFailure.self) {
      try await other.authenticate(claim, for: .signIn, in: access.people, now: access.now)
    }
  }

  @Test func `credentials at rest show neither password nor account's secrets`() async throws {
    let access = try await AccessScenario()
    let dump = String(decoding: await access.store.dump, as: UTF8.self)
    #expect(!dump.contains("herons") && !dump.contains("salt") && !dump.contains("rounds"))
  }
}

struct PasswordTests {
  @Test func `regulatory 31: a given password must be changed; after that it opens nothing`() async throws {
    var access = try await AccessScenario()
    access.record(.passwordReset(account: .anna, reason: "forgotten"), by: .boris)
    let given = try await access.authenticator.givePassword(to: .anna, now: access.now)
    #expect(try await access.attempt() == "authentication-failed")
    let claim = Claim(account: "anna.berg", password: given)
    guard
      case .authenticated(let who, _) = try await access.authenticator.authenticate(
        claim, for: .signIn, in: access.people, now: access.now)
    else {
      Issue.record("the given password does not open")
      return
    }
    #expect(who.mustChangePassword)
    #expect(who.notices.map(\.kind) == [.passwordReset])
    let changed = try await access.authenticator.changePassword(
      claim, to: "seven brown kettles sing", in: access.people, now: access.now)
    try await access.settle(changed)
    #expect(access.events.last == .passwordSet(account: .anna))
    #expect(try await access.attempt(given) == "authentication-failed")
    #expect(try await access.attempt("seven brown kettles sing") == nil)
  }

  @Test func `regulatory 32: a given password runs out, a chosen one must be renewed after a year`() async throws {
    var access = try await AccessScenario()
    access.wait(days: 365)
    let claim = Claim(account: "anna.berg", password: AccessScenario.password)
    guard
      case .authenticated(let who, _) = try await access.authenticator.authenticate(
        claim, for: .signIn, in: access.people, now: access.now)
    else {
      Issue.record("the password does not open")
      return
    }
    #expect(who.mustChangePassword)
    let given = try await access.authenticator.givePassword(to: .anna, now: access.now)
    access.wait(hours: 73)
    #expect(try await access.attempt(given) == "authentication-failed")
  }

  @Test(arguments: [
    "short", "passwordpassword", "P4ssw0rd2026!", "123456789012", "abcdefghijklm", "aaaaaaaaaaaaaa", "anna.berg2026",
    "qwertyuiop12", "BergHospital99", "letmein-letmein", String(repeating: "x y z q w ", count: 13),
  ])
  func `regulatory 32: a password that is short, common, a run or the person's name is refused`(_ password: String)
    async throws
  {
    let access = try await AccessScenario()
    let claim = Claim(account: "anna.berg", password: AccessScenario.password)
    await #expect(throws: Refusal.self) {
      try await access.authenticator.changePassword(claim, to: password, in: access.people, now: access.now)
    }
  }

  @Test(arguments: ["four quiet herons wade", "正しい馬の電池とホッチキス七", "q7Rt-Zm2w-Kp9x", "Über sieben Brücken gehen"])
  func `a long password of any kind will do`(_ password: String) async throws {
    var access = try await AccessScenario()
    let claim = Claim(account: "anna.berg", password: AccessScenario.password)
    try await access.settle(
      try await access.authenticator.changePassword(claim, to: password, in: access.people, now: access.now))
    #expect(try await access.attempt(password) == nil)
  }

  @Test func `a password is the same however its characters are coded`() async throws {
    var access = try await AccessScenario()
    let claim = Claim(account: "anna.berg", password: AccessScenario.password)
    try await access.settle(
      try await access.authenticator.changePassword(
        claim, to: "sieben Br\u{FC}cken gehen", in: access.people, now: access.now))
    #expect(try await access.attempt("sieben Bru\u{308}cken gehen") == nil)
  }

  @Test func `regulatory 32: a password is not taken again`() async throws {
    var access = try await AccessScenario()
    var current = AccessScenario.password
    for word in ["maple", "cedar", "alder", "birch"] {
      let next = "a tall \(word) by the river"
      try await access.settle(
        try await access.authenticator.changePassword(
          Claim(account: "anna.berg", password: current), to: next, in: access.people, now: access.now))
      current = next
    }
    let claim = Claim(account: "anna.berg", password: current)
    for used in [AccessScenario.password, "a tall cedar by the river", current] {
      await #expect(throws: Refusal.self) {
        try await access.authenticator.changePassword(claim, to: used, in: access.people, now: access.now)
      }
    }
  }

  @Test func `a first password is set once`() async throws {
    let access = try await AccessScenario()
    await #expect(throws: Refusal.self) {
      try await access.authenticator.setFirstPassword(
        "another one altogether", for: .anna, name: "Anna Berg", now: access.now)
    }
  }

  @Test func `the same password has another hash each time, and a cost beside it`() throws {
    let entropy = Entropy.counted()
    let first = try PasswordHash("four quiet herons", cost: AuthenticationPolicy.quick.cost, entropy: entropy)
    let second = try PasswordHash("four quiet herons", cost: AuthenticationPolicy.quick.cost, entropy: entropy)
    #expect(first != second)
    #expect(try first.matches("four quiet herons") && !second.matches("four quiet heron"))
  }
}
