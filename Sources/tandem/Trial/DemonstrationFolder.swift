import Conduct
import FoundationEssentials
import LedgerSQLite
import Simulation
import StudyDesign

/// A folder that is filled with the invented trial.
enum DemonstrationFolder {
  /// The seed that is used where none is given.
  static let seed: UInt64 = 20_240_603

  /// Builds the invented trial in a folder that is new or empty.
  ///
  /// - Throws: `Unusable` if the folder holds anything; `DemonstrationFailure`.
  static func build(
    _ folder: DataFolder, seed: UInt64 = seed, days: Int = Demonstration.lastDay
  ) async throws -> Demonstration {
    let first = try StudyFolderChoice.resolve(nil)
    try requireEmpty(folder)
    let (amended, copy) = try versions(of: first, in: folder)
    let shelf = try Shelf.read(amended)
    guard let study = shelf.editions.first?.study else { throw Unusable("The study has no protocol version.") }
    try folder.prepare(for: study.id, synthetic: true)
    let (master, signing) = try folder.keys()
    let identity = try SQLiteSealedStore(path: folder.identityFile, access: .create)
    let credentials = try SQLiteSealedStore(path: folder.credentialsFile, access: .create)
    let keys = try SQLiteSealedStore(path: folder.keysFile, access: .create)
    for store in [identity, credentials, keys] {
      try await master.requireFit(store, entropy: Surroundings.current.entropy)
    }
    let ledger = try SQLiteEventStore(path: folder.ledgerFile, access: .create, sealing: signing)
    Terminal.say(
      "Building a synthetic trial of \(days) days, which takes some minutes; every person in it is invented.")
    var bar = ProgressBar(count: days + 1)
    let demonstration = try await Demonstration.build(
      on: DemonstrationStage(
        ledger: ledger, identity: identity, credentials: credentials, keys: keys, master: master, shelf: shelf,
        studyFolder: copy, seed: seed), through: days, secrets: Surroundings.current.entropy
    ) { day, last in bar.show("day \(day) of \(last)", done: day) }
    bar.clear()
    return demonstration
  }

  /// Writes both versions of the protocol into the folder: the amendment's, and the first one's.
  private static func versions(
    of first: String, in folder: DataFolder
  ) throws(Unusable) -> (amended: String, first: String) {
    do {
      let amended = try Amendment.write(from: first, studies: "\(folder.path)/studies")
      let copy = URL(filePath: amended).deletingLastPathComponent().appending(path: "1.0").path
      try FileManager.default.copyItem(atPath: first, toPath: copy)
      return (amended, copy)
    } catch {
      throw Unusable(
        "‘\(folder.path)’ cannot be filled. Name a folder with --data where you may write and there is room.")
    }
  }

  /// Refuses a folder that holds anything.
  private static func requireEmpty(_ folder: DataFolder) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard names.isEmpty else {
      throw Unusable(
        "‘\(folder.path)’ is not empty (\(names.sorted().prefix(3).joined(separator: ", "))). Name a new folder with "
          + "--data.")
    }
  }
}
