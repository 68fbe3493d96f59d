import ClinicalValues
import Testing

@testable import StudyDesign
@testable import Trial

/// What says on which day a visit was held, and what becomes of a deviation where that was wrong.
struct VisitDayTests {
  private static let book = FormBook(
    forms: Array(ShippedStudy.book.forms.values),
    schedule: SchedulePlan(
      visits: [
        VisitPlan(
          id: "D28", title: "Day 28", epoch: "treatment", anchor: .dayZero, day: 28...28, window: 0...3, mode: .site,
          activities: [])
      ], activities: []))

  /// Forty days after the infusion; nothing is recorded of the visit yet.
  private func trial() -> TrialScenario {
    var trial = TrialScenario.watched(infused: [.first: 40])
    trial.book = Self.book
    return trial
  }

  private func visit(_ trial: TrialScenario) throws -> CalendarVisit {
    let watched = WatchedParticipant(trial.of(), now: trial.now, plan: trial.plan, book: Self.book)
    return try #require(ParticipantCalendar(of: watched).visit("D28"))
  }

  private func hold(_ day: Int, _ trial: inout TrialScenario, correction: String? = nil) throws -> [RecordEvent] {
    let events = try trial.tell(
      "visit", visit: "D28", ["SVOCCUR": "true", "SVSTDTC": trial.ago(days: 40 - day).dateTime.description],
      correction: correction)
    return records(events)
  }

  private func records(_ events: [TrialEvent]) -> [RecordEvent] {
    events.compactMap { if case .record(_, let event) = $0 { event } else { nil } }
  }

  private func asks(_ trial: TrialScenario) -> Bool {
    trial.worklist.tasks.contains { $0.kind == .classifyDeviation }
  }

  @Test(arguments: [(-20, VisitStatus.missed), (20, .missed), (29, .done), (35, .missed)])
  func `what a form of it is about has its own date, which says of no day that the visit was held on it`(
    _ day: Int, _ status: VisitStatus
  ) throws {
    var trial = trial()
    let events = try trial.tell(
      "echocardiogram", visit: "D28", ["CVDTC": trial.ago(days: 40 - day).date.description])
    #expect(records(events) == [])
    let visit = try visit(trial)
    #expect(visit.held == nil && visit.status == status)
  }

  /// A visit to a laboratory thirty days after the infusion, after one whose window ends on Day 7; what everybody gives there,
  /// and what only some give, at home.
  private static let laboratory = FormBook(
    forms: Array(ShippedStudy.book.forms.values),
    schedule: SchedulePlan(
      visits: [
        VisitPlan(
          id: "D6", title: "Day 6", epoch: "treatment", anchor: .dayZero, day: 6...6, window: 0...1, mode: .site,
          activities: []),
        VisitPlan(
          id: "M1", title: "Month 1", epoch: "followUp", anchor: .dayZero, day: 30...30, window: -14...14,
          mode: .laboratory,
          activities: ["blood", "kit"].map { PlannedActivity(activity: $0, minutes: [], fromInfusion: false) }),
      ],
      activities: [
        ActivityPlan(id: "blood", title: "Blood", forms: ["hematology", "chemistry", "vitalSigns"]),
        ActivityPlan(id: "kit", title: "Kit", forms: ["pregnancyTest"], applies: "Schedule.may become pregnant"),
      ]))

  /// The days of samples by form, and the day on which the visit was held.
  static let samples: [(days: [String: Int], held: Int?, status: VisitStatus, deviations: Set<DeviationSubject>)] = [
    (["hematology": 7], nil, .missed, [.visit("M1", 1)]),
    (["hematology": 8], 8, .outOfWindow, [.window("M1", 1)]),
    (["hematology": 15], 15, .outOfWindow, [.window("M1", 1)]), (["hematology": 16], 16, .done, []),
    (["hematology": 44], 44, .done, []), (["hematology": 45], 45, .outOfWindow, [.window("M1", 1)]),
    (["hematology": 75], 75, .outOfWindow, [.window("M1", 1)]),
    (["hematology": 15, "chemistry": 20], 20, .done, []),
    (["hematology": 50, "chemistry": 15], 15, .outOfWindow, [.window("M1", 1)]),
    (["pregnancyTest": 15], nil, .missed, [.visit("M1", 1)]),
    (["pregnancyTest": 14, "hematology": 18], 18, .done, []),
  ]

  @Test(arguments: samples.indices) func `a visit to a laboratory is held on the day of its sample`(
    _ index: Int
  ) throws {
    let (days, held, status, deviations) = Self.samples[index]
    var trial = TrialScenario.watched(infused: [.first: 80])
    trial.book = Self.laboratory
    for (form, day) in days.sorted(by: { $0.key < $1.key }) {
      let entry = Entry("LBDTC", .value(trial.ago(days: 80 - day).dateTime.description))
      let form = try FormKey(visit: "M1", form: form)
      trial.given(.casebook(.first, .saved(form: form, entries: [entry], source: nil, reason: nil)))
    }
    let watched = WatchedParticipant(trial.of(), now: trial.now, plan: trial.plan, book: trial.book)
    let visit = try #require(ParticipantCalendar(of: watched).visit("M1"))
    let day = held.map { trial.ago(days: 80 - $0).date }
    #expect(visit.status == status && visit.held == day, "\(days)")
    trial.watch()
    let noticed = trial.of().record.noticed.intersection([.visit("M1", 1), .window("M1", 1)])
    #expect(noticed == deviations, "\(days)")
  }

  @Test func `what has no date, and is entered after the window, says that the visit was held`() throws {
    var trial = trial()
    try trial.tell("echocardiogram", visit: "D28", ["CVPEREFF": "false"])
    let visit = try visit(trial)
    #expect(visit.held == nil && visit.status == .done)
  }

  @Test(arguments: ["CVDTC", "CVPEREFF"])
  func `what is entered before anything plans the visit says neither then nor later that it was held`(
    _ item: String
  ) throws {
    var trial = TrialScenario.watched(infused: [:])
    trial.book = Self.book
    let form = try FormKey(visit: "D28", form: "echocardiogram")
    let entry = Entry(item, .value(item == "CVDTC" ? trial.now.date.description : "true"))
    trial.given(.casebook(.first, .saved(form: form, entries: [entry], source: nil, reason: nil)))
    #expect(try visit(trial).status == .notPlanned)
    #expect(!trial.worklist.tasks.contains { $0.title.contains("D28") })
    trial.given(.way(.first, .dayZeroBooked(day: trial.date(inDays: 20))))
    #expect(try visit(trial).status == .planned)
  }

  @Test func `a day outside the window is a deviation, which lapses where the day was wrong and can come again`() throws
  {
    var trial = trial()
    let opened = try hold(35, &trial)
    #expect(opened.count == 1 && trial.of().record.noticed == [.window("D28", 1)] && asks(trial))
    #expect(records(trial.watch()) == [])
    #expect(try hold(30, &trial, correction: "The month was misread.") == [])
    #expect(records(trial.watch()) == [.deviationLapsed(deviation: 1)])
    #expect(trial.of().record.deviations.map(\.isLapsed) == [true] && !asks(trial))
    #expect(records(trial.watch()) == [])
    #expect(try hold(36, &trial, correction: "It was right.").count == 1)
    #expect(trial.of().record.deviations.map(\.isClosed) == [true, false] && asks(trial))
  }

  @Test func `a visit that was missed lapses where it was held in its window, and is one deviation where it was not`()
    throws
  {
    var trial = trial()
    #expect(records(trial.watch()).count == 1)
    #expect(trial.of().record.noticed == [.visit("D28", 1)])
    var other = trial
    #expect(try hold(30, &trial) == [])
    #expect(records(trial.watch()) == [.deviationLapsed(deviation: 1)])
    #expect(try hold(36, &other) == [])
    #expect(records(other.watch()) == [])
    #expect(other.of().record.deviations.map(\.isClosed) == [false])
  }

  @Test func `a visit that is due is to be carried out: a hold is what stops the study`() {
    var trial = TrialScenario.watched(infused: [.first: 29])
    trial.book = Self.book
    let asked = trial.worklist.tasks.filter { $0.kind == .holdVisit }.map(\.title)
    #expect(asked.map { $0.hasPrefix("Carry out visit D28, Day 28 of 01-0001") } == [true], "\(asked)")
  }

  @Test(arguments: [true, false])
  func `a visit at the end of the window that stands in forms alone asks to be recorded, until it is`(
    _ isAssessed: Bool
  ) throws {
    func asked(_ trial: TrialScenario) -> [String] {
      trial.worklist.tasks.filter { $0.kind == .holdVisit }.map(\.title)
    }
    var trial = trial()
    #expect(try hold(29, &trial) == [])
    #expect(
      asked(trial) == [
        "Record that visit D28, Day 28 of 01-0001 took place, and whether toxicity was assessed: "
          + "interval or window wait for it."
      ])
    let recorded = RecordedVisit(visit: "D28", assessed: isAssessed, completes: false)
    trial.given(.way(.first, .visitRecorded(visit: recorded)), at: trial.ago(days: 11))
    #expect(asked(trial) == [])
  }

  @Test func `before the end of the interval and the window no assessment is waited for`() throws {
    var trial = trial()
    #expect(try hold(20, &trial).count == 1, "it is outside its window")
    #expect(!trial.worklist.tasks.contains { $0.kind == .holdVisit })
  }

  @Test func `what a person has opened about a visit is not noticed again, and does not lapse by itself`() throws {
    var trial = trial()
    let open = OpenDeviation(
      participant: .first, kind: .missedActivity, what: "They did not come.", about: "D28/1")
    try trial.perform(open, by: .coordinator)
    #expect(trial.of().record.noticed == [.visit("D28", 1)])
    trial.when(open, by: .coordinator).refused("already-noticed")
    for about in ["D29/1", "D28", "D28/x"] {
      let other = OpenDeviation(participant: .first, kind: .window, what: "They came late.", about: about)
      trial.when(other, by: .coordinator).refused("not-a-visit")
    }
    #expect(records(trial.watch()) == [])
    #expect(try hold(30, &trial) == [])
    #expect(records(trial.watch()) == [])
  }
}
