/// The set-up of a study: the first administrator and the sponsor's signatory. It is the one act that nobody's rights
/// stand behind, and it happens once, in an empty ledger; everything after it goes by role, training and delegation.
public struct Founding: Sendable, Hashable {
  /// The study's id.
  public let study: String
  /// Whether its people are invented.
  public let synthetic: Bool
  /// The first administrator.
  public let administrator: AccountID
  /// The administrator's name.
  public let administratorName: String
  /// Who signs delegations for the sponsor.
  public let sponsor: AccountID
  /// The signatory's name.
  public let sponsorName: String

  /// The set-up by two people.
  public init(
    study: String, synthetic: Bool, administrator: AccountID, administratorName: String, sponsor: AccountID,
    sponsorName: String
  ) {
    self.study = study
    self.synthetic = synthetic
    self.administrator = administrator
    self.administratorName = administratorName
    self.sponsor = sponsor
    self.sponsorName = sponsorName
  }

  /// The fact that it leads to.
  ///
  /// - Throws: `Refusal` if there are accounts already, or the two are not two named people.
  public func decide(in state: TrialState) throws(Refusal) -> [Fact] {
    guard state.people.accounts.isEmpty, state.study.study == nil else {
      throw Refusal(
        "founded-already", because: "The study is set up: it has accounts.", remedy: "An administrator adds others.")
    }
    let names = [administratorName, sponsorName].map(PersonName.tidied)
    for name in names where PersonName.isGeneric(name) {
      throw Refusal(
        "account-not-a-person", because: "'\(name)' does not name one person.",
        remedy: "Every account belongs to one person: give that person's name.")
    }
    guard administrator != sponsor, PersonName.folded(names[0]) != PersonName.folded(names[1]) else {
      throw Refusal(
        "duties-segregated", because: "Administrator and sponsor's signatory are one person.",
        remedy: "Name two people: who makes accounts signs for nobody.")
    }
    return [
      Fact(.study(.founded(study: study, synthetic: synthetic))),
      Fact(
        .people(
          .accountsFounded(
            administrator: administrator, administratorName: names[0], sponsor: sponsor, sponsorName: names[1]))),
    ]
  }
}
