public import ClinicalValues

/// A medicine of lymphodepletion, dosed by body surface.
public struct LymphodepletionAgent: Sendable, Hashable, Codable {
  /// The concept of the dictionary.
  public var concept: String
  /// The least daily dose.
  public var lowestDose: Decimal
  /// The largest daily dose.
  public var highestDose: Decimal
  /// The unit of the doses, in UCUM.
  public var unit: String
  /// How renal function lowers the dose, from the best clearance down; empty where it does not.
  public var renalSteps: [RenalStep]

  /// A share of the dose that goes with a creatinine clearance.
  public struct RenalStep: Sendable, Hashable, Codable {
    /// The least clearance of the step, mL/min.
    public var clearanceFrom: Int
    /// Percent of the dose; 0: not to be given.
    public var percent: Int
  }

  /// Percent of the dose at a creatinine clearance in mL/min, by Cockcroft-Gault.
  public func percentOfDose(atClearance clearance: Decimal) -> Int {
    guard !renalSteps.isEmpty else { return 100 }
    return renalSteps.first { clearance >= Decimal($0.clearanceFrom) }?.percent ?? 0
  }
}
