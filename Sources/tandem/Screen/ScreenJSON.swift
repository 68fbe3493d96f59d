import ClinicalValues
import Rules
import StudyDesign

/// The report for programs: one object a record. Its members are a contract.
struct ScreenJSON {
  let frame: ScreeningFrame

  /// The object of a record.
  func object(_ entry: ScreenedFile) -> JSON {
    switch entry.result {
    case .failure(let reason):
      return .object([("file", .string(entry.file)), ("error", .string(reason.sentence))])
    case .success(let screened):
      var members: [(String, JSON)] = [
        ("file", .string(entry.file)), ("patient", .string(screened.patient)), ("study", .string(frame.study.id)),
        ("studyVersion", .string(frame.study.version)), ("asOf", .string(screened.asOf.description)),
        ("parameters", .object(frame.study.parameters.map { ($0.id, .integer($0.value)) })),
        ("provisionalParameters", .strings(frame.study.parameters.filter { $0.provisional != nil }.map(\.id))),
        ("cohorts", .array(screened.assessments.map(assessment))),
      ]
      if !screened.unrecognized.isEmpty {
        members.append(("unrecognized", .array(screened.unrecognized.map(unrecognized))))
      }
      if !entry.notices.isEmpty { members.append(("notices", .strings(entry.notices))) }
      return .object(members)
    }
  }

  private func unrecognized(_ code: UnrecognizedCode) -> JSON {
    .object([
      ("type", .string(code.type)), ("system", code.system.map { .string($0) } ?? .null),
      ("code", code.code.map { .string($0) } ?? .null), ("display", code.display.map { .string($0) } ?? .null),
      ("count", .integer(code.count)),
    ])
  }

  private func assessment(_ assessment: Assessment) -> JSON {
    var members: [(String, JSON)] = [
      ("cohort", .string(assessment.cohort.id)), ("verdict", .string(assessment.verdict.rawValue)),
      ("criteria", .array(assessment.criteria.map(criterion))),
      ("next", .array(assessment.next.map(next))),
    ]
    if !assessment.unsettled.isEmpty { members.append(("unsettled", .strings(assessment.unsettled))) }
    if !assessment.toCorrect.isEmpty { members.append(("toCorrect", .array(assessment.toCorrect.map(next)))) }
    return .object(members)
  }

  private func next(_ datum: NextDatum) -> JSON {
    var members: [(String, JSON)] = [("concept", .string(datum.concept)), ("decides", .strings(datum.decides))]
    if !datum.oneOf.isEmpty { members.append(("oneOf", .strings(datum.oneOf))) }
    if !datum.corrects.isEmpty { members.append(("corrects", .strings(datum.corrects))) }
    return .object(members)
  }

  private func criterion(_ result: CriterionResult) -> JSON {
    var members: [(String, JSON)] = [
      ("id", .string(result.criterion.id)), ("verdict", .string(result.outcome.rawValue)),
      ("provisional", .boolean(result.criterion.isProvisional)), ("text", .string(result.criterion.text)),
      ("reason", .string(result.reason)), ("evidence", .array(result.evidence.map(evidence))),
      ("missing", .strings(result.missing)),
    ]
    if !result.parts.isEmpty {
      let parts = result.parts.map { part -> JSON in
        .object([("name", .string(part.name)), ("verdict", .string(part.outcome.rawValue))])
      }
      members.append(("parts", .array(parts)))
    }
    if !result.notes.isEmpty { members.append(("notes", .strings(result.notes))) }
    return .object(members)
  }

  private func evidence(_ evidence: Evidence) -> JSON {
    var members: [(String, JSON)] = [("concept", .string(evidence.concept)), ("value", .string(evidence.value))]
    if let converted = evidence.converted { members.append(("converted", .string(converted))) }
    members.append(("when", evidence.when.map { .string($0) } ?? .null))
    members.append(("source", .string(evidence.source)))
    return .object(members)
  }
}
