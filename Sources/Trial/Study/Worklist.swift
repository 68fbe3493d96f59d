public import ClinicalValues
import StudyDesign

/// Everything that waits for somebody, the most urgent first. Each task disappears by the deed that settles it; a list
/// without one is the state in which nothing is left to do.
public struct Worklist: Sendable {
  /// The tasks: what is late, then what has the nearest deadline, then what waits longest, then what is due far ahead.
  public let tasks: [StudyTask]
  private let watched: Watched
  /// When it is asked what is late; nil for the moment that was watched.
  private let instant: Instant?

  /// The tasks of one participant that follow from what is recorded of them, from what CQL says of their visits, and from the day: as long as
  /// these are the same, so are they. What hangs on the minute or on others, clocks and gates, is not among them.
  public struct Part: Sendable {
    /// Of visits and forms, and of cells and decisions: the clocks stand between them.
    fileprivate let ofVisits, ofCells: [StudyTask]
    fileprivate let ofSafety: [StudyTask]
    fileprivate let calendar: ParticipantCalendar

    /// The tasks of a participant at a moment.
    public init(of participant: WatchedParticipant) {
      calendar = ParticipantCalendar(of: participant)
      ofVisits =
        participant.dayZeroTasks + participant.visitTasks(calendar) + participant.formTasks(calendar)
        + participant.signatureTasks
      ofCells = participant.custodyTasks + participant.decisionTasks
      ofSafety = participant.state.safetyTasks(plan: participant.plan.safety, book: participant.book)
    }
  }

  /// The work that waits in a trial.
  ///
  /// - Parameters:
  ///   - gates: the lines of the gate that each participant stands before, as far as they were asked.
  ///   - parts: what waits of each participant, as far as it was made already.
  ///   - grading: what the grades of each participant wait for, as far as it was made already.
  public init(
    _ watched: Watched, gates: [ParticipantID: [GateLine]] = [:], parts: [ParticipantID: Part] = [:],
    grading: [ParticipantID: [StudyTask]] = [:]
  ) {
    self.watched = watched
    instant = nil
    let people = watched.sorted.map { (participant: $0, part: parts[$0.state.id] ?? Part(of: $0)) }
    let ofParticipants = people.flatMap { participant, part -> [StudyTask] in
      part.ofVisits + participant.assessmentTasks(part.calendar, in: watched.state.study) + participant.reportTasks
        + part.ofCells + participant.gateTasks(part.calendar, lines: gates[participant.state.id])
    }
    let state = watched.state
    let ofStudy =
      state.studyTasks(at: watched.now, plan: watched.plan.safety)
      + state.casebookTasks(watched.plan.safety.forms, books: watched.books)
      + state.answerTasks(watched.plan.safety.forms)
      + state.people.resetTasks + state.record.reportTasks(at: watched.now, about: "the study")
      + state.record.deviationTasks(about: "the study")
    let ofGrades = state.gradingTasks(known: grading) { watched.participants[$0]?.book }
    let all = ofStudy + ofParticipants + people.flatMap(\.part.ofSafety) + ofGrades
    tasks = watched.byUrgency(all, at: nil)
  }

  /// The same tasks at a later instant, before which nothing else has become due: those that are late by then stand first.
  public func asOf(_ instant: Instant) -> Worklist { Worklist(self, at: instant) }

  private init(_ earlier: Worklist, at instant: Instant) {
    watched = earlier.watched
    self.instant = instant
    tasks = watched.byUrgency(earlier.tasks, at: instant)
  }

  /// The tasks that somebody in a role can settle: those of a site at the own site.
  public func tasks(for role: Role, at site: SiteID?) -> [StudyTask] {
    tasks.filter { $0.roles.contains(role) && (!role.isOfSite || $0.site == nil || $0.site == site) }
  }

  /// Whether a task's time has passed, by the clocks of whom it is about.
  public func isLate(_ task: StudyTask) -> Bool { task.isLate(at: watched.moment(of: task, at: instant)) }
}

extension Watched {
  /// Now, or an instant, where a task belongs.
  fileprivate func moment(of task: StudyTask, at instant: Instant?) -> Moment {
    let here = task.participant.flatMap { participants[$0]?.now } ?? now
    return instant.map { Moment($0, offsetMinutes: here.offsetMinutes, zone: here.zone) } ?? here
  }

  /// How many days ahead a deadline says that something is urgent: as long as the windows of the visits of the first year.
  /// What is due later, a child that is followed for a year, waits behind what is due with no day set.
  private static let nearDays = 28

  /// Late before in time, the nearest deadline first, then what has none, oldest first, then what is due far ahead; else in
  /// the order given.
  fileprivate func byUrgency(_ tasks: [StudyTask], at instant: Instant?) -> [StudyTask] {
    tasks.map { (task: $0, urgency: urgency(of: $0, at: instant)) }.enumerated().sorted { a, b in
      let (first, second) = (a.element.urgency, b.element.urgency)
      return first == second ? a.offset < b.offset : first.lexicographicallyPrecedes(second)
    }.map(\.element.task)
  }

  private func urgency(of task: StudyTask, at instant: Instant?) -> [Int] {
    let here = moment(of: task, at: instant)
    let deadline: Int? =
      switch task.deadline {
      case .at(let instant): instant.milliseconds
      case .through(let date): (date.daysSinceEpoch + 1) * 86_400_000 - here.offsetMinutes * 60_000
      case .before, nil: nil
      }
    let near = here.instant.adding(hours: Watched.nearDays * 24).milliseconds
    let reach = deadline.map { $0 <= near ? 0 : 2 } ?? 1
    return [
      task.isLate(at: here) ? 0 : 1, task.waits == nil ? 0 : 1, reach, deadline ?? 0, task.since.daysSinceEpoch,
    ]
  }
}

extension Role {
  /// The roles that may do something, in the order of the table.
  static func allowed(_ permission: Permission) -> [Role] { allCases.filter { $0.extent(of: permission) != nil } }
}
