import ArgumentParser
import CQL
import ClinicalValues
import FHIR
import Rules
import StudyDesign

/// Reads a file and screens the record in it.
struct RecordScreener {
  let screening: Screening
  let cohorts: Cohorts
  /// The date of evaluation, where it was given.
  let asOf: CalendarDate?

  /// Which cohorts a record is screened for.
  enum Cohorts {
    case named([Cohort])
    /// The one that the record names, without one all.
    case byRecord

    /// The cohorts of a command's option.
    init(_ option: String?, of study: Study) throws(ValidationError) {
      switch option {
      case nil: self = .byRecord
      case "any"?: self = .named(study.cohorts)
      case let id?:
        guard let cohort = study.cohorts.first(where: { $0.id == id }) else {
          throw ValidationError(
            "There is no cohort ‘\(id)’ in \(study.id) \(study.version). "
              + suggestion(for: id, among: study.cohorts.map(\.id) + ["any"], otherwise: "‘any’ means all of them."))
        }
        self = .named([cohort])
      }
    }
  }

  /// The assessments of a file, or why there are none; nil for a file of a folder that is no FHIR.
  ///
  /// - Parameter warn: is told what the reader of the report should know beside it.
  func screen(_ file: RecordFile, warn: (String) -> Void) -> ScreenedFile? {
    if let fault = InputFile.fault(file.path) { return unusable(file, fault) }
    let record: FHIR.Record
    do throws(RecordError) {
      record = try FHIR.Record.read(path: file.path)
    } catch {
      let problems = error.errors.isEmpty ? error.problems : error.errors
      if file.isFound, problems.allSatisfy({ $0.id == "not-fhir" }) {
        warn("\(file.path): passed over, it is no FHIR.")
        return nil
      }
      return unusable(file, problems.map(\.description).joined(separator: " "))
    }
    let unreadable = screening.unreadable(in: record)
    guard unreadable.isEmpty else { return unusable(file, unreadable.map(\.description).joined(separator: " ")) }
    for problem in record.problems where problem.severity == .warning { warn(problem.description) }
    guard let day = asOf ?? record.timestamp?.date, day.day != nil else {
      return unusable(
        file, "There is no date of evaluation: Bundle.timestamp gives no day. Give one with --as-of YYYY-MM-DD.")
    }
    // Windows before and after the day must lie in the calendar, too.
    guard (1900...2199).contains(day.year) else {
      return unusable(
        file,
        "The date of evaluation is \(day), expected a day of the years 1900 to 2199. Give one with --as-of YYYY-MM-DD.")
    }
    do throws(EvaluationError) {
      return ScreenedFile(file: file.path, result: .success(try screen(record, day)))
    } catch {
      return unusable(file, "\(error.location.map { "\($0): " } ?? "")\(error.message)")
    }
  }

  private func screen(_ record: FHIR.Record, _ day: CalendarDate) throws(EvaluationError) -> Screened {
    switch cohorts {
    case .named(let cohorts): return try screening.screen(record, asOf: day, cohorts: cohorts)
    case .byRecord:
      let target = try screening.targetCohort(of: record, asOf: day)
      return try screening.screen(record, asOf: day, cohorts: target.map { [$0] } ?? screening.study.cohorts)
    }
  }

  private func unusable(_ file: RecordFile, _ sentence: String) -> ScreenedFile {
    ScreenedFile(file: file.path, result: .failure(ScreenedFile.Unusable(sentence: sentence)))
  }
}
