import ClinicalValues
import Ledger
import StudyDesign
import Testing

@testable import Trial

/// Regulatory statements as they bear on a participant's way; others are tested with what they bear on.
struct RegulatoryTests {
  @Test func `regulatory 4: a decision names the content of the study files that it was made by, whatever comes later`()
    throws
  {
    var trial = try TrialScenario.eligible()
    let applied = trial.version
    trial.wait(days: 1)
    trial.given(.study(.protocolPutInForce(version: "2.0", digest: .other, from: trial.now, appliesTo: .all)))
    #expect(trial.state.study.version(at: trial.now)?.version == "2.0")
    let named = trial.ledger.compactMap { recorded -> ProtocolVersion? in
      guard case .way(_, .foundEligible(let decision)) = recorded.event else { return nil }
      return decision.assessment.protocolVersion
    }
    #expect(named == [applied] && applied.digest != .other)
  }

  @Test func `regulatory 15: a decision made anew leaves the first as it was, with what it was made on`() throws {
    var trial = try TrialScenario.eligible()
    let before = trial.ledger
    trial.pictures[.first]?.reviewed = .example([.pass, .fail, .pass], asOf: trial.now)
    try trial.perform(
      ImportData(participant: .first, bundle: .other, resources: 1, source: .laboratory), by: .coordinator)
    trial.wait(days: 1)
    trial.refresh()
    try trial.perform(DecideEligible(participant: .first, cohort: "sle"))
    #expect(Array(trial.ledger.prefix(before.count)) == before)
    let decisions = trial.ledger.compactMap { recorded in
      if case .way(_, .foundEligible(let decision)) = recorded.event { decision.assessment.asOf } else { nil }
    }
    #expect(decisions == [trial.date(inDays: -1), trial.now.date])
  }

  /// What changes or ends something is refused without words, or with blank ones.
  private static let withoutReason: [any TrialCommand] = [
    QuestionEligibility(participant: .first, reason: " "),
    SignRecheck(participant: .first, kind: .leukapheresis, outcome: .deferred),
    SignRecheck(participant: .first, kind: .leukapheresis, outcome: .deferred, reason: "\n"),
    Discontinue(participant: .first, reason: .discontinued, detail: "", lastContact: .least),
    Withdraw(
      participant: .first, scope: .treatment, samples: .kept, cells: .kept, lastContact: .least, detail: " \t"),
    RecordDeath(participant: .first, cause: "", lastContact: .least),
  ]

  @Test(arguments: withoutReason.indices)
  func `regulatory 20: what changes what was decided is refused without a reason`(_ index: Int) throws {
    let command = Self.withoutReason[index]
    let trial = try TrialScenario.enrolled()
    let isOfSite = type(of: command).permission == .recordData
    trial.when(command, by: isOfSite ? .coordinator : .investigator).refused("text-missing")
  }

  @Test(arguments: ImportedData.Source.allCases)
  func `regulatory 20: data that are taken over keep their source, and who took them over`(
    _ source: ImportedData.Source
  ) throws {
    var trial = try TrialScenario.consented()
    try trial.perform(
      ImportData(participant: .first, bundle: .other, resources: 3, source: source), by: .coordinator)
    let taken = trial.ledger.last { recorded in
      if case .way(_, .dataImported(let data)) = recorded.event { data.source == source } else { false }
    }
    #expect(taken?.actor.account == "coordinator" && taken?.actor.role == "coordinator")
    #expect(taken?.recorded == trial.now.instant)
  }

  /// The steps of the way, each with who takes it.
  private static let steps: [(command: any TrialCommand, by: Acting)] = [
    (GiveConsent.example, .coordinator), (StartScreening(participant: .first), .coordinator),
    (DecideEligible(participant: .first, cohort: "sle"), .investigator),
    (Enroll(participant: .first, identity: .example), .coordinator),
    (BookDayZero(participant: .first, day: .least), .coordinator),
    (SignRecheck(participant: .first, kind: .leukapheresis, outcome: .passed), .investigator),
    (BeginCollection(participant: .first), .nurse), (OrderLymphodepletion.example, .investigator),
    (StartLymphodepletion(participant: .first), .nurse),
    (ContinueLymphodepletion(participant: .first, nothingNew: true), .investigator),
    (OrderInfusion(participant: .first, bags: [.first], weight: 70), .investigator),
    (StartInfusion(participant: .first, bag: .first, label: "\(BagNumber.first)"), .nurse),
    (RecordVisit(participant: .first, visit: "D28", assessed: true), .nurse),
  ]

  /// From how far on the way which step is the next.
  private static let stages: [(name: String, next: Int, make: @Sendable () throws -> TrialScenario)] = [
    ("candidate", 0, { .candidate() }), ("consented", 1, { try .consented() }), ("eligible", 3, { try .eligible() }),
  ]

  @Test(arguments: stages.indices)
  func `regulatory 25: on a participant's way no step is taken before those that it follows`(_ index: Int) throws {
    let stage = Self.stages[index]
    let trial = try stage.make()
    for (command, actor) in Self.steps.dropFirst(stage.next + 1) where !(command is RecordVisit && index > 0) {
      guard case .refused(let refusal) = trial.when(command, by: actor) else {
        Issue.record("\(type(of: command).name) was accepted of who is \(stage.name)")
        continue
      }
      #expect(!["role-may-not", "not-delegated"].contains(refusal.id), "\(refusal)")
    }
  }
}
