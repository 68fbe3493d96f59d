public import ClinicalValues

/// The unit in which a concept's values are compared, and how values in its other units reach it.
public struct ConceptUnit: Sendable, Hashable {
  /// UCUM code of the unit.
  public let unit: String
  /// The steps from each other unit that the dictionary allows.
  public let conversions: [String: [UnitConversion.Step]]

  /// A unit with the ways to it.
  public init(_ unit: String, conversions: [String: [UnitConversion.Step]] = [:]) {
    self.unit = unit
    self.conversions = conversions
  }

  /// The unit of a concept; nil where it has none.
  public init?(_ concept: DataConcept) {
    guard let unit = concept.unit else { return nil }
    self.init(
      unit, conversions: Dictionary(concept.conversions.map { ($0.unit, $0.steps) }) { first, _ in first })
  }

  /// A number of another unit in this one, exactly; nil for a unit that the dictionary does not list. UCUM is not asked:
  /// the study's factors outrank its own, and what is not listed is never guessed.
  public func number(_ number: Decimal, in other: String) -> ExactNumber? {
    if other == unit { return ExactNumber(number) }
    return conversions[other].flatMap { ExactNumber(number).taking($0) }
  }
}

extension ExactNumber {
  /// The number after steps from left to right; nil where one divides by 0.
  public func taking(_ steps: [UnitConversion.Step]) -> ExactNumber? {
    var result = self
    for step in steps {
      switch step {
      case .add(let operand): result = result + operand
      case .subtract(let operand): result = result - operand
      case .multiply(let operand): result = result * operand
      case .divide(let operand):
        guard let quotient = result / operand else { return nil }
        result = quotient
      }
    }
    return result
  }
}
