import ArgumentParser
import ClinicalValues
import Conduct
import Trial

/// Where a study runs.
struct FolderOptions: ParsableArguments {
  @Option(name: .long, help: "The folder of the running study.", completion: .directory)
  var data = "./tandem-data"

  @Option(
    name: .long, help: "The master key's file, where it does not lie in the folder itself.", completion: .file())
  var keyFile: String?

  @Option(
    name: .long, help: "The study's files: its folder, or a version's; by default the shipped study.",
    completion: .directory)
  var study: String?

  var folder: DataFolder { DataFolder(data, keyFile: keyFile) }

  /// The study that runs there, with all its protocol versions; `marks` has the person at the terminal told where its people
  /// are invented.
  func open(marking marks: Bool) async throws -> RunningStudy {
    try folder.requireLedger()
    let running = try await folder.open(try Surroundings.current.shelf(study ?? folder.ownStudy))
    let state = try await running.live.state()
    guard state.study.study != nil else {
      throw Unusable(
        "‘\(folder.ledgerFile)’ holds no event: no study was founded in ‘\(data)’ yet. Found one with `tandem study found`; "
          + "if one ran here, the file was replaced: restore the last backup (tandem ledger restore).")
    }
    if marks, state.study.isSynthetic { Terminal.say("Synthetic data: every person in this study is invented.") }
    return running
  }
}

/// Where a study runs, and how its answers are printed.
struct PlaceOptions: ParsableArguments {
  @OptionGroup var place: FolderOptions

  @Option(name: .long, help: "text or json.")
  var format: TextOrJSON = .text

  var data: String { place.data }
  var study: String? { place.study }
  var folder: DataFolder { place.folder }

  /// The study that runs there, with all its protocol versions.
  func open() async throws -> RunningStudy { try await place.open(marking: format == .text) }
}

/// Who acts, and how they show that they are.
struct WhoOptions: ParsableArguments {
  @Option(
    name: .customLong("as"), help: ArgumentHelp("Your account.", valueName: "account"))
  var account: String

  @Option(
    name: .long, help: "A file whose first line is your password; else you are asked at the terminal.",
    completion: .file())
  var passwordFile: String?

  @Option(
    name: .long, parsing: .singleValue,
    help: "The code of your second factor; once more for the signature, where one is needed. Else you are asked.")
  var code: [String] = []

  /// How they show it.
  var key: AccountKey { AccountKey(account: account, passwordFile: passwordFile, codes: code) }
}

/// A reader of a running study: it signs in like anybody who acts.
struct ViewOptions: ParsableArguments {
  @OptionGroup var place: PlaceOptions
  @OptionGroup var who: WhoOptions

  @Option(
    name: [.customLong("as-role"), .customLong("role")], help: "Your role, where your account has several.",
    completion: .list(Roles.names))
  var role: String?

  @Option(name: [.customLong("as-site"), .customLong("site")], help: "Your site, where your role has several.")
  var site: String?

  /// Opens the study for somebody who has shown who they are.
  func open() async throws -> Visit {
    try await Visit.open(place, who, role: role, site: site)
  }
}
