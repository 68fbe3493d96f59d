import ClinicalValues
import FHIR
import Foundation
import Ledger
import Testing
import Trial

@testable import Conduct

/// From what was given to a request: members that are found, documents, circumstances; and what is carried out.
struct RequestTests {
  private let report = Given.File("report.txt", "All 9 tests passed.")
  private let other = Digest(of: "another report").description
  private let ballot = #"{"inFavor":[],"against":[],"abstained":[],"interests":[]}"#

  @Test func `a document is attached and named by its digest`() async throws {
    let request = try await AskingStage().request(
      SignConfigurationTest.self, ["version": "1.0", "tests": "9", "failures": "0"], files: ["reportFile": [report]])
    #expect((request.command as? SignConfigurationTest)?.report == Digest(of: "All 9 tests passed."))
    #expect(request.attachments == [report.bytes] && request.origin == .web)
  }

  @Test func `several documents are attached, beside digests of those that the ledger holds`() async throws {
    let stage = try await AskingStage()
    let request = try await stage.request(
      AcceptLift.self, ["hold": "1", "approvals": other],
      files: ["approvalFile": [Given.File("a", "yes"), Given.File("b", "no objection")]])
    let expected = [other, Digest(of: "yes").description, Digest(of: "no objection").description]
    #expect((request.command as? AcceptLift)?.approvals.map(\.description) == expected)
    #expect(request.attachments.count == 2)
  }

  @Test func `minutes are named in the ballot`() async throws {
    let request = try await AskingStage().request(
      DecideLift.self, ["hold": "1", "ballot": ballot],
      files: ["minutesFile": [Given.File("minutes.txt", "It may fall.")]])
    #expect((request.command as? DecideLift)?.ballot.minutes == Digest(of: "It may fall."))
    #expect(request.attachments.count == 1)
  }

  @Test func `the digest of a protocol version is that of its folder, unless another is given`() async throws {
    let stage = try await AskingStage()
    let own = try CasebookStage.edition.get().version.digest
    let found = try await stage.request(PutProtocolInForce.self, ["version": "1.0", "appliesTo": "all"])
    #expect((found.command as? PutProtocolInForce)?.digest == own)
    let named = try await stage.request(
      PutProtocolInForce.self, ["version": "1.0", "appliesTo": "all", "digest": other])
    #expect((named.command as? PutProtocolInForce)?.digest.description == other)
  }

  @Test func `a file of entries and a text in its place say the same`() async throws {
    let stage = try await AskingStage()
    let entries = #"[{"item":"SYSBP","value":"120","unit":"mm[Hg]"}]"#
    let texts = ["participant": "01-0001", "form": "D28/1/vitalSigns/1"]
    let read = try await stage.request(
      SaveForm.self, texts, files: ["entries": [Given.File("entries.json", entries)]])
    let typed = try await stage.request(
      SaveForm.self, texts.merging(["entries": entries]) { $1 })
    #expect(try CanonicalJSON(encoding: read.command) == CanonicalJSON(encoding: typed.command))
    #expect((read.command as? SaveForm)?.entries.count == 1)
  }

  @Test func `names and birth dates are compared, and stand in no command`() async throws {
    let stage = try await AskingStage()
    let read = [
      "participant": "01-0001", "at": PersonCheckPlace.allCases[0].rawValue, "wristband": "01-0001",
      "nameOnDocument": "MUELLER Anne Marie", "birthDateOnDocument": "1984-03-17",
      "nameOnWristband": "Müller, Anna", "birthDateOnWristband": "1984-03-17",
    ]
    let request = try await stage.request(CheckPerson.self, read)
    let command = try #require(request.command as? CheckPerson)
    #expect(command.documentName && command.documentBirthDate && !command.wristbandName && command.wristbandBirthDate)
    let json = try CanonicalJSON(encoding: command).description
    #expect(!json.contains("1984") && !json.lowercased().contains("anne"))
  }

  @Test(arguments: [
    (nil, nil, SaidByParticipant.unable), ("Anne-Marie Müller", "1984-03-17", .agrees),
    ("Anne-Marie Müller", "1984-03-18", .differs),
  ])
  func `what a participant says at the bedside is compared`(
    _ name: String?, _ birthDate: String?, _ expected: SaidByParticipant
  ) async throws {
    var texts = bedside
    texts["saidName"] = name
    texts["saidBirthDate"] = birthDate
    let request = try await AskingStage().request(VerifyBedside.self, texts)
    #expect((request.command as? VerifyBedside)?.said == expected)
  }

  private static let bag = BagNumber(lot: LotNumber(participant: .first, lot: 1), bag: 1).description

  private let bedside = [
    "participant": "01-0001", "bag": bag, "labelIdentity": ChainOfIdentity(random: 7).description,
    "labelParticipant": "01-0001", "labelBag": bag, "wristband": "01-0001",
    "birthDateOnWristband": "1984-03-17",
  ]

  @Test func `clinical data are sealed, and the request names what was sealed`() async throws {
    let stage = try await AskingStage()
    let name = try #require(CasebookStage.examples.first)
    let bytes = Array(try Data(contentsOf: URL(filePath: "\(CasebookStage.folder)/examples/\(name)")))
    let request = try await stage.request(
      ImportData.self, ["participant": "01-0002", "source": "hospitalRecord"],
      files: ["file": [Given.File(name: name, bytes: bytes)]])
    let sealed = try #require(request.attachments.first)
    #expect((request.command as? ImportData)?.bundle == Digest(of: sealed) && sealed != bytes)
    #expect(try await stage.vault.open(sealed, for: .second) == bytes)
  }

  @Test(
    arguments: [
      (
        SignConfigurationTest.self, ["version": "1.0", "tests": "9", "failures": "0"],
        "reportFile: Give the file, or the digest of a document that the ledger holds already."
      ),
      (
        PutProtocolInForce.self, ["version": "7", "appliesTo": "all"],
        "version: There is no protocol version ‘7’. The study's folders hold: 1.0."
      ),
      (Enroll.self, ["participant": "01-0001", "identity": "COI"], "identity: This is not asked for here."),
      (ImportData.self, ["participant": "01-0001", "source": "laboratory"], "file: This is missing."),
    ] as [(any TrialCommand.Type, [String: String], String)])
  func `what does not fit stands at its field`(
    _ command: any TrialCommand.Type, _ texts: [String: String], _ expected: String
  ) async throws {
    #expect(try await AskingStage().faults(command, texts) == [expected])
  }

  @Test func `another document than the digest names, another's minutes and bytes that are no text are refused`()
    async throws
  {
    let stage = try await AskingStage()
    let signed = try await stage.faults(
      SignConfigurationTest.self, ["version": "1.0", "report": other, "tests": "9", "failures": "0"],
      files: ["reportFile": [report]])
    #expect(
      signed == [
        "reportFile: ‘report.txt’ is not the document with the digest \(other). Give the right file, or no digest."
      ])
    let named = #"{"inFavor":[],"against":[],"abstained":[],"interests":[],"minutes":"\#(other)"}"#
    let minutes = try await stage.faults(
      DecideLift.self, ["hold": "1", "ballot": named], files: ["minutesFile": [report]])
    #expect(minutes.first?.hasPrefix("minutesFile: ‘report.txt’ is not the minutes that the ballot names") == true)
    let entries = try await stage.faults(
      SaveForm.self, ["participant": "01-0001", "form": "D28/1/vitalSigns/1"],
      files: ["entries": [Given.File(name: "scan.png", bytes: [0xFF, 0xD8])]])
    #expect(entries == ["entries: ‘scan.png’ is not UTF-8 text. Save it as UTF-8."])
  }

  @Test func `a missing date at the bedside and a date that is none are faults`() async throws {
    let stage = try await AskingStage()
    let half = try await stage.faults(VerifyBedside.self, bedside.merging(["saidName": "Anne"]) { $1 })
    #expect(half == ["saidBirthDate: This is missing."])
    let month = try await stage.faults(
      VerifyBedside.self, bedside.merging(["birthDateOnWristband": "1984-03"]) { $1 })
    #expect(month == ["birthDateOnWristband: ‘1984-03’ is no whole date such as 1984-03-17."])
  }

  @Test func `what is missing, what is not asked for and what cannot be understood is told at once`() async throws {
    let faults = try await AskingStage().faults(
      GrantRole.self, ["role": "surgeon", "until": "2026-05-01"], files: ["scan": [report]])
    #expect(faults.map { $0.prefix { $0 != ":" } } == ["scan", "until", "account", "role"])
  }
}

/// When, why and why so late.
struct CircumstancesTests {
  private let texts = ["site": "01", "name": "Renji", "zone": "Asia/Shanghai"]

  @Test func `a local time is read by the clocks of whoever acts`() async throws {
    let stage = try await AskingStage()
    let request = try await stage.request(
      AddSite.self, texts, [Circumstances.Key.happened: "2026-01-04T09:30", Circumstances.Key.reason: "Opened"])
    #expect(request.happened == Moment("2026-01-04T09:30:00Z[UTC]") && request.reason == "Opened")
    #expect(request.late == nil)
  }

  @Test func `so is a local time in a field of the command`() async throws {
    let request = try await AskingStage().request(
      CorrectVisit.self,
      ["participant": "01-0001", "visit": "D3", "held": "2026-01-04T09:30", "reason": "read from another chart"])
    #expect((request.command as? CorrectVisit)?.held == Moment("2026-01-04T09:30:00Z[UTC]"))
  }

  @Test func `a late entry says from where and why`() async throws {
    let request = try await AskingStage().request(
      AddSite.self, texts,
      [
        Circumstances.Key.lateSource: "fax", Circumstances.Key.lateReason: "No power",
        Circumstances.Key.afterDowntime: "true",
      ])
    #expect(request.late == EntrySource(source: "fax", reason: "No power", downtime: true))
  }

  @Test(arguments: [
    (
      [Circumstances.Key.happened: "yesterday"],
      "happenedAt: ‘yesterday’ is no moment. Write 2026-11-23T09:30 by the clocks of UTC, or 2026-11-23T09:30+08:00."
    ),
    ([Circumstances.Key.lateSource: "fax"], "lateReason: This is missing: why it was not entered then."),
    ([Circumstances.Key.afterDowntime: "true"], "lateSource: This is missing: where it was written down."),
  ])
  func `what is wrong with them stands at its field`(_ given: [String: String], _ expected: String) async throws {
    #expect(try await AskingStage().faults(AddSite.self, texts, given) == [expected])
  }
}

/// What comes of a request that is carried out.
struct CarryingOutTests {
  @Test func `a password that is handed over opens once it is shown, and is printed by no accident`() async throws {
    let stage = try await AskingStage()
    let given = Given(texts: ["account": ["boris.lind"], "reason": ["Forgotten"]])
    let request = try await stage.live.request(
      .of(ResetPassword.self), given, by: AskingStage.anna, origin: .web)
    let done = try await stage.live.carryOut(request, given, sign: { _ in [] })
    let handOver = try #require(done.handOver)
    var dumped = "\(done) \(handOver) \(String(reflecting: done))"
    dump(done, to: &dumped)
    #expect(!dumped.contains(handOver.secret) && done.notes.isEmpty)
    let signedIn = try await stage.live.authenticate(
      Claim(account: "boris.lind", password: handOver.secret), for: .signIn, origin: .web)
    #expect(signedIn.mustChangePassword)
  }

  @Test func `who a candidate is is asked for when it is carried out, before anything is recorded`() async throws {
    let stage = try await AskingStage()
    let request = try await stage.request(
      RegisterCandidate.self, ["site": "01", "cohort": "sle"], by: AskingStage.coordinator)
    let before = try await stage.live.store.events(after: 0, limit: 100).count
    await #expect(throws: FieldFaults("name", .missing)) {
      try await stage.live.carryOut(request, Given(), sign: { _ in [] })
    }
    #expect(try await stage.live.store.events(after: 0, limit: 100).count == before)
  }
}
