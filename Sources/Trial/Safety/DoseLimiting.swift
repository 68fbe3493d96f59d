public import ClinicalValues
import Instruments
public import StudyDesign

/// What the protocol's definition says of an adverse event: whether it was dose-limiting, by which rule.
public struct DoseLimitingAssessment: Sendable, Hashable {
  /// Whether it was; `indeterminate` where something that is not known could make it so.
  public let result: DoseLimitingResult
  /// The rule that decided, as the instrument names it.
  public let rule: String
  /// What a question about it is asked of.
  public let toxicity: QualifyingToxicity
}

extension AdverseEvent {
  /// Whether it was dose-limiting for somebody infused on a day, as far as is known now; durations that are not known are
  /// taken at their least and at their most.
  ///
  /// - Parameter day: the day of the infusion, counted since 1970-01-01.
  public func doseLimiting(infusedOn day: Int, plan: SafetyPlan, until now: Instant) -> DoseLimitingAssessment {
    guard let (least, most) = verdicts(infusedOn: day, plan: plan, until: now) else {
      return DoseLimitingAssessment(result: .no, rule: "outsideWindow", toxicity: toxicity)
    }
    return DoseLimitingAssessment(
      result: least.result == most.result ? least.result : .indeterminate, rule: most.rule, toxicity: toxicity)
  }

  /// Whether it goes on as far as is recorded, and how long it lasts decides whether it was dose-limiting.
  func awaitsDuration(infusedOn day: Int, plan: SafetyPlan, until now: Instant) -> Bool {
    guard end == nil, let (least, most) = verdicts(infusedOn: day, plan: plan, until: now) else { return false }
    return least.result != most.result
  }

  private typealias Verdict = (result: DoseLimitingResult, rule: String)

  /// What the definition says of the shortest and of the longest that it can have lasted; nil for what did not begin in the
  /// window.
  private func verdicts(infusedOn day: Int, plan: SafetyPlan, until now: Instant) -> (least: Verdict, most: Verdict)? {
    let isInWindow = began(within: plan.doseLimitingWindowDays, of: day)
    guard isInWindow != false else { return nil }
    let hours = hours(atGrade: countedGrade, until: now)
    return (
      definition(onsetIsKnown: isInWindow == true, hours: hours.atLeast),
      definition(onsetIsKnown: isInWindow == true, hours: hours.atMost ?? Self.withoutLimit)
    )
  }

  /// More hours than any rule asks for.
  private static let withoutLimit: Decimal = 1_000_000

  private func definition(onsetIsKnown: Bool, hours: Decimal) -> Verdict {
    var input: [String: Datum] = [:]
    if let category { input["category"] = .text(category) }
    if let gravest { input["grade"] = .whole(gravest) }
    // The window is the plan's, and was asked already: any day inside it is as good as another.
    if onsetIsKnown { input["onsetDay"] = .whole(0) }
    input["hoursAtGrade3OrHigher"] = .number(hours)
    if let isRelated = causality(to: .product)?.isRelated { input["relatedToCarT"] = .bool(isRelated) }
    if let isExpectedOnTarget, !mayNotBeExpected { input["expectedOnTarget"] = .bool(isExpectedOnTarget) }
    if let isAsymptomaticLab { input["asymptomaticLab"] = .bool(isAsymptomaticLab) }
    guard let result = Instrument.named("dlt")?(input), case .text(let word)? = result["dlt"],
      let dlt = DoseLimitingResult(rawValue: word), case .text(let rule)? = result["rule"]
    else { return (.indeterminate, "missing") }
    return (dlt, rule)
  }

  /// The category of the definition; nil where the event has neither a term nor a kind.
  private var category: String? {
    if let syndrome { return syndrome.rawValue }
    if isHematologic { return "hematologic" }
    return term == nil && kind == nil ? nil : "nonHematologic"
  }

  /// `crs` or `icans`, where it is one of them by its kind or its term: what is graded after ASTCT.
  var syndrome: SpecialInterestKind? {
    switch kind {
    case .crs, .icans: kind
    case .cytopenia, .infection, .malignancy, nil: term == CTCAE.cytokineReleaseSyndrome ? .crs : nil
    }
  }

  /// The grade from which on its hours count.
  private var countedGrade: Int { isHematologic ? 4 : 3 }

  /// Whether it came up to a grade whose hours count, from a lower one, after a moment.
  fileprivate func rose(after moment: Moment) -> Bool {
    zip(course, course.dropFirst()).contains { before, change in
      before.grade < countedGrade && change.grade >= countedGrade && moment.instant < change.from.instant
    }
  }

  /// Whether it is a cytopenia, by its kind or its term.
  public var isHematologic: Bool { kind == .cytopenia || ctcae?.isCytopenia == true }

  /// The worst grade; 5 of a fatal event, whatever grade was entered.
  fileprivate var gravest: Int? { isFatal ? 5 : worstGrade }

  /// An infection, a death, and a cytopenia that may outlast its limit are never expected on target; the last is left to
  /// whoever answers the question.
  private var mayNotBeExpected: Bool { [.infection, .death, .cytopenia].contains(toxicity) }

  /// What a question about it is asked of.
  var toxicity: QualifyingToxicity {
    if isFatal { return .death }
    switch kind {
    case .infection: return .infection
    case .cytopenia: return .cytopenia
    case .crs, .icans, .malignancy, nil: break
    }
    if let syndrome { return syndrome == .crs ? .crs : .icans }
    if isHematologic { return .cytopenia }
    return ctcae?.systemOrganClass == CTCAE.infections ? .infection : .other
  }
}

extension SafetyDraft {
  /// Opens a DLT question about each adverse event that the definition calls dose-limiting, or cannot say it is not: once
  /// an event, and once more after a question that was settled otherwise where it has become certain, or the event worse or
  /// as bad again.
  mutating func askQuestions(about id: ParticipantID) {
    guard let infusion = state.study.infusions.first(where: { $0.participant == id }) else { return }
    for event in participant(id).adverseEvents(by: plan.safety) {
      let found = event.doseLimiting(infusedOn: infusion.begun.day, plan: plan.safety, until: now)
      guard found.result != .no, isToBeAsked(event, found, of: id) else { continue }
      let onset = event.start ?? infusion.begun.date
      let question: Int
      if let asked = state.study.questions.first(where: { asked in
        asked.participant == id && asked.isDoseLimiting == nil && asked.toxicity == found.toxicity
          && !participant(id).safety.questions.values.joined().contains { $0.question == asked.number }
      }) {
        // Somebody has asked it by hand already.
        question = asked.number
      } else {
        question = state.study.questions.count + 1
        record(
          .study(
            .dltQuestionOpened(
              question: question, participant: id, toxicity: found.toxicity, onset: onset,
              about: event.questionText(found))))
      }
      record(
        .safety(
          id,
          .doseLimitingAsked(
            event: event.number, question: question, result: found.result, rule: found.rule, seen: event.seen)))
    }
  }

  private func isToBeAsked(_ event: AdverseEvent, _ found: DoseLimitingAssessment, of id: ParticipantID) -> Bool {
    let asked = participant(id).safety.questions[event.number] ?? []
    guard !asked.isEmpty else { return true }
    let questions = state.study.questions.filter { question in asked.contains { $0.question == question.number } }
    guard questions.allSatisfy({ $0.isDoseLimiting == false }) else { return false }
    if found.result == .yes, !asked.contains(where: { $0.result == .yes }) { return true }
    if let last = questions.last, last.settledBy == .belowThreshold, last.settled.map(event.rose) == true {
      return true
    }
    let seen = asked.compactMap(\.seen)
    return !seen.isEmpty && seen.allSatisfy { event.seen.isWorse(than: $0) }
  }
}

extension AdverseEvent {
  /// What a question about it is asked upon.
  fileprivate var seen: SeenToxicity { SeenToxicity(grade: gravest, relation: causality(to: .product)) }

  /// What the question says happened: by the term, never in the words of the report.
  fileprivate func questionText(_ found: DoseLimitingAssessment) -> String {
    let grade = worstGrade.map { "grade \($0)" } ?? "grade not known"
    let certain = found.result == .yes ? "meets the definition" : "may meet the definition; something is not known yet"
    return "Adverse event \(number), \(term ?? "term not chosen yet"), \(grade): \(certain)."
  }
}
