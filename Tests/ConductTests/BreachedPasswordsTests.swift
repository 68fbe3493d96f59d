import Crypto
import Foundation
import Testing
import Trial

@testable import Conduct

/// The operator's list of passwords that are known from breaches.
struct BreachedPasswordsTests {
  /// A list as Have I Been Pwned hands it out, in a file that goes with the test.
  private func list(_ lines: [String], _ body: (BreachedPasswords) throws -> Void) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "breached-\(UUID()).txt")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(lines.map { $0 + "\r\n" }.joined().utf8).write(to: file)
    try body(#require(BreachedPasswords(path: file.path())))
  }

  private func line(_ password: String, count: Int) -> String {
    let digest = Insecure.SHA1.hash(data: Data(password.utf8))
    let hash = digest.map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
    return "\(hash.uppercased()):\(count)"
  }

  @Test(arguments: [0, 1, 2, 3, 10, 500]) func `each of the list is found, and nothing else`(count: Int) throws {
    let passwords = (0..<count).map { "password number \($0)" }
    try list(passwords.enumerated().map { line($0.element, count: $0.offset * 37) }.sorted()) { breached in
      let found = try (passwords + ["another number 1", "", "password number"]).map { password in
        try breached.holds(password)
      }
      #expect(found == passwords.map { _ in true } + [false, false, false])
    }
  }

  @Test func `without a file there is no list`() {
    #expect(BreachedPasswords(path: "/nowhere/breached-passwords.txt") == nil)
  }

  @Test func `a file that is no such list lets nobody choose a password`() throws {
    try list(["password", "letmein"]) { breached in
      let refusal = #expect(throws: Refusal.self) { try breached.holds("four quiet herons wade") }
      #expect(refusal?.id == "breached-passwords-unreadable")
    }
  }

  @Test func `a password of the list is refused`() throws {
    let account = try AccountID("anna.berg")
    try list([line("seven brown kettles sing", count: 3)]) { breached in
      let refusal = #expect(throws: Refusal.self) {
        try PasswordRules.require(
          "seven brown kettles sing", account: account, name: "Anna Berg", shortest: 12, breached: breached)
      }
      #expect(refusal?.because.contains("known from a breach") == true)
      try PasswordRules.require(
        "four quiet herons wade", account: account, name: "Anna Berg", shortest: 12, breached: breached)
    }
  }
}
