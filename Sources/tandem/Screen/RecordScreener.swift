import ArgumentParser
import CQL
import ClinicalValues
import FHIR
import Rules
import StudyDesign

/// Reads a file and screens the record in it.
struct RecordScreener {
  let screening: Screening
  let cohorts: Screening.CohortChoice
  /// The date of evaluation, where it was given.
  let asOf: CalendarDate?

  /// The cohorts of a command's option.
  static func cohorts(_ option: String?, of study: Study) throws(ValidationError) -> Screening.CohortChoice {
    switch option {
    case nil: return .byRecord
    case "any"?: return .named(study.cohorts)
    case let id?:
      guard let cohort = study.cohorts.first(where: { $0.id == id }) else {
        throw ValidationError(
          "There is no cohort ‘\(id)’ in \(study.id) \(study.version). "
            + suggestion(for: id, among: study.cohorts.map(\.id) + ["any"], otherwise: "‘any’ means all of them."))
      }
      return .named([cohort])
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
      return unusable(file, RecordScreener.words(problems, \.description))
    }
    let warnings = record.problems.filter { $0.severity == .warning }
    do throws(UnfitRecord) {
      let screened = try screening.screen(record, asOf: asOf, for: cohorts)
      for problem in warnings { warn(problem.description) }
      let passedOver = [RecordNotices.gender(record), unreadTarget(record, screened)].compactMap(\.self)
      for notice in passedOver { warn("\(file.path): \(notice)") }
      return ScreenedFile(
        file: file.path, result: .success(screened),
        notices: [screened.unreadDiagnosesWords].compactMap(\.self)
          + RecordNotices.all(of: record, asOf: screened.asOf) + passedOver + whyAllCohorts(record, screened),
        names: RecordScreener.names(of: record))
    } catch {
      // What the file is refused for stands in the report.
      let told: Set<FHIR.Problem> = if case .unreadable(let problems) = error { Set(problems) } else { [] }
      for problem in warnings where !told.contains(problem) { warn(problem.description) }
      return unusable(file, RecordScreener.words(error))
    }
  }

  /// Whether a record is measured for all cohorts though it was left to the record to name one.
  private func isForWantOfTarget(_ screened: Screened) -> Bool {
    if case .byRecord = cohorts { screened.assessments.count > 1 } else { false }
  }

  /// What a record says in the place of a target cohort, where that names none.
  private func unreadTarget(_ record: FHIR.Record, _ screened: Screened) -> String? {
    guard isForWantOfTarget(screened) else { return nil }
    return TargetNotice.words(on: record, asOf: screened.asOf, of: screening.study)
  }

  /// Why a record is measured for all cohorts where it says nothing in the place of a target cohort.
  private func whyAllCohorts(_ record: FHIR.Record, _ screened: Screened) -> [String] {
    guard isForWantOfTarget(screened), unreadTarget(record, screened) == nil else { return [] }
    let none = "As of \(screened.asOf) the record names no target cohort, or several, so all are shown"
    guard let own = record.timestamp?.date, own != screened.asOf,
      let named = try? screening.targetCohort(of: record, asOf: own)
    else { return ["\(none)."] }
    return ["\(none); as of its own date, \(own), it names \(named.name)."]
  }

  private static func names(of record: FHIR.Record) -> [String] {
    let identifiers = record.patient?.element.all("identifier") ?? []
    return [record.identifier ?? record.patient?.id].compactMap(\.self)
      + identifiers.compactMap { identifier in
        guard let value = identifier.first("value")?.text else { return nil }
        return [identifier.first("system")?.text, value].compactMap(\.self).joined(separator: " ")
      }
  }

  /// So many problems of a file are told; the rest are counted.
  private static let mostTold = 3

  /// What is wrong with a file. That it holds several patients explains whatever else is.
  private static func words(_ problems: [FHIR.Problem], _ words: (FHIR.Problem) -> String) -> String {
    let several = problems.filter { $0.id == "several-patients" }
    let causes = several.isEmpty ? problems : several
    let rest = causes.count - mostTold
    return causes.prefix(mostTold).map(words).joined(separator: " ") + (rest > 0 ? " And \(rest) more." : "")
  }

  private static func words(_ unfit: UnfitRecord) -> String {
    switch unfit {
    case .unreadable(let problems): words(problems, \.refusal)
    case .noDay: "There is no date of evaluation: Bundle.timestamp gives no day. Give one with --as-of YYYY-MM-DD."
    case .outsideCalendar(let day):
      "The date of evaluation is \(day), expected a day of the years 1900 to 2199. Give one with --as-of YYYY-MM-DD."
    case .notEvaluable(let error): "\(error.location.map { "\($0): " } ?? "")\(error.message)"
    }
  }

  private func unusable(_ file: RecordFile, _ sentence: String) -> ScreenedFile {
    ScreenedFile(file: file.path, result: .failure(ScreenedFile.Unusable(sentence: sentence)))
  }
}
