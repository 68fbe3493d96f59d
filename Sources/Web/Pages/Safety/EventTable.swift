import ClinicalValues
import Conduct
import Markup
import StudyDesign
import Trial

/// Which adverse events are listed.
struct EventFilter: Sendable {
  /// Only this participant's.
  let participant: String?
  /// Only from this grade on.
  let leastGrade: Int?
  /// Only serious ones; or those that go on.
  let isSerious, goesOn: Bool

  init(_ query: Fields) {
    participant = query.text("participant")
    leastGrade = query.text("grade").flatMap { Int($0) }
    isSerious = query.text("serious") == "true"
    goesOn = query.text("open") == "true"
  }

  /// Whether an event is listed. Unknown seriousness and an unknown end are listed: somebody has to look.
  func takes(_ event: AdverseEvent) -> Bool {
    (participant == nil || event.participant.description == participant)
      && (leastGrade.map { (event.worstGrade ?? 5) >= $0 } ?? true)
      && (!isSerious || event.isSerious != false) && (!goesOn || event.isResolved != true)
  }

  func form(_ request: PageRequest) -> Markup {
    let parts = FormParts(request)
    let words = request.words
    return parts.search(request.path) {
      parts.input(
        .init(name: "participant", label: words["Participant"], value: participant ?? "", isOptional: true))
      parts.select(
        .init(name: "grade", label: words["From grade"], value: leastGrade.map(String.init) ?? "", isOptional: true),
        (1...5).map { (String($0), String($0)) })
      parts.checkbox("serious", words["Serious, or not judged"], isOn: isSerious)
      parts.checkbox("open", words["Without an end"], isOn: goesOn)
      parts.button(words["Show"], class: "second")
    }
  }
}

/// Adverse events as a table; each opens its form.
struct EventTable {
  let state: TrialState
  let words: Words
  let plan: SafetyPlan
  let schedule: SchedulePlan

  func markup(_ events: [AdverseEvent], count: Int) -> Markup {
    Part.table(
      count == 1 ? words["1 adverse event"] : words("{count} adverse events", ["count": String(count)]),
      [
        words["Event"], words["Participant"], words["Grade"], words["Began"], words["Ended"], words["Serious"],
        words["Related to the product"], words["Report due"],
      ], events.map(row), empty: words["No adverse event is recorded."])
  }

  private func row(_ event: AdverseEvent) -> [Markup] {
    let participant = state.participants[event.participant]
    let clocks = participant?.clocks(of: event).filter { $0.submitted == nil } ?? []
    return [
      Part.link(FormLink.path(event.form, event.participant), words.event(event)),
      Part.link(ParticipantTab.safety.path(event.participant), event.participant.description),
      GradeBadge.markup(event.worstGrade, words), .text(event.start.map { words.date($0) } ?? words["unknown"]),
      .text(end(of: event, participant)),
      seriousness(event.isSerious), .text(relation(event.countsAsRelated(to: .product))),
      clocks.isEmpty
        ? .text("–")
        : .fragment(
          clocks.map { clock in .tag("div") { Part.countdown(state.moment(clock.due, of: event.participant), words) } }),
    ]
  }

  private func end(of event: AdverseEvent, _ participant: ParticipantState?) -> String {
    if let end = event.end { return words.date(end) }
    switch participant?.outlasted(by: event, plan: plan, schedule: schedule) {
    case .death: return words["ongoing at death"]
    case .study: return words["ongoing at the end of the study"]
    case nil: return event.isResolved == true ? words["unknown"] : words["goes on"]
    }
  }

  private func seriousness(_ value: Bool?) -> Markup {
    switch value {
    case true: Part.badge(words["serious"], .stop)
    case false: .text(words["no"])
    case nil: Part.badge(words["not judged"], .due)
    }
  }

  private func relation(_ value: Bool?) -> String {
    value.map { $0 ? words["yes"] : words["no"] } ?? words["not judged"]
  }
}

/// A grade in a mark: its number says it, its tone repeats it.
enum GradeBadge {
  static func markup(_ grade: Int?, _ words: Words) -> Markup {
    guard let grade else { return Part.badge("? " + words["unknown"], .due) }
    return Part.badge(
      words("grade {grade}", ["grade": String(grade)]), grade >= 3 ? .stop : grade == 2 ? .due : .plain)
  }
}
