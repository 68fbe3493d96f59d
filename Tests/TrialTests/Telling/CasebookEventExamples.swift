import ClinicalValues
import StudyDesign

@testable import Trial

extension EventExamples {
  private static let form = known { try FormKey("D28/1/vitalSigns/2") }
  private static let entries = [
    Entry("VSORRES_SYSBP", .value("118", unit: "mm[Hg]")), Entry("VSORRES_TEMP", .absent(.notDone)),
  ]

  /// One event or more of each case of the casebook.
  static let casebook: [CasebookEvent] =
    [
      .saved(form: form, entries: entries, source: .hospitalRecord, reason: "Read again."),
      .saved(form: form, entries: [Entry("VSORRES_TEMP", .cleared)], source: nil, reason: nil),
      .assessed(form: form, missing: ["VSORRES_PULSE"], unasked: ["VSORRES_RESP"], calculated: entries),
      .assessed(form: form, missing: [], unasked: [], calculated: []),
      .markedNotDone(form: form, reason: "The device was broken."),
      .queryRaised(query: RaisedQuery(form: form, items: ["VSORRES_SYSBP"], check: "VS-1", text: "Is that right?")),
      .queryRaised(query: RaisedQuery(form: form, text: "Is that right?")),
      .queryAnswered(query: 1, text: "It is."), .queryClosed(query: 1, text: "Seen."),
      .queryReopened(query: 1, text: "Not yet."), .queryCancelled(query: 1, text: "Raised twice."),
      .queryMended(query: 1), .queryRecurred(query: 1),
      .verified(form: form, items: ["VSORRES_SYSBP"], source: "Ward chart"),
      .verificationTakenBack(form: form, items: ["VSORRES_SYSBP"]),
    ]
    + [CasebookScope.casebook, .visit("D28", 1), .visit(FormKey.log, 1), .visit(FormKey.once, 1), .form(form)].flatMap {
      [
        CasebookEvent.signed(scope: $0, content: .example), .signatureTakenBack(scope: $0, form: form),
        .frozen(scope: $0), .unfrozen(scope: $0, reason: "A late result."), .locked(scope: $0),
        .unlocked(scope: $0, reason: "A late result."), .unlockSeen(scope: $0),
      ]
    }

  /// What can happen to laboratories.
  static let laboratory: [LaboratoryEvent] = [.rangesImported(file: .example, ranges: [])]

  private static let grade = JudgedGrade(
    form: form, item: "VSORRES_TEMP", direction: "high", term: "Fever", grade: 2, value: "39.4 Cel", version: 7,
    rule: "Grade 2: > 39.0. Value 39.4 Cel.")

  /// What is said of proposed grades.
  static let grades: [GradeEvent] = [
    .confirmed(grades: [grade]), .confirmed(grades: [grade, grade]),
    .changed(grade: grade, to: 1, reason: "Measured after a hot bath."),
  ]
}
