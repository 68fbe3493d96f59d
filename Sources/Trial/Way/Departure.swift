public import ClinicalValues

/// How somebody left.
public struct Departure: Sendable, Hashable, Codable {
  /// Why.
  public enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
    case withdrawn, lostToFollowUp, died, discontinued, neverInfused
  }

  /// Whose decision it was.
  public enum Decider: String, Sendable, Hashable, Codable, CaseIterable { case participant, investigator, nobody }

  /// Why.
  public let reason: Reason
  /// In words.
  public let detail: String
  /// Whose decision it was.
  public let decidedBy: Decider
  /// The day of the last contact.
  public let lastContact: CalendarDate
  /// Of what the participant withdrew.
  public let withdrawal: Withdrawal?

  /// Makes one of its members.
  public init(
    reason: Reason, detail: String, decidedBy: Decider, lastContact: CalendarDate, withdrawal: Withdrawal? = nil
  ) {
    self.reason = reason
    self.detail = detail
    self.decidedBy = decidedBy
    self.lastContact = lastContact
    self.withdrawal = withdrawal
  }
}

/// What a participant withdrew from, and what becomes of samples and cells.
public struct Withdrawal: Sendable, Hashable, Codable {
  /// Of what.
  public enum Scope: String, Sendable, Hashable, Codable, CaseIterable {
    /// Of treatment, before the infusion.
    case treatment
    /// Of visits; records and vital status may be used.
    case visits
    /// Of everything: nothing that happens later is recorded.
    case everything
  }

  /// What becomes of material.
  public enum Fate: String, Sendable, Hashable, Codable, CaseIterable { case kept, destroyed, returned }

  /// Of what.
  public let scope: Scope
  /// What becomes of samples.
  public let samples: Fate
  /// What becomes of cells.
  public let cells: Fate

  /// Makes one of its members.
  public init(scope: Scope, samples: Fate, cells: Fate) {
    self.scope = scope
    self.samples = samples
    self.cells = cells
  }
}
