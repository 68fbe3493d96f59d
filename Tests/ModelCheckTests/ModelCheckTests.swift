import ClinicalValues
import Foundation
import Testing
import Trial

@testable import ModelCheck

/// The exploration of the small study: the first 6,000 worlds at most two steps from a seed, always the same ones; `scripts/test --long` runs
/// the whole in a release build.
struct ModelCheckTests {
  static let study = Result { try SmallStudy() }

  @Test func `no accepted command in the first 6,000 worlds around the seeds breaks an invariant`() async throws {
    let study = try Self.study.get()
    let report = await Explorer(study).explore(try Seeds.all(study), within: Explorer.Bounds(depth: 2, worlds: 6_000))
    print(Summary.of(report))
    for (violation, trace) in report.violations {
      Issue.record("\(violation)\n\(trace.joined(separator: "\n"))")
    }
    #expect(report.worlds > 1_000)
    // Whoever is in the study can leave it in every world; that many can go on at once shows that it is not all they can.
    #expect(report.canLeave == report.present)
    #expect(report.canGoOn > report.present / 4)
    let corrections: Set = [
      CorrectVisit.name, CorrectDose.name, CorrectInfusion.name, CorrectStep.name, TakeBackConfirmation.name,
      CorrectConsent.name, DrawLabels.name, ChangeSite.name, SaveForm.name,
    ]
    #expect(corrections.isSubset(of: report.commands), "not accepted: \(corrections.subtracting(report.commands))")
  }

  /// Commands that are not tried, and what is missed.
  @Test(arguments: [
    ([Discontinue.name, Withdraw.name, LoseToFollowUp.name], "stuck"), ([Withdraw.name], "kept"),
  ])
  func `who cannot leave is seen, whatever else can be recorded`(_ untried: [String], _ missed: String) throws {
    let study = try Self.study.get()
    let explorer = Explorer(study, untried: Set(untried))
    var expansion = Explorer.Expansion()
    for seed in try Seeds.all(study) { explorer.expand(seed.world, 0, known: [], into: &expansion) }
    #expect(expansion.broken.contains { $0.2.invariant == missed })
  }

  @Test func `neither a death nor what happens outside a gate nor a correction counts as going on or leaving`() throws {
    let study = try Self.study.get()
    let (a, nurses) = (study.participants[0], [study.staff.nurse, study.staff.otherNurse])
    let seed = try #require(try Seeds.all(study).first { $0.name == "ready for leukapheresis" })
    let explorer = Explorer(study)
    let asked: [any TrialCommand] = [
      RecordDeath(participant: a, cause: "accident", lastContact: study.start.date),
      RecordOutsideGate(participant: a, act: .leukapheresis, circumstances: "system down"),
    ]
    for command in asked {
      let outcome = explorer.setting.decide(
        command, by: nurses[0], together: command is RecordDeath ? [] : [nurses[1]], earlier: false, in: seed.world,
        pictures: explorer.setting.pictures(of: seed.world))
      guard case .accepted(let facts, let next) = outcome else {
        Issue.record("\(type(of: command).name) is refused")
        continue
      }
      var ways = Ways()
      ways.add(facts, from: seed.world, to: next)
      #expect(ways.goOn.isEmpty && ways.leave.isEmpty)
    }
  }

  @Test func `what passes a gate is asked as of minutes ago, too, and a withdrawal since then bars it`() throws {
    let study = try Self.study.get()
    let explorer = Explorer(study)
    let id = study.participants[0]
    func isAccepted(in world: World) -> Bool {
      explorer.moves.all(in: world).contains { move in
        guard case .command(let command as Enroll, let actor, let together, true) = move,
          case .accepted = explorer.setting.decide(
            command, by: actor, together: together, earlier: true, in: world,
            pictures: explorer.setting.pictures(of: world))
        else { return false }
        return true
      }
    }
    var script = Script(study)
    try script.open()
    try script.findEligible(id)
    script.wait(.short)
    #expect(isAccepted(in: script.world))
    let withdraw = Withdraw(
      participant: id, scope: .everything, samples: .kept, cells: .destroyed, lastContact: study.start.date,
      detail: "wish")
    try script.ask(withdraw, study.staff.nurse)
    #expect(!isAccepted(in: script.world))
  }

  @Test func `a gate of minutes ago is handed what is said as of then`() throws {
    let study = try Self.study.get()
    var script = Script(study)
    try script.open()
    try script.findEligible(study.participants[0])
    var world = script.world
    func days(_ pictures: [ParticipantID: ClinicalPicture]) -> Set<String> {
      Set(pictures.values.compactMap { $0.eligibility[SmallStudy.cohort]?.asOf.description })
    }
    for (time, gate) in [("00:20", "2026-01-20"), ("00:02", "2026-01-19")] {
      world.now = try #require(Moment("2026-01-20T\(time):00+00:00"))
      let pictures = Setting(study).pictures(of: world)
      #expect(days(pictures.now) == ["2026-01-20"])
      #expect(days(pictures.earlierAtGate) == [gate])
      #expect(days(pictures.earlier) == ["2026-01-19"])
    }
  }

  @Test func `each line of each gate is missed when it is taken out`() throws {
    let results = try Mutations(try Self.study.get()).run()
    print(Summary.of(results))
    for result in results {
      #expect(result.trace != nil, "\(result.line) can be taken out of the gate of \(result.gate.rawValue) unseen")
    }
  }

  @Test(arguments: Gate.allCases) func `the checker judges every line that a gate has`(_ gate: Gate) {
    let judged = (Judge.lines[gate] ?? []).map(\.id)
    #expect(Set(judged) == Set(GateBook.standard.lines(of: gate)))
    #expect(Set(judged).count == judged.count)
  }

  @Test func `every command is explored, or left out for a reason`() throws {
    let study = try Self.study.get()
    let explorer = Explorer(study)
    var asked: Set<String> = []
    for seed in try Seeds.all(study) {
      for case .command(let command, _, _, _) in explorer.moves.all(in: seed.world) {
        asked.insert(type(of: command).name)
      }
    }
    // These appear only once something has gone wrong, or an infusion runs.
    for world in try Self.troubled(study) {
      for case .command(let command, _, _, _) in explorer.moves.all(in: world) {
        asked.insert(type(of: command).name)
      }
    }
    let all = Set(Commands.all.map { $0.name })
    let left = Set(Moves.leftOut.keys)
    #expect(all.subtracting(asked) == left, "explored and left out must be all commands there are")
    #expect(Moves.leftOut.values.allSatisfy { !$0.isEmpty })
  }

  /// Worlds in which a lot is about to be begun, and is being made; and one with a hold, a question, a quarantine, a
  /// sample and an act outside the gate.
  private static func troubled(_ study: SmallStudy) throws -> [World] {
    let seed = try #require(try Seeds.all(study).first { $0.name == "the infusion runs" })
    let id = study.participants[0]
    let lot = LotNumber(participant: id, lot: 1)
    var script = Script(study)
    try script.open()
    try script.findEligible(id)
    try script.enroll(id)
    try script.prepareCollection(id)
    try script.collect(id)
    try script.ask(PrintLabels(participant: id, material: .lot(lot), count: 1), study.staff.laboratory)
    let labelled = script.world
    let collection = CollectionNumber(participant: id, collection: 1)
    let begin = BeginManufacturing(
      participant: id, collection: collection, lot: lot, lotLabel: script.moves.label(.lot(lot)), materialLeft: false,
      label: script.moves.label(.collection(collection)), place: "room")
    try script.ask(begin, study.staff.laboratory)
    let bag = Material.bag(BagNumber(lot: lot, bag: 1))
    try script.ask(PrintLabels(participant: id, material: bag, count: 1), study.staff.laboratory)
    var world = seed.world
    let explorer = Explorer(study)
    for name in ["study hold", "study ask-dlt", "product quarantine", "product sample take", "product outside-gate"] {
      let move = explorer.moves.all(in: world).first {
        if case .command(let command, _, _, _) = $0 { type(of: command).name == name } else { false }
      }
      guard case .command(let command, let actor, let together, let earlier) = try #require(move) else { continue }
      let outcome = explorer.setting.decide(
        command, by: actor, together: together, earlier: earlier, in: world,
        pictures: explorer.setting.pictures(of: world))
      if case .accepted(_, let next) = outcome { world = next }
    }
    return [labelled, script.world, world]
  }
}

/// What tells worlds apart must hold everything that the trial's state holds, or say why not.
struct FingerprintTests {
  /// The members of the state that are explored, by type; what is not among them is left out, with the reason beside it.
  @Test func `every member of the state is in the fingerprint, or is left out for a reason`() throws {
    let study = try SmallStudy()
    let seed = try #require(try Seeds.all(study).first { $0.name == "the infusion runs" })
    let participant = try #require(seed.world.state.participants[study.participants[0]])
    let lot = try #require(participant.product.lots.first)
    #expect(
      members(participant) == [
        "id", "way", "product", "record",
        "casebook",  // of it the form on a death, whose history bears on no decision
        "visits",  // what it counts from is in way and product; the visits themselves are in the shadow
        "entries",  // what way and product are made of; what a correction could bring back is in the shadow
        "safety", "grades",  // as the casebook
      ])
    #expect(
      members(participant.way) == [
        "site",
        "registered",  // since when: for the worklist
        "cohort",  // one cohort
        "consents", "screeningRound",
        "assessedAnewSince", "screeningFailed",  // since when forms count, and forms are not explored
        "screeningStarted", "eligibility", "isEligibilityQuestioned",
        "eligibilityQuestioned",  // whether within the last pause
        "enrolled",
        "bookedDayZero", "rechecks",
        "rechecksQuestioned",  // whether within the last pause
        "lymphodepletionOrder", "infusionOrder", "readiness", "lymphodepletionDoses",
        "lymphodepletionRounds", "firstLymphodepletion", "lymphodepletionEnded", "infusable", "isDelayJustified",
        "lastAssessment", "completed",
        "unlistedBridging",  // whether a deviation about it lapses; no command asks
        "contactAttempts", "left", "departure", "died", "lacksCapacity", "pregnancies",
        "endedPregnancies",  // a number by which reports are told apart
      ])
    #expect(
      members(participant.product) == [
        "identity", "collections", "lots", "samples", "personChecks", "quarantines",
        "quarantined",  // since when: for the worklist
        "quarantineCount",  // numbers only name
        "outsideGate", "infusion",
      ])
    #expect(
      members(lot) == [
        "number",  // its place in the list
        "labels", "step", "from",
        "harvested",  // the small study has no step of its own for it
        "bags", "tests",
        "testers",  // always the same account
        "release",
        "released",  // since when: for the worklist
        "passedOver",  // the one test that may be: it follows from the release
        "outcome", "exceptional",
      ])
    #expect(
      members(try #require(lot.bags.first)) == [
        "number", "labels", "step",
        "volumeML",  // always the same
        "cells", "lastDay",
        "keepsUntil",  // counted from the harvest
        "isReceived", "site", "isStored", "thaw", "verifications", "isStarted", "isPaused", "isUnusable",
        "hasGap", "end",
      ])
    #expect(
      members(try #require(participant.product.collections.first)) == [
        "number", "labels", "step", "begun", "firstDay", "ended", "yield", "isAccepted", "keepsUntil",
        "isFrozen", "isThawed",  // starting material is not frozen in the small study
        "isAcceptedByLaboratory", "hasMaterial", "isUnusable", "hasGap",
      ])
    #expect(
      members(seed.world.state.study) == [
        "study", "isSynthetic",  // of the whole ledger
        "slots", "enrolled", "infusions", "open",
        "versions", "tested",  // one version, in force from the beginning
        "settledItems", "holdsInForce",
        "holdsSet",  // numbers only name
        "firedRules",  // no rule can fire: the small study names none, and two slots are too few for a rate
        "questions", "boardMembers", "reviews", "boardWords",
        "boardDecisions",  // since when the next is due: for the worklist
      ])
  }

  @Test func `data that were taken back leave no decision and no re-check that rests on them`() throws {
    let study = try SmallStudy()
    let id = study.participants[0]
    let (nurse, investigator) = (study.staff.nurse, study.staff.investigator)
    var script = Script(study)
    try script.open()
    try script.register()
    let data = ImportData(participant: id, bundle: study.version.digest, resources: 1, source: .hospitalRecord)
    try script.ask(data, nurse)
    try script.consent(id)
    try script.ask(StartScreening(participant: id), nurse)
    let takeBack = TakeBackImport(participant: id, bundle: study.version.digest, reason: "misread")
    var failed = script
    try failed.ask(FailScreening(participant: id, reason: "too ill"), investigator)
    try failed.ask(takeBack, investigator)
    #expect(failed.world.state.participants[id]?.status(at: failed.world.now) == .screening)
    try script.ask(DecideEligible(participant: id, cohort: SmallStudy.cohort), investigator)
    let decided = script.world
    try script.ask(takeBack, investigator)
    #expect(script.world.shadow.people[id]?.isQuestioned == true)
    #expect(Fingerprint.of(script.world) != Fingerprint.of(decided))
  }

  @Test func `worlds that differ only in who is where are two`() throws {
    let study = try SmallStudy()
    let id = study.participants[0]
    var script = Script(study)
    try script.open()
    try script.openElsewhere()
    try script.findEligible(id)
    let before = Fingerprint.of(script.world)
    try script.handOver(id)
    #expect(Fingerprint.of(script.world) != before)
    #expect(script.world.shadow.people[id]?.site == study.otherSite)
  }

  @Test func `worlds that differ only in the calendar are one`() throws {
    let study = try SmallStudy()
    var early = Script(study)
    var late = Script(study)
    for _ in 0..<3 { late.wait(.day) }
    try early.open()
    try late.open()
    try early.findEligible(study.participants[0])
    try late.findEligible(study.participants[0])
    #expect(Fingerprint.of(early.world) == Fingerprint.of(late.world))
    late.wait(.short)
    #expect(Fingerprint.of(early.world) != Fingerprint.of(late.world))
  }

  private func members(_ value: Any) -> [String] { Mirror(reflecting: value).children.compactMap(\.label) }
}
