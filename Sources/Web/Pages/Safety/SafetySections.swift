import Analysis
import ClinicalValues
import Conduct
import Figures
import Markup
import StudyDesign
import Trial

/// The sections of the page about the safety of the study.
struct SafetySections {
  let state: TrialState
  let now: Moment
  let plan: ConductPlan
  let overview: SafetyOverview
  let request: PageRequest
  let acting: Acting

  private var words: Words { request.words }
  private var acts: ActLinks { ActLinks(request) }
  private func sees(_ id: ParticipantID) -> Bool { acting.sees(state.participants[id]?.way.site) }

  // MARK: holds

  @MarkupBuilder var holds: Markup {
    for held in state.study.holds(seenBy: acting) { hold(held) }
    Markup.tag("div", ["class": "actions"]) {
      acts.link(SetHold.self, words["Set a hold"], [])
      acts.link(ReviewAsBoard.self, words["Record a review by the board"], [])
    }
  }

  private func hold(_ held: HoldInForce) -> Markup {
    let number = String(held.hold.number)
    let isSafety = held.hold.kind == .safety
    let activities = held.hold.activities.map { words.title($0) }.joined(separator: ", ")
    return Notice.markup(
      .stop,
      .tag("strong") {
        words(
          "{kind} {number}: {activities}",
          ["kind": words.title(held.hold.kind), "number": number, "activities": activities])
      },
      .fragment([
        words.reason(of: held.hold),
        .text(" " + words("In force since {date}.", ["date": words.moment(held.since)])),
      ]),
      .text(
        isSafety
          ? words["It falls when the safety board has decided so and the safety officer has accepted it."]
          : words["It is lifted in the role that set it."]),
      .text(isSafety ? progress(held) : ""),
      .tag("span", ["class": "actions"]) {
        if isSafety {
          held.liftDecided == nil
            ? acts.link(DecideLift.self, words["The board decides that it may fall"], [("hold", number)])
            : acts.link(AcceptLift.self, words["Accept the decision of the board"], [("hold", number)])
        } else {
          acts.link(LiftOperationalHold.self, words["Lift it"], [("hold", number)])
        }
      })
  }

  private func progress(_ held: HoldInForce) -> String {
    if let decided = held.liftDecided {
      return words(
        "The board decided on {date}; the safety officer has yet to accept.", ["date": words.moment(decided)])
    }
    return held.isReviewed ? words["The board has met since."] : words["The board has not met since."]
  }

  // MARK: stopping

  var stopping: Markup {
    let standing = overview.stopping
    return Part.section(words["Stopping rules"], id: "stopping") {
      Notice.markup(
        standing.isReached == true ? .stop : standing.isReached == nil ? .warning : .note,
        words.sentence(standing.verdict(asOf: overview.asOf)), words.sentence(standing.distance))
      FigureBox.markup(
        BoundaryPlot(
          Caption("boundary", title: words["Dose-limiting toxicity: the boundary, and where the study stands"]),
          treatedTitle: words["Evaluable participants"],
          eventsTitle: words["Participants with a dose-limiting toxicity"],
          boundary: standing.boundary.map { BoundaryPoint(treated: $0.evaluable, fewestToStop: $0.fewest) },
          path: standing.events.total == 0
            ? [] : [BoundaryCount(treated: standing.events.total, events: standing.events.count)],
          stopLabel: words["Stop"], hereLabel: words["You are here: {events} of {treated}"]), words)
      Part.table(
        words["What stops the study once it has happened"], [words["Rule"], words["Happened"], words["Holds"]],
        standing.stopEvents.map { event in
          [
            .text(
              words.study(event.title)
                + (event.withinDays.map { " " + words("(within {days} days)", ["days": String($0)]) } ?? "")),
            event.metBy.isEmpty
              ? .text(words["no, by what is recorded"])
              : .fragment([
                Part.badge(words["yes"], .stop), .text(" "), words.sentence(event.metBy.joined(separator: " ")),
              ]),
            .text(event.holds.isEmpty ? "–" : event.holds.map(String.init).joined(separator: ", ")),
          ]
        }, empty: words["Nothing does."])
    }
  }

  // MARK: DLT

  var questions: Markup {
    let asked = overview.toxicity.questions.filter { sees($0.participant) }.reversed()
    let stages = Dictionary(
      state.study.questions.map { ($0.number, $0.stage) }, uniquingKeysWith: { first, _ in first })
    return Part.section(words["Dose-limiting toxicities"], id: "questions") {
      Part.table(
        words["Every question, the newest first"],
        [
          words["Question"], words["Participant"], words["Toxicity"], words["Began on"], words["Asked"], words["State"],
          words["What to do"],
        ],
        asked.map { question in
          let stage = stages[question.number] ?? .asked
          return [
            .text(String(question.number)),
            Part.link(ParticipantTab.safety.path(question.participant), question.participant.description),
            .text(words.title(question.toxicity)),
            .text(question.onsetDay.map { words("Day {day}", ["day": String($0)]) } ?? "–"),
            .text(words.date(question.asked)), self.stage(stage), answers(question, stage),
          ]
        }, empty: words["No question was asked."])
      let elsewhere = overview.toxicity.questions.count - asked.count
      if elsewhere > 0 {
        Markup.tag("p", ["class": "quiet"]) {
          words("Of your site. Questions elsewhere: {count}.", ["count": String(elsewhere)])
        }
      }
      acts.link(OpenDLTQuestion.self, words["Ask whether a toxicity was dose-limiting"], [])
    }
  }

  private func stage(_ stage: DLTQuestion.Stage) -> Markup {
    switch stage {
    case .asked: Part.badge(words["the principal investigator answers"], .due)
    case .answered: Part.badge(words["the safety officer confirms"], .due)
    case .disputed: Part.badge(words["the safety board decides"], .due)
    case .settled(let isDoseLimiting):
      isDoseLimiting ? Part.badge(words["dose-limiting"], .stop) : Part.badge(words["not dose-limiting"], .done)
    }
  }

  private func answers(_ question: LimitingToxicity.Question, _ stage: DLTQuestion.Stage) -> Markup {
    let number = [("question", String(question.number))]
    return .tag("span", ["class": "actions"]) {
      switch stage {
      case .asked:
        acts.link(
          AnswerDLTQuestion.self, words["Answer"], number + [("participant", question.participant.description)],
          class: "act")
      case .answered:
        acts.link(ConfirmDLTAnswer.self, words["Confirm"], number, class: "act")
        acts.link(DisputeDLTAnswer.self, words["Differ"], number, class: "act")
      case .disputed: acts.link(DecideDLTQuestion.self, words["Decide"], number, class: "act")
      case .settled: Markup.fragment([])
      }
    }
  }

  // MARK: window and interval

  var window: Markup {
    Part.section(
      words["Windows and intervals"], id: "window",
      note: words(
        "A toxicity can be dose-limiting for {days} days.", ["days": String(overview.toxicity.windowDays)])
    ) {
      if let nextInfusion { Markup.tag("p") { nextInfusion } }
      Part.table(
        words["Everybody infused, in the order of the infusions"],
        [words["Participant"], words["Infused"], words["Window ends"], words["Counts for the rate"]],
        overview.toxicity.infused.filter { sees($0.participant) }.map { person in
          let begun = state.study.infusions.first { $0.participant == person.participant }?.begun
          return [
            Part.link(ParticipantTab.safety.path(person.participant), person.participant.description),
            .text(begun.map { words.date($0.date) } ?? "–"), .text(person.windowEnds.map { words.date($0) } ?? "–"),
            Part.badge(
              words.title(person.standing),
              person.standing == .toxicity ? .stop : person.standing.isEvaluable ? .done : .progress),
          ]
        }, empty: words["Nobody was infused yet."])
      let elsewhere = overview.toxicity.infused.count { !sees($0.participant) }
      if elsewhere > 0 {
        Markup.tag("p", ["class": "quiet"]) {
          words("Of your site. Participants elsewhere: {count}.", ["count": String(elsewhere)])
        }
      }
    }
  }

  /// When the next infusion may be; nil before the first.
  private var nextInfusion: String? {
    let infusions = state.study.infusions
    guard let last = infusions.last else { return nil }
    let first = last.begun.day + StudyState.intervalDays(after: infusions.count - 1, plan: plan.safety)
    guard first > state.moment(now.instant, of: last.participant).day, let date = CalendarDate(daysSinceEpoch: first)
    else {
      return words["The interval after the last infusion has passed."]
    }
    return words("The next infusion is not before {date}.", ["date": words.date(date)])
  }

  // MARK: clocks

  var clocks: Markup {
    let running = state.participants.values.filter { acting.sees($0.way.site) }.flatMap { someone in
      someone.record.runningClocks.map { (whom: someone.id, clock: $0) }
    }.sorted { ($0.clock.due, $0.whom) < ($1.clock.due, $1.whom) }
    let part = PagedRows(running, request.query, name: "clocks")
    return Part.section(words("Reports due ({count})", ["count": String(part.total)]), id: "clocks") {
      Part.table(
        words["Clocks that run, the most urgent first"],
        [words["Participant"], words["Report"], words["Due"], words["What to do"]],
        part.rows.map { whom, clock in
          [
            Part.link(ParticipantTab.safety.path(whom), whom.description),
            .text(plan.safety.clocks.first { $0.id == clock.clock }.map { words.study($0.title) } ?? clock.clock),
            .fragment([
              clock.isLate(at: now.instant) ? Part.badge(words["late"], .stop) : .fragment([]), .text(" "),
              Part.countdown(state.moment(clock.due, of: whom), words),
            ]),
            acts.role?.extent(of: clock.permission) == nil
              ? .fragment([])
              : acts.link(
                SubmitReport.self, words["Record that it was handed in"],
                [("participant", whom.description), ("clock", String(clock.number))], class: "act"),
          ]
        }, empty: words["No clock runs."])
      part.links(request)
    }
  }
}
