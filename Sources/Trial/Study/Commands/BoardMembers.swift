// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

/// Appoints a member of the safety board.
public struct AppointBoardMember: TrialCommand {
  public static let name = "study appoint"
  public static let abstract = "Appoint a member of the safety board."
  public static let permission = Permission.signDelegationForSponsor
  public static let fields = [
    CommandField("account", "the account of the member"),
    CommandField("isStatistician", "whether the member is a statistician: true or false"),
  ]

  /// Who.
  public var account: AccountID
  /// Whether the member is a statistician.
  public var isStatistician: Bool

  public init(account: AccountID, isStatistician: Bool) {
    self.account = account
    self.isStatistician = isStatistician
  }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard situation.state.study.boardMembers[account] == nil else {
      throw Refusal(
        "already-a-member", because: "\(account) is a member of the safety board.", remedy: "Nothing is left to do.")
    }
    if let refusal = situation.state.people.objectionToBoard(account, at: situation.happened) { throw refusal }
    return [
      Fact(
        .study(.boardMemberAppointed(account: account, isStatistician: isStatistician)),
        signed: "I appoint this member of the safety board, who belongs to no site and not to the sponsor.")
    ]
  }
}

/// Releases a member from the safety board.
public struct ReleaseBoardMember: TrialCommand {
  public static let name = "study release-member"
  public static let abstract = "Release a member from the safety board."
  public static let permission = Permission.signDelegationForSponsor
  public static let fields = [CommandField("account", "the account of the member")]

  /// Who.
  public var account: AccountID

  public init(account: AccountID) { self.account = account }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    guard situation.state.study.boardMembers[account] != nil else {
      throw Refusal(
        "not-a-member", because: "\(account) is no member of the safety board.", remedy: "Check how it is spelled.")
    }
    return [
      Fact(
        .study(.boardMemberReleased(account: account)), signed: "I release this member from the safety board.")
    ]
  }
}
