import ClinicalValues

// What a participant who withdrew has said of cells and samples: it bars their use, and keeps nobody from doing it.

extension Situation {
  /// Refuses a step on the way to use with cells of somebody who has withdrawn.
  func requireNotWithdrawn(_ material: Material) throws(Refusal) {
    guard let (withdrawal, since) = withdrawal(of: material.participant) else { return }
    throw Refusal(
      "withdrawn",
      because:
        "\(material.participant) withdrew (of \(withdrawal.scope.rawValue)) at \(since): nothing of these cells is "
        + "used any more; they are to be \(withdrawal.cells.rawValue).",
      remedy: "Record their end: destroyed, retained or returned, as the participant has said.")
  }

  /// Refuses to keep what a participant who withdrew wants destroyed. Destroying what may be kept is never refused.
  func requireEnd(
    _ end: String, as fate: KeyPath<Withdrawal, Withdrawal.Fate>, of what: String, for participant: ParticipantID
  ) throws(Refusal) {
    guard end == BagEnd.retained.rawValue, let (withdrawal, since) = withdrawal(of: participant),
      withdrawal[keyPath: fate] == .destroyed
    else { return }
    throw Refusal(
      "to-be-destroyed", because: "\(participant), who withdrew at \(since), wants \(what) destroyed.",
      remedy: "Two people destroy it and record that.")
  }

  private func withdrawal(of participant: ParticipantID) -> (Withdrawal, since: Moment)? {
    guard let way = state.participants[participant]?.way, let withdrawal = way.departure?.withdrawal,
      let left = way.left, hasCome(left)
    else { return nil }
    return (withdrawal, left)
  }
}

extension ParticipantState {
  /// What is still to be done about cells and samples as the participant who withdrew has said, a line each; none where
  /// nobody withdrew, or all of it is done.
  public var owedByWithdrawal: [String] {
    guard let withdrawal = way.departure?.withdrawal else { return [] }
    let samples = Set(product.samples.map(\.number.description))
    return product.accountability.compactMap { line in
      let fate = samples.contains(line.what) ? withdrawal.samples : withdrawal.cells
      let isOpen = line.fate == nil || (fate == .destroyed && line.fate == BagEnd.retained.rawValue)
      return isOpen ? "\(line.what) is to be \(fate.rawValue)" : nil
    }
  }
}
