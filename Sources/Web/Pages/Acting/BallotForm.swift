import Ledger
import Markup
import Trial

/// A vote of the safety board as a form: for each member whether they were present and how they voted, and what they declared.
///
/// A command takes a ballot as one JSON document; nobody types that on a page.
struct BallotForm {
  /// Somebody who can vote.
  struct Member: Sendable {
    let account: AccountID
    let name: String
  }

  /// The command's field.
  static let key = "ballot"
  private static let votes = ["inFavor", "against", "abstained"]

  let members: [Member]
  let parts: FormParts
  private var words: Words { parts.words }

  /// The members of the board, by name.
  static func members(in state: TrialState) -> [Member] {
    state.study.boardMembers.keys.map { Member(account: $0, name: state.people.name(of: $0)) }
      .sorted { ($0.name, $0.account) < ($1.name, $1.account) }
  }

  /// The fields, with what was given.
  ///
  /// - Parameter given: the ballot as it was given to the command.
  func markup(given: String?, help: Markup, fault: String?) -> Markup {
    let given = given.flatMap { try? CanonicalJSON(parsing: Array($0.utf8)).value }
    let id = FormParts.id(Self.key)
    return .tag("fieldset", ["class": fault == nil ? "field stack" : "field stack wrong", "id": id]) {
      Markup.tag("legend") { words["Ballot"] }
      Markup.tag("p", ["class": "quiet"]) { help }
      if let fault { Notice.markup(.stop, .text(fault)) }
      if members.isEmpty { Notice.markup(.warning, .text(words["Nobody was appointed."])) }
      for member in members {
        Markup.tag("div", ["class": "card stack"]) {
          parts.select(
            .init(
              name: "ballot.vote.\(member.account)", label: words("Vote of {name}", ["name": member.name]),
              value: Self.vote(of: member.account, in: given) ?? "", isOptional: true),
            [
              ("inFavor", words["in favor"]), ("against", words["against"]), ("abstained", words["present, abstained"]),
            ])
          parts.input(
            .init(
              name: "ballot.interest.\(member.account)",
              label: words("Interests declared by {name}", ["name": member.name]),
              value: Self.interest(of: member.account, in: given) ?? "",
              help: .text(words["In the member’s words; ‘none’ where there is none."]), isOptional: true))
        }
      }
      parts.input(
        .init(
          name: "ballot.minutes", label: words["SHA-256 of the minutes"], value: Self.text(given?["minutes"]) ?? "",
          help: .text(words["Only where the ledger holds the minutes already; else attach them below."]),
          isOptional: true))
    }
  }

  /// The ballot that the fields of such a form say, as a command takes it; nil where none of them was filled in.
  static func ballot(posted fields: Fields) -> String? {
    var members: [String: CanonicalJSON.Value] = [:]
    var interests: [CanonicalJSON.Value] = []
    for vote in votes { members[vote] = .array([]) }
    var voted = false
    for (name, value) in fields.pairs where name.hasPrefix("ballot.vote.") && votes.contains(value) {
      let account = String(name.dropFirst("ballot.vote.".count))
      guard case .array(let others) = members[value] else { continue }
      members[value] = .array(others + [.string(account)])
      if let declared = fields.text("ballot.interest.\(account)") {
        interests.append(.string("\(account): \(declared)"))
      }
      voted = true
    }
    guard voted else { return nil }
    members["interests"] = .array(interests)
    if let minutes = fields.text("ballot.minutes") { members["minutes"] = .string(minutes) }
    return try? CanonicalJSON(.object(members)).description
  }

  // MARK: what was given

  private static func vote(of account: AccountID, in ballot: CanonicalJSON.Value?) -> String? {
    votes.first { vote in
      guard case .array(let accounts) = ballot?[vote] else { return false }
      return accounts.contains(.string(account.description))
    }
  }

  private static func interest(of account: AccountID, in ballot: CanonicalJSON.Value?) -> String? {
    guard case .array(let interests) = ballot?["interests"] else { return nil }
    return interests.compactMap(text).first { $0.hasPrefix("\(account): ") }.map {
      String($0.dropFirst("\(account): ".count))
    }
  }

  private static func text(_ value: CanonicalJSON.Value?) -> String? {
    guard case .string(let text) = value else { return nil }
    return text
  }
}
