import ClinicalValues
import Ledger
import StudyDesign

@testable import Trial

/// Answers of a form: the text of a value; `?` for “not known”, nothing for an answer that is taken back.
typealias Answers = KeyValuePairs<String, String>

extension TrialScenario {
  /// Participants of the shipped study, the first of whom consented in December; each is infused so many days ago.
  static func watched(infused: [ParticipantID: Int] = [.first: 10], dose: Decimal? = 200_000) -> TrialScenario {
    var trial = candidate()
    trial.plan = ShippedStudy.plan
    trial.book = ShippedStudy.book
    let consent = GivenConsent(
      version: "1.0", site: .berlin, obtainedBy: .named("investigator"), adult: true, copyGiven: true)
    for id in Set(infused.keys).union([.first]).sorted() {
      if id != .first { trial.given(.way(id, .registered(site: .berlin, cohort: "sle"))) }
      trial.given(.way(id, .consented(consent: consent)), at: trial.ago(days: 90))
      trial.given(.way(id, .screeningStarted(round: 1)), at: trial.ago(days: 89))
    }
    for (id, days) in infused.sorted(by: { $0.value > $1.value }) {
      let bag = BagNumber(lot: LotNumber(participant: id, lot: 1), bag: 1)
      trial.given(
        .product(id, .infusionStarted(bag: bag, outsideGate: false, lines: [])),
        .study(.infusionBegun(participant: id)), at: trial.ago(days: days))
      trial.given(
        .product(id, .infusionStopped(bag: bag, volumeML: 30, whole: true, dosePerKg: dose, reason: nil)),
        at: trial.ago(days: days))
    }
    return trial
  }

  /// Saves answers of a form as somebody does who sees it as it stands.
  @discardableResult
  mutating func tell(
    _ form: String, row: Int = 1, visit: String = FormKey.log, number: Int = 1, of id: ParticipantID = .first,
    _ answers: Answers, by actor: Acting = .investigator, correction: String? = nil
  ) throws -> [TrialEvent] {
    let key = try FormKey(visit: visit, number: number, form: form, row: row)
    forms[key] = FormPicture(shown: Set(book.forms[form]?.items.map(\.id) ?? []))
    let record = of(id).casebook.forms[key]
    let entries = answers.map { item, text in
      let answer: Answer = text.isEmpty ? .cleared : text == "?" ? .absent(.unknown) : .value(text)
      return ReadEntry(Entry(item, answer), read: record?.items[item]?.version ?? 0)
    }
    let isJudgment = form == plan.safety.forms?.assessment?.form
    let command: any TrialCommand =
      isJudgment
      ? JudgeSeriousEvent(participant: id, form: key, entries: entries, correction: correction)
      : SaveForm(participant: id, form: key, entries: entries, correction: correction)
    return try perform(command, by: isJudgment ? .safetyOfficer : actor)
  }

  /// The clocks of a participant: id and hours from now until due, and whether they were stopped.
  func clocks(of id: ParticipantID = .first) -> [String] {
    of(id).record.clocks.map { clock in
      let minutes = clock.due.milliseconds(since: now.instant) / 60_000
      return "\(clock.clock) \(minutes / 60)" + (clock.submitted == nil ? "" : " stopped")
    }
  }

  /// The holds that rules have set.
  var ruleHolds: [StoppingRule] { state.study.holdsInForce.compactMap(\.hold.rule) }

  /// A moment of now, so many hours ago, as a form has it.
  func time(hoursAgo hours: Int = 0) -> String {
    ago(hours: hours).dateTime.description
  }
}
