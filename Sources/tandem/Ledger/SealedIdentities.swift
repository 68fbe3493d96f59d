import Conduct
import FoundationEssentials
import Ledger
import LedgerSQLite
import Trial

/// What lies sealed beside a ledger does not fit what the ledger says.
struct IdentityFault: Error, CustomStringConvertible {
  /// A sentence each.
  let problems: [String]

  var description: String {
    "identity-damaged: \(problems.joined(separator: " ")) The ledger itself is whole. An erasure that was cut short is "
      + "completed when somebody signs in next; for anything else keep the folder as it is, and restore the last backup "
      + "into a new one (tandem ledger restore)."
  }
}

/// Who the participants are, as it lies sealed beside a ledger: everything opens with the master key, or was erased.
enum SealedIdentities {
  /// Checks what a folder holds against its ledger.
  ///
  /// - Returns: false where nobody can open anything: the master key is not there, as in a backup, or may not be read.
  /// - Throws: `IdentityFault`; `StoreFailure` if a store is lost; `Unusable` if the key is that of other data.
  static func verify(in folder: DataFolder, ledger access: SQLiteEventStore.Access) async throws -> Bool {
    guard FileManager.default.isReadableFile(atPath: folder.keyFile) else { return false }
    let problems: [String]
    do { problems = try await found(in: folder, ledger: access) } catch let failure as KeyFileFailure {
      problems = [failure.description]
    } catch let failure as SealingFailure {
      problems = [failure.description]
    }
    guard problems.isEmpty else { throw IdentityFault(problems: problems) }
    return true
  }

  private static func found(in folder: DataFolder, ledger access: SQLiteEventStore.Access) async throws -> [String] {
    let master = try folder.keys().master
    let ledger = try folder.openLedger(access)
    defer { try? ledger.close() }
    let data = try SQLiteSealedStore(path: folder.identityFile, access: .readOnly)
    defer { try? data.close() }
    let keys = try SQLiteSealedStore(path: folder.keysFile, access: .readOnly)
    defer { try? keys.close() }
    for (store, file) in [(data, folder.identityFile), (keys, folder.keysFile)] {
      try await folder.requireMark(of: master, in: store, file)
    }
    var erased: Set<ParticipantID> = []
    for envelope in try await ledger.events(of: .accounts, after: 0) {
      if case .people(.identityErased(let participant, _)) = try Recorded<TrialEvent>(envelope).event {
        erased.insert(participant)
      }
    }
    return try await IdentityVault(data: data, keys: keys, master: master).verify(erased: erased)
  }
}
