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
            "There is no cohort ‘\(id)’ in \(study.id) \(study.version). Use one of: "
              + "\(study.cohorts.map(\.id).joined(separator: ", ")), any.")
        }
        self = .named([cohort])
      }
    }
  }

  /// The assessments of a file, or why there are none; nil for a file of a folder that is no FHIR.
  func screen(_ file: RecordFile) -> ScreenedFile? {
    let record: FHIR.Record
    do throws(RecordError) {
      record = try FHIR.Record.read(path: file.path)
    } catch {
      let problems = error.errors.isEmpty ? error.problems : error.errors
      if file.isFound, problems.allSatisfy({ $0.id == "not-fhir" }) {
        Terminal.say("\(file.path): passed over, it is no FHIR.")
        return nil
      }
      return unusable(file, problems.map(\.description).joined(separator: " "))
    }
    let unreadable = screening.unreadable(in: record)
    guard unreadable.isEmpty else { return unusable(file, unreadable.map(\.description).joined(separator: " ")) }
    for problem in record.problems where problem.severity == .warning { Terminal.say(problem.description) }
    guard let day = asOf ?? record.timestamp?.date, day.day != nil else {
      return unusable(
        file, "There is no date of evaluation: Bundle.timestamp gives no day. Give one with --as-of YYYY-MM-DD.")
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
