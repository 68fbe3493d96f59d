import ClinicalValues
import Foundation
import Ledger
import StudyDesign
import Testing

@testable import Trial

struct SentenceTests {
  private static let telling = EventTelling(
    Vocabulary(
      plan: .example, people: [.named("investigator"): "Ivan Kral", .named("nurse"): "Nora Diaz"],
      sites: [.berlin: "Charite"], cohorts: ["sle": ("SLE", "Systemic lupus erythematosus")],
      criteria: ["INC-5.1": "Blood counts"], concepts: ["fludarabine": "Fludarabine", "hbsAg": "HBsAg [Presence]"]))
  private static let bare = EventTelling(Vocabulary(nil, in: TrialState()))

  @Test(arguments: [telling, bare].indices)
  func `no sentence holds a name of the program, a tuple or a bare number of a day`(_ which: Int) {
    let telling = [Self.telling, Self.bare][which]
    for event in EventExamples.all {
      let told = telling.told(event)
      for text in [told.sentence] + told.detail where !text.contains("SHA-256") {
        #expect(Self.artifacts(in: text) == [], "\(event.name): \(text)")
      }
      #expect(told.sentence.last.map { ".!?".contains($0) } == true, "\(told.sentence)")
      #expect(told.sentence.first?.isLowercase == false, "\(told.sentence)")
    }
  }

  /// What no reader should see: a name of the program, a tuple, a bare number of a day, a clumsy end.
  private static func artifacts(in text: String) -> [String] {
    let readable = text.replacing("mL", with: "ml").replacing("HBsAg", with: "HBV antigen")
    let patterns: [(String, Bool)] = [
      ("a name of the program", readable.contains(/[a-z][A-Z]/)), ("a tuple", readable.contains(/_\d|\(\)/)),
      ("nil", readable.contains(/\bnil\b|Optional/)), ("a bare number", readable.contains(/(^|[^-\d,.A-Z])\d{5,}/)),
      ("a clumsy end", readable.contains(/\.\.|;\.|: ?\.|\dT\d\d:/)),
    ]
    return patterns.filter(\.1).map(\.0)
  }

  @Test(arguments: [
    ("2026-10-25T00:30:00Z", "2026-10-25 02:30 (+02:00) Europe/Berlin"),
    ("2026-10-25T01:30:00Z", "2026-10-25 02:30 (+01:00) Europe/Berlin"),
    ("2026-10-25T02:30:00Z", "2026-10-25 03:30 Europe/Berlin"),
  ])
  func `a deadline in the hour that clocks show twice says which is meant`(startBy: String, told: String) throws {
    let back = try #require(Instant("2026-10-25T01:00:00Z"))
    let telling = EventTelling(
      Vocabulary(plan: .example) { instant, _ in
        Moment(instant, offsetMinutes: instant < back ? 120 : 60, zone: "Europe/Berlin")
      })
    let startBy = try #require(Instant(startBy))
    let event = ProductEvent.bagThawed(
      bag: .first, step: EventExamples.step("thawed", .bag(.first)), startBy: startBy, endBy: startBy,
      outsideGate: false, lines: [])
    let sentence = telling.told(.product(.first, event)).sentence
    #expect(sentence.contains("starts by \(told)"), "\(sentence)")
  }

  @Test func `there is an example of every case of every event`() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources/Trial")
    let told = Set(EventExamples.all.map { $0.name.split(separator: ".").last.map(String.init) ?? "" })
    for file in [
      "Way/WayEvent", "Product/ProductEvent", "Records/RecordEvent", "Study/StudyEvent", "Study/SiteState",
      "People/PeopleEvent", "Safety/SafetyEvent",
    ] {
      let text = try String(contentsOf: sources.appending(path: "\(file).swift"), encoding: .utf8)
      let cases = text.prefix(through: text.firstRange(of: "\n}\n")?.lowerBound ?? text.endIndex)
        .matches(of: /\n  case (\w+)/).map { String($0.output.1) }
      #expect(!cases.isEmpty)
      #expect(Set(cases).subtracting(told) == [], "\(file)")
    }
  }

  @Test(arguments: [
    (
      TrialEvent.product(
        .first, .testEntered(lot: .first, test: "viability", entry: TestEntry(.quantity(Decimal(81))))),
      "Release tests of lot 01-0001-L1-Y: Viability 81 %."
    ),
    (
      .way(
        .first,
        .foundEligible(
          decision: EligibilityDecision(
            cohort: "sle", assessment: .example(asOf: EventExamples.moment), validThrough: 20_486,
            answersQuestion: false))),
      "Found eligible for cohort SLE: 3 of 3 criteria passed as of 2026-01-05, protocol version 1.0. The decision "
        + "enrolls through 2026-02-02."
    ),
    (
      .way(.first, .enrolled(cohort: "sle", gate: [EventExamples.line])),
      "Enrolled in cohort SLE; gate of enrollment: open, 1 of 1 lines."
    ),
    (
      .product(.first, .bedsideVerified(bag: .first, said: .agrees)),
      "Bag 01-0001-L1-B1-G was verified at the bedside: label and wristband agree with the record; the participant "
        + "said name and date of birth, and they agree."
    ),
    (
      .way(
        .first,
        .consented(
          consent: GivenConsent(
            version: "1.0", site: .berlin, obtainedBy: .named("investigator"), adult: true, copyGiven: true))),
      "Informed consent was signed, version 1.0 of the form, at site 01; explained and obtained by Ivan Kral; the "
        + "participant is of age and received a copy."
    ),
  ])
  func `a sentence reads so`(_ event: TrialEvent, _ expected: String) {
    #expect(Self.telling.sentence(event) == expected)
  }

  /// `Examples/told.txt` is written anew with UPDATE_EXAMPLES=1: every sentence of the examples, with what it rests on below it. The pages'
  /// languages are held against it.
  @Test func `every event is told as in the examples`() throws {
    var lines: [String] = []
    for told in EventExamples.all.map({ Self.telling.sentenceWithSubject($0) + "\n" + Self.detail(of: $0) }) {
      lines += told.split(separator: "\n").map(String.init).filter { !lines.contains($0) }
    }
    let text = lines.joined(separator: "\n") + "\n"
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Examples/told.txt")
    if ProcessInfo.processInfo.environment["UPDATE_EXAMPLES"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }

  private static func detail(of event: TrialEvent) -> String {
    telling.told(event).detail.map { "  \($0)\n" }.joined()
  }

  @Test func `each line of a gate is shown with its evidence, without addresses of entries`() {
    let told = Self.telling.told(.way(.first, .enrolled(cohort: "sle", gate: [EventExamples.line])))
    #expect(
      told.detail == [
        "true  Consent is in force: version 1.0, 2026-01-05; HBsAg negative (2026-01-05 09:30 +01:00) (until 2026-01-05 08:00 UTC)"
      ])
  }

  @Test func `what runs out for a participant is told by the clocks of their site`() {
    let local = EventTelling(
      Vocabulary(plan: .example) { instant, _ in Moment(instant, offsetMinutes: 480, zone: "Asia/Shanghai") })
    let told = EventExamples.all.map { local.sentence($0) }
    for part in [
      "the infusion starts by 2026-01-05 16:00 Asia/Shanghai and ends by 2026-01-05 16:00 Asia/Shanghai",
      "keeps until 2026-01-05 16:00 Asia/Shanghai",
    ] { #expect(told.contains { $0.contains(part) }, "\(part)") }
    // What is about nobody by name is at no site.
    let inUTC = told.filter { $0.contains(/(starts by|keeps until|due by) [0-9: -]+UTC/) }
    #expect(inUTC.allSatisfy { $0.hasPrefix("A report is due by") }, "\(inUTC)")
    let gate = local.told(.way(.first, .enrolled(cohort: "sle", gate: [EventExamples.line]))).detail
    #expect(gate.first?.hasSuffix("(until 2026-01-05 16:00 Asia/Shanghai)") == true, "\(gate)")
  }

  @Test(arguments: [
    ("11400854", "11,400,854"), ("999", "999"), ("1000", "1,000"), ("-1234.5", "-1,234.5"), ("0.3", "0.3"),
  ])
  func `thousands are set apart`(_ text: String, _ expected: String) throws {
    #expect(Say.number(try #require(Decimal(text))) == expected)
  }

  @Test(arguments: [("{cells}/kg", " cells/kg"), ("10*6", " x 10^6"), ("[EU]/mL", " EU/mL"), ("%", " %"), ("1", "")])
  func `a unit is written as people write it`(_ ucum: String, _ expected: String) {
    #expect(Say.unit(ucum) == expected)
  }
}

struct ParticipantTimelineTests {
  private static let telling = EventTelling(Vocabulary(plan: .example))

  private static func timeline(_ trial: TrialScenario, of id: ParticipantID = .first) -> [ParticipantTimeline.Entry] {
    ParticipantTimeline(of: id, in: trial.ledger, by: telling, safety: trial.plan.safety).entries
  }

  @Test func `a hold and its fall stand in the way of those whom it covers`() {
    var trial = TrialScenario.study()
    trial.given(
      .way(.first, .registered(site: .berlin, cohort: "sle")), .way(.second, .registered(site: .berlin, cohort: "ssc")))
    let hold = Hold(
      number: 1, kind: .safety, activities: [.infusion], site: nil, cohort: "sle", reason: "Why.",
      setBy: .safetyOfficer, rule: nil)
    trial.given(.study(.holdSet(hold: hold)), .study(.holdLifted(hold: 1, approvals: [])))
    let own = Self.timeline(trial).filter { $0.subject == .study }.map(\.told.sentence)
    #expect(own == ["Safety hold 1 was set on infusion, in cohort sle: Why.", "Hold 1 was lifted."])
    #expect(Self.timeline(trial, of: .second).allSatisfy { $0.subject == .participant })
  }

  @Test func `a DLT question stands in the way of whom it is about, to its end`() {
    var trial = TrialScenario.study()
    trial.infuse(.first)
    trial.infuse(.second)
    trial.given(
      .study(
        .dltQuestionOpened(
          question: 1, participant: .first, toxicity: .crs, onset: trial.now.date, about: "Noradrenaline.")),
      .study(.dltAnswered(question: 1, answer: DLTAnswer(basis: .meetsDefinition))),
      .study(.dltConfirmed(question: 1)))
    #expect(Self.timeline(trial).count { $0.subject == .study } == 3)
    #expect(Self.timeline(trial, of: .second).allSatisfy { $0.subject == .participant })
  }

  @Test func `the infusion of somebody else tells an enrolled participant how long to wait`() throws {
    var trial = try TrialScenario.enrolled()
    trial.infuse(.second)
    let waits = try #require(Self.timeline(trial).last)
    #expect(waits.subject == .study)
    #expect(waits.told.sentence.contains("interval of 28 days"), "\(waits.told.sentence)")
  }

  @Test func `steps about one material on one day stand in one paragraph`() throws {
    let trial = try TrialScenario.cells(at: .infusing)
    let timeline = ParticipantTimeline(of: .first, in: trial.ledger, by: Self.telling, safety: trial.plan.safety)
    #expect(timeline.paragraphs.count < timeline.entries.count)
    #expect(timeline.paragraphs.flatMap(\.self).map(\.recorded.position) == timeline.entries.map(\.recorded.position))
    for paragraph in timeline.paragraphs { #expect(Set(paragraph.map(\.told.about)).count == 1) }
  }
}
