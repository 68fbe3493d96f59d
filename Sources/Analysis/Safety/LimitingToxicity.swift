public import ClinicalValues
public import StudyDesign
public import Trial

/// Dose-limiting toxicities: the questions with their answers, and of whom the rate can be told.
public struct LimitingToxicity: Sendable, Hashable, Encodable {
  /// An answer to a question.
  public struct Answer: Sendable, Hashable, Encodable {
    /// Whose it is.
    public let by: StudyHistory.Question.Voice
    /// Whether it says that the toxicity was dose-limiting.
    public let isDoseLimiting: Bool
    /// Why.
    public let basis: DLTBasis
    /// The day.
    public let on: CalendarDate
  }

  /// A question.
  public struct Question: Sendable, Hashable, Encodable {
    /// Its number.
    public let number: Int
    /// Whose toxicity.
    public let participant: ParticipantID
    /// The disease.
    public let cohort: String?
    /// What it is asked about.
    public let toxicity: QualifyingToxicity
    /// The day of onset, counted from Day 0.
    public let onsetDay: Int?
    /// When it was asked.
    public let asked: CalendarDate
    /// When the principal investigator's answer is due.
    public let due: Instant
    /// Whether the first answer came later, or is overdue at the cut-off.
    public let isLate: Bool
    /// In the order in which they were given.
    public let answers: [Answer]
    /// The day on which the safety officer confirmed.
    public let confirmed: CalendarDate?
    /// Whether it was dose-limiting; nil while that is open.
    public let isDoseLimiting: Bool?
  }

  /// An infused participant.
  public struct Person: Sendable, Hashable, Encodable {
    /// Who.
    public let participant: ParticipantID
    /// The disease.
    public let cohort: String?
    /// The last day of the window.
    public let windowEnds: CalendarDate?
    /// How it stands.
    public let standing: DoseLimitingStanding.Standing
  }

  /// Days after infusion in which a toxicity can be dose-limiting.
  public let windowDays: Int
  /// In the order of their numbers.
  public let questions: [Question]
  /// Everybody infused, in the order of the infusions.
  public let infused: [Person]

  /// Those who count for the rate.
  public var evaluable: [Person] { infused.filter(\.standing.isEvaluable) }
  /// Those of them who had a dose-limiting toxicity, each once.
  public var withToxicity: [Person] { infused.filter { $0.standing == .toxicity } }

  /// Those of a trial at its cut-off, by the plan in force then.
  public init(_ snapshot: TrialSnapshot, plan: ConductPlan) {
    self.init(snapshot.state, history: snapshot.history, at: snapshot.cutoff, plan: plan)
  }

  /// Those of a trial that is folded up to an instant. Of the history only what the stream of the study tells is read.
  public init(_ state: TrialState, history: StudyHistory, at cutoff: Instant, plan: ConductPlan) {
    windowDays = plan.safety.doseLimitingWindowDays
    questions = state.study.questions.map { question in
      let course = history.questions[question.number]
      let dayZero = state.participants[question.participant]?.product.infusion?.begun.day
      let due = question.opened.instant.adding(hours: plan.safety.dltAnswerHours)
      return Question(
        number: question.number, participant: question.participant,
        cohort: state.participants[question.participant]?.way.cohort, toxicity: question.toxicity,
        onsetDay: dayZero.flatMap { day in course.map { $0.onset.daysSinceEpoch - day } }, asked: question.opened.date,
        due: due, isLate: (course?.answers.first?.at.instant ?? cutoff) > due,
        answers: (course?.answers ?? []).map {
          Answer(by: $0.by, isDoseLimiting: $0.answer.isDoseLimiting, basis: $0.answer.basis, on: $0.at.date)
        }, confirmed: course?.confirmed?.date, isDoseLimiting: question.isDoseLimiting)
    }
    infused = state.doseLimitingStandings(at: cutoff, plan: plan).map { standing in
      Person(
        participant: standing.participant, cohort: state.participants[standing.participant]?.way.cohort,
        windowEnds: CalendarDate(daysSinceEpoch: standing.lastDay), standing: standing.standing)
    }
  }
}
