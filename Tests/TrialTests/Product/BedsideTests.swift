import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

struct BedsideTests {
  struct Mutation: CustomTestStringConvertible, Sendable {
    let what: String
    let change: @Sendable (inout VerifyBedside) -> Void
    let item: BedsideItem
    let both: Bool
    var testDescription: String { what }
  }

  static let mutations: [Mutation] = [
    Mutation(
      what: "identifier", change: { $0.labelIdentity = "\(ParticipantID.second.identity)" }, item: .identity,
      both: true),
    Mutation(
      what: "label's participant", change: { $0.labelParticipant = ParticipantID.second.printed },
      item: .labelParticipant, both: true),
    Mutation(what: "another's bag", change: { $0.labelBag = "\(BagNumber.second)" }, item: .bag, both: true),
    Mutation(
      what: "reserve bag of the same lot", change: { $0.labelBag = "\(ParticipantID.first.b2)" }, item: .bag,
      both: false),
    Mutation(
      what: "wristband", change: { $0.wristband = ParticipantID.second.printed }, item: .wristbandParticipant,
      both: true),
    Mutation(what: "date of birth", change: { $0.birthDateMatches = false }, item: .birthDate, both: false),
    Mutation(what: "what the participant said", change: { $0.said = .differs }, item: .said, both: false),
  ]

  @Test(arguments: mutations)
  func `regulatory 41: any wrong identifier at the bedside blocks the infusion, and nothing overrides it`(
    _ mutation: Mutation
  ) throws {
    var trial = try TrialScenario.cells(at: .thawed)
    trial.enroll(.second)
    try trial.perform(VerifyBedside(.first, trial), by: .nurse)
    var command = VerifyBedside(.first, trial)
    mutation.change(&command)
    let events = try trial.perform(command, by: .otherNurse)
    guard case .product(_, .bedsideMismatched(_, let items)) = events.first else {
      Issue.record("not recorded")
      return
    }
    #expect(items == [mutation.item])
    #expect(told(events).contains { $0.contains("did not agree: \(mutation.item.words); read was") })
    #expect(trial.of().product.isQuarantined)
    #expect(trial.of(.second).product.isQuarantined == mutation.both)
    #expect(trial.of().record.deviations.map(\.severity) == [.critical])
    trial.when(VerifyBedside(.first, trial), by: .otherNurse).refused("quarantined")
    trial.when(StartInfusion(participant: .first, bag: .first, label: trial.label(.bag(.first))), by: .nurse)
      .refused("gate-closed", lines: ["infusion.bag", "infusion.bedside"])
  }

  @Test(arguments: [
    "\(BagNumber.second)", "\(ParticipantID.first.b2)",
    LabelReading(material: .bag(.first), identity: ParticipantID.second.identity).text,
    LabelReading(material: .bag(.first), participant: .second).text,
  ])
  func `regulatory 41: a label of other cells read at the start stops the infusion`(_ label: String) throws {
    var trial = try TrialScenario.cells(at: .verified)
    trial.enroll(.second)
    let events = try trial.perform(StartInfusion(participant: .first, bag: .first, label: label), by: .nurse)
    #expect(TrialScenario.names(events).first == "labelMismatched")
    #expect(trial.of().product.infusion == nil)
    #expect(trial.state.study.infusions.isEmpty)
    trial.when(StartInfusion(participant: .first, bag: .first, label: trial.label(.bag(.first))), by: .nurse)
      .refused("gate-closed", lines: ["infusion.bag"])
  }

  @Test(arguments: [
    "01-0001-L1-B1-0", "01-0001-L1-B1", "01-0001", "", "COI-0000-0000-1",
  ])
  func `an unreadable code is read again and changes nothing`(_ text: String) throws {
    let trial = try TrialScenario.cells(at: .thawed)
    var command = VerifyBedside(.first, trial)
    command.labelBag = text
    trial.when(command, by: .nurse).refused("read-again")
    command = VerifyBedside(.first, trial)
    command.wristband = text
    trial.when(command, by: .nurse).refused("read-again")
    command = VerifyBedside(.first, trial)
    command.labelIdentity = text
    trial.when(command, by: .nurse).refused("read-again")
    command = VerifyBedside(.first, trial)
    command.labelParticipant = text
    trial.when(command, by: .nurse).refused("read-again")
  }

  @Test(arguments: [[IdentityItem.birthDate], [.name, .document]])
  func `regulatory 41: a corrected name or birth date bars the infusion until two people checked and verified anew`(
    _ items: [IdentityItem]
  ) throws {
    var trial = try TrialScenario.cells(at: .verified)
    let start = StartInfusion(participant: .first, bag: .first, label: trial.label(.bag(.first)))
    try trial.perform(
      CorrectIdentity(participant: .first, items: items, reason: "Misread the passport"), by: .principalInvestigator)
    trial.when(start, by: .nurse).refused("gate-closed", lines: ["infusion.bedside"])
    trial.when(VerifyBedside(.first, trial), by: .nurse).refused("person-not-checked")
    try trial.perform(CheckPerson(matching: .first, at: .admission), by: .nurse, together: [.otherNurse])
    for nurse in [Acting.nurse, .otherNurse] {
      trial.when(start, by: .nurse).refused("gate-closed", lines: ["infusion.bedside"])
      try trial.perform(VerifyBedside(.first, trial), by: nurse)
    }
    try trial.perform(start, by: .nurse)
    #expect(trial.of().product.infusion != nil)
  }

  @Test func `one person twice is not two people`() throws {
    var trial = try TrialScenario.cells(at: .thawed)
    for _ in 1...2 { try trial.perform(VerifyBedside(.first, trial), by: .nurse) }
    trial.when(StartInfusion(participant: .first, bag: .first, label: trial.label(.bag(.first))), by: .nurse)
      .refused("gate-closed", lines: ["infusion.bedside"])
    #expect(trial.of().product.bedside(of: .first, at: trial.now, plan: trial.plan.way).by == [Acting.nurse.account])
  }

  @Test(arguments: [(29, true), (30, true), (31, false)])
  func `verification counts for the plan's minutes from the earlier of the two`(_ minutes: Int, _ counts: Bool) throws {
    var trial = try TrialScenario.cells(at: .thawed)
    try trial.perform(VerifyBedside(.first, trial), by: .nurse)
    let until = trial.now.instant.adding(minutes: 30)
    trial.wait(minutes: 5)
    try trial.perform(VerifyBedside(.first, trial), by: .otherNurse)
    #expect(trial.of().product.bedside(of: .first, at: trial.now, plan: trial.plan.way).until == until)
    trial.wait(minutes: minutes - 5)
    #expect(
      trial.of().product.bedside(of: .first, at: trial.now, plan: trial.plan.way).isVerified == counts)
  }

  @Test func `verification needs the admission check, a thawed bag and delegated people`() throws {
    var trial = try TrialScenario.cells(at: .stored)
    trial.when(VerifyBedside(.first, trial), by: .nurse).refused("person-not-checked")
    try trial.advance(.first, to: .takenOut)
    trial.when(VerifyBedside(.first, trial), by: .nurse).refused("not-thawed")
    for actor in [Acting.coordinator, .cellLaboratory, .qualityAssurance, .monitor] {
      trial.when(VerifyBedside(.first, trial), by: actor).refused("role-may-not")
    }
  }

  /// What the deviations among some events say.
  private func told(_ events: [TrialEvent]) -> [String] {
    events.compactMap { event -> String? in
      guard case .record(_, .deviationOpened(let deviation)) = event else { return nil }
      return deviation.what
    }
  }

  struct PersonMutation: CustomTestStringConvertible, Sendable {
    let item: PersonCheckItem
    let change: @Sendable (inout CheckPerson) -> Void
    var testDescription: String { item.rawValue }
  }

  @Test(arguments: [
    PersonMutation(item: .documentName, change: { $0.documentName = false }),
    PersonMutation(item: .documentBirthDate, change: { $0.documentBirthDate = false }),
    PersonMutation(item: .wristbandNumber, change: { $0.wristband = ParticipantID.second.printed }),
    PersonMutation(item: .wristbandName, change: { $0.wristbandName = false }),
    PersonMutation(item: .wristbandBirthDate, change: { $0.wristbandBirthDate = false }),
  ])
  func `a person who does not match is recorded; cells that are there go into quarantine`(
    _ mutation: PersonMutation
  ) throws {
    var trial = try TrialScenario.cells(at: .takenOut)
    var command = CheckPerson(matching: .first, at: .admission)
    mutation.change(&command)
    trial.when(command, by: .nurse).refused("two-people")
    let events = try trial.perform(command, by: .nurse, together: [.otherNurse])
    guard case .product(_, .personMismatched(_, let items)) = events.first else {
      Issue.record("not recorded")
      return
    }
    #expect(items == [mutation.item])
    #expect(told(events).contains { $0.hasSuffix("does not match \(ParticipantID.first): \(mutation.item.words).") })
    #expect(trial.of().product.isQuarantined)
    #expect(trial.of().product.personChecks[.admission] == nil)

    var first = try TrialScenario.cells(at: .enrolled)
    try first.perform(
      PrintLabels(participant: .first, material: .collection(ParticipantID.first.c1), count: 1), by: .nurse)
    command.at = .collection
    try first.perform(command, by: .nurse, together: [.otherNurse])
    first.when(BeginCollection(participant: .first), by: .nurse).refused("person-not-checked")
    #expect(first.of().record.deviations.map(\.severity) == [.critical])
  }
}
