import ArgumentParser
import ClinicalValues
import Conduct
import FoundationEssentials
import Glibc
import Ledger
import LedgerSQLite
import Trial

/// `tandem ledger`: verify, export, checkpoint, prove, back up, restore, search.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "The ledger itself: verified, exported, witnessed, backed up, searched.",
    subcommands: [
      LedgerVerify.self, LedgerExportCommand.self, LedgerCheckpoint.self, LedgerProof.self, LedgerBackup.self,
      LedgerRestore.self, LedgerEvents.self, LedgerClock.self,
    ])
}

/// The folder of a ledger, without its study files.
struct LedgerPlace: ParsableArguments {
  @Option(help: "The folder of the running study.", completion: .directory) var data = "./tandem-data"
  @Option(help: "The master key's file, where it does not lie in the folder itself.", completion: .file())
  var keyFile: String?
  @Option(help: "text or json.") var format: TextOrJSON = .text

  var folder: DataFolder { DataFolder(data, keyFile: keyFile) }

  /// Tells that something does not verify, and the status with which the command then ends.
  func failed(_ json: JSON, _ sentence: String) -> ExitCode {
    if format == .json { Terminal.print(json.text) }
    Terminal.say(sentence)
    return .failure
  }
}

/// `tandem ledger verify`: of a running study, or of an export with the public key alone.
struct LedgerVerify: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check every hash, place, attachment, checkpoint and signature; names the first event that was altered.",
    discussion: """
      With EXPORT and --key it works offline, on the export and the public key alone. A tail that was cut off together \
      with its checkpoints leaves a ledger that is whole in itself: only a witness's code (--witness) shows that it is \
      gone. Where the clock of the server was set back is told, and is no fault of the ledger. Where the master key is \
      there, the identities that lie sealed beside the ledger are opened, too.
      """)

  @Argument(help: "An exported ledger; without it the ledger of --data.", completion: .file()) var export: String?
  @Option(
    help: "The ledger's public key, or a file that holds it; may be repeated after a change of keys.",
    completion: .file())
  var key: [String] = []
  @Option(help: "A code that a witness holds, as SIZE:CODE; may be repeated.") var witness: [String] = []
  @OptionGroup var place: LedgerPlace

  func run() async throws {
    do {
      let (report, signatures) = try await verified()
      let identities =
        export == nil ? try await SealedIdentities.verify(in: place.folder, ledger: .verification) : nil
      switch place.format {
      case .json:
        Terminal.print(
          LedgerText.json(report, signatures: signatures, identities: identities, witnesses: witness.count).text)
      case .text:
        Terminal.print(
          LedgerText.text(report, signatures: signatures, identities: identities, witnesses: witness.count))
      }
    } catch let fault as LedgerFault {
      throw place.failed(LedgerText.json(fault), fault.description)
    } catch let fault as SignatureFault {
      throw place.failed(LedgerText.json(fault), fault.description)
    } catch let fault as IdentityFault {
      throw place.failed(LedgerText.json(fault), fault.description)
    } catch let failure as StoreFailure {
      throw place.failed(LedgerText.json(failure), failure.description)
    } catch let unusable as Unusable {
      if place.format == .json { Terminal.print(FailureText.json(unusable).text) }
      throw unusable
    }
  }

  private func verified() async throws -> (report: LedgerReport, signatures: Int) {
    var keys = try key.map(LedgerVerify.key)
    if let export {
      guard let origin = keys.first?.name else {
        throw ValidationError("An export is verified with the ledger's public key: give it with --key.")
      }
      let reader = try ExportFile.reader(export)
      var signatures = 0
      let report = try LedgerExport.verify(reader, keys: keys, witnesses: try witnesses(origin)) { envelope in
        signatures += try LedgerText.checkedSignatures(of: envelope)
      }
      return (report, signatures)
    }
    let store = try place.folder.openLedger(.verification)
    defer { try? store.close() }
    if keys.isEmpty { keys = [try place.folder.publicKey()] }
    let report = try await store.verifyFully(keys: keys, witnesses: try witnesses(keys.first?.name ?? ""))
    guard report.head.position > 0 else {
      throw Unusable(
        "‘\(place.folder.ledgerFile)’ holds no event: there is nothing to verify. If a study ran here, the file was "
          + "replaced: restore the last backup (tandem ledger restore).")
    }
    return (report, try await LedgerText.checkedSignatures(in: store))
  }

  private func witnesses(_ origin: String) throws -> [WitnessCode] {
    try witness.map { written in
      let parts = written.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, let size = Int(parts[0]) else {
        throw ValidationError("‘\(written)’ is no witness's code. Write SIZE:CODE as on the witness's page.")
      }
      do { return try WitnessCode(origin: origin, size: size, code: parts[1]) } catch {
        throw ValidationError(
          "‘\(parts[1])’ is no witness's code: eight groups of four characters and a check character that agrees with them, "
            + "as the witness's page prints them. Read the page again; if it says this, it is not of this program.")
      }
    }
  }

  /// A public key as text, or of a file.
  private static func key(_ given: String) throws -> VerifierKey {
    if let key = try? VerifierKey(given) { return key }
    guard FileManager.default.fileExists(atPath: given) else {
      throw ValidationError("‘\(given)’ is neither a public key such as NAME+ID+BASE64 nor a file that holds one.")
    }
    do { return try VerifierKey(try InputFile.text(given).filter { !$0.isWhitespace }) } catch let error as InvalidKey {
      throw Unusable("‘\(given)’: \(error)")
    }
  }
}

/// `tandem ledger checkpoint`
struct LedgerCheckpoint: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: "Sign how far the ledger goes, and keep that; to be handed to somebody outside who keeps it too.")

  @Flag(name: .customLong("print"), help: "The page for a witness, with a code to compare later.") var page = false
  @OptionGroup var place: LedgerPlace

  func run() async throws {
    let (signed, code) = try await Answer.refusing(place.format) {
      let key = try place.folder.keys().ledger
      let store = try place.folder.openLedger(.readWrite)
      defer { try? store.close() }
      let checkpoint = Checkpoint(origin: key.name, head: try await store.head())
      let signed = try checkpoint.signed(with: key)
      try await store.keep(signed)
      return (signed, WitnessCode(checkpoint))
    }
    let checkpoint = signed.checkpoint
    switch (place.format, page) {
    case (.json, _):
      Terminal.print(
        JSON.object([
          ("origin", .string(checkpoint.origin)), ("size", .integer(checkpoint.head.position)),
          ("root", .string(checkpoint.head.root.description)), ("code", .string(code.description)),
          ("note", .string(signed.description)),
        ]).text)
    case (.text, true): Terminal.print(code.page(printed: Surroundings.current.clock()))
    case (.text, false): Terminal.print(signed.description)
    }
  }
}
