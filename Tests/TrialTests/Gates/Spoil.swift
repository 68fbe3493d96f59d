import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

/// A way to make one line of a gate not true, and what the line then says.
struct Spoil: Sendable, CustomTestStringConvertible {
  let line: String
  let how: String
  let value: Bool?
  let change: @Sendable (inout TrialScenario) throws -> Void

  init(
    _ line: String, _ how: String, _ value: Bool? = false,
    _ change: @escaping @Sendable (inout TrialScenario) throws -> Void
  ) {
    self.line = line
    self.how = how
    self.value = value
    self.change = change
  }

  var testDescription: String { "\(line): \(how)" }

  static func hold(_ line: String, on activity: Activity) -> Spoil {
    Spoil(line, "an operational hold") { trial in
      let hold = Hold(
        number: 1, kind: .operational, activities: [activity], site: nil, cohort: nil, reason: "no staff",
        setBy: .qualityAssurance, rule: nil)
      trial.given(.study(.holdSet(hold: hold)))
    }
  }

  static func newConsent(_ line: String, before activity: Activity) -> Spoil {
    Spoil(line, "a re-consent is due before this step") { trial in
      let form = ConsentForm(version: "2.0", from: trial.now, signedAnewBy: .all, beforeActivity: activity)
      trial.given(.site(.berlin, .consentPutInForce(form: form)))
    }
  }

  static func finding(_ line: String, _ id: String) -> [Spoil] {
    [
      Spoil(line, "\(id) is false") { $0.see(id, false) },
      Spoil(line, "\(id) is unknown", nil) { $0.see(id, nil) },
      Spoil(line, "\(id) is missing", nil) { $0.pictures[.first]?.findings[id] = nil },
    ]
  }

  static func recheck(_ line: String, _ kind: RecheckKind) -> [Spoil] {
    [
      Spoil(line, "the re-check was deferred") { trial in
        try trial.perform(SignRecheck(participant: .first, kind: kind, outcome: .deferred, reason: "fever"))
      },
      Spoil(line, "data since fail a criterion") { trial in
        let ids = trial.plan.recheck[kind]?.criteria ?? []
        trial.pictures[.first]?.rechecks[kind] = .example(
          ids.enumerated().map { $0.offset == 0 ? .fail : .pass }, ids: ids, asOf: trial.now)
      },
      Spoil(line, "a value has grown too old or was taken back since", nil) { trial in
        let ids = trial.plan.recheck[kind]?.criteria ?? []
        trial.pictures[.first]?.rechecks[kind] = .example(
          ids.enumerated().map { $0.offset == 0 ? .unknown : .pass }, ids: ids, asOf: trial.now)
      },
      Spoil(line, "there are no data to ask it of", nil) { $0.pictures[.first]?.rechecks[kind] = nil },
    ]
  }

  static let question = { @Sendable (line: String) in
    Spoil(line, "a correction speaks against the decision") { trial in
      try trial.perform(QuestionEligibility(participant: .first, reason: "another's sample"))
    }
  }
}

/// The lines of a gate by id that are not true, on no more of the clinical picture than the gate says that it needs.
func closed(_ trial: TrialScenario, _ gate: Gate, bag: BagNumber? = nil) -> [String] {
  var trial = trial
  trial.pictures = trial.pictures.mapValues { $0.limited(to: gate.clinicalNeeds) }
  return trial.situation().lines(of: gate, for: .first, bag: bag).filter { $0.value != true }.map(\.id)
}

extension ClinicalPicture {
  /// What is left when only some parts are painted.
  fileprivate func limited(to needs: ClinicalNeeds) -> ClinicalPicture {
    ClinicalPicture(
      findings: needs.findings ? findings : [:], eligibility: needs.eligibility ? eligibility : [:],
      rechecks: rechecks.filter { needs.rechecks.contains($0.key) }, reviewed: needs.reviewed ? reviewed : nil,
      longWait: needs.longWait ? longWait : nil)
  }
}

/// Checks that a spoiled line closes its gate alone, says so, and that the gate would open were the line left out.
func check(_ spoil: Spoil, of gate: Gate, from ready: TrialScenario, bag: BagNumber? = nil) throws {
  var trial = ready
  #expect(closed(trial, gate, bag: bag).isEmpty, "\(gate) is open before")
  try spoil.change(&trial)
  let line = trial.line(spoil.line, of: gate, bag: bag)
  #expect(line?.value == spoil.value)
  #expect(line?.remedy?.isEmpty == false && line?.evidence.isEmpty == false && line?.until == nil)
  #expect(closed(trial, gate, bag: bag) == [spoil.line])
  #expect(throws: Refusal.self) { try trial.situation().pass(gate, for: .first, bag: bag) }
  trial.gates.rules[gate]?.removeAll { $0.id == spoil.line }
  #expect(throws: Never.self) { try trial.situation().pass(gate, for: .first, bag: bag) }
}

extension TrialScenario {
  /// A DLT question is opened.
  mutating func openQuestion(on participant: ParticipantID) {
    given(
      .study(
        .dltQuestionOpened(
          question: 1, participant: participant, toxicity: .other, onset: now.date, about: "liver values")))
  }

  /// Of somebody infused forty days ago a DLT question was answered below the threshold, and its event goes on.
  mutating func answerAhead(on participant: ParticipantID) throws {
    plan.safety.forms = ShippedStudy.plan.safety.forms
    infuse(participant, at: ago(days: 40))
    assess(participant)
    openQuestion(on: participant)
    let entries = [
      Entry("AEDECOD", .value("Acute kidney injury")), Entry("AETOXGR", .value("3")),
      Entry("AEREL_PROD", .value("RELATED")), Entry("AESTDTC", .value(ago(days: 20).date.description)),
    ]
    let form = try FormKey("log/1/adverseEvent/1")
    given(
      .casebook(participant, .saved(form: form, entries: entries, source: nil, reason: nil)),
      .safety(participant, .doseLimitingAsked(event: 1, question: 1, result: .indeterminate, rule: "nonHematologic")),
      .study(.dltAnswered(question: 1, answer: DLTAnswer(basis: .belowThreshold))),
      .study(.dltConfirmed(question: 1)))
  }
}
