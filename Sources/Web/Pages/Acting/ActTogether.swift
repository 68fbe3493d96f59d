import Conduct
import Ledger
import Trial

/// Those who act together: named when the act is entered, and each with their own password when it is done.
struct ActTogether: Sendable {
  /// The field of a page's form that names whoever acts along.
  static let account = "with.account"

  /// Somebody who acts along, as they were named.
  struct Named: Sendable {
    let account: String
    /// Nil where they have one role.
    let role: String?
  }

  /// What somebody brings to show who they are.
  struct Key: Sendable {
    let password: String
    let code: String?
  }

  private let live: LiveStudy

  init(_ live: LiveStudy) { self.live = live }

  /// Who acts along with somebody, in which role.
  ///
  /// - Throws: `Refusal` (`with-whom`) where somebody is not known, or has several roles and none is named.
  func acting(_ named: Named?, with own: Acting) async throws -> [Acting] {
    guard let named else { return [] }
    let roles = (try? AccountID(named.account)).map { id in { try await live.roles(of: id) } }
    let held = try await roles?() ?? []
    let fitting = held.filter { named.role == nil || $0.role.rawValue == named.role }
    // Of several roles that fit, the one at the same site.
    guard let found = fitting.first(where: { $0.site == own.site }) ?? (fitting.count == 1 ? fitting.first : nil) else {
      throw Refusal(
        "with-whom", because: "‘\(named.account)’ cannot act along here in that role.",
        remedy: "Check the account, and name the role in which they act.")
    }
    return [found]
  }

  /// Lets everybody who acts show who they are, whoever signs and whoever acts along: in a session, so that failures at
  /// signing in do not bar it.
  ///
  /// - Parameters:
  ///   - signing: the accounts that sign.
  ///   - key: what somebody brought, by their place among the people.
  func authenticate(
    _ people: [Acting], signing: Set<AccountID>, key: @Sendable (Int, Acting) -> Key
  ) async throws -> [AccountID: Authenticated] {
    var shown: [AccountID: Authenticated] = [:]
    for (number, person) in people.enumerated() where number > 0 || signing.contains(person.account) {
      let key = key(number, person)
      shown[person.account] = try await live.authenticate(
        Claim(account: person.account.description, password: key.password, code: key.code),
        for: .signature, origin: .web)
    }
    return shown
  }
}

extension ActTogether.Named {
  /// As a page names somebody: the account, with the role after a colon where it has several.
  init(written text: String) {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    self.init(account: parts.first ?? text, role: parts.count > 1 ? parts[1] : nil)
  }
}
