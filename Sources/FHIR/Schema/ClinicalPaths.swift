import ClinicalValues

/// Which element of a resource says what it is about, and which when it was: what retrieves and indexes go by.
///
/// Source: the FHIR 4.0.1 model that CQL translators use (primary code paths), and the R4 search parameters `code`,
/// `date` and `clinical-date`.
public enum ClinicalPaths {
  /// The element that a retrieve filters by where none is named, by resource type.
  public static let code: [String: String] = [
    "Account": "type", "ActivityDefinition": "topic", "AdverseEvent": "event", "AllergyIntolerance": "code",
    "Appointment": "serviceType", "Basic": "code", "CarePlan": "category", "CareTeam": "category",
    "ChargeItem": "code", "Claim": "type", "ClinicalImpression": "code", "Communication": "reasonCode",
    "CommunicationRequest": "reasonCode", "Composition": "type", "Condition": "code", "Consent": "category",
    "Coverage": "type", "DetectedIssue": "code", "Device": "type", "DeviceMetric": "type", "DeviceRequest": "code",
    "DiagnosticReport": "code", "DocumentReference": "type", "Encounter": "type",
    "EpisodeOfCare": "type", "ExplanationOfBenefit": "type", "FamilyMemberHistory": "relationship", "Flag": "code",
    "Goal": "category", "GuidanceResponse": "module", "HealthcareService": "type", "ImagingStudy": "procedureCode",
    "Immunization": "vaccineCode", "ImmunizationEvaluation": "targetDisease", "Library": "topic", "List": "code",
    "Location": "type", "Measure": "topic", "MeasureReport": "type", "Media": "type", "Medication": "code",
    "MedicationAdministration": "medication", "MedicationDispense": "medication", "MedicationRequest": "medication",
    "MedicationStatement": "medication", "Observation": "code", "Procedure": "code", "RiskAssessment": "code",
    "ServiceRequest": "code", "Specimen": "type", "Substance": "code", "SupplyDelivery": "type",
    "SupplyRequest": "category", "Task": "code",
  ]

  /// The element that says when it was; a start and, where another element holds it, an end.
  static let dates: [String: (start: String, end: String?)] = [
    "AdverseEvent": ("date", nil), "AllergyIntolerance": ("onset", nil), "CarePlan": ("period", nil),
    "ClinicalImpression": ("effective", nil), "Composition": ("date", nil), "Condition": ("onset", "abatement"),
    "Consent": ("dateTime", nil), "DiagnosticReport": ("effective", nil), "DocumentReference": ("date", nil),
    "Encounter": ("period", nil), "EpisodeOfCare": ("period", nil), "FamilyMemberHistory": ("date", nil),
    "ImagingStudy": ("started", nil), "Immunization": ("occurrence", nil),
    "MedicationAdministration": ("effective", nil),
    "MedicationDispense": ("whenHandedOver", nil), "MedicationRequest": ("authoredOn", nil),
    "MedicationStatement": ("effective", nil), "Observation": ("effective", nil), "Procedure": ("performed", nil),
    "RiskAssessment": ("occurrence", nil), "ServiceRequest": ("occurrence", nil),
  ]

  /// The element by which an index by date finds the resources of a type; nil where there is none.
  public static func date(_ type: String) -> String? { dates[type]?.start }
}

extension Resource {
  /// The days on which it may have happened, by number from 1 January 1970: from the first day of its start to the last
  /// day of its end (without limit where a period has no end); nil where it says nothing of it.
  var days: ClosedRange<Int>? {
    guard let (startName, endName) = ClinicalPaths.dates[type] else { return nil }
    guard let endName else { return self[startName]?.days }
    let start = self[startName]?.days
    let end = self[endName]?.days
    switch (start, end) {
    case (let start?, let end?): return start.spanning(end)
    case (let start?, nil): return start.lowerBound...DayNumber.latest
    case (nil, let end?): return DayNumber.earliest...end.upperBound
    case (nil, nil): return nil
    }
  }
}

private enum DayNumber {
  static let earliest = -1_000_000
  static let latest = 3_000_000
}

extension Element {
  /// The days that a date, date-time or period covers, the date part as written.
  fileprivate var days: ClosedRange<Int>? {
    if let day = dateTime?.date { return day.days }
    guard let period, period.start != nil || period.end != nil else { return nil }
    let start = period.start.map { $0.date.days } ?? DayNumber.earliest...DayNumber.earliest
    let end = period.end.map { $0.date.days } ?? DayNumber.latest...DayNumber.latest
    return start.spanning(end)
  }
}

extension CalendarDate {
  /// The days that it can mean.
  fileprivate var days: ClosedRange<Int> { earliest.daysSinceEpoch...latest.daysSinceEpoch }
}

extension ClosedRange<Int> {
  /// From the first to the last day of both; where an end is written before its start, either may be meant.
  fileprivate func spanning(_ other: ClosedRange<Int>) -> ClosedRange<Int> {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }
}
