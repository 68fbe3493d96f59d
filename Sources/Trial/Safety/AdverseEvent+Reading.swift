import ClinicalValues
public import StudyDesign

extension ParticipantState {
  /// The adverse events of the casebook, in the order of their numbers; none where the study does not say where they stand.
  public func adverseEvents(by plan: SafetyPlan) -> [AdverseEvent] { adverseEvents(in: plan.forms) }

  /// The same, by the forms alone.
  func adverseEvents(in forms: SafetyForms?) -> [AdverseEvent] {
    guard let forms else { return [] }
    let rows = casebook.rows(of: forms.adverseEvent)
    guard !rows.isEmpty else { return [] }
    let beside = RowsBesideEvents(casebook, forms)
    return rows.map { AdverseEvent($0, of: id, beside: beside, in: forms) }
  }
}

extension TrialState {
  /// The adverse events of all participants, by participant and number.
  public func adverseEvents(by plan: SafetyPlan) -> [AdverseEvent] {
    participants.keys.sorted().flatMap { participants[$0]?.adverseEvents(by: plan) ?? [] }
  }
}

/// The rows of other forms, by the number of the adverse event that they name.
private struct RowsBesideEvents {
  let course: [Int?: [BoundRow<CourseItem>]]
  let details: [Int?: [BoundRow<DetailsItem>]]
  let reports: [Int?: [BoundRow<ReportItem>]]
  let assessments: [Int?: [BoundRow<AssessmentItem>]]
  let questions: [Int?: [BoundRow<QuestionItem>]]
  let medication: [Int?: [BoundRow<MedicationItem>]]

  init(_ casebook: CasebookState, _ forms: SafetyForms) {
    course = Dictionary(grouping: casebook.rows(of: forms.course)) { $0.number(.event) }
    details = Dictionary(grouping: casebook.rows(of: forms.details)) { $0.number(.event) }
    reports = Dictionary(grouping: casebook.rows(of: forms.report)) { $0.number(.event) }
    assessments = Dictionary(grouping: casebook.rows(of: forms.assessment)) { $0.number(.event) }
    questions = Dictionary(grouping: casebook.rows(of: forms.question)) { $0.number(.event) }
    medication = Dictionary(grouping: casebook.rows(of: forms.medication)) { $0.number(.event) }
  }
}

extension AdverseEvent {
  fileprivate init(
    _ row: BoundRow<AdverseEventItem>, of participant: ParticipantID, beside: RowsBesideEvents,
    in forms: SafetyForms
  ) {
    let number = row.key.row
    self.participant = participant
    self.number = number
    form = row.key
    reported = row.text(.reported)
    term = row.text(.term)
    specified = row.text(.specified)
    start = row.date(.start)
    end = row.date(.end)
    gradeEntered = row.number(.grade)
    course = (beside.course[number] ?? []).compactMap { change in
      guard let from = change.time(.from), let grade = change.number(.grade) else { return nil }
      return GradeChange(from: from, grade: grade)
    }.sorted { ($0.from.instant, $0.grade) < ($1.from.instant, $1.grade) }
    aware = row.time(.aware)
    seriousness = Seriousness(row)
    var relations: [TreatmentPart: Causality] = [:]
    for part in TreatmentPart.allCases { relations[part] = row.causality(.relation(to: part)) }
    self.relations = relations
    let details = beside.details[number] ?? []
    // Which it is the row says, or its details. Where they say none, or nothing, the term may say it by itself.
    let said = [row.text(.specialInterest), details.compactMap { $0.text(.kind) }.last].compactMap(\.self)
    specialInterest = said.first { $0 != forms.noKind } ?? row.text(.term).flatMap { forms.terms[$0] }
    kind = specialInterest.flatMap { forms.kinds[$0] }
    action = row.text(.action)
    isTreated = row.flag(.treated)
    outcome = row.text(.outcome).flatMap(EventOutcome.init) ?? (row.isSaidUnknown(.outcome) ? .unknown : nil)
    narrative = row.text(.narrative)
    let questions = beside.questions[number] ?? []
    isAsymptomaticLab = questions.compactMap { $0.flag(.asymptomaticLab) }.last
    isExpectedOnTarget = questions.compactMap { $0.flag(.expectedOnTarget) }.last
    transgene = details.compactMap { $0.text(.transgene) }.last
    reports = (beside.reports[number] ?? []).map { SeriousReport($0) }
      .sorted { ($0.number ?? .max, $0.form) < ($1.number ?? .max, $1.form) }
    assessments = (beside.assessments[number] ?? []).map { SafetyAssessment($0) }
    medication = (beside.medication[number] ?? []).map(\.key)
  }
}

extension Seriousness {
  fileprivate init(_ row: BoundRow<AdverseEventItem>) {
    said = row.flag(.serious)
    isSaidUnknown = row.isSaidUnknown(.serious)
    var criteria: [SeriousnessCriterion: Bool] = [:]
    for criterion in SeriousnessCriterion.allCases { criteria[criterion] = row.flag(.criterion(criterion)) }
    self.criteria = criteria
  }
}
