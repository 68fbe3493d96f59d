public import ClinicalValues
public import Ledger

/// The limits of normal of a laboratory for a test, for a sex and ages, in a time.
public struct NormalRange: Sendable, Hashable, Codable {
  /// The laboratory, by the name that results bear.
  public let laboratory: String
  /// The test: a concept of the data dictionary.
  public let concept: String
  /// For whom; nil: for both.
  public let sex: AdministrativeSex?
  /// The first age, in completed years, that it holds for; nil: without limit.
  public let ageFrom: Int?
  /// The last age, in completed years.
  public let ageTo: Int?
  /// The first day of sampling that it holds for.
  public let validFrom: CalendarDate
  /// The last day of sampling; nil: until another range follows.
  public let validTo: CalendarDate?
  /// The lower limit, in `unit`; at least one limit is there.
  public let low: Decimal?
  /// The upper limit, in `unit`.
  public let high: Decimal?
  /// UCUM code of the unit.
  public let unit: String

  /// A range; a limit or bound that is nil is none.
  public init(
    laboratory: String, concept: String, sex: AdministrativeSex? = nil, ageFrom: Int? = nil, ageTo: Int? = nil,
    validFrom: CalendarDate, validTo: CalendarDate? = nil, low: Decimal? = nil, high: Decimal? = nil, unit: String
  ) {
    self.laboratory = laboratory
    self.concept = concept
    self.sex = sex
    self.ageFrom = ageFrom
    self.ageTo = ageTo
    self.validFrom = validFrom
    self.validTo = validTo
    self.low = low
    self.high = high
    self.unit = unit
  }

  /// Whether it holds for somebody on a day. Who is asked of without sex or age is not among those that a sex or age
  /// limits.
  public func holds(for sex: AdministrativeSex?, age: Int?, on day: CalendarDate) -> Bool {
    guard day.precision == .day, validFrom.daysSinceEpoch <= day.daysSinceEpoch,
      validTo.map({ day.daysSinceEpoch <= $0.daysSinceEpoch }) ?? true, self.sex == nil || self.sex == sex
    else { return false }
    guard ageFrom != nil || ageTo != nil else { return true }
    guard let age else { return false }
    return (ageFrom.map { $0 <= age } ?? true) && (ageTo.map { age <= $0 } ?? true)
  }

  /// Whether both can hold for one person on one day.
  func overlaps(_ other: NormalRange) -> Bool {
    guard laboratory == other.laboratory, concept == other.concept, sex == nil || other.sex == nil || sex == other.sex
    else { return false }
    let ages = max(ageFrom ?? 0, other.ageFrom ?? 0) <= min(ageTo ?? .max, other.ageTo ?? .max)
    let first = max(validFrom.daysSinceEpoch, other.validFrom.daysSinceEpoch)
    let last = min(validTo?.daysSinceEpoch ?? .max, other.validTo?.daysSinceEpoch ?? .max)
    return ages && first <= last
  }
}

/// A sex as laboratories' ranges and FHIR's Patient know it.
public enum AdministrativeSex: String, Sendable, Hashable, Codable, CaseIterable { case female, male }

/// What was recorded of laboratories.
public enum LaboratoryEvent: Sendable, Hashable, Codable {
  /// A file of normal ranges was taken over, whole. Ranges of an earlier file stay; the one that began last counts.
  case rangesImported(file: Digest, ranges: [NormalRange])
}
