import ClinicalValues
import StudyDesign

extension TrialState {
  /// What values wait for, by participant: an adverse event for each episode that has none, and a word of an investigator.
  ///
  /// The forms are those of the protocol version that each participant is under; nil where it is not at hand.
  ///
  /// - Parameter known: the tasks of a participant, as far as they were made already of the same state.
  public func gradingTasks(
    known: [ParticipantID: [StudyTask]] = [:], book: (ParticipantID) -> FormBook?
  ) -> [StudyTask] {
    participants.keys.sorted().flatMap { id -> [StudyTask] in
      guard let book = book(id) else { return [] }
      return known[id] ?? grading(of: id, book: book)?.tasks ?? []
    }
  }
}

extension Grading {
  /// What the participant's values wait for.
  ///
  /// One task an episode without an adverse event of its term; it disappears when one is on record. One task for all
  /// grades to be judged: only the worst of each episode is asked for, so that thirty blood counts are one word.
  public var tasks: [StudyTask] {
    unrecorded.compactMap(eventTask) + [judgmentTask].compactMap(\.self)
  }

  /// Episodes for which no adverse event of their term is on record; of those that are one event, the worst.
  public var unrecorded: [ToxicityEpisode] {
    let events = events
    return (episodes + syndromeEpisodes).filter { episode in !events.contains { $0.isBased(on: episode) } }
      .reduce(into: [ToxicityEpisode]()) { kept, episode in
        guard let place = kept.firstIndex(where: { $0.isOneEvent(with: episode) }) else {
          kept.append(episode)
          return
        }
        if kept[place].worst.counting < episode.worst.counting { kept[place] = episode }
      }
  }

  /// The worst of each episode, where nobody has judged it as it now is.
  public var toJudge: [GradeProposal] {
    (episodes + syndromeEpisodes).map(\.worst).filter { $0.standing == .proposed || $0.standing == .proposedAnew }
  }

  private func eventTask(_ episode: ToxicityEpisode) -> StudyTask? {
    guard let since = episode.first else { return nil }
    let (one, many) = episode.syndrome == nil ? ("a value", "values") : ("an assessment", "assessments")
    let counted = episode.proposals.count == 1 ? one : "\(episode.proposals.count) \(many)"
    let worse = episode.syndrome == nil ? ", worse than at baseline" : ""
    return StudyTask(
      .recordAdverseEvent,
      "Record an adverse event of \(participant.id): \(episode.term), grade \(episode.worst.counting) by \(counted) since "
        + "\(since)\(worse).",
      roles: [.principalInvestigator, .subInvestigator, .coordinator, .nurse], site: participant.way.site,
      participant: participant.id, since: since)
  }

  private var judgmentTask: StudyTask? {
    let open = toJudge
    guard let since = open.compactMap(\.value.day).min(by: { $0.daysSinceEpoch < $1.daysSinceEpoch }) else {
      return nil
    }
    let named = open.map { "\($0.term) \($0.grade)" + ($0.standing == .proposedAnew ? " (proposed anew)" : "") }
    return StudyTask(
      .confirmGrades,
      "Confirm or change \(open.count == 1 ? "the worst grade" : "the worst grades") of \(participant.id): "
        + named.joined(separator: ", ") + ".",
      roles: [.principalInvestigator, .subInvestigator], site: participant.way.site, participant: participant.id,
      since: since)
  }
}
