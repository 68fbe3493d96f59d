import ClinicalValues
import Testing

@testable import StudyDesign
@testable import Trial

/// A deviation that the software opened lapses by itself once what it rested on is no more so; one that may still be so stays.
struct LapsedDeviationTests {
  private static let book = FormBook(
    forms: Array(ShippedStudy.book.forms.values),
    schedule: SchedulePlan(
      visits: [
        VisitPlan(
          id: "D28", title: "Day 28", epoch: "treatment", anchor: .dayZero, day: 28...28, window: 0...3, mode: .site,
          activities: [PlannedActivity(activity: "ecg", minutes: [], fromInfusion: false)])
      ], activities: [ActivityPlan(id: "ecg", title: "Electrocardiogram", forms: ["ecg"])]))

  /// Forty days after the infusion; Day 28 was held, and nothing is recorded of what is done at it.
  private func trial() throws -> TrialScenario {
    var trial = TrialScenario.watched(infused: [.first: 40])
    trial.book = Self.book
    try trial.tell("visit", visit: "D28", ["SVOCCUR": "true", "SVSTDTC": trial.ago(days: 12).dateTime.description])
    return trial
  }

  private func opened(_ events: [TrialEvent]) -> [DeviationSubject] {
    events.flatMap { event -> [DeviationSubject] in
      if case .record(_, .deviationOpened(let deviation)) = event { deviation.about ?? [] } else { [] }
    }
  }

  private func lapsed(_ events: [TrialEvent]) -> [Int] {
    events.compactMap { if case .record(_, .deviationLapsed(let number)) = $0 { number } else { nil } }
  }

  @Test(arguments: [(29, [1]), (38, []), (nil, [])] as [(Int?, [Int])])
  func `what was done at a visit and entered late lapses; what was done on another day, or nobody says when, does not`(
    _ day: Int?, _ lapses: [Int]
  ) throws {
    var trial = try trial()
    #expect(opened(trial.watch()) == [.activity("D28", 1, "ecg")])
    let date = day.map { trial.ago(days: 40 - $0).dateTime.description } ?? "?"
    try trial.tell("ecg", visit: "D28", ["EGDTC": date])
    #expect(lapsed(trial.watch()) == lapses)
    #expect(lapsed(trial.watch()) == [])
  }

  @Test func `one answer of its form does not say that it was done`() throws {
    var trial = try trial()
    trial.watch()
    let key = try FormKey(visit: "D28", form: "ecg")
    trial.forms[key] = FormPicture(
      shown: Set(trial.book.forms["ecg"]?.items.map(\.id) ?? []), required: ["EGDTC", "EGRHYTHM"])
    let date = ReadEntry(Entry("EGDTC", .value(trial.ago(days: 12).dateTime.description)), read: 0)
    try trial.perform(SaveForm(participant: .first, form: key, entries: [date], correction: nil), by: .investigator)
    #expect(lapsed(trial.watch()) == [])
    try trial.tell("ecg", visit: "D28", ["EGRHYTHM": "SINUS RHYTHM"])
    #expect(lapsed(trial.watch()) == [1])
  }

  @Test func `what was taken back again is missed once more`() throws {
    var trial = try trial()
    trial.watch()
    try trial.tell("ecg", visit: "D28", ["EGDTC": trial.ago(days: 12).dateTime.description])
    #expect(lapsed(trial.watch()) == [1])
    try trial.tell("ecg", visit: "D28", ["EGDTC": ""], correction: "It was somebody else's.")
    #expect(opened(trial.watch()) == [.activity("D28", 1, "ecg")])
  }

  // MARK: Medicines

  private let bad = "L04AX01"
  private let worse = "L04AX03"
  private let good = "P01BA02"

  @discardableResult
  private func give(
    _ medicine: String, to trial: inout TrialScenario, correction: String? = nil
  ) throws -> [TrialEvent] {
    let key = try FormKey(visit: FormKey.log, form: DeviationSubject.bridging)
    let fired = FormPicture.Fired(check: "BR-NOT-ALLOWED", message: "It is not on the list.", items: ["CMTRT"])
    trial.forms[key] = FormPicture(
      shown: Set(trial.book.forms[key.form]?.items.map(\.id) ?? []), fired: medicine == good ? [] : [fired])
    let read = trial.of().casebook.forms[key]?.items["CMTRT"]?.version ?? 0
    let entry = ReadEntry(Entry("CMTRT", .value(medicine)), read: read)
    return try trial.perform(
      SaveForm(participant: .first, form: key, entries: [entry], correction: correction), by: .nurse)
  }

  @Test func `a medicine that is not allowed lapses where another was given, which is judged by itself`() throws {
    var trial = try trial()
    let first = try give(bad, to: &trial)
    #expect(opened(first) == [.medicine(DeviationSubject.bridging, bad)])
    #expect(lapsed(trial.watch()) == [])
    let other = try give(worse, to: &trial, correction: "Misread.")
    #expect(opened(other) == [.medicine(DeviationSubject.bridging, worse)])
    #expect(lapsed(trial.watch()) == [1])
    let last = try give(good, to: &trial, correction: "Misread again.")
    #expect(opened(last) == [])
    #expect(lapsed(trial.watch()).count == 1)
    #expect(!trial.of().record.deviations.contains { $0.kind == .medication && !$0.isLapsed })
  }

  @Test func `what a person settled about a medicine that was given takes no deviation back`() throws {
    var trial = try trial()
    try give(bad, to: &trial)
    try trial.perform(AnswerQuery(participant: .first, query: 1, text: "Given abroad."), by: .coordinator)
    try trial.perform(CloseQuery(participant: .first, query: 1, text: "Plausible."), by: .dataManager)
    #expect(lapsed(trial.watch()) == [])
  }

  @Test func `a medicine that the command has told of too stays a deviation`() throws {
    var trial = try trial()
    trial.given(.way(.first, .bridgingRecorded(treatment: bad, listed: false)))
    try give(bad, to: &trial)
    try give(good, to: &trial, correction: "Misread.")
    #expect(lapsed(trial.watch()) == [])
  }
}
