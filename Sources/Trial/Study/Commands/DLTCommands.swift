// swift-format-ignore-file: AllPublicDeclarationsHaveDocumentation
// What a command has as a command is documented at `TrialCommand`.

public import ClinicalValues
import StudyDesign

/// Opens the question whether a toxicity was dose-limiting.
public struct OpenDLTQuestion: TrialCommand {
  public static let name = "study ask-dlt"
  public static let abstract = "Open the question whether a toxicity was dose-limiting."
  public static let permission = Permission.recordData
  public static let fields = [
    CommandField("participant", "the participant, such as 03-0007"),
    CommandField("toxicity", "crs, icans, infection, death, cytopenia or other"),
    CommandField("onset", "the day on which it began, such as 2026-11-23"),
    CommandField("about", "what happened, in a sentence, without a name"),
  ]

  /// Whose toxicity.
  public var participant: ParticipantID
  /// What it is.
  public var toxicity: QualifyingToxicity
  /// The day on which it began, at the site.
  public var onset: CalendarDate
  /// What happened.
  public var about: String

  public init(participant: ParticipantID, toxicity: QualifyingToxicity, onset: CalendarDate, about: String) {
    self.participant = participant
    self.toxicity = toxicity
    self.onset = onset
    self.about = about
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let study = situation.state.study
    guard let infusion = study.infusions.first(where: { $0.participant == participant }) else {
      throw Refusal(
        "not-infused", because: "\(participant) was not infused, so that no toxicity can be dose-limiting.",
        remedy: "Record it as an adverse event.")
    }
    let window = situation.plan.safety.doseLimitingWindowDays
    let day = onset.daysSinceEpoch - infusion.begun.day
    guard onset.precision == .day, (0...window).contains(day) else {
      throw Refusal(
        "outside-window",
        because: "\(onset) is not within Day 0 to Day \(window) after the infusion of \(infusion.begun.date).",
        remedy: "Give the day on which it began; what began outside the window is not dose-limiting.")
    }
    // What began before may still be asked, whenever it is noticed.
    let way = situation.state.participants[participant]?.way
    if way?.departure?.withdrawal?.scope == .everything, let left = way?.left, onset.daysSinceEpoch > left.day {
      throw Refusal(
        "withdrawn-from-everything", because: "\(participant) withdrew from everything at \(left).",
        remedy: "Nothing that happened later is recorded; what happened before may be entered with its date.")
    }
    return [
      Fact(
        .study(
          .dltQuestionOpened(
            question: study.questions.count + 1, participant: participant, toxicity: toxicity, onset: onset,
            about: try required(about, "what happened"))))
    ]
  }
}

/// The principal investigator's answer to a DLT question.
public struct AnswerDLTQuestion: TrialCommand {
  public static let name = "study answer-dlt"
  public static let abstract = "Answer, as principal investigator, whether a toxicity was dose-limiting."
  public static let permission = Permission.signAsPrincipalInvestigator
  public static let fields = [
    CommandField("question", "the number of the question"), CommandField("participant", "the participant"),
    CommandField(
      "basis",
      "meetsDefinition (dose-limiting), or why not: belowThreshold, unrelated, outsideWindow, expectedOnTarget"),
    CommandField("lastedDays", "days that a cytopenia lasted", optional: true),
  ]

  /// Its number.
  public var question: Int
  /// Whom it is about; the answer is for the site of this participant to give.
  public var participant: ParticipantID
  /// Why it was dose-limiting or not.
  public var basis: DLTBasis
  /// Days that a cytopenia lasted; nil if that is not known.
  public var lastedDays: Int?

  public init(question: Int, participant: ParticipantID, basis: DLTBasis, lastedDays: Int? = nil) {
    self.question = question
    self.participant = participant
    self.basis = basis
    self.lastedDays = lastedDays
  }

  public var participants: Set<ParticipantID> { [participant] }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let found = try situation.state.study.openQuestion(question)
    guard found.participant == participant else {
      throw Refusal(
        "other-participant", because: "DLT question \(question) is about \(found.participant), not \(participant).",
        remedy: "Check the number of the question.")
    }
    if case .disputed = found.stage {
      throw Refusal(
        "board-decides", because: "The safety officer differs on DLT question \(question).",
        remedy: "The safety board decides.")
    }
    try situation.requireNotBefore(found.opened, "The question")
    let answer = DLTAnswer(basis: basis, lastedDays: lastedDays)
    try situation.requireFit(of: answer, to: found)
    return [
      Fact(
        .study(.dltAnswered(question: question, answer: answer)),
        signed: "I judge this toxicity \(answer.isDoseLimiting ? "" : "not ")dose-limiting.")
    ]
  }
}

/// The safety officer's confirmation of the answer; it settles the question.
public struct ConfirmDLTAnswer: TrialCommand {
  public static let name = "study confirm-dlt"
  public static let abstract = "Confirm, as safety officer, the answer to a DLT question."
  public static let permission = Permission.judgeExpectedness
  public static let fields = [CommandField("question", "the number of the question")]

  /// Its number.
  public var question: Int

  public init(question: Int) { self.question = question }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let answer = try situation.answerToConfirm(question)
    return [
      Fact(
        .study(.dltConfirmed(question: question)),
        signed: "I confirm that this toxicity was \(answer.isDoseLimiting ? "" : "not ")dose-limiting.")
    ]
  }
}

/// The safety officer's own answer where it differs; the board decides then.
public struct DisputeDLTAnswer: TrialCommand {
  public static let name = "study dispute-dlt"
  public static let abstract = "Differ, as safety officer, from the answer to a DLT question; the board decides."
  public static let permission = Permission.judgeExpectedness
  public static let fields = [
    CommandField("question", "the number of the question"),
    CommandField(
      "basis", "your own answer: meetsDefinition, belowThreshold, unrelated, outsideWindow, expectedOnTarget"),
    CommandField("lastedDays", "days that a cytopenia lasted", optional: true),
  ]

  /// Its number.
  public var question: Int
  /// Why it was dose-limiting or not.
  public var basis: DLTBasis
  /// Days that a cytopenia lasted; nil if that is not known.
  public var lastedDays: Int?

  public init(question: Int, basis: DLTBasis, lastedDays: Int? = nil) {
    self.question = question
    self.basis = basis
    self.lastedDays = lastedDays
  }

  public func decide(in situation: Situation) throws(Refusal) -> [Fact] {
    let given = try situation.answerToConfirm(question)
    let own = DLTAnswer(basis: basis, lastedDays: lastedDays)
    guard own.isDoseLimiting != given.isDoseLimiting else {
      throw Refusal(
        "same-answer", because: "The principal investigator's answer comes to the same.", remedy: "Confirm the answer.")
    }
    try situation.requireFit(of: own, to: try situation.state.study.openQuestion(question))
    return [
      Fact(
        .study(.dltDisputed(question: question, answer: own)),
        signed: "I judge this toxicity \(own.isDoseLimiting ? "" : "not ")dose-limiting.")
    ]
  }
}

extension Situation {
  /// The principal investigator's answer that waits for the safety officer; refuses where none does.
  fileprivate func answerToConfirm(_ question: Int) throws(Refusal) -> DLTAnswer {
    guard case .answered(let answer, let since) = try state.study.openQuestion(question).stage else {
      throw Refusal(
        "no-answer-to-confirm", because: "No answer to DLT question \(question) waits for the safety officer.",
        remedy: "The principal investigator answers first; where the two differ the board decides.")
    }
    try requireNotBefore(since, "The answer")
    return answer
  }

  /// Refuses an answer that may not be given or that the record contradicts: days that the course of the event does not bear
  /// out; of a cytopenia beyond the limit, by what is answered or recorded, that it was below the threshold or expected on
  /// target, which is never set for an infection, a death, or an unknown time; below the threshold of what meets the definition,
  /// and outside the window of what began in it.
  func requireFit(of answer: DLTAnswer, to question: DLTQuestion) throws(Refusal) {
    if let days = answer.lastedDays, days < 0 || question.toxicity != .cytopenia {
      throw Refusal(
        "duration-not-asked", because: "Days are given that do not belong to DLT question \(question.number).",
        remedy: "Give days, 0 or more, for a cytopenia only.")
    }
    if answer.basis == .expectedOnTarget { try requireMayBeExpected(answer, question.toxicity) }
    let events = events(of: question)
    if question.toxicity == .cytopenia { try requireFit(of: answer, toCourseOf: events) }
    guard let infusion = state.study.infusions.first(where: { $0.participant == question.participant }) else { return }
    for event in events { try requireFit(of: answer, to: event, infusedOn: infusion.begun.day) }
  }

  private func requireFit(
    of answer: DLTAnswer, to event: AdverseEvent, infusedOn day: Int
  ) throws(Refusal) {
    if answer.basis == .belowThreshold,
      event.doseLimiting(infusedOn: day, plan: plan.safety, until: now).result == .yes
    {
      throw Refusal(
        "recorded-otherwise",
        because: "By what is recorded \(event.name) meets the protocol's definition: it is not below the threshold.",
        remedy:
          "Have its grade, its course or its relation corrected first where it is wrong; else answer as it is recorded."
      )
    }
    let window = plan.safety.doseLimitingWindowDays
    if answer.basis == .outsideWindow, event.began(within: window, of: day) == true {
      throw Refusal(
        "recorded-otherwise",
        because: "By its first day \(event.name) began within Day 0 to Day \(window): it is not outside the window.",
        remedy: "Have its first day corrected first where it is wrong; else answer as it is recorded.")
    }
  }

  private func requireFit(of answer: DLTAnswer, toCourseOf events: [AdverseEvent]) throws(Refusal) {
    let limit = plan.safety.expectedCytopeniaDays
    let spells = events.map { RecordedCytopenia(event: $0.name, hours: $0.hours(atGrade: 4, until: now)) }
    if [.expectedOnTarget, .belowThreshold].contains(answer.basis),
      let longer = spells.first(where: { $0.isOver(limit) })
    {
      throw Refusal(
        "recorded-longer",
        because:
          "By its course \(longer.event) was of grade 4 for more than \(longer.days) days; beyond \(limit) days a "
          + "cytopenia is neither below the threshold nor expected on target.",
        remedy: "Judge it by the protocol's definition, or have the course of the event corrected where it is wrong.")
    }
    guard let days = answer.lastedDays else { return }
    if let longer = spells.first(where: { $0.days > days }) {
      throw Refusal(
        "recorded-longer",
        because: "By its course \(longer.event) was of grade 4 for \(longer.days) days, and \(days) are given.",
        remedy: "Have the course of the event corrected where it is wrong; else give the days that it says.")
    }
    if !answer.isDoseLimiting, let running = spells.first(where: \.goesOn) {
      throw Refusal(
        "still-running",
        because: "As far as is recorded \(running.event) is of grade 4 still: nobody knows yet how many days it lasts.",
        remedy:
          "Record in the course of the event when its grade fell, or answer without days: the window stays open until "
          + "they are known.")
    }
  }

  private func requireMayBeExpected(_ answer: DLTAnswer, _ toxicity: QualifyingToxicity) throws(Refusal) {
    let limit = plan.safety.expectedCytopeniaDays
    let allowed: Bool =
      switch toxicity {
      case .infection, .death: false
      case .cytopenia: answer.lastedDays.map { $0 <= limit } ?? false
      case .crs, .icans, .other: true
      }
    guard allowed else {
      throw Refusal(
        "not-expected-on-target",
        because: "An infection, a death, and a cytopenia beyond \(limit) days or of unknown duration cannot be called "
          + "expected on target.",
        remedy: "Judge it by the protocol's definition.")
    }
  }

  /// The adverse events that opened a question by themselves.
  private func events(of question: DLTQuestion) -> [AdverseEvent] {
    guard let participant = state.participants[question.participant] else { return [] }
    return participant.adverseEvents(by: plan.safety).filter { event in
      participant.safety.questions[event.number]?.contains { $0.question == question.number } == true
    }
  }
}

/// How long an adverse event was of grade 4 by its course.
private struct RecordedCytopenia {
  let event: String
  let hours: HoursKnown

  /// Whole days.
  var days: Int { (hours.atLeast / 24).flatMap { Int64(exactly: $0.truncated) }.map { Int($0) } ?? 0 }
  /// Whether it is of grade 4 still, as far as is recorded.
  var goesOn: Bool { hours.atMost == nil }

  func isOver(_ limit: Int) -> Bool { hours.atLeast > Decimal(limit * 24) }
}
