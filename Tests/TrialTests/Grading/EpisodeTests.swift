import ClinicalValues
import Instruments
import Ledger
import StudyDesign
import Testing

@testable import Trial

/// Values of grade 3 or more ask for an adverse event once an episode; people confirm or change what is proposed.
struct EpisodeTests {
  /// Somebody lymphodepleted with lymphocytes of a grade at baseline, then daily counts.
  private func participant(baseline: String = "1.5", _ counts: [String]) -> GradedParticipant {
    var participant = GradedParticipant()
    participant.lymphodeplete()
    participant.fill("BL/1/blood/1", at: "2026-02-28T08:00", lymphocytes(baseline))
    for (index, count) in counts.enumerated() {
      participant.fill("D\(index + 1)/1/blood/1", at: "2026-03-0\(index + 2)T08:00", lymphocytes(count))
    }
    return participant
  }

  private func lymphocytes(_ count: String) -> Entry { .lab("LYMPH", count, "10*9/L", low: 1, high: 4) }

  private func tasks(_ participant: GradedParticipant, _ kind: StudyTask.Kind) -> [String] {
    participant.trial.state.gradingTasks(book: { _ in participant.trial.book }).filter { $0.kind == kind }.map(\.title)
  }

  @Test func `many values of one episode are one task, and another episode another`() {
    let participant = participant(["0.4", "0.1", "0.3", "0.9", "0.2"])
    #expect(
      tasks(participant, .recordAdverseEvent) == [
        "Record an adverse event of 01-0001: Lymphocyte count decreased, grade 4 by 3 values since 2026-03-02, worse than "
          + "at baseline.",
        "Record an adverse event of 01-0001: Lymphocyte count decreased, grade 3 by a value since 2026-03-06, worse than "
          + "at baseline.",
      ])
    #expect(participant.grading.episodes.map(\.days) == [3, 1])
    #expect(
      tasks(participant, .confirmGrades) == [
        "Confirm or change the worst grades of 01-0001: Lymphocyte count decreased 4, Lymphocyte count decreased 3."
      ])
  }

  /// Total calcium with albumin, and ionized calcium: both are graded as hypocalcemia.
  private static let calcium: FormBook = {
    var grading = GradingPlan.example
    grading.analytes = ["calcium", "calciumIonized", "albumin"].map { GradedAnalyte($0, concept: $0) }
    let items: [ItemPlan] = [
      .example("DATE", .dateTime), .example("TOTAL", .quantity, concept: "calcium", units: ["mmol/L"]),
      .example("IONIZED", .quantity, concept: "calciumIonized", units: ["mmol/L"]),
      .example("ALB", .quantity, concept: "albumin", units: ["g/L"]),
    ]
    return FormBook(
      forms: [.example("blood", .visit, source: .laboratory, dated: "DATE", items)], visits: ["D1", "D2", "D3"],
      units: [
        "calcium": ConceptUnit("mmol/L"), "calciumIonized": ConceptUnit("mmol/L"), "albumin": ConceptUnit("g/L"),
      ], grading: grading)
  }()

  @Test(arguments: [
    (3, ["Hypocalcemia, grade 4 by 2 values since 2026-03-03"]),
    (5, ["Hypocalcemia, grade 3 by a value since 2026-03-02", "Hypocalcemia, grade 4 by a value since 2026-03-05"]),
  ])
  func `one term at one time is one task, whatever it was measured by`(_ day: Int, _ asked: [String]) {
    var participant = GradedParticipant()
    participant.trial.book = Self.calcium
    participant.lymphodeplete()
    func fill(_ visit: String, _ day: Int, _ total: String, _ ionized: String?) {
      let ionized = ionized.map { [Entry.lab("IONIZED", $0, "mmol/L", low: 1, high: 2)] } ?? []
      participant.fill(
        "\(visit)/1/blood/1", at: "2026-03-0\(day)T08:00",
        [Entry.lab("ALB", "40", "g/L", low: 35, high: 50), Entry.lab("TOTAL", total, "mmol/L", low: 2, high: 3)]
          + ionized)
    }
    fill("D1", 2, "1.6", nil)
    fill("D2", day, day == 3 ? "1.6" : "2.2", "0.7")
    if day == 3 { fill("D3", 4, "2.2", "0.75") }
    #expect(
      tasks(participant, .recordAdverseEvent)
        == asked.map { "Record an adverse event of 01-0001: \($0), worse than at baseline." })
  }

  @Test func `who was as bad at baseline is asked for nothing`() {
    #expect(tasks(participant(baseline: "0.4", ["0.4", "0.3"]), .recordAdverseEvent) == [])
    #expect(tasks(participant(baseline: "0.4", ["0.1"]), .recordAdverseEvent).count == 1)
  }

  @Test func `a value that cannot be graded does not end an episode`() {
    var participant = participant(["0.1"])
    participant.fill("D2/1/blood/1", at: "2026-03-03T08:00", .lab("LYMPH", "2", "10*9/L"))
    participant.fill("D3/1/blood/1", at: "2026-03-04T08:00", lymphocytes("0.1"))
    #expect(participant.grading.episodes.map(\.proposals.count) == [2])
  }

  @Test(
    arguments: [
      // Term, first day, last day; whether the task is gone.
      ("Lymphocyte count decreased", "2026-03-02", nil, true),
      ("Lymphocyte count decreased", "2026-03", "2026-03", true),
      ("Lymphocyte count decreased", "2026-02-01", "2026-03-01", false),
      ("Lymphocyte count decreased", "2026-03-05", nil, false),
      ("Neutrophil count decreased", "2026-03-02", nil, false),
      ("Lymphocyte count decreased", nil, nil, false),
    ] as [(String, String?, String?, Bool)])
  func `an adverse event of the term at the time settles it`(
    _ term: String, _ start: String?, _ end: String?, _ isSettled: Bool
  ) {
    var participant = participant(["0.4", "0.1", "0.3"])
    var entries = [Entry("TERM", .value(term))]
    if let start { entries.append(Entry("START", .value(start))) }
    if let end { entries.append(Entry("END", .value(end))) }
    participant.trial.given(
      .casebook(
        .first,
        .saved(form: GradedParticipant.key("log/1/events/1"), entries: entries, source: nil, reason: nil)))
    #expect(tasks(participant, .recordAdverseEvent).isEmpty == isSettled)
  }

  @Test func `confirmed is confirmed as it was seen, and shown beside what is proposed later`() throws {
    var participant = participant(["0.1"])
    let shown = try ShownGrade("D1/1/blood/1/LYMPH/low=4")
    try participant.perform(ConfirmGrades(participant: .first, grades: [shown]))
    #expect(participant.grading.proposalsWorstFirst.first?.standing == .confirmed)
    #expect(tasks(participant, .confirmGrades) == [])
    participant.trial.when(ConfirmGrades(participant: .first, grades: [shown])).refused("nothing-changed")
    // The value is corrected: what was confirmed stays readable beside the new proposal.
    participant.fill("D1/1/blood/1", lymphocytes("0.3"))
    let proposal = try #require(participant.grading.proposalsWorstFirst.first)
    #expect(proposal.standing == .proposedAnew && proposal.grade == 3 && proposal.counting == 3)
    #expect(proposal.judgments.map(\.judged.grade) == [4])
    #expect(proposal.judgments.map(\.judged.value) == ["0.1 10*9/L"])
    #expect(
      tasks(participant, .confirmGrades) == [
        "Confirm or change the worst grade of 01-0001: Lymphocyte count decreased 3 (proposed anew)."
      ])
    participant.trial.when(ConfirmGrades(participant: .first, grades: [shown])).refused("changed-since-shown")
  }

  @Test func `nobody confirms or changes what they entered`() throws {
    var participant = participant([])
    participant.trial.given(
      .casebook(
        .first,
        .saved(
          form: GradedParticipant.key("D1/1/blood/1"),
          entries: [Entry("DATE", .value("2026-03-02T08:00+01:00")), lymphocytes("0.1")], source: nil, reason: nil)),
      by: .investigator)
    let confirm = ConfirmGrades(participant: .first, grades: [try ShownGrade("D1/1/blood/1/LYMPH/low=4")])
    participant.trial.when(confirm, by: .investigator).refused("own-entry")
    #expect(participant.trial.when(confirm, by: .principalInvestigator).events != nil)
    let change = ChangeGrade(participant: .first, grade: confirm.grades[0], to: 2, reason: "Sample hemolyzed.")
    participant.trial.when(change, by: .investigator).refused("own-entry")
    #expect(participant.trial.when(change, by: .principalInvestigator).events != nil)
  }

  @Test func `days at a grade last from each value to the next, of an episode that lasts to its last`() throws {
    let ended = try #require(participant(["0.4", "0.1", "0.3", "0.9"]).grading.episodes.first)
    #expect([3, 4].map { ended.days(atGrade: $0) } == [3, 1])
    let lasting = try #require(participant(["0.4", "0.1"]).grading.episodes.first)
    #expect([3, 4].map { lasting.days(atGrade: $0) } == [2, 1])
  }

  // MARK: CRS and ICANS

  /// Assessments of CRS by day of March and grade: fever with none, one or two vasopressors.
  private func assessed(_ grades: [(day: Int, grade: Int)]) -> GradedParticipant {
    var participant = GradedParticipant()
    participant.trial.plan.safety.stopEvents = ShippedStudy.plan.safety.stopEvents
    participant.trial.plan.safety.forms = .example
    participant.lymphodeplete()
    participant.infuse()
    for (index, (day, grade)) in grades.enumerated() {
      let date = "2026-03-\(day < 10 ? "0" : "")\(day)"
      participant.fill("D1/\(index + 1)/vitals/1", at: "\(date)T08:00", .lab("TEMP", "38.9", "Cel"))
      participant.fill(
        "D1/\(index + 1)/crs/1", at: "\(date)T09:00",
        [
          Entry("HYPO", .value("\(grade > 1)")), Entry("PRESS", .value("\(max(grade - 2, 0))")),
          Entry("OXY", .value("room-air")),
        ])
    }
    return participant
  }

  private func rules(_ participant: GradedParticipant) -> [MetRule] {
    participant.trial.state.metRules(
      at: participant.trial.now.instant, plan: participant.trial.plan, books: [.first: participant.trial.book])
  }

  static let courses: [(name: String, grades: [(day: Int, grade: Int)], stops: Bool)] = [
    ("down to grade 2 on the seventh day", [(7, 4), (14, 2)], false), ("a day later", [(7, 4), (15, 2)], true),
    ("grade 3 is not down", [(7, 4), (9, 3), (15, 2)], true), ("nobody assessed it again", [(7, 4)], true),
    ("never of grade 4", [(7, 3), (20, 3)], false),
    ("up and down again", [(7, 4), (8, 2), (10, 4), (12, 1)], false),
  ]

  @Test(arguments: courses.indices)
  func `assessments of CRS alone stop the study where grade 4 is not down in seven days`(
    _ index: Int
  ) {
    let (name, grades, stops) = Self.courses[index]
    let found = rules(assessed(grades))
    #expect(found.map(\.rule) == (stops ? [.persistentGrade4] : []), "\(name)")
    #expect(found.allSatisfy { $0.basis == ["01-0001, D1/1/crs/1"] })
  }

  @Test func `before a gate, where nobody is looked at, time stops the study by assessments all the same`() {
    let trial = assessed([(7, 4)]).trial
    func holds(_ books: [ParticipantID: FormBook]?) -> Int {
      let watched = Watched(state: trial.state, now: trial.now, plan: trial.plan, participants: [:], books: books)
      return Watch.facts(in: watched).count { if case .study(.holdSet) = $0.event { true } else { false } }
    }
    #expect(holds([.first: trial.book]) == 1)
    #expect(holds(nil) == 0, "nobody's forms are read where none are given")
  }

  @Test func `a grade that an investigator changed is the one that counts, for the rule and by day`() throws {
    var participant = assessed([(7, 4)])
    try participant.perform(
      ChangeGrade(
        participant: .first, grade: ShownGrade("D1/1/crs/1/GRADE/high=4"), to: 2, reason: "The second was vasopressin.")
    )
    #expect(rules(participant).isEmpty)
    let cell = participant.grading.grid()?.lines.first { $0.id == "crs" }?.cells[1]
    #expect(cell == ToxicityGrid.Cell(text: "2", grade: 2))
  }

  @Test func `an adverse event and the assessments that it rests on are one matter`() throws {
    var participant = assessed([(7, 4)])
    participant.fill(
      "log/1/events/1", [Entry("TERM", .value("Cytokine release syndrome")), Entry("START", .value("2026-03-07"))])
    #expect(rules(participant).map(\.basis) == [["01-0001, D1/1/crs/1"]])
    participant.trial.given(
      .study(.stoppingRuleFired(rule: .persistentGrade4, hold: 1, basis: ["01-0001, D1/1/crs/1"], reason: "Fired.")))
    #expect(rules(participant).map(\.basis) == [["01-0001, D1/1/crs/1"]])
    participant.fill("log/1/events/1", [Entry("END", .value("2026-03-10"))])
    #expect(rules(participant).isEmpty, "by its record it was over in time")
  }

  /// Somebody with fever and one vasopressor on the day after the infusion: CRS of grade 3.
  private func withCRS(assigned: String? = nil) -> GradedParticipant {
    var participant = GradedParticipant()
    participant.lymphodeplete()
    participant.infuse()
    participant.fill("D1/1/vitals/1", at: "2026-03-07T08:00", .lab("TEMP", "38.9", "Cel"))
    participant.fill(
      "D1/1/crs/1", at: "2026-03-07T09:00",
      [Entry("HYPO", .value("true")), Entry("PRESS", .value("1")), Entry("OXY", .value("room-air"))]
        + [assigned.map { Entry("GRADE", .value($0)) }].compactMap(\.self))
    return participant
  }

  @Test func `CRS of grade 3 without an adverse event asks for one, and for a word`() throws {
    var participant = withCRS()
    #expect(
      tasks(participant, .recordAdverseEvent) == [
        "Record an adverse event of 01-0001: Cytokine release syndrome, grade 3 by an assessment since 2026-03-07."
      ])
    #expect(tasks(participant, .confirmGrades).count == 1)
    participant.fill("log/1/events/1", [Entry("KIND", .value("CRS")), Entry("START", .value("2026-03-07"))])
    #expect(tasks(participant, .recordAdverseEvent) == [])
    try participant.perform(
      ConfirmGrades(participant: .first, grades: [try ShownGrade("D1/1/crs/1/GRADE/high=3")]))
    #expect(participant.grading.tasks == [])
  }

  @Test func `an investigator gives CRS another grade, with the reason`() throws {
    var participant = withCRS()
    let shown = try ShownGrade("D1/1/crs/1/GRADE/high=3")
    try participant.perform(
      ChangeGrade(participant: .first, grade: shown, to: 1, reason: "The vasopressor was for the sepsis alone."))
    #expect(participant.grading.tasks == [])
  }

  @Test func `the more serious of what is computed and what the form says counts`() {
    #expect(withCRS(assigned: "4").grading.syndromeProposals.map(\.grade) == [4])
    #expect(withCRS(assigned: "1").grading.syndromeProposals.map(\.grade) == [3])
  }

  @Test func `a changed grade counts, with its reason`() throws {
    var participant = participant(["0.1"])
    let shown = try ShownGrade("D1/1/blood/1/LYMPH/low=4")
    try participant.perform(
      ChangeGrade(participant: .first, grade: shown, to: 2, reason: "Sample hemolyzed; repeated at once: 0.6."))
    let proposal = try #require(participant.grading.proposalsWorstFirst.first)
    #expect(proposal.standing == .changed && proposal.counting == 2 && proposal.grade == 4)
    #expect(participant.grading.tasks == [])
    #expect(participant.grading.shifts().first { $0.analyte == "lymphocytes" }?.worstGrade == 2)
  }

  @Test func `grades are not confirmed by who may not, and not as they are not`() throws {
    let participant = participant(["0.1"])
    let shown = try ShownGrade("D1/1/blood/1/LYMPH/low=4")
    let confirm = ConfirmGrades(participant: .first, grades: [shown])
    participant.trial.when(confirm, by: .nurse).refused("role-may-not")
    participant.trial.when(ConfirmGrades(participant: .first, grades: [])).refused("nothing-to-confirm")
    participant.trial.when(ConfirmGrades(participant: .first, grades: [shown, shown])).refused("nothing-to-confirm")
    participant.trial.when(
      ConfirmGrades(participant: .first, grades: [try ShownGrade("D1/1/blood/1/LYMPH/high=4")])
    ).refused("no-such-grade")
    func change(_ to: Int, _ reason: String = "Repeated.") -> ChangeGrade {
      ChangeGrade(participant: .first, grade: shown, to: to, reason: reason)
    }
    participant.trial.when(change(4)).refused("nothing-changed")
    participant.trial.when(change(5)).refused("no-such-grade")
    participant.trial.when(change(3, " ")).refused("text-missing")
    #expect(throws: InvalidCode.self) { try ShownGrade("D1/1/blood/1/LYMPH=4") }
    #expect(throws: InvalidCode.self) { try ShownGrade("D1/1/blood/1/LYMPH/down=4") }
  }

  @Test func `events stand in the ledger as they always did`() throws {
    let judged = JudgedGrade(
      form: .vitals, item: "A", direction: "low", term: "Anemia", grade: 3, value: "7 g/dL", version: 4,
      rule: "Grade 3.")
    let fact =
      #"{"direction":"low","form":"SCR/1/vitals/1","grade":3,"item":"A","rule":"Grade 3.","term":"Anemia","#
      + #""value":"7 g/dL","version":4}"#
    for (event, type, expected) in [
      (GradeEvent.confirmed(grades: [judged]), "grade.confirmed", #"{"grades":[\#(fact)]}"#),
      (.changed(grade: judged, to: 2, reason: "Why."), "grade.changed", #"{"grade":\#(fact),"reason":"Why.","to":2}"#),
    ] {
      let trial = TrialEvent.grade(.first, event)
      let named = try trial.named()
      #expect(named.type == type)
      #expect(try CanonicalJSON(named.fact).description == expected)
      #expect(try TrialEvent(type: named.type, fact: named.fact, stream: trial.stream) == trial)
    }
  }
}
