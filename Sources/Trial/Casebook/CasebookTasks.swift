import ClinicalValues
import Ledger
import StudyDesign

extension TrialState {
  /// What casebooks wait for: queries to answer, answers to look at, unlockings that the principal investigator has not
  /// seen. Each disappears by the deed that settles it.
  public var casebookTasks: [StudyTask] {
    participants.keys.sorted().flatMap { id -> [StudyTask] in
      guard let participant = participants[id] else { return [] }
      return participant.unlockTasks + participant.queryTasks
    }
  }
}

extension ParticipantState {
  fileprivate var unlockTasks: [StudyTask] {
    casebook.unlocksToSee.sorted { $0.key < $1.key }.map { scope, notice in
      StudyTask(
        .seeUnlock, "Take note that \(scope) of \(id) was unlocked by \(notice.by.account): \(notice.reason)",
        roles: [.principalInvestigator], site: way.site, participant: id, since: notice.at.date)
    }
  }

  fileprivate var queryTasks: [StudyTask] {
    casebook.queries.filter(\.status.isPending).map { query in
      let place = query.query.items.first.map { "\($0) of \(query.query.form)" } ?? "\(query.query.form)"
      let isOpen = query.status == .open
      return StudyTask(
        isOpen ? .answerQuery : .reviewAnswer,
        (isOpen ? "Answer query" : "Look at the answer to query") + " \(query.number) of \(id) on \(place): "
          + query.query.text,
        roles: isOpen
          ? [.principalInvestigator, .subInvestigator, .coordinator, .nurse]
          : [.monitor, .dataManager, .safetyOfficer],
        site: isOpen ? way.site : nil, participant: id, since: (query.thread.last?.at ?? query.raised)?.date ?? .least)
    }
  }
}
