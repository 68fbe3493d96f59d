import Analysis
import ClinicalValues
import Foundation
import Ledger
import StudyDesign
import Testing

@testable import Trial

@Suite struct SafetyReportTests {
  @Test func `two runs for the same cut-off are the same bytes, in every form`() async throws {
    let first = try await SmallTrial.example().document(endOf: 150)
    let second = try await SmallTrial.example().document(endOf: 150)
    #expect(first.text == second.text)
    #expect(first.html == second.html)
    #expect(
      try await SmallTrial.example().report(endOf: 150).canonical()
        == SmallTrial.example().report(endOf: 150).canonical())
  }

  @Test func `what is recorded after the cut-off changes a later report and not the earlier one`() async throws {
    let trial = try SmallTrial.example()
    var later = trial
    try later.adverseEvent(
      try ParticipantID("01-0001"), row: 2, term: "Fatigue", start: SmallTrial.noon(70).date, grade: 2, day: 70,
      recordedOn: 200)
    #expect(try await trial.document(endOf: 199).text == later.document(endOf: 199).text)
    #expect(try await trial.report(endOf: 200).events.listing.count == 3)
    let listing = try await later.report(endOf: 200).events.listing
    #expect(listing.map(\.title).contains("Fatigue") && listing.count == 4)
  }

  @Test func `the first event after the cut-off ends the snapshot, also where the clock went back after it`()
    async throws
  {
    var trial = SmallTrial()
    let id = try ParticipantID("01-0001")
    trial.add(.way(id, .registered(site: try SiteID("01"), cohort: "sle")), day: 1)
    trial.add(.way(id, .screeningStarted(round: 1)), day: 9)
    trial.add(.way(id, .capacityRegained), day: 2)
    let snapshot = try await trial.snapshot(endOf: 5)
    #expect(snapshot.head.position == 1)
    #expect(snapshot.head.root == MerkleTree.root(of: try await trial.envelopes().prefix(1).map(\.hash)))
  }

  @Test func `what a clock that was ahead recorded is known from when it was set right`() async throws {
    var trial = SmallTrial()
    let id = try ParticipantID("01-0001")
    trial.add(.way(id, .registered(site: try SiteID("01"), cohort: "sle")), day: 9)
    trial.add(
      .study(.clockSetRight(ahead: SmallTrial.noon(9).instant, reason: "The battery was changed.")), day: 2)
    trial.add(.way(id, .screeningStarted(round: 1)), day: 3)
    trial.add(.way(id, .capacityRegained), day: 6)
    let store = InMemoryEventStore()
    for envelope in try await trial.envelopes() {
      let event = envelope.event
      var append = Append(
        expected: [event.stream: envelope.version - 1], events: [event], recorded: envelope.recorded)
      append.setsClockRight = event.type == "study.clockSetRight"
      _ = try await store.append(append)
    }
    for (day, known) in [(1, 0), (2, 2), (5, 3), (6, 4)] {
      let cutoff = Instant(endOf: SmallTrial.noon(day).date)
      #expect(try await TrialSnapshot(asOf: cutoff, reading: store).head.position == known, "day \(day)")
      #expect(try await KnownPrefix(asOf: cutoff, reading: store).end(in: store) == known, "day \(day)")
    }
  }

  @Test func `the verdict names rule, numbers, boundary and cut-off`() async throws {
    let report = try await SmallTrial.example().report(endOf: 150)
    #expect(report.stopping.events == Share(2, of: 3))
    #expect(report.stopping.posterior == "0.9111")
    #expect(report.stopping.isReached == true)
    #expect(report.stopping.toxicitiesToStop == 0)
    #expect(
      report.stopping.verdict(asOf: report.source.cutoff)
        == "The rule of the toxicity rate is REACHED as of 2026-06-04 23:59 UTC: 2 of 3 evaluable participants had a "
        + "dose-limiting toxicity; the posterior probability of a rate above 0.30 is 0.9111, the limit is 0.80; of 3 "
        + "evaluable, 2 stop the study.")
  }

  @Test func `where the state is folded already, the stream of the study alone tells the same`() async throws {
    let trial = try SmallTrial.example()
    let snapshot = try await trial.snapshot(endOf: 150)
    let study = try SmallTrial.study.get()
    let (plan, book) = (study.conduct, FormBook(study))
    var history = StudyHistory()
    for envelope in try await trial.envelopes()
    where envelope.event.stream == .study && envelope.recorded <= snapshot.cutoff {
      history.apply(try Recorded(envelope))
    }
    let toxicity = LimitingToxicity(snapshot.state, history: history, at: snapshot.cutoff, plan: plan)
    #expect(toxicity == LimitingToxicity(snapshot, plan: plan))
    #expect(!toxicity.questions.isEmpty)
    let standing = StoppingStanding(
      snapshot.state, history: history, at: snapshot.cutoff, toxicity: toxicity, plan: plan, book: book)
    #expect(standing == StoppingStanding(snapshot, toxicity: toxicity, plan: plan, book: book))
  }

  @Test func `before enough are evaluable the rule is not looked at, and the distance counts the next ones`()
    async throws
  {
    let stopping = try await SmallTrial.example().report(endOf: 100).stopping
    #expect(stopping.events == Share(1, of: 1))
    #expect(!stopping.isLookedAt && stopping.isReached == false)
    #expect(stopping.toxicitiesToStop == 2)
    #expect(stopping.boundary.filter(\.isHere).map(\.evaluable) == [1])
    #expect(stopping.fewestOfNext == 1)
    #expect(
      stopping.distance
        == "At least 1 of the next 2 evaluable participants would have to have a dose-limiting toxicity to reach it.")
    let none = try await SmallTrial().report(endOf: 10).stopping
    #expect(none.events == Share(0, of: 0) && none.toxicitiesToStop == 3 && none.fewestOfNext == 2)
  }

  @Test(arguments: [
    (100, DoseLimitingStanding.Standing.windowOpen), (118, .windowClosed),
  ])
  func `somebody counts once the window is closed and its end assessed`(
    _ day: Int, _ standing: DoseLimitingStanding.Standing
  ) async throws {
    let toxicity = try await SmallTrial.example().report(endOf: day).toxicity
    #expect(toxicity.infused.first { $0.participant.description == "01-0002" }?.standing == standing)
  }

  @Test(arguments: [(ClinicalValues.Decimal(1), DoseLimitingStanding.Standing.belowLeastDose), (1_000_000, .toxicity)])
  func `a dose below the least counts for safety and not for the rate`(
    _ dose: ClinicalValues.Decimal, _ standing: DoseLimitingStanding.Standing
  ) async throws {
    var trial = SmallTrial()
    let id = try ParticipantID("01-0001")
    try trial.treat(id, cohort: "sle", from: 60, dosePerKg: dose)
    trial.question(1, id, .crs, day: 63, isDoseLimiting: true)
    let report = try await trial.report(endOf: 100)
    #expect(report.toxicity.infused.map(\.standing) == [standing])
    #expect(report.infusions.count == 1)
  }

  @Test(arguments: [(nil, 65, false), (nil, 66, true), (66, 100, false), (67, 100, true)] as [(Int?, Int, Bool)])
  func `the answer to a question is late, or overdue, after the hours that the protocol gives`(
    _ answered: Int?, _ cutoff: Int, _ isLate: Bool
  ) async throws {
    var trial = SmallTrial()
    let id = try ParticipantID("01-0001")
    try trial.treat(id, cohort: "sle", from: 60, dosePerKg: 1_000_000)
    trial.add(
      .study(
        .dltQuestionOpened(
          question: 1, participant: id, toxicity: .crs, onset: SmallTrial.noon(63).date, about: "As told.")), day: 63)
    if let answered {
      trial.add(.study(.dltAnswered(question: 1, answer: DLTAnswer(basis: .belowThreshold))), day: answered)
    }
    let question = try #require(try await trial.report(endOf: cutoff).toxicity.questions.first)
    #expect(question.due == SmallTrial.noon(66).instant && question.isLate == isLate)
    #expect(try await trial.document(endOf: cutoff).text.contains(answered == nil ? ", OVERDUE" : ", LATE") == isLate)
  }

  @Test func `every number names its denominator`() async throws {
    let report = try await SmallTrial.example().report(endOf: 190)
    let counts = Dictionary(uniqueKeysWithValues: report.sets.map { ($0.name, $0.participants) })
    #expect(counts["enrolled"] == 4 && counts["lymphodepleted"] == 4 && counts["infused"] == 3 && counts["died"] == 1)
    let all = try #require(report.events.afterLymphodepletion.rows.first?.cells.first)
    #expect(all.subjects == Share(2, of: 4) && all.events == 3)
    #expect(all.subjects(atLeast: 2) == Share(2, of: 4))
    let crs = try #require(report.events.specialInterest.first { $0.code == "CRS" })
    #expect(crs.infused == Share(1, of: 3) && crs.onsetDays == [3] && crs.ongoing == 1)
  }

  @Test(
    arguments: [
      ("Cytokine release syndrome", nil, 1), ("Cytokine release syndrome", "NONE", 1), ("Fatigue", "NONE", 0),
    ] as [(String, String?, Int)])
  func `an event is of special interest where its term says so, and none is no kind`(
    _ term: String, _ said: String?, _ count: Int
  ) async throws {
    var trial = try SmallTrial.example()
    try trial.adverseEvent(
      try ParticipantID("01-0004"), row: 1, term: term, start: SmallTrial.noon(172).date, grade: 3,
      specialInterest: said,
      day: 172)
    let events = try await trial.report(endOf: 190).events
    #expect(events.listing.filter { $0.specialInterest == "CRS" }.count == 1 + count)
    #expect(events.specialInterest.map(\.code).contains("CRS") && !events.specialInterest.map(\.code).contains("NONE"))
  }

  @Test func `a death within the days of the rule is named at the rule`() async throws {
    let report = try await SmallTrial.example().report(endOf: 190)
    #expect(report.deaths.map(\.daysAfterInfusion) == [60])
    #expect(report.stopping.stopEvents.first { $0.id == "earlyDeath" }?.metBy == [])
    let early = try #require(report.stopping.stopEvents.first { $0.id == "twoEarlyToxicities" })
    #expect(early.metBy.count == 1 && early.metBy.first?.contains("01-0001 and 01-0003") == true)
    #expect(report.stopping.stopEvents.first { $0.id == "twoEarlyToxicities" }?.holds == [1])
  }

  @Test func `a fatal event is a death, and that no death is on record is said`() async throws {
    var trial = try SmallTrial.example()
    let id = try ParticipantID("01-0001")
    let fatal = [Entry("AEOUT", .value("FATAL")), Entry("AEENDTC", .value("\(SmallTrial.noon(140).date)"))]
    let form = try FormKey(visit: FormKey.log, form: "adverseEvent", row: 1)
    trial.insert(.casebook(id, .saved(form: form, entries: fatal, source: nil, reason: nil)), day: 141)
    let report = try await trial.report(endOf: 150)
    #expect(report.deaths.map(\.daysAfterInfusion) == [80] && report.deaths.first?.isOnRecord == false)
    #expect(report.sets.first { $0.name == "died" }?.participants == 1)
    let line = try #require(report.participants.first { $0.participant == id })
    #expect(line.died == SmallTrial.noon(140).date && line.daysFollowed == 80)
    let text = try await trial.document(endOf: 150).text
    #expect(text.contains("1 fatal event without a death on record") && !text.contains("nobody died"))
  }

  @Test func `an event that death left without an end is said to be ongoing at death`() async throws {
    var trial = try SmallTrial.example()
    try trial.adverseEvent(
      try ParticipantID("01-0003"), row: 1, term: "Sepsis", start: SmallTrial.noon(170).date, grade: 3, serious: true,
      day: 171)
    let lines = try await trial.report(endOf: 190).events.listing
    #expect(lines.map(\.outlasted) == [nil, nil, nil, .death])
    let text = try await trial.document(endOf: 190).html
    #expect(text.contains("ongoing at death") && text.contains("not resolved, ongoing at death"))
  }

  @Test func `pregnancies and reports are listed, with what is late`() async throws {
    var trial = try SmallTrial.example()
    let id = try ParticipantID("01-0001")
    trial.insert(.way(id, .pregnancyReported(of: .partner)), day: 140)
    let aware = SmallTrial.noon(140)
    trial.insert(.record(id, .clockStarted(ReportClock("pregnancyToSponsor", aware: aware, hours: 24))), day: 140)
    trial.insert(.record(id, .clockStarted(ReportClock("siteToSponsor", aware: aware, hours: 24))), day: 140)
    trial.insert(.record(id, .reportSubmitted(clock: 1, to: "sponsor", submitted: SmallTrial.noon(141))), day: 142)
    let report = try await trial.report(endOf: 150)
    #expect(report.pregnancies.map(\.expectant) == [.partner] && report.pregnancies.map(\.number) == [nil])
    #expect(report.reports.map(\.isLate) == [false, true])
    #expect(try await trial.report(endOf: 140).reports.map(\.isLate) == [false, false])
    let text = try await trial.document(endOf: 150).text
    #expect(text.contains("Pregnancies of participants and partners (1)") && text.contains("OVERDUE"))
    #expect(text.contains("Reports that were called for (all, 2; late or overdue 1)"))
  }

  @Test func `one death has one day in all tables: the earliest that is told`() async throws {
    var trial = try SmallTrial.example()
    let id = try ParticipantID("01-0003")
    let entries = [Entry("DTHFL", .value("true")), Entry("DTHDTC", .value("\(SmallTrial.noon(178).date)"))]
    let form = try FormKey(visit: FormKey.once, form: "death", row: 1)
    trial.add(.casebook(id, .saved(form: form, entries: entries, source: nil, reason: nil)), day: 181)
    let report = try await trial.report(endOf: 190)
    #expect(report.deaths.map(\.daysAfterInfusion) == [58])
    let line = try #require(report.participants.first { $0.participant == id })
    #expect(line.died == report.deaths.first?.died && line.daysFollowed == 58)
    #expect(try await !trial.document(endOf: 190).text.contains("without a death on record"))
  }

  @Test func `shifts, cytopenia, and CRS by day are those of the grades that the casebook gives`() async throws {
    let grades = try await SmallTrial.example().report(endOf: 150).grades
    let block = try #require(grades.shifts.blocks.first { $0.analyte == "Neutrophil count decreased" })
    #expect(block.counts[0][4] == 1 && block.evaluable == 1 && block.worsened == Share(1, of: 1))
    #expect(block.counts.joined().reduce(0, +) == 3)
    let cytopenia = try #require(grades.cytopenia.first)
    #expect(cytopenia.daysAtOrBelow500 == 10 && cytopenia.isEarlyComplete && grades.cytopenia.count == 3)
    let low = try #require(grades.lowCounts.first)
    #expect(low.term == "Neutrophil count decreased" && low.episodes == 1 && !low.isOngoing)
    #expect(low.daysAtGrade3OrMore == 26 && low.daysAtGrade4 == 10)
    // Counted on Day 4, 10, 14 and 30: of Day 22 to 29 the last count is more than 7 days old.
    #expect(low.daysCarried == 8 && cytopenia.daysCarried == 0)
    let crs = try #require(grades.syndromes.first { $0.syndrome == "CRS" })
    #expect(crs.days.map(\.day) == [2, 3, 4, 5] && crs.days.map(\.grade) == [1, 3, 3, 1])
    #expect(crs.worst == 3 && crs.span == 2...5)
    #expect(grades.counts.first?.points.map(\.day) == [-6, 0, 4, 10, 14, 30])
  }

  @Test func `it names no one and quotes nothing that a person wrote`() async throws {
    let trial = try SmallTrial.example()
    let document = try await trial.document(endOf: 190)
    let content = try await trial.report(endOf: 190).canonical().description
    for printed in [document.text, document.html, content] {
      for name in ["Petra", "petra.wolf", "Wolf", "Nora", "ivan.kral", "Li Wei", "sepsis"] {
        #expect(!printed.contains(name), "\(name) is named")
      }
    }
  }

  @Test func `a trial in which nothing has happened has a report of nothing`() async throws {
    let report = try await SmallTrial().report(endOf: 10)
    let text = report.document(digest: Digest(of: "")).text
    #expect(report.source.position == 0 && report.participants.isEmpty)
    #expect(report.stopping.isReached == false && report.stopping.interval == nil)
    #expect(text.contains("nobody was infused.") && text.contains("event 0,"))
    #expect(!report.document(digest: Digest(of: "")).html.isEmpty)
  }

  @Test func `a synthetic study is marked, and its provisional items are named`() async throws {
    let trial = try SmallTrial.example()
    let document = try await trial.document(endOf: 150)
    #expect(document.mark?.hasPrefix("SYNTHETIC") == true && document.foot.hasPrefix("SYNTHETIC"))
    #expect(
      try await trial.report(endOf: 150).source.provisional.contains { $0.id == "stopping-rules" && !$0.isSettled })
  }

  /// `Examples/safety-report.txt` is written anew with UPDATE_EXAMPLES=1: read it before it is committed. What changes with
  /// the study's files stands in it as `…`.
  @Test func `the text is that of the example`() async throws {
    let study = try SmallTrial.study.get()
    let digest = Digest(of: try await SmallTrial.example().report(endOf: 150).canonical().bytes)
    let document = try await SmallTrial.example().document(endOf: 150)
    let text = document.text.replacing(study.digest, with: "…").replacing(digest.description, with: "…")
      .replacing(digest.description.prefix(16), with: "…")
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Examples/safety-report.txt")
    if ProcessInfo.processInfo.environment["UPDATE_EXAMPLES"] == "1" {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
    #expect(document.text.split(separator: "\n").allSatisfy { $0.count <= 110 })
  }
}
