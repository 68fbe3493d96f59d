import ArgumentParser
import ClinicalValues
import Conduct
import FoundationEssentials
import Ledger
import LedgerSQLite
import Trial

/// `tandem ledger export`
struct LedgerExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the whole ledger as lines that anybody verifies offline with the public key.",
    discussion:
      "Names, birth dates and clinical records are in it as sealed bytes only. That it is exported is recorded "
      + "first: with --as by your account, whose role must allow it; without, by the operator of the machine.")

  @Option(help: "The file to write; standard output without it.", completion: .file()) var output: String?
  @Option(
    name: .customLong("as"), help: ArgumentHelp("Your account; without it the operator exports.", valueName: "account"))
  var account: String?
  @Option(help: "A file whose first line is your password; else you are asked at the terminal.", completion: .file())
  var passwordFile: String?
  @Option(parsing: .singleValue, help: "The code of your second factor.") var code: [String] = []
  @Option(
    name: .customLong("as-role"), help: "Your role, where your account has several.", completion: .list(Roles.names))
  var role: String?
  @OptionGroup var place: PlaceOptions

  func run() async throws {
    guard let output else {
      return try await Answer.refusing(place.format) { try await toStandardOutput() }
    }
    try await Answer.printing(place.format) {
      let file = try ExportFile(output)
      let export = try await write(file)
      do { try file.finish() } catch {
        file.discard()
        throw error
      }
      return .view(
        text: { "\(export.events) events are in \(output), SHA-256 \(export.digest).\n" },
        json: {
          .object([
            ("file", .string(output)), ("events", .integer(export.events)),
            ("digest", .string(export.digest.description)),
          ])
        })
    }
  }

  /// Nothing is shown before it is recorded, so it is put aside first.
  private func toStandardOutput() async throws {
    let aside = FileManager.default.temporaryDirectory.appending(path: "tandem-export-\(UUID().uuidString)").path
    let file = try ExportFile(aside)
    _ = try await write(file)
    defer { file.discard() }
    var lines = try file.lines()
    while let line = try lines.next() { Terminal.print(String(decoding: line, as: UTF8.self) + "\n") }
  }

  /// Writes everything and records it; a file that is not recorded is not left behind.
  private func write(_ file: ExportFile) async throws -> Export {
    do {
      if let account {
        let key = AccountKey(account: account, passwordFile: passwordFile, codes: code)
        let visit = try await Visit.open(place, by: key, role: role, site: nil)
        try visit.requireOwnPassword()
        try await visit.running.live.requireExport(of: .ledger, by: visit.actor)
        let export = try await write(visit.running.ledger, key: visit.running.signing, to: file)
        try await visit.running.live.record(export, by: visit.actor, origin: .commandLine)
        return export
      }
      return try await writeAsOperator(file)
    } catch {
      file.discard()
      throw error
    }
  }

  /// Whoever runs the machine needs no account, and may export a copy that can only be read.
  private func writeAsOperator(_ file: ExportFile) async throws -> Export {
    let folder = place.folder
    let isLive = folder.isWritable
    let key = try folder.keys().ledger
    try folder.requireLedger()
    let store = try SQLiteEventStore(
      path: folder.ledgerFile, access: isLive ? .readWrite : .readOnly, sealing: isLive ? key : nil)
    defer { try? store.close() }
    let export = try await write(store, key: key, to: file)
    if isLive {
      let now = Moment(try await folder.now(in: store))
      try await export.record(by: Export.operator, at: now, origin: .commandLine, in: store)
    } else {
      Terminal.say("‘\(folder.path)’ can only be read: this export is not recorded in its ledger.")
    }
    return export
  }

  private func write(_ store: SQLiteEventStore, key: SigningKey, to file: ExportFile) async throws -> Export {
    var digest = RunningDigest()
    let head = try await LedgerExport.write(store, key: key, exported: Surroundings.current.clock()) { line in
      digest.add(line)
      try file.write(line)
    }
    return Export(.ledger, events: head.position, digest: digest.digest)
  }
}
