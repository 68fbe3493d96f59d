import ClinicalValues
import Ledger
import Markup
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// A gate that lies behind somebody shows what was decided then; one that does not is asked.
struct PassedGateTests {
  private static let line = GateLine(
    id: "infusion.order", title: "The infusion order is signed", value: true, evidence: ["66.30000000 kg"],
    until: Instant(milliseconds: 0))

  private func infused() async throws -> (stage: ParticipantStage, bag: BagNumber) {
    var stage = try await ParticipantStage()
    let bag = BagNumber(lot: LotNumber(participant: stage.id, lot: 1), bag: 1)
    try stage.record(.product(stage.id, .infusionStarted(bag: bag, outsideGate: false, lines: [Self.line])))
    return (stage, bag)
  }

  @Test func `the gate of the infusion is asked until it has ended, and not the day after`() async throws {
    let (begun, bag) = try await infused()
    var stage = begun
    let way = stage.study.conduct.way
    let next = try ParticipantStage.moment("2026-01-06T10:00")
    #expect(try !stage.participant.hasPassed(.infusion, at: next, way: way), "it runs")
    try stage.record(
      .product(
        stage.id, .infusionStopped(bag: bag, volumeML: 50, whole: true, dosePerKg: nil, reason: nil)))
    #expect(try stage.participant.hasPassed(.infusion, at: next, way: way))
    #expect(try !stage.participant.hasPassed(.enrollment, at: next, way: way), "nobody was enrolled")
  }

  @Test func `what a gate saw is kept with who passed it`() async throws {
    let stage = try await ParticipantStage()
    let bag = BagNumber(lot: LotNumber(participant: stage.id, lot: 1), bag: 1)
    let at = try ParticipantStage.moment("2026-01-05T10:00")
    let event = TrialEvent.product(stage.id, .infusionStarted(bag: bag, outsideGate: false, lines: [Self.line]))
    let passed = try #require(
      PassedGate(
        Recorded(
          event, happened: at, recorded: at.instant, actor: Actor(account: "nora.diaz", role: "nurse"), position: 7)))
    #expect(passed.gate == .infusion && passed.lines == [Self.line])
    let printed = PassedGateView(passed: passed, words: stage.words).markup.printed(as: .html)
    #expect(printed.contains("The gate was passed.") && printed.contains("/audit/7") && printed.contains("66.3 kg"))
    #expect(!printed.contains("data-countdown"), "nothing of it runs out any more")
    let elsewhere = PassedGateView(passed: passed, hidden: ["nora.diaz"], words: stage.words).markup.printed(as: .html)
    #expect(elsewhere.contains("somebody of another site"))
    #expect(!elsewhere.contains("nora.diaz") && !elsewhere.contains("/audit/7"))
  }

  @Test func `a gate has one clock, that of the participant's site`() throws {
    let now = try ParticipantStage.moment("2026-01-05T10:00")
    let words = Words(.english, messages: [:])
    #expect(GateTable.markup([Self.line], zone: now.zone, words).plainText.contains("1 Jan 1970 01:00 Europe/Berlin"))
    let closed = Refusal("gate-closed", because: "The gate is closed.", remedy: "Look.", lines: [Self.line])
    let refused = Failure(closed, words: words).markup(words, zone: now.zone)
    #expect(refused.plainText.contains("1 Jan 1970 01:00 Europe/Berlin"))
    let banner = GateBanner.markup(isOpen: true, at: now, words).plainText
    #expect(banner.contains("As of 5 Jan 2026 10:00 Europe/Berlin."))
  }

  @Test func `a reader has the clocks of the site for which they act`() async throws {
    let state = try await ParticipantStage().state
    let nurse = Acting(account: try AccountID("nora.diaz"), role: .nurse, site: try SiteID("01"))
    #expect(state.zone(for: nurse) == "Europe/Berlin")
    #expect(
      state.zone(for: Acting(account: nurse.account, role: .safetyOfficer)) == "UTC" && state.zone(for: nil) == "UTC")
  }

  @Test func `a value that does not decide is not called missing`() {
    let words = Words(.english, messages: [:])
    func shown(_ evidence: [String]) -> String {
      GateTable.markup(
        [GateLine(id: "a", title: "Weight is recent", value: nil, evidence: evidence)], zone: "UTC", words
      )
      .plainText
    }
    #expect(shown(["bodyWeight 66.3 kg", "missing: bodyWeight"]).contains("needed anew: bodyWeight"))
    #expect(shown(["missing: bodyWeight"]).contains("missing: bodyWeight"))
  }
}
