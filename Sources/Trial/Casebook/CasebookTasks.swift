import ClinicalValues
import Ledger
import StudyDesign

extension TrialState {
  /// What casebooks wait for: queries to answer, answers to look at, unlockings that the principal investigator has not
  /// seen. Each disappears by the deed that settles it.
  ///
  /// - Parameters:
  ///   - forms: where the safety officer's judgments stand, of which the safety officer answers queries.
  ///   - books: the forms of the participants, by which items are named.
  func casebookTasks(_ forms: SafetyForms?, books: [ParticipantID: FormBook] = [:]) -> [StudyTask] {
    participants.keys.sorted().flatMap { id -> [StudyTask] in
      guard let participant = participants[id] else { return [] }
      return participant.unlockTasks + participant.queryTasks(forms, books[id] ?? FormBook.none)
    }
  }
}

extension ParticipantState {
  fileprivate var unlockTasks: [StudyTask] {
    casebook.unlocksToSee.sorted { $0.key < $1.key }.map { scope, notice in
      StudyTask(
        .seeUnlock, "Take note that \(scope) of \(id) was unlocked by \(notice.by.account): \(notice.reason)",
        roles: [.principalInvestigator], site: way.site, participant: id, since: notice.at.date,
        about: .unlocked(scope))
    }
  }

  fileprivate func queryTasks(_ forms: SafetyForms?, _ book: FormBook) -> [StudyTask] {
    casebook.queries.filter(\.status.isPending).map { query in
      let form = query.query.form
      let place = query.query.items.first.map { "\(book.label(of: $0, in: form)) of \(form)" } ?? "\(form)"
      let isOpen = query.status == .open
      let isOfficers = form.form == forms?.assessment?.form
      let answering = isOfficers ? [.safetyOfficer] : Role.allowed(.answerQueries).filter { $0 != .safetyOfficer }
      return StudyTask(
        isOpen ? .answerQuery : .reviewAnswer,
        (isOpen ? "Answer query" : "Look at the answer to query") + " \(query.number) of \(id) on \(place): "
          + query.query.text,
        roles: isOpen ? answering : Role.allowed(.queries), site: isOpen && !isOfficers ? way.site : nil,
        participant: id, since: (query.thread.last?.at ?? query.raised)?.date ?? .least,
        about: .query(query.number, form))
    }
  }
}
