import ClinicalValues

extension WayState {
  /// Whether an assessment on or after a day, counted since 1970-01-01, is recorded.
  func isAssessed(onOrAfter day: Int) -> Bool { lastAssessment.map { $0.day >= day } ?? false }

  /// Why what needs the participant's own consent waits; nil where it does not.
  var waitsForCapacity: String? { lacksCapacity ? "The participant has lost the capacity to consent." : nil }
}

extension PeopleState {
  /// Why somebody cannot be a member of the safety board at a moment: it takes the role of the board, and no other, of
  /// a site or of the sponsor.
  func objectionToBoard(_ account: AccountID, at moment: Moment) -> Refusal? {
    let roles = Set((accounts[account]?.grants ?? []).filter { $0.covers(moment.instant) }.map(\.role))
    guard roles.contains(.safetyBoard) else {
      return Refusal(
        "role-not-held", because: "\(account) does not have the role of the safety board on \(moment.date).",
        remedy: "An administrator grants the role.")
    }
    guard let other = roles.subtracting([.safetyBoard]).map(\.title).min() else { return nil }
    return Refusal(
      "not-independent", because: "\(account) is also \(other).",
      remedy: "Members of the board belong to no site and not to the sponsor.")
  }
}
