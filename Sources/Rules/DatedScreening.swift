public import CQL
public import ClinicalValues
public import FHIR
public import StudyDesign

/// Why a record cannot be measured by the criteria.
public enum UnfitRecord: Error, Sendable {
  /// Elements that criteria decide on cannot be read.
  case unreadable([FHIR.Problem])
  /// Neither was a day given nor has the record one.
  case noDay
  /// Windows before and after that day would leave the calendar.
  case outsideCalendar(CalendarDate)
  /// A definition could not be evaluated.
  case notEvaluable(EvaluationError)
}

extension Screening {
  /// For which cohorts a record is measured.
  public enum CohortChoice: Sendable {
    case named([Cohort])
    /// The one that the record names, without one all.
    case byRecord
  }

  /// A record measured by the criteria as of a day, by default that of its own time stamp.
  public func screen(
    _ record: FHIR.Record, asOf given: CalendarDate?, for cohorts: CohortChoice
  ) throws(UnfitRecord) -> Screened {
    let unreadable = unreadable(in: record)
    guard unreadable.isEmpty else { throw .unreadable(unreadable) }
    guard let day = given ?? record.timestamp?.date, day.day != nil else { throw .noDay }
    guard (1900...2199).contains(day.year) else { throw .outsideCalendar(day) }
    do throws(EvaluationError) {
      switch cohorts {
      case .named(let cohorts): return try screen(record, asOf: day, cohorts: cohorts)
      case .byRecord:
        let target = try targetCohort(of: record, asOf: day)
        return try screen(record, asOf: day, cohorts: target.map { [$0] } ?? study.cohorts)
      }
    } catch {
      throw .notEvaluable(error)
    }
  }
}
