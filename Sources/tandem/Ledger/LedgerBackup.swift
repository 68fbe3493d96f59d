import ArgumentParser
import Conduct
import FoundationEssentials
import Ledger
import LedgerSQLite

/// `tandem ledger backup`: a copy of everything but the master key, verified, while the study runs.
struct LedgerBackup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract:
      "Copy the ledger, the sealed identities, credentials and keys while they are in use, and verify the copy.",
    discussion: "The master key is not in it: keep its copy in another place. Without it a backup opens for nobody.")

  @Argument(help: "The folder to make.", completion: .directory) var to: String
  @OptionGroup var place: LedgerPlace

  func run() async throws {
    let report = try await Answer.refusing(place.format) {
      let folder = place.folder
      let store = try folder.openLedger()
      defer { try? store.close() }
      let key = try folder.publicKey()
      let copy = DataFolder(to)
      guard !copy.holdsLedger else { throw Unusable("‘\(to)’ holds a ledger already. Give a new folder.") }
      // The ledger first: what the others hold more than it is of events after it.
      let report = try await store.backUp(to: copy.ledgerFile, keys: [key])
      try await SealedFiles.copy(from: folder, to: copy)
      return report
    }
    switch place.format {
    case .json:
      Terminal.print(
        JSON.object([("backup", .string(to)), ("report", LedgerText.json(report, signatures: nil))]).text)
    case .text:
      Terminal.print(
        "The backup is in \(to): \(report.head.position) events, verified. The master key is not in it.\n")
    }
  }
}

/// `tandem ledger restore`: a backup into a folder of its own, verified.
struct LedgerRestore: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Bring a study back from a backup into a new folder, and verify it.",
    discussion:
      "Then put the copy of the master key where it belongs (keys/master.key), or name it with --key-file; where it is "
      + "named at once, what is sealed is opened and checked, too.")

  @Argument(help: "The folder of the backup; it is only read.", completion: .directory) var from: String
  @OptionGroup var place: LedgerPlace

  func run() async throws {
    let folder = place.folder
    let report = try await Answer.refusing(place.format) {
      let backup = DataFolder(from)
      try backup.requireLedger()
      guard !folder.holdsLedger else {
        throw Unusable("‘\(place.data)’ holds a ledger already. Name a new folder with --data.")
      }
      let report = try await SQLiteEventStore.restore(
        from: backup.ledgerFile, to: folder.ledgerFile, keys: [try backup.publicKey()])
      try await SealedFiles.copy(from: backup, to: folder)
      do { _ = try await SealedIdentities.verify(in: folder, ledger: .atRest) } catch let fault as IdentityFault {
        throw place.failed(LedgerText.json(fault), fault.description)
      }
      return report
    }
    switch place.format {
    case .json:
      Terminal.print(
        JSON.object([
          ("restored", .string(place.data)), ("report", LedgerText.json(report, signatures: nil)),
        ]).text)
    case .text:
      Terminal.print(
        "\(report.head.position) events are restored in \(place.data) and verified. Put the master key into "
          + "\(folder.keyFile), for its owner only.\n")
    }
  }
}

/// The files beside a ledger.
enum SealedFiles {
  static func copy(from source: DataFolder, to copy: DataFolder) async throws {
    try FileManager.default.createDirectory(
      atPath: "\(copy.path)/keys", withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    for (file, target) in [
      (source.identityFile, copy.identityFile), (source.credentialsFile, copy.credentialsFile),
      (source.keysFile, copy.keysFile),
    ] {
      guard FileManager.default.fileExists(atPath: file) else {
        throw Unusable("‘\(file)’ is missing. What was copied so far is no whole backup.")
      }
      let store = try SQLiteSealedStore(path: file, access: .readOnly)
      try await store.backUp(to: target)
      try store.close()
    }
    try OutputFile.write(try source.publicKey().description + "\n", to: copy.publicKeyFile)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copy.publicKeyFile)
  }
}
