import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

struct QueryTests {
  private let high = FormPicture.Fired(check: "PULSE-HIGH", message: "High: is it right?", items: ["PULSE"])
  private let shown: Set<String> = ["PULSE", "TEMP", "NOTE", "DATE", "SITTING", "PLACE", "AT", "SCORE"]

  /// A pulse for which the check fires.
  private func asked() throws -> TrialScenario {
    var trial = try TrialScenario.consented()
    trial.forms[.vitals] = FormPicture(shown: shown, fired: [high])
    try trial.perform(trial.save([.pulse("180")]), by: .nurse)
    return trial
  }

  private func query(_ trial: TrialScenario) throws -> QueryState { try #require(trial.of().casebook.queries.first) }

  @Test func `a check raises its query once, and closes it when the data are mended`() throws {
    var trial = try asked()
    #expect(try query(trial).status == .open)
    try trial.perform(trial.save([Entry("NOTE", .value("calm"))]), by: .nurse)
    #expect(trial.of().casebook.queries.count == 1)
    trial.forms[.vitals] = FormPicture(shown: shown)
    try trial.perform(trial.save([.pulse("80")], correction: "Misread."), by: .nurse)
    #expect(try query(trial).status == .closed)
    #expect(try query(trial).thread.map(\.kind) == [.raised, .mended])
    trial.forms[.vitals] = FormPicture(shown: shown, fired: [high])
    try trial.perform(trial.save([.pulse("181")], correction: "It was right."), by: .nurse)
    #expect(try query(trial).status == .open)
    #expect(trial.of().casebook.queries.count == 1, "the same query is taken up again, with its thread")
  }

  @Test func `a query lives through answer, second question, answer and closing`() throws {
    var trial = try asked()
    try trial.perform(AnswerQuery(participant: .first, query: 1, text: "After the stairs."), by: .nurse)
    try trial.perform(ReopenQuery(participant: .first, query: 1, text: "Which stairs?"), by: .monitor)
    try trial.perform(AnswerQuery(participant: .first, query: 1, text: "To the ward."), by: .nurse)
    try trial.perform(CloseQuery(participant: .first, query: 1, text: "Plausible."), by: .monitor)
    #expect(try query(trial).thread.map(\.kind) == [.raised, .answered, .reopened, .answered, .closed])
    trial.when(AnswerQuery(participant: .first, query: 1, text: "And more."), by: .nurse).refused("query-status")
  }

  @Test func `a medicine that the protocol does not allow is a deviation, once a medicine`() throws {
    var trial = TrialScenario.watched(infused: [:])
    let form = try FormKey("log/1/bridging/1")
    let shown = Set(trial.book.forms["bridging"]?.items.map(\.id) ?? [])
    let fires = FormPicture.Fired(check: "BR-NOT-ALLOWED", message: "It is not on the list.", items: ["CMTRT"])
    func medications() -> Int { trial.of().record.deviations.count { $0.kind == .medication } }
    trial.forms[form] = FormPicture(shown: shown, fired: [fires])
    try trial.perform(trial.save([Entry("CMTRT", .value("L01XA01"))], of: form), by: .nurse)
    #expect(medications() == 1)
    try trial.perform(trial.save([Entry("CMREAS", .value("Flare."))], of: form), by: .nurse)
    #expect(medications() == 1, "it is noticed once")
    trial.forms[form] = FormPicture(shown: shown)
    try trial.perform(trial.save([Entry("CMTRT", .value("H02AB06"))], of: form, correction: "Mistaken."), by: .nurse)
    #expect(medications() == 1)
    trial.forms[form] = FormPicture(shown: shown, fired: [fires])
    try trial.perform(trial.save([Entry("CMTRT", .value("L04AC07"))], of: form, correction: "Given."), by: .nurse)
    #expect(medications() == 2, "another medicine is another departure")
  }

  @Test(arguments: [true, false])
  func `bridging told by the command and written into the form is one deviation, whichever comes first`(
    _ commandFirst: Bool
  ) throws {
    var trial = TrialScenario.watched(infused: [:])
    let collection = CollectionNumber(participant: .first, collection: 1)
    trial.given(
      .way(.first, .enrolled(cohort: "sle", gate: [])),
      .product(.first, .collectionBegun(collection: collection, outsideGate: false, lines: [])),
      .product(
        .first,
        .collectionEnded(
          collection: collection, yield: 900, accepted: true,
          step: CustodyStep(step: "collected", material: .collection(collection), place: "here"))))
    trial.book = FormBook(
      forms: Array(trial.book.forms.values), visits: trial.book.visits, medicines: ["azathioprine"],
      atc: ["azathioprine": "L04AX01"])
    let form = try FormKey("log/1/bridging/1")
    let fires = FormPicture.Fired(check: "BR-NOT-ALLOWED", message: "It is not on the list.", items: ["CMTRT"])
    trial.forms[form] = FormPicture(
      shown: Set(trial.book.forms["bridging"]?.items.map(\.id) ?? []), fired: [fires])
    let command = RecordBridging(participant: .first, treatment: "azathioprine")
    let save = trial.save([Entry("CMTRT", .value("L04AX01"))], of: form)
    if commandFirst { try trial.perform(command, by: .nurse) }
    try trial.perform(save, by: .nurse)
    if !commandFirst { try trial.perform(command, by: .nurse) }
    #expect(trial.of().record.deviations.map(\.about) == [[.medicine("bridging", "L04AX01")]])
  }

  @Test func `what a person settled stays settled until one of its items changes`() throws {
    var trial = try asked()
    try trial.perform(CloseQuery(participant: .first, query: 1, text: "Confirmed by the chart."), by: .dataManager)
    try trial.perform(trial.save([Entry("NOTE", .value("calm"))]), by: .nurse)
    #expect(try query(trial).status == .closed)
    try trial.perform(trial.save([.pulse("190")], correction: "Measured again."), by: .nurse)
    #expect(try query(trial).status == .open)
  }

  @Test func `the checks of the whole casebook raise and close what saving could not see`() throws {
    var trial = try TrialScenario.withVitals()
    trial.when(CheckCasebook(participant: .first), by: .dataManager).refused("nothing-changed")
    trial.forms[.vitals] = FormPicture(shown: shown, required: ["PULSE", "PLACE"], fired: [high])
    try trial.perform(CheckCasebook(participant: .first), by: .dataManager)
    #expect(try query(trial).status == .open)
    #expect(trial.of().casebook.state(of: .vitals) == .incomplete)
    trial.forms[.vitals] = FormPicture(shown: shown)
    try trial.perform(CheckCasebook(participant: .first), by: .dataManager)
    #expect(try query(trial).status == .closed)
    #expect(trial.of().casebook.state(of: .vitals) == .complete)
  }

  @Test func `a check's query closes itself when another form mends what it asks about`() throws {
    var trial = try asked()
    try trial.perform(AnswerQuery(participant: .first, query: 1, text: "See the history."), by: .nurse)
    trial.forms[.vitals] = FormPicture(shown: shown)
    let events = try trial.perform(trial.save([Entry("TERM", .value("Tachycardia"))], of: .history), by: .nurse)
    #expect(events.last == .casebook(.first, .queryMended(query: 1)))
    #expect(try query(trial).thread.map(\.kind) == [.raised, .answered, .mended])
  }

  @Test func `a check's query closes itself when imported data mend what it asks about`() throws {
    var trial = try asked()
    trial.forms[.vitals] = FormPicture(shown: shown)
    let data = ImportData(participant: .first, bundle: .other, resources: 1, source: .laboratory)
    let events = try trial.perform(data, by: .coordinator)
    #expect(events.last == .casebook(.first, .queryMended(query: 1)))
    #expect(try query(trial).thread.map(\.kind) == [.raised, .mended])
  }

  @Test func `a form that lacked an answer is complete when another form says that it is not asked`() throws {
    var trial = try TrialScenario.withVitals()
    trial.forms[.vitals] = FormPicture(shown: shown, required: ["PLACE"])
    try trial.perform(trial.save([Entry("NOTE", .value("calm"))]), by: .nurse)
    #expect(trial.of().casebook.state(of: .vitals) == .incomplete)
    trial.forms[.vitals] = FormPicture(shown: shown)
    try trial.perform(trial.save([Entry("TERM", .value("Asthma"))], of: .history), by: .nurse)
    #expect(trial.of().casebook.state(of: .vitals) == .complete)
  }

  @Test func `a form that waits for nothing, or is locked, is left alone when another is saved`() throws {
    var trial = try TrialScenario.withVitals()
    trial.forms[.vitals] = FormPicture(shown: shown, fired: [high])
    try trial.perform(trial.save([Entry("TERM", .value("Asthma"))], of: .history), by: .nurse)
    #expect(trial.of().casebook.queries.isEmpty)
    var other = try asked()
    other.given(.casebook(.first, .locked(scope: .form(.vitals))))
    other.forms[.vitals] = FormPicture(shown: shown)
    try other.perform(other.save([Entry("TERM", .value("Asthma"))], of: .history), by: .nurse)
    #expect(try query(other).status == .open)
  }

  @Test func `an answer to what is not asked any more is kept, and asked about`() throws {
    var trial = try TrialScenario.withVitals()
    trial.forms[.vitals] = FormPicture(shown: shown.subtracting(["TEMP"]))
    try trial.perform(trial.save([Entry("NOTE", .value("calm"))]), by: .nurse)
    #expect(trial.answer("TEMP") == .value("36.8", unit: "Cel"))
    #expect(trial.of().casebook.forms[.vitals]?.unasked == ["TEMP"])
    #expect(try query(trial).query.items == ["TEMP"])
  }

  @Test func `a check and the task name an item by its words`() throws {
    var trial = try TrialScenario.withVitals()
    var vitals = try #require(trial.book.forms["vitals"])
    for place in vitals.items.indices where vitals.items[place].id == "TEMP" {
      vitals.items[place].label = "Body temperature"
    }
    trial.book = FormBook(forms: [vitals], visits: trial.book.visits)
    trial.forms[.vitals] = FormPicture(shown: shown.subtracting(["TEMP"]))
    try trial.perform(trial.save([Entry("NOTE", .value("calm"))]), by: .nurse)
    let asked = "Body temperature is answered, and by the other answers it is not asked."
    #expect(try query(trial).query.text == asked)
    let task = trial.state.casebookTasks(nil, books: [.first: trial.book]).first { $0.kind == .answerQuery }
    #expect(task?.title == "Answer query 1 of \(ParticipantID.first) on Body temperature of SCR/1/vitals/1: \(asked)")
  }

  @Test func `whoever answered does not close`() throws {
    var trial = try asked()
    try trial.perform(AnswerQuery(participant: .first, query: 1, text: "It is right."), by: .safetyOfficer)
    trial.when(CloseQuery(participant: .first, query: 1, text: "Fine."), by: .safetyOfficer).refused("own-answer")
    trial.when(CloseQuery(participant: .first, query: 1, text: "Fine."), by: .monitor).then { #expect($0.count == 1) }
  }

  @Test func `a person's query is raised, cancelled and opened again`() throws {
    var trial = try TrialScenario.withVitals()
    let raise = RaiseQuery(participant: .first, form: .vitals, items: ["PULSE"], text: "Which device?")
    trial.when(RaiseQuery(participant: .first, form: .vitals, items: ["X"], text: "?"), by: .monitor)
      .refused("unknown-item")
    try trial.perform(raise, by: .monitor)
    try trial.perform(CancelQuery(participant: .first, query: 1, text: "Stands in the note."), by: .monitor)
    try trial.perform(ReopenQuery(participant: .first, query: 1, text: "It does not."), by: .dataManager)
    #expect(try query(trial).status == .open)
    trial.when(CloseQuery(participant: .first, query: 2, text: "?"), by: .monitor).refused("no-such-query")
  }

  @Test func `calculated items follow, with their history`() throws {
    var trial = try TrialScenario.consented()
    trial.forms[.vitals] = FormPicture(shown: shown, calculated: [Entry("SCORE", .value("73"))])
    try trial.perform(trial.save([.pulse("72")]), by: .nurse)
    #expect(trial.answer("SCORE") == .value("73"))
    trial.forms[.vitals] = FormPicture(shown: shown)
    try trial.perform(
      trial.save([Entry("PULSE", .cleared), Entry("NOTE", .value("x"))], correction: "Error."), by: .nurse)
    #expect(trial.answer("SCORE") == nil)
    #expect(trial.of().casebook.forms[.vitals]?.items["SCORE"]?.history.map(\.isCalculated) == [true, true])
  }
}
