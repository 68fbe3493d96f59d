import Conduct
import Ledger
import Trial

/// Those who act together on one screen: named when the act is entered, and each with their own password when it is done.
struct ActTogether: Sendable {
  /// Fields of the form: the account and role of whoever acts along.
  static let account = "with.account"
  static let role = "with.role"

  private let request: PageRequest

  init(_ request: PageRequest) { self.request = request }

  /// Who acts along, in which role.
  ///
  /// - Throws: `Refusal` (`with-whom`) where somebody is not known, or has several roles and none is named.
  func acting() async throws -> [Acting] {
    guard let name = request.form.text(ActTogether.account) else { return [] }
    let roles = (try? AccountID(name)).map { id in { try await request.live.roles(of: id) } }
    let held = try await roles?() ?? []
    let wanted = request.form.text(ActTogether.role)
    let own = try request.acting()
    let fitting = held.filter { wanted == nil || $0.role.rawValue == wanted }
    // Of several roles that fit, the one at the same site.
    guard let found = fitting.first(where: { $0.site == own.site }) ?? (fitting.count == 1 ? fitting.first : nil) else {
      throw Refusal(
        "with-whom", because: "‘\(name)’ cannot act along here in that role.",
        remedy: "Check the account, and name the role in which they act.")
    }
    return [found]
  }

  /// Lets everybody who acts show who they are: whoever signs for the signature, the others as at signing in.
  ///
  /// - Parameter signing: the accounts that sign.
  func authenticate(
    _ people: [Acting], signing: Set<AccountID>
  ) async throws -> [AccountID: Authenticated] {
    var shown: [AccountID: Authenticated] = [:]
    for (number, person) in people.enumerated() where number > 0 || signing.contains(person.account) {
      let claim = Claim(
        account: person.account.description, password: request.form["password.\(number)"] ?? "",
        code: request.form.text("code.\(number)"))
      shown[person.account] = try await request.live.authenticate(
        claim, for: signing.contains(person.account) ? .signature : .signIn, origin: .web)
    }
    return shown
  }
}
