import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// The way from a task right to what settles it: the form, the query, the visit, the gate, or the act with what is known already filled in.
/// What the reader's role may not do is not offered.
struct TaskLinks {
  let acts: ActLinks
  /// Whom tasks are about.
  let participants: [ParticipantID: ParticipantState]
  /// Where adverse events, their reports and judgments are recorded, by the version that a participant is under; nil where that does
  /// not say.
  private let forms: @Sendable (ParticipantID) -> SafetyForms?
  /// The zones of the sites.
  private let zones: [SiteID: String]
  /// By the server's clock: time that is left is counted from it.
  let now: Instant

  init(_ request: PageRequest, _ state: TrialState) {
    let (shelf, now) = (request.live.shelf, request.site.clock())
    acts = ActLinks(request)
    participants = state.participants
    zones = state.sites.mapValues(\.zone)
    forms = { id in (try? shelf.edition(of: id, at: Moment(now), in: state))?.study.conduct.safety.forms }
    self.now = now
  }

  init(
    acts: ActLinks, participants: [ParticipantID: ParticipantState], forms: SafetyForms?, zones: [SiteID: String] = [:],
    now: Instant
  ) {
    self.acts = acts
    self.participants = participants
    self.zones = zones
    self.forms = { _ in forms }
    self.now = now
  }

  var words: Words { acts.words }

  /// A moment at the site of whom a task is about; in UTC where it is about nobody.
  func moment(_ instant: Instant, of participant: ParticipantID?) -> Moment {
    ZoneClock.moment(instant, zone: zone(of: participant))
  }

  /// The zone of the site of whom a task is about; UTC where it is about nobody.
  func zone(of participant: ParticipantID?) -> String {
    participant.flatMap { participants[$0]?.way.site }.flatMap { zones[$0] } ?? "UTC"
  }

  /// The links of a task, the nearest first.
  func markup(_ task: StudyTask) -> Markup {
    .tag("div", ["class": "actions"]) {
      if let about = task.about {
        link(about, task)
      } else if let participant = task.participant {
        link(task.kind, participant)
      } else if task.kind == .reviewStudy {
        acts.link(ReviewAsBoard.self, words["Record a review by the board"], class: "act")
      }
    }
  }

  // MARK: - what a task is about

  @MarkupBuilder private func link(_ about: StudyTask.Subject, _ task: StudyTask) -> Markup {
    switch about {
    case .form(let key): open(key, words["Open the form"], task.participant)
    case .query(let number, let key):
      open(key, words["Open the query"], task.participant, at: "#query-\(number)")
    case .visit(let visit, let number):
      if let path = path(task.participant) {
        Part.link("\(path)/visits/\(Fields.encoded(visit))/\(number)", words["Open the visit"])
      }
    case .gate(let gate):
      if let path = path(task.participant) { Part.link("\(path)/gates/\(gate.rawValue)", words["Open the gate"]) }
    case .adverseEvent(let number): event(number, task)
    case .unlocked(let scope): act(SeeUnlock.self, words["Take note of it"], task, ("scope", scope.description))
    case .question(let number): question(number, task)
    case .hold(let number):
      if task.waits == nil {
        acts.link(
          AcceptLift.self, words["Accept the decision of the board"], [("hold", String(number))], class: "act")
      }
      Part.link("/safety", words["Safety"])
    case .clock(let number): act(SubmitReport.self, words["Record that it was sent"], task, ("clock", String(number)))
    case .quarantine(let number):
      act(ResolveQuarantine.self, words["Decide on it"], task, ("quarantine", String(number)))
    case .outsideGate(let number): act(SignOutsideGate.self, words["Sign it"], task, ("number", String(number)))
    case .deviation(let number): deviation(number, task)
    case .consent(let version): act(GiveConsent.self, words["Record the consent"], task, ("version", version))
    case .account(let account):
      for command in [ConfirmReset.self, ConfirmResetForSponsor.self, ConfirmResetForSafety.self]
        as [any TrialCommand.Type]
      {
        acts.link(command, words["Confirm"], [("account", account.description)], class: "act")
      }
    }
  }

  private func deviation(_ number: Int, _ task: StudyTask) -> Markup {
    let given = ("deviation", String(number))
    return task.kind == .classifyDeviation
      ? act(ClassifyDeviation.self, words["Say how grave it is"], task, given)
      : act(AssessDeviation.self, words["Record what follows from it"], task, given)
  }

  @MarkupBuilder private func question(_ number: Int, _ task: StudyTask) -> Markup {
    let given = [("question", String(number))]
    switch task.kind {
    case .answerDLT: act(AnswerDLTQuestion.self, words["Answer"], task, given[0])
    case .confirmDLT:
      acts.link(ConfirmDLTAnswer.self, words["Confirm"], given, class: "act")
      acts.link(DisputeDLTAnswer.self, words["Differ"], given, class: "act")
    default: acts.link(DecideDLTQuestion.self, words["Decide as the board"], given, class: "act")
    }
  }

  /// What is written on an adverse event: a judgment of the safety officer, or a version of its report. The row that is begun and not
  /// complete, else the next free one with the event filled in.
  private func event(_ number: Int, _ task: StudyTask) -> Markup {
    guard let participant = task.participant else { return .fragment([]) }
    let forms = self.forms(participant)
    let isJudgment = task.kind == .judgeExpectedness
    let form = isJudgment ? forms?.assessment?.form : forms?.report?.form
    let item = isJudgment ? forms?.assessment?[.event] : forms?.report?[.event]
    let title = isJudgment ? words["Judge it"] : words["Write the report"]
    guard let item else { return .fragment([]) }
    let casebook = participants[participant]?.casebook
    let begun = casebook?.keys().last { key in
      key.form == form && casebook?.forms[key]?.entry(item)?.answer.text == String(number)
        && casebook?.standing(of: key).state == .incomplete
    }
    if let begun { return open(begun, title, participant) }
    return next(form, title, participant, at: "?" + Fields([(name: "v.\(item)", value: String(number))]).encoded)
  }

  // MARK: - tasks on somebody as a whole

  @MarkupBuilder private func link(_ kind: StudyTask.Kind, _ participant: ParticipantID) -> Markup {
    let path = "/participants/\(participant)"
    let whom = [("participant", participant.description)]
    switch kind {
    case .recordConsent:
      acts.link(GiveConsent.self, words["Record the consent"], whom, class: "act")
      Part.link("/screening/\(participant)", words["Open the screening"])
    case .bookDayZero: acts.link(BookDayZero.self, words["Book Day 0"], whom, class: "act")
    case .decideOnParticipant: acts.link(DecideOnParticipant.self, words["Decide as the board"], whom, class: "act")
    case .decideEligibilityAnew: Part.link("/screening/\(participant)", words["Open the screening"])
    case .confirmGrades: Part.link(path + "/safety/grades", words["Open the grades"])
    case .recordAdverseEvent: next(forms(participant)?.adverseEvent?.form, words["Record it"], participant)
    case .judgeDeath:
      if let form = forms(participant)?.death?.form, let key = try? FormKey(visit: FormKey.once, form: form) {
        open(key, words["Open the form"], participant)
      }
    case .followPregnancy: pregnancies(of: participant)
    case .takeCustodyStep, .enterFinalResult:
      Part.link(ParticipantTab.product.path(participant), words["Open the product"])
    default: Part.link(path, words["Open the participant"])
    }
  }

  /// The form on the outcome of each pregnancy: the row that tells of it, else the next free one with the pregnancy filled in. As long as no
  /// pregnancy is recorded, the form on it.
  @MarkupBuilder private func pregnancies(of participant: ParticipantID) -> Markup {
    let forms = self.forms(participant)
    let casebook = participants[participant]?.casebook
    let known = casebook?.keys().filter { $0.form == forms?.pregnancy?.form } ?? []
    if known.isEmpty { next(forms?.pregnancy?.form, words["Open the form"], participant) }
    if let outcome = forms?.pregnancyOutcome, let item = outcome[.pregnancy] {
      for pregnancy in known {
        let number = String(pregnancy.row)
        let title = words("Open the outcome of pregnancy {number}", ["number": number])
        let told = casebook?.keys().last { key in
          key.form == outcome.form && casebook?.forms[key]?.entry(item)?.answer.text == number
        }
        if let told {
          open(told, title, participant)
        } else {
          next(outcome.form, title, participant, at: "?" + Fields([(name: "v.\(item)", value: number)]).encoded)
        }
      }
    }
    if !known.isEmpty, let path = path(participant) { Part.link(path, words["Open the participant"]) }
  }

  /// The next free row of a log.
  private func next(
    _ form: String?, _ title: String, _ participant: ParticipantID, at place: String = ""
  ) -> Markup {
    guard let form, let state = participants[participant],
      let key = try? FormKey(visit: FormKey.log, form: form, row: state.casebook.nextRow(of: form))
    else { return .fragment([]) }
    return open(key, title, participant, at: place)
  }

  // MARK: - parts

  private func path(_ participant: ParticipantID?) -> String? { participant.map { "/participants/\($0)" } }

  private func open(
    _ key: FormKey, _ title: String, _ participant: ParticipantID?, at place: String = ""
  ) -> Markup {
    participant.map { Part.link(FormLink.path(key, $0) + place, title) } ?? .fragment([])
  }

  /// An act with what it is about filled in; of the study as a whole where nobody is meant.
  private func act(
    _ command: any TrialCommand.Type, _ title: String, _ task: StudyTask, _ given: (String, String)
  ) -> Markup {
    let whom = task.participant.map { [("participant", $0.description)] } ?? []
    return acts.link(command, title, whom + [given], class: "act")
  }
}
