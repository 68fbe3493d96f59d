import CQL
import ClinicalValues
import Conduct
import FHIR
import Ledger
import Rules
import StudyDesign
import Trial

/// Criteria asked of candidates, and of a file that is kept nowhere.
enum ScreeningRoutes {
  static let all: [Route] = [
    .read(
      "/api/screening", .clinicalReader, "candidates", in: "screening", "Candidates against criteria.",
      query: [
        .init(name: "who", schema: .choice(["screening", "all"]), about: "all: also those who were enrolled."), .cohort,
        .init(name: "verdict", schema: .choice(Verdict.allCases.map(\.rawValue)), about: "Only this verdict."), .page,
      ], limit: .search, as: Readings.candidates
    ) { request in
      Readings.Rows(try await request.candidates(ScreeningFilter(request.query)).columns, request.query)
    },
    .read(
      "/api/participants/{participant}/screening", .clinicalReader, "screening", in: "screening",
      "A participant measured by the criteria. That a birth date is read is recorded.", limit: .search,
      as: Readings.screening, candidate),
    .send(
      "/api/participants/{participant}/suppositions", .clinicalReader, "suppose", in: "screening",
      "What the criteria would say with values that nobody measured. Nothing is kept.", body: .json(supposition),
      limit: .search, as: Readings.screening, suppose),
    .read(
      "/api/participants/{participant}/decisions", .clinicalReader, "decisions", in: "screening",
      "What was decided on a participant's eligibility, each computed once more.", limit: .search,
      as: Readings.decisions
    ) { try await $0.decisions(of: try await $0.participant().id) },
    .send(
      "/api/screenings", .clinicalReader, "screenFile", in: "screening",
      "Screen a FHIR file by the protocol in force; nothing is kept.",
      query: [
        .init(
          name: "asOf", schema: .text(format: "date"), about: "The day of evaluation; Bundle.timestamp if left out."),
        .init(name: "cohort", schema: .text(), about: "A cohort, or any; the one that the record names if left out."),
      ],
      body: .file(
        types: ["application/fhir+json", "application/json", "application/fhir+ndjson"],
        about: "One patient's record: a Bundle, a resource, or NDJSON (FHIR R4)."), bodyLimit: 16 * 1024 * 1024,
      limit: .search, as: Readings.screening, file),
  ]

  private static let supposition = Schema.object(
    name: "Supposition", about: "Values that nobody measured.",
    [
      .init(
        name: "values",
        schema: .list(
          .object(
            name: "SupposedValue", about: "A value of a concept of the data dictionary.",
            [
              .init(name: "concept", schema: .text()),
              .init(
                name: "value", schema: .text(), about: "A number in the concept's unit, `true` or `false`, or a code."),
            ])))
    ])

  private static let candidate: @Sendable (PageRequest) async throws -> ScreeningReading = { request in
    let participant = try await request.participant().id
    return try await reading(try await request.screeningToRead(of: participant), of: participant, request)
  }

  private static let suppose: @Sendable (PageRequest) async throws -> ScreeningReading = { request in
    let participant = try await request.participant().id
    // What is read along with it counts as read.
    _ = try await request.screeningToRead(of: participant)
    let values = (request.json["values"]?.array ?? []).compactMap { value in
      value["concept"]?.string.flatMap { concept in value["value"]?.string.map { SupposedValue(concept, $0) } }
    }
    let screened = try await request.live.screening(of: participant, supposing: values)
    return try await reading(screened, of: participant, request)
  }

  private static func reading(
    _ screened: ScreenedParticipant?, of participant: ParticipantID, _ request: PageRequest
  ) async throws -> ScreeningReading {
    guard let screened else {
      let edition = try await request.edition(of: participant, in: try await request.live.state())
      return ScreeningReading(
        study: edition.study, asOf: try await request.now().date,
        seesIdentity: try await request.seesIdentity())
    }
    return ScreeningReading(
      study: screened.study, asOf: screened.asOf, assessments: screened.assessments,
      unrecognized: screened.unrecognized, seesIdentity: try await request.seesIdentity())
  }

  private static let file: @Sendable (PageRequest) async throws -> ScreeningReading = { request in
    let screening = try await request.editionInForce(try await request.live.state()).screening
    let cohorts = try choice(request.query.text("cohort"), of: screening)
    let record = try FHIR.Record.read(request.body, file: "the file")
    do throws(UnfitRecord) {
      let screened = try screening.screen(
        record, asOf: request.query.text("asOf").flatMap { CalendarDate($0) }, for: cohorts)
      // Whoever sends a record knows what is in it.
      return ScreeningReading(
        study: screening.study, asOf: screened.asOf, assessments: screened.assessments,
        unrecognized: screened.unrecognized, seesIdentity: true)
    } catch {
      throw Refusal(unfit: error)
    }
  }

  private static func choice(
    _ name: String?, of screening: Rules.Screening
  ) throws(Refusal) -> Rules.Screening.CohortChoice {
    guard let name else { return .byRecord }
    if name == "any" { return .named(screening.study.cohorts) }
    guard let cohort = screening.study.cohorts.first(where: { $0.id == name }) else {
      let known = screening.study.cohorts.map(\.id).joined(separator: ", ")
      throw Refusal(
        "unknown-cohort", because: "There is no cohort ‘\(name)’.", remedy: "Use one of: \(known), any.")
    }
    return .named([cohort])
  }
}

extension Refusal {
  /// Why a record cannot be measured by the criteria.
  fileprivate init(unfit: UnfitRecord) {
    switch unfit {
    case .unreadable(let problems):
      self.init(
        "record-unreadable", because: problems.map(\.description).joined(separator: " "),
        remedy: "Correct the file. Nothing was taken.")
    case .noDay:
      self.init(
        "no-day", because: "There is no date of evaluation: Bundle.timestamp gives no day.", remedy: "Give one as asOf."
      )
    case .outsideCalendar(let day):
      self.init(
        "day-outside-calendar", because: "The date of evaluation is \(day).",
        remedy: "Give a day of the years 1900 to 2199 as asOf.")
    case .notEvaluable(let error):
      self.init(
        "not-evaluable", because: "\(error.location.map { "\($0): " } ?? "")\(error.message)",
        remedy: "Correct the file. Nothing was taken.")
    }
  }
}
