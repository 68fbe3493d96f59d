import ClinicalValues
import StudyDesign
import Testing

@testable import Trial

@Suite struct `A gate opens only where every line is true` {
  @Test func `every line has its place, in the protocol's order`() {
    let trial = TrialScenario.candidate()
    func ids(_ gate: Gate) -> [String] { trial.situation().lines(of: gate, for: .first).map(\.id) }
    #expect(
      ids(.enrollment) == ["consent", "eligibility", "slot", "open", "hold", "adopted"].map { "enrollment." + $0 })
    #expect(
      ids(.leukapheresis)
        == ["enrolled", "consent", "recheck", "infectionMarkers", "labels", "hold"].map { "leukapheresis." + $0 })
    #expect(
      ids(.lymphodepletion)
        == [
          "eligibility", "round", "consent", "recheck", "product", "washOut", "baseline", "order", "prophylaxis",
          "readiness", "hold", "questions", "stagger", "review",
        ].map { "lymphodepletion." + $0 })
    let infusion = [
      "consent", "recheck", "bag", "bedside", "lymphodepletion", "open", "stagger", "readiness", "order", "baseline",
    ].map { "infusion." + $0 }
    #expect(ids(.infusion) == infusion)
    #expect(ids(.thawing) == infusion.filter { $0 != "infusion.bedside" })
  }

  @Test(arguments: Gate.allCases)
  func `of a candidate no gate is open, and every line that is not true says what to do`(_ gate: Gate) {
    let trial = TrialScenario.candidate()
    let lines = trial.situation().lines(of: gate, for: .first)
    #expect(lines.contains { $0.value != true })
    #expect(lines.allSatisfy { $0.value == true || $0.remedy?.isEmpty == false })
    #expect(throws: Refusal.self) { try trial.situation().pass(gate, for: .first) }
    #expect(throws: Refusal.self) { try trial.situation().pass(gate, for: .elsewhere) }
  }

  @Test(arguments: Gate.allCases) func `a gate without any line stays closed`(_ gate: Gate) {
    var trial = TrialScenario.candidate()
    trial.gates.rules[gate] = []
    #expect(throws: Refusal.self) { try trial.situation().pass(gate, for: .first) }
  }

  static let ofEnrollment: [Spoil] = [
    .newConsent("enrollment.consent", before: .enrollment), .question("enrollment.eligibility"),
    Spoil("enrollment.eligibility", "decided under other criteria") {
      $0.version = ProtocolVersion(version: "2.0", digest: .other, cohorts: ["sle"], provisional: [])
    },
    Spoil("enrollment.slot", "no slot is free") { $0.plan.way.slots = 0 },
    Spoil("enrollment.open", "the study is closed") { $0.given(.study(.closed(scope: .study))) },
    Spoil("enrollment.open", "the site is closed") { $0.given(.study(.closed(scope: .site(.berlin)))) },
    Spoil("enrollment.open", "the cohort is closed") { $0.given(.study(.closed(scope: .cohort("sle")))) },
    .hold("enrollment.hold", on: .enrollment),
    Spoil("enrollment.adopted", "a provisional item is not adopted") { trial in
      trial.version = ProtocolVersion(
        version: "1.0", digest: trial.version.digest, cohorts: trial.version.cohorts, provisional: ["slots"])
    },
  ]

  @Test(arguments: ofEnrollment) func enrollment(_ spoil: Spoil) throws {
    try check(spoil, of: .enrollment, from: try .eligible())
  }

  @Test func `an eligibility decision enrolls for 28 days`() throws {
    var trial = try TrialScenario.eligible()
    trial.wait(days: 28)
    #expect(closed(trial, .enrollment).isEmpty)
    let until = trial.line("enrollment.eligibility", of: .enrollment)?.until
    #expect(until?.description == "2026-02-02T22:59:59.999Z")
    trial.wait(days: 1)
    #expect(closed(trial, .enrollment) == ["enrollment.eligibility"])
  }

  @Test func `enrollment issues the chain of identity, takes a slot and stores what the gate saw`() throws {
    let trial = try TrialScenario.eligible()
    let enroll = Enroll(participant: .first, identity: .example)
    trial.when(enroll, by: .coordinator).then { events in
      guard case .way(_, .enrolled(let cohort, let gate)) = events.first else {
        Issue.record("\(events)")
        return
      }
      #expect(cohort == "sle" && gate.count == 6 && gate.allSatisfy { $0.value == true })
      #expect(events.dropFirst().contains(.product(.first, .identityIssued(.example))))
      #expect(events.last == .study(.slotAllotted(participant: .first)))
    }
    trial.when(enroll, by: .coordinator, at: trial.ago(minutes: 6)).refused("gate-is-now")
    var taken = trial
    taken.given(.product(.second, .identityIssued(.example)))
    taken.when(enroll, by: .coordinator).refused("identity-taken")
    try TrialScenario.enrolled().when(enroll, by: .coordinator).refused("already-enrolled")
  }

  static let ofLeukapheresis: [Spoil] =
    [
      .question("leukapheresis.enrolled"), .newConsent("leukapheresis.consent", before: .leukapheresis),
      Spoil("leukapheresis.recheck", "it is 72 hours old") { $0.wait(hours: 72, minutes: 1) },
      Spoil("leukapheresis.labels", "no label is at hand") { trial in
        let collection = Material.collection(CollectionNumber(participant: .first, collection: 1))
        trial.given(.product(.first, .labelsDestroyed(material: collection, count: 3, reason: "smudged")))
      },
      .hold("leukapheresis.hold", on: .leukapheresis),
    ] + Spoil.recheck("leukapheresis.recheck", .leukapheresis)
    + Spoil.finding("leukapheresis.infectionMarkers", "infectionMarkersCurrent")

  @Test(arguments: ofLeukapheresis) func leukapheresis(_ spoil: Spoil) throws {
    var ready = try TrialScenario.enrolled()
    try ready.perform(SignRecheck(participant: .first, kind: .leukapheresis, outcome: .passed))
    let collection = Material.collection(CollectionNumber(participant: .first, collection: 1))
    ready.given(.product(.first, .labelsPrinted(material: collection, count: 3, reason: nil)))
    try check(spoil, of: .leukapheresis, from: ready)
  }

  @Test func `from whom cells were collected none are collected again`() throws {
    var trial = try TrialScenario.enrolled()
    trial.givenProduct()
    #expect(trial.line("leukapheresis.enrolled", of: .leukapheresis)?.value == false)
  }
}
