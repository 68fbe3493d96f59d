import ArgumentParser
import Conduct
import Ledger
import LedgerSQLite
import StudyDesign
import Trial

/// `tandem study found`: begins an empty folder.
struct StudyFound: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "found",
    abstract: "Begin a running study in an empty folder: its first administrator and the sponsor's signatory.",
    discussion: "Two people, each with a password of their own. It happens once; everything after it goes by role, "
      + "training and delegation.")

  @OptionGroup var place: PlaceOptions
  @Option(help: "The account of the first administrator, such as anna.berg.") var administrator: String
  @Option(help: "The administrator's name.") var administratorName: String
  @Option(help: "The account of who signs delegations for the sponsor.") var sponsor: String
  @Option(help: "That person's name.") var sponsorName: String
  @Option(
    help: "Files with the passwords, the administrator's first; else you are asked at the terminal.",
    completion: .file())
  var passwordFile: [String] = []
  @Flag(help: "The people of this study are invented. It can never be undone.") var synthetic = false

  func run() async throws {
    try await Answer.printing(place.format) {
      let shelf = try Surroundings.current.shelf(place.study)
      guard let study = shelf.editions.last?.study else { throw Unusable("The study has no protocol version.") }
      let founding = Founding(
        study: study.id, synthetic: synthetic, administrator: try account(administrator, "--administrator"),
        administratorName: administratorName, sponsor: try account(sponsor, "--sponsor"), sponsorName: sponsorName)
      guard passwordFile.isEmpty || passwordFile.count == 2 else {
        throw ValidationError("Give --password-file twice, the administrator's first, or not at all.")
      }
      try await requireNew(shelf)
      // Decided on nothing first: what is refused leaves no folder.
      _ = try founding.decide(in: TrialState())
      let first = try NewPassword.chosen(file: passwordFile.first, for: administrator)
      let second = try NewPassword.chosen(file: passwordFile.last, for: sponsor)
      try place.folder.prepare(for: study.id, synthetic: synthetic)
      let running = try await place.folder.open(shelf, .toBegin)
      try await running.live.found(
        founding, administratorPassword: first, sponsorPassword: second, origin: .commandLine)
      let key = running.signing.verifier.description
      return .view(
        text: {
          "The study \(study.id) runs in \(place.data)\(synthetic ? ", synthetic" : "").\n"
            + "Public key of its ledger, for whoever verifies: \(key)\n"
            + "Keep a copy of \(place.folder.keyFile) apart from the data: without it nobody can open them.\n"
        },
        json: {
          .object([
            ("study", .string(study.id)), ("data", .string(place.data)), ("synthetic", .boolean(synthetic)),
            ("publicKey", .string(key)), ("keyFile", .string(place.folder.keyFile)),
          ])
        })
    }
  }

  private func account(_ text: String, _ option: String) throws -> AccountID {
    do { return try AccountID(text) } catch { throw ValidationError("\(option): \(error)") }
  }

  /// Refuses a folder in which a study runs, or ran and has lost a file.
  private func requireNew(_ shelf: ProtocolShelf) async throws {
    try place.folder.requireNothingLost()
    guard place.folder.holdsLedger, try await !(place.folder.openLedger()).events(after: 0, limit: 1).isEmpty else {
      return
    }
    throw Unusable("A study runs in ‘\(place.data)’ already. Name another folder with --data.")
  }
}
