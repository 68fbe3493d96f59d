public import CQL
public import ClinicalValues

/// One line of the data dictionary: a fact that criteria ask for, and how it is written in a patient's record.
public struct DataConcept: Sendable {
  /// Its name in criteria, evidence and lists of what is missing.
  public let id: String
  /// A person's words for it.
  public let display: String
  /// Where such a datum comes from: the id of one of the study's kinds.
  public let kind: String
  /// FHIR resource that holds it.
  public let resource: String
  /// Codes, any one of which identifies it. Empty for the elements of Patient.
  public let codes: [ConceptCode]
  /// The element of the resource that it is, where no code identifies it (`birthDate` of Patient).
  public let element: String?
  /// What its value is.
  public let valueType: ValueType
  /// UCUM code of the unit in which criteria compare it; nil where it has none.
  public let unit: String?
  /// How values in its other units reach `unit`; these outrank UCUM's own factors.
  public let conversions: [UnitConversion]
  /// The coded answers, codes of `urn:tandem:concept`.
  public let valueCodes: [String]
  /// Named sets of concepts that it belongs to.
  public let sets: [String]
  /// Milligrams of prednisone that one milligram stands for (systemic glucocorticoids).
  public let prednisoneEquivalent: Fraction?
  /// The instrument of which it is an item, by concept id.
  public let instrument: String?
  /// Points of the item: the weight of a true item, or the factor of a graded one.
  public let weight: Int?
  /// The values that it can have: the levels of an item, the bounds of a total, a share or a scale. A number outside decides nothing.
  public let range: ClosedRange<Int>?
  /// What else to know when it is written down.
  public let note: String
  /// Ids of the criteria, and names of other uses, for which it is collected.
  public let usedBy: [String]
  /// Where its cells stand, by the names of their columns.
  let places: [String: SourceLocation]

  /// Where its line begins.
  public var location: SourceLocation { place("concept") }

  /// Where the cell of a column stands; for one that the file does not have, where the line begins.
  func place(_ column: String) -> SourceLocation {
    places[column] ?? places["concept"] ?? SourceLocation(file: "concepts.csv", line: 1, column: 1)
  }

  /// What the value of a datum is.
  public enum ValueType: String, Sendable, CaseIterable {
    case quantity = "Quantity"
    case integer
    case boolean
    case coded = "CodeableConcept"
    case dateTime
    case period = "Period"
    /// The record itself is the fact (a diagnosis, a procedure).
    case none
  }
}

/// A code that identifies a concept, and how codes in a record are compared with it.
public struct ConceptCode: Hashable, Sendable {
  /// URI of the code system.
  public let system: String
  /// The code, or for a range its first category.
  public let code: String
  /// Last category of a range (`C97` of `C00-C97`).
  public let last: String?
  /// How it is compared.
  public let match: Match

  /// How codes in a record are compared with a listed one.
  public enum Match: Sendable {
    case exact
    /// The code or one below it (`I63.9` under `I63`).
    case prefix
    /// A category from the first to the last.
    case range
  }
}

/// A factor, exact as numerator over denominator (5/6 has no finite decimal).
public struct Fraction: Hashable, Sendable {
  /// Above the line.
  public let numerator: Decimal
  /// Below the line; never 0.
  public let denominator: Decimal

  /// A fraction; nil for a zero denominator.
  public init?(_ numerator: Decimal, over denominator: Decimal) {
    guard denominator.units != 0 else { return nil }
    self.numerator = numerator
    self.denominator = denominator
  }
}

/// How a value in another unit reaches the unit of its concept: steps from left to right (`*17.1`, `/15`, `-32*5/9`).
public struct UnitConversion: Sendable {
  /// UCUM code of the unit converted from.
  public let unit: String
  /// The steps.
  public let steps: [Step]
  /// Where it stands.
  public let location: SourceLocation

  /// One operation on the number.
  public enum Step: Hashable, Sendable {
    case add(Decimal)
    case subtract(Decimal)
    case multiply(Decimal)
    case divide(Decimal)
  }
}

extension UnitConversion {
  /// The number in the concept's unit, without rounding; nil where a step divides by 0.
  public func apply(to number: ExactNumber) -> ExactNumber? { number.taking(steps) }
}
