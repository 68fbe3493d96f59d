import ArgumentParser
import ClinicalValues
import Conduct
import Ledger
import Trial

/// What the command line does beyond a command's own members, for the few commands where that is not all.
struct FormChange: Sendable {
  /// An option that is no member of the command.
  struct Added: Sendable {
    let field: CommandField
    var isFile = false
    var isList = false

    init(_ key: String, _ help: String, optional: Bool = false, isFile: Bool = false, isList: Bool = false) {
      field = CommandField(key, help, optional: optional)
      self.isFile = isFile
      self.isList = isList
    }
  }

  /// Members that are found and not given.
  var found: Set<String> = []
  var added: [Added] = []
  /// Options whose files are kept in the ledger with the command.
  var attached: [String] = []
  var find: (@Sendable (ActRun, [String: [String]]) async throws -> [String: [String]])?
  /// Completes the request before it is proposed or carried out.
  var complete: (@Sendable (ActRun, Request) async throws -> Request)?
  var carryOut: (@Sendable (ActRun, inout Request) async throws -> Answer)?

  /// By the command's name.
  static let all: [String: FormChange] = [
    RegisterCandidate.name: register, CheckPerson.name: checkPerson, VerifyBedside.name: verify,
    Enroll.name: enroll, ImportData.name: importData, EraseIdentity.name: erase, ResetPassword.name: resetPassword,
    ReportSecondFactorLost.name: lostFactor, PutProtocolInForce.name: namedVersion, AdoptProvisional.name: namedVersion,
    SignConfigurationTest.name: namedVersion.attaching("report"), ChangeProvisional.name: namedVersion,
    ReviewAsBoard.name: FormChange().attaching("report").attachingMinutes,
    DecideLift.name: FormChange().attachingMinutes, DecideOnParticipant.name: FormChange().attachingMinutes,
    DecideDLTQuestion.name: FormChange().attachingMinutes,
    AcceptLift.name: FormChange().attaching("approvals", file: "approvalFile", isList: true),
    SaveForm.name: saveForm, SignForm.name: signForm, SignCasebook.name: signCasebook, ImportRanges.name: importRanges,
  ]

  /// Who somebody is, as it is given or asked for.
  static let personOptions = [
    Added("name", "family and given names as in the identity document; asked for if left out", optional: true),
    Added("birthDate", "the day of birth, such as 1984-03-17; asked for if left out", optional: true),
    Added("sexAtBirth", "sex at birth as the document says", optional: true),
    Added("contact", "telephone or address", optional: true),
    Added("document", "kind and number of the identity document, such as passport X1234567", optional: true),
  ]

  /// The person of these options. What names somebody goes to the vault and nowhere else.
  static func person(_ run: ActRun) throws -> Person {
    Person(
      name: try run.text("name", asking: "Family and given names"),
      birthDate: try run.date("birthDate", asking: "Day of birth (YYYY-MM-DD)"),
      sexAtBirth: run.given["sexAtBirth"]?.last, contact: run.given["contact"]?.last,
      document: run.given["document"]?.last)
  }

  private static let register = FormChange(
    added: personOptions + [
      Added(
        "despiteMatch", "how you know that it is another person than one who looks the same and is known already",
        optional: true)
    ],
    carryOut: { run, request in
      let person = try person(run)
      let performed = try await run.live.register(
        request, person: person, despiteMatch: run.given["despiteMatch"]?.last)
      return .done(performed, notes: ["Name, birth date and contact are kept apart, encrypted; no event holds them."])
    })

  private static let checkPerson = FormChange(
    found: ["documentName", "documentBirthDate", "wristbandName", "wristbandBirthDate"],
    added: [
      Added("nameOnDocument", "the name as read from the identity document"),
      Added("birthDateOnDocument", "the date of birth as read from the identity document"),
      Added("nameOnWristband", "the name as read from the wristband"),
      Added("birthDateOnWristband", "the date of birth as read from the wristband"),
    ],
    find: { run, given in
      let participant = try run.participant()
      let command = try await run.live.checkOfPerson(
        participant, at: .admission, wristbandNumber: "",
        document: PersonReading(
          name: try run.text("nameOnDocument", asking: "Name on the document"),
          birthDate: try run.date("birthDateOnDocument", asking: "Birth date on the document")),
        wristband: PersonReading(
          name: try run.text("nameOnWristband", asking: "Name on the wristband"),
          birthDate: try run.date("birthDateOnWristband", asking: "Birth date on the wristband")))
      var given = given
      given["documentName"] = ["\(command.documentName)"]
      given["documentBirthDate"] = ["\(command.documentBirthDate)"]
      given["wristbandName"] = ["\(command.wristbandName)"]
      given["wristbandBirthDate"] = ["\(command.wristbandBirthDate)"]
      return given
    })

  private static let verify = FormChange(
    found: ["birthDateMatches", "said"],
    added: [
      Added("birthDateOnWristband", "the date of birth as read from the wristband"),
      Added("saidName", "the name as the participant says it; left out if unable to", optional: true),
      Added("saidBirthDate", "the date of birth as the participant says it; left out if unable to", optional: true),
    ],
    find: { run, given in
      let participant = try run.participant()
      let onWristband = try run.date("birthDateOnWristband", asking: "Birth date on the wristband")
      var said = PersonSaid.unable
      if given["saidName"] != nil || given["saidBirthDate"] != nil {
        said = .said(
          PersonReading(
            name: try run.text("saidName", asking: "Name as said"),
            birthDate: try run.date("saidBirthDate", asking: "Birth date as said")))
      }
      var given = given
      given["birthDateMatches"] = ["\(try await run.live.agrees(birthDate: onWristband, with: participant))"]
      given["said"] = [try await run.live.agreement(of: said, with: participant).rawValue]
      return given
    })

  private static let enroll = FormChange(
    found: ["identity"],
    find: { _, given in
      let bits = Surroundings.current.entropy.bytes(8).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
      var given = given
      given["identity"] = [ChainOfIdentity(random: bits).description]
      return given
    })

  private static let importData = FormChange(
    found: ["bundle", "resources"],
    added: [Added("file", "the FHIR file: a bundle in JSON, or NDJSON", isFile: true)],
    find: { _, given in
      // The data are read, checked and sealed when they are taken over; until then they have no digest.
      var given = given
      given["bundle"] = [Digest(of: "").description]
      given["resources"] = ["0"]
      return given
    },
    complete: { run, request in
      let file = try run.text("file", asking: "The file")
      return try await run.live.importing(try InputFile.bytes(file), file: file, with: request)
    })

  private static let erase = FormChange(
    carryOut: { run, request in
      let performed = try await run.live.eraseIdentity(request, sign: run.visit.sign)
      return .done(performed, notes: ["The key is destroyed: nothing that names this participant can be read again."])
    })

  private static let resetPassword = FormChange(
    carryOut: { run, request in
      let (performed, password) = try await run.live.resetPassword(request)
      return .done(performed, notes: ["Password to hand over, to be changed at once: \(password)"])
    })

  private static let lostFactor = FormChange(
    carryOut: { run, request in .done(try await run.live.loseSecondFactor(request), notes: []) })

  /// The digest of a protocol version is that of its folder, which the program has read; whoever names another one than
  /// that is refused.
  private static let namedVersion = FormChange(
    found: ["digest"],
    added: [Added("digest", "the digest of its folder; that of the folder at hand if left out", optional: true)],
    find: { run, given in
      let version = try run.value("version") { $0 }
      guard let edition = run.live.shelf.editions.first(where: { $0.version.version == version }) else {
        let known = run.live.shelf.editions.map(\.version.version).joined(separator: ", ")
        throw Unusable("There is no protocol version ‘\(version)’. The study's folders hold: \(known).")
      }
      var given = given
      given["digest", default: []].insert(edition.version.digest.description, at: 0)
      return given
    })
}
