import Analysis
import ClinicalValues
import Trial

/// An adverse event with the clocks that run on it.
struct AdverseEventReading: Sendable {
  let event: AdverseEvent
  let clocks: [ClockState]
}

/// What stands beside one participant's safety.
struct ParticipantSafetyReading: Sendable {
  let participant: ParticipantID
  let events: [AdverseEventReading]
  let grading: Grading
}

/// The safety of the study.
struct StudySafetyReading: Sendable {
  let overview: SafetyOverview
  let holds: [HoldInForce]
  let questions: [DLTQuestion]
  let tasks: [TaskReading]
}

extension Readings {
  private static let clock = Shape<ClockState>.object(
    "ReportClock", "A report that is due.",
    [
      .number("number") { $0.number }, .text("clock") { $0.clock }, .instant("due") { $0.due },
      .textOrNull("submitted") { $0.submitted?.description },
    ])

  /// An adverse event.
  static let adverseEvent = Shape<AdverseEventReading>.object(
    "AdverseEvent", "An adverse event as the casebook holds it; null where it was not said.",
    [
      .text("participant") { $0.event.participant.description }, .number("event") { $0.event.number },
      .text("form") { $0.event.form.description }, .text("title") { $0.event.title },
      .textOrNull("term", "The CTCAE term.") { $0.event.term }, .numberOrNull("grade") { $0.event.worstGrade },
      .textOrNull("start") { $0.event.start?.description }, .textOrNull("end") { $0.event.end?.description },
      .truthOrNull("serious") { $0.event.isSerious },
      .truthOrNull("relatedToProduct") { $0.event.countsAsRelated(to: .product) },
      .textOrNull("specialInterest") { $0.event.specialInterest },
      .textOrNull("outcome") { $0.event.outcome?.rawValue },
      .list("clocks", clock) { $0.clocks },
    ])

  /// Adverse events of everybody.
  static let adverseEvents = rows("AdverseEvents", "Adverse events, the newest first.", of: adverseEvent)

  private static let proposal = Shape<GradeProposal>.object(
    "GradeProposal", "A grade that follows from a value; it counts as a person judged it.",
    [
      .text("term") { $0.term }, .number("grade") { $0.grade }, .number("counting") { $0.counting },
      .text("rule") { $0.rule }, .text("value") { $0.value.answer.description },
      .textOrNull("day") { $0.value.day?.description }, .text("form") { $0.key.form.description },
      .text("standing") { $0.standing.rawValue },
      .text("shown", "What is sent to confirm or change it.") { ShownGrade($0.key, grade: $0.grade).description },
    ])

  /// One participant's safety.
  static let participantSafety = Shape<ParticipantSafetyReading>.object(
    "ParticipantSafety", "One participant's adverse events and proposed grades, the worst first.",
    [
      .text("participant") { $0.participant.description }, .list("events", adverseEvent) { $0.events },
      .list("grades", proposal) { $0.grading.proposalsWorstFirst },
    ])

  private static let stopping = Shape<StoppingStanding>.object(
    "Stopping", "Where the study stands by its stopping rule.",
    [
      .number("evaluable") { $0.events.total }, .number("withToxicity") { $0.events.count },
      .textOrNull("posterior", "The probability that the rate is too high.") { $0.posterior },
      .text("cutoff", "The probability at which the study stops.") { "\($0.cutoff)" },
      .truthOrNull("reached") { $0.isReached },
      .numberOrNull("toxicitiesToStop", "How many in a row from here would reach it.") { $0.toxicitiesToStop },
    ])

  static let hold = Shape<HoldInForce>.object(
    "Hold", "A hold that is in force.",
    [
      .number("number") { $0.hold.number },
      .choice("kind", of: Hold.Kind.allCases.map(\.rawValue)) { $0.hold.kind.rawValue },
      .texts("activities") { $0.hold.activities.map(\.rawValue) },
      .textOrNull("site") { $0.hold.site?.description }, .textOrNull("cohort") { $0.hold.cohort },
      .text("since") { $0.since.description }, .text("reason") { $0.hold.reason },
      .textOrNull("liftDecided", "When the board decided that it may fall.") { $0.liftDecided?.description },
    ])

  private static let question = Shape<DLTQuestion>.object(
    "DLTQuestion", "Whether a toxicity was dose-limiting.",
    [
      .number("number") { $0.number }, .text("participant") { $0.participant.description },
      .choice("toxicity", of: QualifyingToxicity.allCases.map(\.rawValue)) { $0.toxicity.rawValue },
      .text("opened") { $0.opened.description },
      .choice("stage", of: ["asked", "answered", "disputed", "settled"]) {
        switch $0.stage {
        case .asked: "asked"
        case .answered: "answered"
        case .disputed: "disputed"
        case .settled: "settled"
        }
      },
      .truthOrNull("doseLimiting") { $0.isDoseLimiting },
    ])

  /// The safety of the study.
  static let studySafety = Shape<StudySafetyReading>.object(
    "StudySafety", "Holds, stopping, questions of dose-limiting toxicity, and what safety waits for.",
    [
      .instant("asOf") { $0.overview.asOf }, .list("holds", hold) { $0.holds },
      .object("stopping", stopping) { $0.overview.stopping }, .list("questions", question) { $0.questions },
      .list("tasks", task) { $0.tasks },
    ])

  private static let outcome = Shape<OutcomeView>.object(
    "ResponseOutcome", "What a published definition comes to.",
    [.text("title") { $0.title }, .text("counts") { $0.counts.rawValue }, .texts("failed") { $0.failed }])

  private static let time = Shape<TimePointView>.object(
    "ResponseTime", "A time at which response is looked at.",
    [
      .text("time") { $0.id }, .text("visit") { $0.visit }, .textOrNull("day") { $0.day?.description },
      .truth("assessed") { $0.isAssessed }, .textOrNull("activity") { $0.activity.value.map { "\($0)" } },
      .textOrNull("change", "From baseline.") { $0.activity.change.map { "\($0)" } },
      .list("outcomes", outcome) { $0.evaluations.flatMap(\.outcomes) },
    ])

  /// How the disease of a participant answers; nothing before there are endpoints.
  static let response = Shape<[ResponseView]>.object(
    "Response", "How the disease answers over time; cohort null before one is decided.",
    [
      .textOrNull("cohort") { $0.first?.cohort },
      .textOrNull("baseline") { $0.first?.baseline.value.map { "\($0)" } },
      .list("times", time) { $0.first?.times ?? [] },
    ])
}
