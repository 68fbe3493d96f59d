import ClinicalValues
import Foundation
import Testing
import Trial

@testable import tandem

/// One participant from registering to the end of the infusion, by command lines alone.
struct WalkTests {
  @Test func `a participant is walked from registering to the infusion by command lines alone`() async throws {
    var walk = Walk(try await Stage.study())
    try await walk.enroll()
    #expect(try await walk.status() == "enrolled")
    try await walk.collect()
    #expect(try await walk.status() == "collected")
    try await walk.manufacture()
    #expect(try await walk.status() == "released")
    try await walk.condition()
    #expect(try await walk.status() == "conditioning")
    try await walk.infuse()
    #expect(try await walk.status() == "infused")
    try await walk.look()
  }
}

/// The way of one participant.
struct Walk {
  let study: TandemRunner
  let id = "01-0001"
  private var identity = ""
  private var examinations = 0

  init(_ study: TandemRunner) { self.study = study }

  private var participant: ParticipantID { get throws { try ParticipantID(id) } }

  func status() async throws -> String? {
    let outcome = await study.run(
      [
        "participant", "status", id, "--as", "petra.wolf", "--password-file", study.passwordFile, "--data", study.data,
        "--format", "json",
      ])
    return try outcome.object["status"] as? String
  }

  /// Registers, imports, consents, decides, enrolls; on 10 April in the morning.
  mutating func enroll() async throws {
    try await study.done(
      "participant register", as: "carla.rossi",
      [
        "site": "01", "cohort": "sle", "name": "Li Wei", "birth-date": "1990-05-21", "document": "passport E1234567",
        "contact": "+86 21 5555 0100",
      ])
    try await study.done(
      "participant import", as: "carla.rossi",
      ["participant": id, "file": ClinicalFiles.example.path, "source": "hospitalRecord"])
    try await study.done(
      "participant consent", as: "carla.rossi",
      [
        "participant": id, "version": "1.0", "obtained-by": "ivan.kral", "obtained-as": "subInvestigator",
        "adult": "true", "copy-given": "true",
      ])
    try await study.done("participant screen", as: "carla.rossi", ["participant": id])
    try await study.done("participant decide-eligible", as: "ivan.kral", ["participant": id, "cohort": "sle"])
    let enrolled = try await study.done("participant enroll", as: "carla.rossi", ["participant": id])
    let events = try #require(try enrolled.object["events"] as? [[String: Any]])
    let issued = events.first { $0["type"] as? String == "product.identityIssued" }
    identity = String(
      try #require("\(issued?["fact"] ?? "")".firstMatch(of: /COI-\w{4}-\w{4}-./)?.output))
  }

  /// New data of an examination now.
  private mutating func examine() async throws {
    examinations += 1
    let text = try ClinicalFiles.examination(at: study.time, number: examinations)
    let file = try study.file("examination-\(examinations).json", text)
    try await study.done(
      "participant import", as: "carla.rossi", ["participant": id, "file": file, "source": "laboratory"])
  }

  private func label(_ material: Material) throws -> String {
    "\(identity) \(try participant.printed) \(material)"
  }

  private func step(
    _ step: String, _ material: Material, by account: String, with other: String? = nil, at place: String,
    _ least: String? = nil, _ largest: String? = nil, otherParty: String? = nil
  ) async throws {
    var arguments = [
      "product", "step", "--participant", id, "--step", step, "--material", "\(material)", "--label",
      try label(material), "--place", place, "--container", "intact", "--seal", "intact", "--as", account,
      "--password-file", study.passwordFile, "--data", study.data,
    ]
    if let other { arguments += ["--with", "\(other)=\(study.passwordFile)"] }
    if let least, let largest { arguments += ["--least", least, "--largest", largest] }
    if let otherParty { arguments += ["--other-party", otherParty] }
    let outcome = await study.run(arguments)
    try #require(outcome.status == 0, "\(step): \(outcome.errors)")
  }

  private func checkPerson(at place: String) async throws {
    try await study.done(
      "product check-person", as: "nora.diaz",
      [
        "participant": id, "at": place, "wristband": try participant.printed, "name-on-document": "LI WEI",
        "birth-date-on-document": "1990-05-21", "name-on-wristband": "Li, Wei", "birth-date-on-wristband": "1990-05-21",
        "with": "carla.rossi=\(study.passwordFile)",
      ])
  }

  private var collection: Material {
    get throws { .collection(CollectionNumber(participant: try participant, collection: 1)) }
  }
  private var lot: LotNumber { get throws { LotNumber(participant: try participant, lot: 1) } }
  private var bag: BagNumber { get throws { BagNumber(lot: try lot, bag: 1) } }

  /// Leukapheresis, on 14 April.
  mutating func collect() async throws {
    study.at("2026-04-14T00:00:00Z")
    try await examine()
    try await study.done(
      "participant recheck", as: "ivan.kral", ["participant": id, "kind": "leukapheresis", "outcome": "passed"])
    try await study.done(
      "product label print", as: "carla.rossi", ["participant": id, "material": "\(try collection)", "count": "3"])
    try await checkPerson(at: "collection")
    try await study.done("product collect", as: "nora.diaz", ["participant": id])
    study.wait(hours: 3)
    try await step("labelled", try collection, by: "nora.diaz", with: "nils.brandt", at: "Apheresis unit")
    try await study.done(
      "product collected", as: "nora.diaz",
      [
        "participant": id, "yield": "3200", "label": try label(try collection), "place": "Apheresis unit",
        "container": "intact", "seal": "intact",
      ])
    let courier = "J. Fenn, courier"
    try await step("packed", try collection, by: "carla.rossi", at: "Apheresis unit", "3.1", "5.4")
    try await step("pickedUp", try collection, by: "carla.rossi", at: "Gate 3", otherParty: courier)
    study.wait(hours: 6)
    try await step(
      "receivedAtManufacturing", try collection, by: "lars.olsen", at: "Goods-in", "2.9", "6.1", otherParty: courier)
    try await step("accepted", try collection, by: "lars.olsen", at: "Goods-in")
  }

  /// Manufacturing, tests, release, transport.
  mutating func manufacture() async throws {
    let lot = try lot
    let bag = try bag
    try await study.done(
      "product label print", as: "lars.olsen", ["participant": id, "material": "\(lot)", "count": "2"])
    try await study.done(
      "product manufacture", as: "lars.olsen",
      [
        "participant": id, "collection": "\(try collection)", "lot": "\(lot)", "lot-label": try label(.lot(lot)),
        "material-left": "false", "label": try label(try collection), "place": "Clean room B", "container": "intact",
        "seal": "intact",
      ])
    #expect(try await status() == "manufacturing")
    study.at("2026-04-24T00:00:00Z")
    try await step("harvested", .lot(lot), by: "lars.olsen", at: "Clean room B")
    try await study.done(
      "product label print", as: "lars.olsen", ["participant": id, "material": "\(bag)", "count": "2"])
    // The example weighs 70.9 kg: 200,000 cells per kg.
    let cells = "14180000"
    try await study.done(
      "product fill", as: "lars.olsen",
      [
        "participant": id, "bag": "\(bag)", "volume-ml": "40", "cells": cells, "label": try label(.bag(bag)),
        "place": "Clean room B", "container": "intact", "seal": "intact", "with": "lena.maas=\(study.passwordFile)",
      ])
    study.wait(hours: 1)
    try await step("cryopreserved", .bag(bag), by: "lena.maas", at: "Freezer F2", "-152", "-148")
    for (test, result) in [
      ("dose", "200000"), ("viability", "88"), ("identity", "97"), ("transduction", "31"), ("vectorCopyNumber", "2.1"),
      ("gramStain", "negative"), ("sterility", "negative"), ("mycoplasma", "negative"), ("endotoxin", "0.3"),
      ("replicationCompetentVector", "negative"), ("appearance", "conforms"),
    ] {
      try await study.done(
        "product test", as: "lena.maas", ["participant": id, "lot": "\(lot)", "test": test, "result": result])
    }
    try await study.done("product release", as: "quinn.adams", ["participant": id, "lot": "\(lot)"])
    let courier = "J. Fenn, courier"
    try await step("shipped", .bag(bag), by: "lars.olsen", at: "Goods-out", "-191", "-178", otherParty: courier)
    study.wait(hours: 20)
    try await step("receivedAtSite", .bag(bag), by: "carla.rossi", at: "Storage", "-189", "-171", otherParty: courier)
    try await step("stored", .bag(bag), by: "nora.diaz", at: "Tank 1", "-190", "-186")
  }

  /// The numbers that the protocol finds in the data.
  private func findings() async throws -> [String: String] {
    let outcome = await study.run([
      "participant", "findings", id, "--as", "petra.wolf", "--password-file", study.passwordFile, "--data", study.data,
      "--format", "json",
    ])
    let listed = try #require(try outcome.object["findings"] as? [[String: Any]])
    return Dictionary(
      listed.compactMap { finding in
        (finding["id"] as? String).flatMap { id in (finding["number"] as? String).map { (id, $0) } }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// Lymphodepletion from 4 May, for an infusion on 9 May.
  mutating func condition() async throws {
    study.at("2026-05-03T00:00:00Z")
    try await study.done("participant book", as: "carla.rossi", ["participant": id, "day": "2026-05-09"])
    try await examine()
    try await study.done(
      "participant visit", as: "nora.diaz", ["participant": id, "visit": "BL", "assessed": "false"])
    try await study.done(
      "participant recheck", as: "ivan.kral", ["participant": id, "kind": "lymphodepletion", "outcome": "passed"])
    for item in ["infectionProphylaxis", "tocilizumabBooked", "intensiveCareBooked"] {
      try await study.done("participant confirm", as: "carla.rossi", ["participant": id, "item": item])
    }
    let found = try await findings()
    try await study.done(
      "participant order-lymphodepletion", as: "ivan.kral",
      [
        "participant": id, "height": try #require(found["bodyHeight"]), "weight": try #require(found["baselineWeight"]),
        "creatinine-clearance": try #require(found["renalFunction"]),
        "doses": #"{"concept": "fludarabine", "perSquareMeter": "30"}"#,
        "doses": #"{"concept": "cyclophosphamide", "perSquareMeter": "300"}"#, "bags": "\(try bag)",
      ])
    study.at("2026-05-04T01:00:00Z")
    try await study.done("participant start-lymphodepletion", as: "nora.diaz", ["participant": id])
    for _ in 0..<2 {
      study.wait(days: 1)
      try await study.done(
        "participant continue-lymphodepletion", as: "ivan.kral", ["participant": id, "nothing-new": "true"])
    }
  }

  /// Day 0.
  mutating func infuse() async throws {
    let bag = try bag
    study.at("2026-05-08T01:00:00Z")
    try await checkPerson(at: "admission")
    study.at("2026-05-09T00:00:00Z")
    try await examine()
    try await study.done(
      "participant recheck", as: "ivan.kral", ["participant": id, "kind": "infusion", "outcome": "passed"])
    try await study.done(
      "participant confirm", as: "nora.diaz", ["participant": id, "item": "tocilizumabKept", "doses": "2"])
    for item in ["resuscitationReady", "intensiveCareReady", "neurologistReachable", "premedicationGiven"] {
      try await study.done("participant confirm", as: "nora.diaz", ["participant": id, "item": item])
    }
    let weight = try #require(try await findings()["weightSinceFirstDose"])
    try await study.done(
      "participant order-infusion", as: "ivan.kral",
      ["participant": id, "bags": "\(bag)", "weight": weight])
    try await step("takenOut", .bag(bag), by: "nora.diaz", at: "Tank 1", "-189", "-181")
    try await study.done(
      "product thaw", as: "nora.diaz",
      [
        "participant": id, "bag": "\(bag)", "label": try label(.bag(bag)), "place": "Ward 7", "least": "36.8",
        "largest": "37.2", "container": "intact", "seal": "intact",
      ])
    for person in ["nora.diaz", "ivan.kral"] {
      try await study.done(
        "product verify", as: person,
        [
          "participant": id, "bag": "\(bag)", "label-identity": identity, "label-participant": try participant.printed,
          "label-bag": "\(bag)", "wristband": try participant.printed, "birth-date-on-wristband": "1990-05-21",
          "said-name": "Li Wei", "said-birth-date": "1990-05-21",
        ])
    }
    try await study.done(
      "product infuse", as: "ivan.kral", ["participant": id, "bag": "\(bag)", "label": try label(.bag(bag))])
    study.wait(minutes: 9)
    try await study.done(
      "product stop", as: "nora.diaz", ["participant": id, "bag": "\(bag)", "volume-ml": "40"])
  }

  /// What everybody reads afterwards.
  func look() async throws {
    let reader = ["--as", "petra.wolf", "--password-file", study.passwordFile, "--data", study.data]
    let timeline = await study.run(["timeline", id] + reader)
    let told = timeline.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(timeline.status == 0 && told.contains("Day 0") && told.contains("was started; gate of infusion: open"))
    #expect(!timeline.output.contains("Li Wei"), "no event holds a name")
    let eligibility = await study.run(["participant", "eligibility", id, "--format", "json"] + reader)
    let decision = try #require((try eligibility.object["decisions"] as? [[String: Any]])?.first)
    #expect(decision["reproduced"] as? Bool == true)
    let accountability = await study.run(["product", "accountability", id, "--format", "json"] + reader)
    let material = try #require(try accountability.object["material"] as? [[String: Any]])
    #expect(material.allSatisfy { $0["fate"] is String }, "\(accountability.output)")
    let verified = await study.run(["ledger", "verify", "--data", study.data, "--format", "json"])
    #expect(try verified.object["verified"] as? Bool == true)
    let sheet = await study.run(["participant", "downtime-sheet", id] + reader)
    #expect(sheet.output.contains("Gate: Infusion") && sheet.output.contains("Second person"))
  }
}
