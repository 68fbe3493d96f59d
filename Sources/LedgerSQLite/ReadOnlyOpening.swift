internal import Foundation
internal import GRDB
internal import Ledger

/// How a ledger is opened that is only read, also where nothing can be written.
///
/// A file that is written through a log is read by way of a file beside it (`-shm`), which SQLite makes where it is
/// missing. Where it cannot be made, or must not, the file is opened as one that nobody changes (`immutable`), which is
/// true only as long as no log waits beside it.
struct ReadOnlyOpening {
  private let path: String
  private let access: SQLiteEventStore.Access

  init(_ path: String, _ access: SQLiteEventStore.Access) {
    self.path = path
    self.access = access
  }

  /// Opens the file in the first way that lets it be read.
  ///
  /// - Parameter check: reads from it and throws what stands against it.
  func open(_ check: (DatabasePool) throws -> Void) throws -> DatabasePool {
    let isLogEmpty = (StoreFile.size(of: path + "-wal") ?? 0) == 0
    let ways =
      switch (access, isLogEmpty) {
      case (.atRest, true): [immutable]
      // Where others may be writing, their log is asked first.
      case (_, true): isWritable ? [path] : isInUse ? [path, immutable] : [immutable]
      case (_, false): [path]
      }
    var refused: DatabaseError?
    for way in ways {
      do {
        let pool = try DatabasePool(path: way, configuration: SQLiteFile.configuration(isReadOnly: true))
        try check(pool)
        return pool
      } catch let error as DatabaseError where ReadOnlyOpening.needsToWrite.contains(error.resultCode) {
        refused = error
      }
    }
    throw StoreFailure(
      .readOnly,
      found: "\(path) can only be read here, and "
        + (isLogEmpty
          ? "SQLite does not read it so (\(refused?.message ?? "unknown"))."
          : "what was written last still waits in its log (\(path)-wal), which only somebody who may write takes in."),
      remedy: "Copy the folder with all its files to a place where you may write, and read it there.")
  }

  /// What SQLite says where it would have to make or change a file.
  private static let needsToWrite: [ResultCode] = [.SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM]

  private var isWritable: Bool {
    [path, URL(fileURLWithPath: path).deletingLastPathComponent().path].allSatisfy {
      FileManager.default.isWritableFile(atPath: $0)
    }
  }

  /// Whether the file that readers share is there: somebody has the ledger open, or did not close it.
  private var isInUse: Bool { FileManager.default.fileExists(atPath: path + "-shm") }

  private var immutable: String { URL(fileURLWithPath: path).absoluteString + "?immutable=1" }
}
