public import ClinicalValues
import Instruments
import StudyDesign

/// What a participant's casebook says of toxicity: every graded value, proposals of grades, episodes, courses. A function of
/// the state and of the study's files; nothing of it is stored but what a person confirmed.
public struct Grading: Sendable {
  /// Whose it is.
  public let participant: ParticipantState
  /// The forms with what fills the instruments.
  public let book: FormBook
  /// What the casebook holds of each concept.
  public let values: CasebookValues
  /// Every value of every analyte of the plan, by analyte in the plan's order, each oldest first.
  public let graded: [[GradedValue]]

  /// The grading of a participant by the forms of the protocol version that the participant is under.
  public init(of participant: ParticipantState, laboratories: LaboratoryState, book: FormBook) {
    self.participant = participant
    self.book = book
    let values = CasebookValues(of: participant, laboratories: laboratories, book: book)
    self.values = values
    let albumin = book.grading.analytes.first { $0.analyte == "albumin" }?.concept
    graded = book.grading.analytes.compactMap { plan in
      guard let analyte = CTCAE.analyte(plan.analyte) else { return nil }
      return AnalyteGrading(
        analyte: analyte, plan: plan, values: values, firstDose: participant.way.firstLymphodepletion,
        unit: book.units[plan.concept], albumin: albumin
      ).graded
    }
  }

  /// The same for assessments of CRS and ICANS alone: no value is graded, and none is read that they do not ask for.
  init(syndromesOf participant: ParticipantState, laboratories: LaboratoryState, book: FormBook) {
    self.participant = participant
    self.book = book
    let asked = ["crs", "icans", "ice"].compactMap { book.grading.instruments[$0] }
    values = CasebookValues(
      of: participant, laboratories: laboratories, book: book,
      only: Set(asked.flatMap { [$0.assigned] + $0.keys.map(\.concept) }))
    graded = []
  }

  /// LD 1, before which the baseline lies; nil where it was not given.
  public var firstDose: Moment? { participant.way.firstLymphodepletion }
  /// The start of the infusion: Day 0.
  public var infused: Moment? { participant.product.infusion?.begun }

  /// Every proposal: a value whose grade in a direction is 1 or more, by analyte in the plan's order, oldest first.
  public var proposals: [GradeProposal] {
    graded.flatMap { values in values.flatMap { value in proposals(of: value, among: values) } }
  }

  /// Proposals, of CRS and ICANS too, worst first: by the grade that counts, then the newest.
  public var proposalsWorstFirst: [GradeProposal] {
    (proposals + syndromeProposals).enumerated().sorted { a, b in
      let (x, y) = (a.element, b.element)
      if x.counting != y.counting { return x.counting > y.counting }
      let times = (x.value.when?.earliestMillisecond() ?? .min, y.value.when?.earliestMillisecond() ?? .min)
      return times.0 == times.1 ? a.offset < b.offset : times.0 > times.1
    }.map(\.element)
  }

  /// Values that could not be graded, each with the reason in `notGradable`.
  public var notGradable: [GradedValue] { graded.flatMap { $0.filter { $0.notGradable != nil } } }

  private func proposals(of graded: GradedValue, among series: [GradedValue]) -> [GradeProposal] {
    graded.grades.compactMap { directed in
      guard let grade = directed.grade, grade > 0 else { return nil }
      let key = GradeKey(form: graded.value.source.form, item: graded.value.source.item, direction: directed.direction)
      return GradeProposal(
        key: key, analyte: graded.analyte, term: directed.term, grade: grade, rule: directed.rule, value: graded.value,
        baseline: graded.baseline,
        baselineGrade: graded.baseline.flatMap { baseline in
          series.first { $0.value == baseline }?[directed.direction]?.grade
        }, isBeforeTreatment: graded.isBeforeTreatment, judgments: participant.grades.judgments[key] ?? [])
    }
  }
}

extension TrialState {
  /// The grading of a participant; nil where nothing is recorded of them.
  public func grading(of id: ParticipantID, book: FormBook) -> Grading? {
    participants[id].map { Grading(of: $0, laboratories: laboratories, book: book) }
  }
}
