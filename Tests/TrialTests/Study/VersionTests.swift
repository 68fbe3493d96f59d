import ClinicalValues
import Ledger
import Testing

@testable import Trial

struct VersionTests {
  /// Version 1.0 is in force, the first participant is enrolled under it, the second is not.
  private func amended(_ appliesTo: AmendmentScope) -> TrialScenario {
    var trial = TrialScenario.study()
    trial.given(.study(.protocolPutInForce(version: "1.0", digest: .example, from: trial.now, appliesTo: .all)))
    trial.wait(days: 1)
    for id in [ParticipantID.first, .second] { trial.given(.way(id, .registered(site: .berlin, cohort: "sle"))) }
    trial.given(.study(.slotAllotted(participant: .first)))
    trial.wait(days: 1)
    trial.given(.study(.protocolPutInForce(version: "2.0", digest: .other, from: trial.now, appliesTo: appliesTo)))
    return trial
  }

  @Test(arguments: [(AmendmentScope.notYetEnrolled, ["1.0", "2.0"]), (.all, ["2.0", "2.0"])])
  func `those not enrolled are under the amendment, those enrolled if it says so`(
    _ appliesTo: AmendmentScope, _ expected: [String]
  ) {
    let trial = amended(appliesTo)
    #expect(trial.state.protocolVersions(at: trial.now).map(\.version?.version) == expected)
    #expect(trial.state.protocolVersions(at: trial.ago(hours: 1)).map(\.version?.version) == ["1.0", "1.0"])
    #expect(trial.state.protocolVersions(at: trial.ago(days: 9)).map(\.version?.version) == [nil, nil])
  }

  @Test func `a version comes into force later, once, and never in the past`() throws {
    var trial = TrialScenario.study()
    let later = trial.now.adding(days: 3)
    try trial.perform(
      PutProtocolInForce(version: "1.0", digest: .example, appliesTo: .all, from: later), by: .principalInvestigator)
    #expect(trial.state.study.version(at: trial.now) == nil)
    #expect(trial.state.study.version(at: later)?.version == "1.0")
    trial.when(PutProtocolInForce(version: "1.0", digest: .example, appliesTo: .all), by: .principalInvestigator)
      .refused("version-used")
    trial.version = ProtocolVersion(version: "2.0", digest: .other, cohorts: ["sle"], provisional: [])
    for from in [trial.ago(days: 1), trial.now, later] {
      trial.when(
        PutProtocolInForce(version: "2.0", digest: .other, appliesTo: .all, from: from), by: .principalInvestigator
      ).refused("version-too-early")
    }
  }

  @Test func `provisional items are adopted by the principal investigator's signature, for one content`() throws {
    var trial = TrialScenario.study()
    #expect(trial.state.study.unadopted(of: trial.version) == ["slots", "stagger"])
    let adopt = AdoptProvisional(items: ["stagger"], version: "1.0", digest: .example)
    trial.when(adopt, by: .investigator).refused("role-may-not")
    #expect(trial.when(adopt, by: .principalInvestigator).facts.allSatisfy { $0.signed != nil })
    try trial.perform(adopt, by: .principalInvestigator)
    #expect(trial.state.study.unadopted(of: trial.version) == ["slots"])
    trial.when(adopt, by: .principalInvestigator).refused("already-adopted")

    // The amendment holds other content: what was adopted is asked anew.
    let amended = ProtocolVersion(version: "2.0", digest: .other, cohorts: ["sle"], provisional: ["slots", "stagger"])
    #expect(trial.state.study.unadopted(of: amended) == ["slots", "stagger"])
  }

  @Test(arguments: [(["gout"], "unknown-item"), ([], "nothing-named"), (["slots", "gout"], "unknown-item")])
  func `only items of the version at hand are adopted`(_ items: [String], _ refusal: String) {
    TrialScenario.study().when(
      AdoptProvisional(items: items, version: "1.0", digest: .example), by: .principalInvestigator
    ).refused(refusal)
  }

  @Test func `a provisional item is changed by a version of other content only`() throws {
    var trial = TrialScenario.study()
    func change(former: Digest) -> ChangeProvisional {
      ChangeProvisional(
        item: "slots", change: "14 slots in place of 12.", former: former, version: "2.0", digest: .other)
    }
    trial.version = ProtocolVersion(version: "2.0", digest: .other, cohorts: ["sle"], provisional: ["slots"])
    trial.when(change(former: .example), by: .principalInvestigator).refused("not-changed")
    trial.given(.study(.protocolPutInForce(version: "1.0", digest: .example, from: trial.now, appliesTo: .all)))
    trial.when(change(former: .other), by: .principalInvestigator).refused("not-changed")
    try trial.perform(change(former: .example), by: .principalInvestigator)
    #expect(trial.state.study.unadopted(of: trial.version).isEmpty)
  }
}
