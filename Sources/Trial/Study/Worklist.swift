import ClinicalValues
import StudyDesign

/// Everything that waits for somebody, the most urgent first. Each task disappears by the deed that settles it; a list
/// without one is the state in which nothing is left to do.
public struct Worklist: Sendable {
  /// The tasks: what is late, then what has the nearest deadline, then what waits longest.
  public let tasks: [StudyTask]
  private let watched: Watched

  /// The work that waits in a trial.
  ///
  /// - Parameter gates: the lines of the gate that each participant stands before, as far as they were asked.
  public init(_ watched: Watched, gates: [ParticipantID: [GateLine]] = [:]) {
    self.watched = watched
    let ofParticipants = watched.sorted.flatMap { participant -> [StudyTask] in
      let calendar = ParticipantCalendar(of: participant)
      return participant.dayZeroTasks + participant.visitTasks(calendar) + participant.formTasks(calendar)
        + participant.signatureTasks + participant.reportTasks + participant.custodyTasks + participant.decisionTasks
        + participant.gateTasks(calendar, lines: gates[participant.state.id])
    }
    let state = watched.state
    let all =
      state.studyTasks(at: watched.now, plan: watched.plan.safety) + state.casebookTasks(watched.plan.safety.forms)
      + state.record.reportTasks(at: watched.now, about: "the study")
      + state.record.deviationTasks(about: "the study") + ofParticipants
      + watched.sorted.flatMap { participant in
        participant.state.safetyTasks(plan: participant.plan.safety, book: participant.book)
      } + state.gradingTasks { watched.participants[$0]?.book }
    tasks = all.enumerated().sorted { a, b in
      let (first, second) = (watched.urgency(of: a.element), watched.urgency(of: b.element))
      return first == second ? a.offset < b.offset : first.lexicographicallyPrecedes(second)
    }.map(\.element)
  }

  /// The tasks that somebody in a role can settle: those of a site at the own site.
  public func tasks(for role: Role, at site: SiteID?) -> [StudyTask] {
    tasks.filter { $0.roles.contains(role) && (!role.isOfSite || $0.site == nil || $0.site == site) }
  }

  /// Whether a task's time has passed, by the clocks of whom it is about.
  public func isLate(_ task: StudyTask) -> Bool { task.isLate(at: watched.moment(of: task)) }
}

extension Watched {
  /// Now, where a task belongs.
  fileprivate func moment(of task: StudyTask) -> Moment { task.participant.flatMap { participants[$0]?.now } ?? now }

  /// Late before in time, the nearest deadline first, without a deadline last, then since when.
  fileprivate func urgency(of task: StudyTask) -> [Int] {
    let here = moment(of: task)
    let deadline =
      switch task.deadline {
      case .at(let instant): instant.milliseconds
      case .through(let date): (date.daysSinceEpoch + 1) * 86_400_000 - here.offsetMinutes * 60_000
      case .before, nil: Int.max
      }
    return [task.isLate(at: here) ? 0 : 1, task.waits == nil ? 0 : 1, deadline, task.since.daysSinceEpoch]
  }
}

extension Role {
  /// The roles that may do something, in the order of the table.
  static func allowed(_ permission: Permission) -> [Role] { allCases.filter { $0.extent(of: permission) != nil } }
}
