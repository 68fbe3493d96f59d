import ClinicalValues
import StudyDesign

extension TrialState {
  /// Rows of the form on dose-limiting toxicity that do not say what was signed: the answer, or the board's decision where it has one.
  /// The rows of an adverse event are about its questions in their order.
  func answerTasks(_ forms: SafetyForms?) -> [StudyTask] {
    var tasks: [StudyTask] = []
    for id in participants.keys.sorted() {
      guard let participant = participants[id] else { continue }
      let rows = Dictionary(grouping: participant.casebook.rows(of: forms?.question)) { $0.number(.event) }
      for (event, asked) in participant.safety.questions.sorted(by: { $0.key < $1.key }) {
        for (row, asked) in zip(rows[event] ?? [], asked) {
          if let task = answerTask(row, asked.question, of: participant) { tasks.append(task) }
        }
      }
    }
    return tasks
  }

  private func answerTask(
    _ row: BoundRow<QuestionItem>, _ number: Int, of participant: ParticipantState
  ) -> StudyTask? {
    let question = study.questions.first { $0.number == number }
    guard let signed = question?.answer?.isDoseLimiting ?? question?.isDoseLimiting,
      let said = row.text(.board) ?? row.text(.answer), (said == "YES") != signed
    else { return nil }
    return StudyTask(
      .reconcile, "\(participant.id): \(row.key) answers DLT question \(number) otherwise than was signed.",
      roles: ParticipantState.site + [.dataManager, .safetyOfficer], site: participant.way.site,
      participant: participant.id, since: row.record.lastSaved?.date ?? .least, about: .form(row.key))
  }
}
