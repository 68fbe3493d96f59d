public import ClinicalValues
public import StudyDesign

/// Something that is due for the whole study, or from a site for it: what, by whom, since when, until when.
public struct StudyTask: Sendable, Hashable, Codable {
  /// What is to be done.
  public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
    case answerDLT, confirmDLT, decideDLT, decideOnParticipant, reviewStudy, acceptLift, signConsentAnew
    case answerQuery, reviewAnswer, seeUnlock
    case recordConsent, bookDayZero, holdVisit, completeForms, signForm, submitReport, takeCustodyStep, passGate
    case judgeSeriousness, judgeExpectedness, judgeDeath, followUpReport, reviewEvent, reconcile, codeMedicine
    case followPregnancy
    case recordAdverseEvent, confirmGrades
    case signOutsideGate, resolveQuarantine, enterFinalResult, decideEligibilityAnew, classifyDeviation, assessDeviation
    case confirmReset

    /// Whether it is about somebody's safety: events, their reports and grades, what is asked of dose-limiting toxicity.
    public var isOfSafety: Bool {
      switch self {
      case .answerDLT, .confirmDLT, .decideDLT, .decideOnParticipant, .submitReport, .judgeSeriousness,
        .judgeExpectedness, .judgeDeath, .followUpReport, .reviewEvent, .reconcile, .codeMedicine, .followPregnancy,
        .recordAdverseEvent, .confirmGrades:
        true
      case .reviewStudy, .acceptLift, .signConsentAnew, .answerQuery, .reviewAnswer, .seeUnlock, .recordConsent,
        .bookDayZero, .holdVisit, .completeForms, .signForm, .takeCustodyStep, .passGate, .signOutsideGate,
        .resolveQuarantine,
        .enterFinalResult, .decideEligibilityAnew, .classifyDeviation, .assessDeviation,
        .confirmReset:
        false
      }
    }
  }

  /// Until when.
  public enum Deadline: Sendable, Hashable, Codable {
    /// A point of time.
    case at(Instant)
    /// The end of a day, at the place that it is due from.
    case through(CalendarDate)
    /// An activity, that waits for it.
    case before(Activity)
  }

  /// What a task is about, so that whoever opens it comes right there.
  public enum Subject: Sendable, Hashable, Codable {
    /// A form of the participant's casebook.
    case form(FormKey)
    /// A visit, by its id and number.
    case visit(String, Int)
    /// A query of the participant's casebook, by its number, and the form that it is raised on.
    case query(Int, FormKey)
    /// Something of the participant's casebook that was unlocked.
    case unlocked(CasebookScope)
    /// A question on a dose-limiting toxicity, by its number.
    case question(Int)
    /// A hold, by its number.
    case hold(Int)
    /// A running clock of the participant, or of the study, by its number.
    case clock(Int)
    /// A quarantine of the participant's cells, by its number.
    case quarantine(Int)
    /// An act outside the gate, by its number.
    case outsideGate(Int)
    /// A deviation of the participant, or of the study, by its number.
    case deviation(Int)
    /// An adverse event of the participant, by its number.
    case adverseEvent(Int)
    /// A version of the consent form.
    case consent(String)
    /// The gate that the participant stands before.
    case gate(Gate)
    /// The account of somebody who works here.
    case account(AccountID)
  }

  /// What is to be done.
  public let kind: Kind
  /// In a sentence.
  public let title: String
  /// Who can do it.
  public let roles: [Role]
  /// Where, if a site's people do it.
  public let site: SiteID?
  /// Whom it is about.
  public let participant: ParticipantID?
  /// Since when it is due.
  public let since: CalendarDate
  /// Until when; nil where nothing is set.
  public let deadline: Deadline?
  /// Why it waits; nil where it does not.
  public let waits: String?
  /// What it is about; nil where that is the participant, or the study, as a whole.
  public let about: Subject?

  init(
    _ kind: Kind, _ title: String, roles: [Role], site: SiteID? = nil, participant: ParticipantID? = nil,
    since: CalendarDate, deadline: Deadline? = nil, waits: String? = nil, about: Subject? = nil
  ) {
    self.kind = kind
    self.title = title
    self.roles = roles
    self.site = site
    self.participant = participant
    self.since = since
    self.deadline = deadline
    self.waits = waits
    self.about = about
  }

  /// Whether its time has passed at a moment; what waits is never late.
  public func isLate(at moment: Moment) -> Bool {
    guard waits == nil else { return false }
    return switch deadline {
    case .at(let instant): instant < moment.instant
    case .through(let date): date.daysSinceEpoch < moment.day
    case .before, nil: false
    }
  }
}

extension TrialState {
  /// What is due at a moment, the most urgent kinds first: decisions on people already lymphodepleted, DLT questions,
  /// acceptances, reviews, consents.
  public func studyTasks(at moment: Moment, plan: SafetyPlan) -> [StudyTask] {
    urgentTasks(at: moment, plan: plan) + dltTasks(plan) + acceptanceTasks() + reviewTasks(at: moment, plan: plan)
      + consentTasks(at: moment) + heldTasks()
  }

  private func urgentTasks(at moment: Moment, plan: SafetyPlan) -> [StudyTask] {
    participants.keys.sorted().compactMap { id in
      guard study.boardWords[id] == nil, let urgent = urgentDecision(on: id, at: moment, plan: plan) else { return nil }
      return StudyTask(
        .decideOnParticipant,
        "\(id) is lymphodepleted; decide whether the infusion follows. " + urgent.reasons.joined(separator: " "),
        roles: [.safetyBoard], participant: id, since: urgent.since.date,
        deadline: .at(urgent.since.instant.adding(hours: plan.boardOnParticipantHours)))
    }
  }

  private func dltTasks(_ plan: SafetyPlan) -> [StudyTask] {
    study.openQuestions.compactMap { question in
      let about = "DLT question \(question.number) about \(question.participant)"
      let id = question.participant
      switch question.stage {
      case .asked:
        return StudyTask(
          .answerDLT, "Answer \(about).", roles: [.principalInvestigator], site: participants[id]?.way.site,
          participant: id, since: question.opened.date,
          deadline: .at(question.opened.instant.adding(hours: plan.dltAnswerHours)), about: .question(question.number))
      case .answered(_, let since):
        return StudyTask(
          .confirmDLT, "Confirm the answer to \(about), or differ.", roles: [.safetyOfficer], participant: id,
          since: since.date, about: .question(question.number))
      case .disputed(let since):
        return StudyTask(
          .decideDLT, "Decide \(about): principal investigator and safety officer differ.", roles: [.safetyBoard],
          participant: id, since: since.date, about: .question(question.number))
      case .settled: return nil
      }
    }
  }

  private func acceptanceTasks() -> [StudyTask] {
    study.holdsInForce.compactMap { hold in
      guard let decided = hold.liftDecided else { return nil }
      return StudyTask(
        .acceptLift, "Accept that safety hold \(hold.hold.number) falls, with the approvals attached.",
        roles: [.safetyOfficer], since: decided.date, about: .hold(hold.hold.number))
    }
  }

  /// Safety holds on which the board has not decided: they are the safety officer's to accept, and wait.
  private func heldTasks() -> [StudyTask] {
    study.holdsInForce.filter { $0.hold.kind == .safety && $0.liftDecided == nil }.map { hold in
      StudyTask(
        .acceptLift, "Accept that safety hold \(hold.hold.number) falls, once the safety board has decided so.",
        roles: [.safetyOfficer], since: hold.since.date, waits: "The safety board has not decided that it may fall.",
        about: .hold(hold.hold.number))
    }
  }

  private func reviewTasks(at moment: Moment, plan: SafetyPlan) -> [StudyTask] {
    study.owedReviews(in: self, plan: plan, at: moment).map { review in
      StudyTask(
        .reviewStudy, "Review the study. \(review.reason)", roles: [.safetyBoard], since: review.since,
        deadline: review.due.map { .through($0) } ?? .before(.lymphodepletion))
    }
  }

  private func consentTasks(at moment: Moment) -> [StudyTask] {
    participants.keys.sorted().flatMap { id -> [StudyTask] in
      guard let participant = participants[id], let site = participant.way.site, let state = sites[site] else {
        return []
      }
      return state.outstandingForms(participant, at: moment).map { form in
        StudyTask(
          .signConsentAnew, "\(id) signs consent version \(form.version).",
          roles: [.principalInvestigator, .subInvestigator], site: site, participant: id, since: form.from.date,
          deadline: form.deadline, waits: participant.way.waitsForCapacity, about: .consent(form.version))
      }
    }
  }
}

extension ConsentForm {
  /// Until when it is signed anew.
  fileprivate var deadline: StudyTask.Deadline? {
    if let beforeActivity { return .before(beforeActivity) }
    return beforeDate?.adding(-1, .day).map { .through($0) }
  }
}
