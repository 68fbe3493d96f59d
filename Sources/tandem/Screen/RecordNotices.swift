import ClinicalValues
import FHIR

/// What a record says that no criterion asks for and that whoever reads the verdict must know.
enum RecordNotices {
  private static let genders = ["male", "female", "other", "unknown"]

  /// The notices, in sentences.
  static func all(of record: FHIR.Record, asOf day: CalendarDate) -> [String] {
    [death(record), birth(record, asOf: day)].compactMap(\.self)
  }

  /// A gender that is no code of FHIR: whatever it means, nothing is read from it.
  static func gender(_ record: FHIR.Record) -> String? {
    guard let gender = record.patient?["gender"]?.text, !genders.contains(gender) else { return nil }
    return "The gender is ‘\(gender)’, which is no code of FHIR, so nothing is read from it. "
      + "Write one of \(genders.joined(separator: ", "))."
  }

  private static func death(_ record: FHIR.Record) -> String? {
    guard let deceased = record.patient?.element.first("deceased") else { return nil }
    if let date = deceased.dateTime?.date {
      return "The record says that the patient died \(date.precision == .day ? "on" : "in") \(date)."
    }
    return deceased.boolean == true ? "The record says that the patient has died." : nil
  }

  private static func birth(_ record: FHIR.Record, asOf day: CalendarDate) -> String? {
    guard let birth = record.patient?.element.first("birthDate")?.date,
      birth.earliest.daysSinceEpoch > day.daysSinceEpoch
    else { return nil }
    return "The birth date, \(birth), lies after the date of evaluation."
  }
}
