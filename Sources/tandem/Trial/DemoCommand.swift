import ArgumentParser
import ClinicalValues
import Conduct
import FoundationEssentials
import Ledger
import LedgerSQLite
import Rules
import Simulation
import StudyDesign
import Trial

/// `tandem demo`: fills an empty folder with an invented trial.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Build an invented trial in an empty folder: two sites, 24 candidates, 30 months.",
    discussion: "Everything in it is synthetic and marked so. One seed always gives the same ledger; the passwords are "
      + "new each time and shown once.")

  @Option(help: "The folder to be filled; it must be new or empty.", completion: .directory)
  var data = "./tandem-demo"
  @Option(help: "The seed; the same seed gives the same trial.") var seed: UInt64 = 20_240_603
  @Option(help: "The last day, counted from the opening of the study: a shorter story ends in its midst.")
  var days = Demonstration.lastDay
  @Option(help: "text or json.") var format: TextOrJSON = .text

  func run() async throws {
    try await Answer.printing(format) {
      let folder = DataFolder(data)
      try requireEmpty()
      let first = try StudyFolderChoice.resolve(nil)
      let begun = ContinuousClock.now
      let studies = "\(folder.path)/studies"
      let amended = try Amendment.write(from: first, studies: studies)
      let copy = URL(filePath: amended).deletingLastPathComponent().appending(path: "1.0").path
      try FileManager.default.copyItem(atPath: first, toPath: copy)
      let shelf = try Shelf.read(amended)
      guard let study = shelf.editions.first?.study else { throw Unusable("The study has no protocol version.") }
      try folder.prepare(for: study.id, synthetic: true)
      let demonstration = try await build(in: folder, shelf, copy)
      let took = begun.duration(to: .now)
      return .view(
        text: { DemoText.text(demonstration, data: data, seconds: took.components.seconds) },
        json: { DemoText.json(demonstration, data: data, seconds: took.components.seconds) })
    }
  }

  private func build(
    in folder: DataFolder, _ shelf: ProtocolShelf, _ studyFolder: String
  ) async throws -> Demonstration {
    let (master, signing) = try folder.keys()
    let identity = try SQLiteSealedStore(path: folder.identityFile)
    let credentials = try SQLiteSealedStore(path: folder.credentialsFile)
    let keys = try SQLiteSealedStore(path: folder.keysFile)
    for store in [identity, credentials, keys] {
      try await master.requireFit(store, entropy: Surroundings.current.entropy)
    }
    let ledger = try SQLiteEventStore(path: folder.ledgerFile, sealing: signing)
    Terminal.say("Building a synthetic trial of 30 months; every person in it is invented.")
    return try await Demonstration.build(
      on: DemonstrationStage(
        ledger: ledger, identity: identity, credentials: credentials, keys: keys, master: master, shelf: shelf,
        studyFolder: studyFolder, seed: seed), through: days,
      secrets: Surroundings.current.entropy)
  }

  /// Refuses a folder that holds anything.
  private func requireEmpty() throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: data)) ?? []
    guard names.isEmpty else {
      throw Unusable(
        "‘\(data)’ is not empty (\(names.sorted().prefix(3).joined(separator: ", "))). Name a new folder with --data.")
    }
  }
}

/// What was built, for people and for programs.
enum DemoText {
  static func text(_ demonstration: Demonstration, data: String, seconds: Int64) -> String {
    var text = "SYNTHETIC: an invented trial in \(data), as of \(demonstration.end.date). Nobody in it exists.\n"
    text += "\(demonstration.events) events, built in \(seconds) s.\n\n"
    var statuses = Table("Status", "Participants")
    for status in ParticipantStatus.allCases {
      guard let ids = demonstration.participants[status] else { continue }
      statuses.add(status.rawValue, ids.map(\.description).joined(separator: ", "))
    }
    text += statuses.text(whenEmpty: "No participants.") + "\n"
    var logins = Table("Account", "Role", "Site", "Password, shown this once")
    for login in demonstration.logins {
      logins.add(login.account.description, login.role.title, login.site?.description ?? "", login.password)
    }
    return text + logins.text(whenEmpty: "No accounts.")
  }

  static func json(_ demonstration: Demonstration, data: String, seconds: Int64) -> JSON {
    .object([
      ("synthetic", .boolean(true)), ("data", .string(data)), ("asOf", .string(demonstration.end.description)),
      ("events", .number(String(demonstration.events))), ("seconds", .number(String(seconds))),
      (
        "participants",
        .object(
          ParticipantStatus.allCases.compactMap { status in
            demonstration.participants[status].map { ids in
              (status.rawValue, .array(ids.map { .string($0.description) }))
            }
          })
      ),
      (
        "accounts",
        .array(
          demonstration.logins.map { login in
            .object([
              ("account", .string(login.account.description)), ("name", .string(login.name)),
              ("role", .string(login.role.rawValue)), ("site", login.site.map { .string($0.description) } ?? .null),
              ("password", .string(login.password)),
            ])
          })
      ),
    ])
  }
}
