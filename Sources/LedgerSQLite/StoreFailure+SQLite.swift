internal import GRDB
internal import Ledger

extension StoreFailure {
  static func damaged(_ what: String, at place: EventPlace? = nil) -> StoreFailure {
    var event = place.map { "event \($0.position)" } ?? ""
    if let stream = place?.stream, let version = place?.version { event += " (\(stream), version \(version))" }
    return StoreFailure(
      .damaged, at: place, found: "the ledger is damaged: \(event)\(event.isEmpty ? "" : ": ")\(what)",
      remedy: "Stop working with this file, keep it as it is, and restore the last backup (tandem ledger restore).")
  }

  /// A file that must be there, with something in it, and is not.
  static func lost(_ path: String, isThere: Bool) -> StoreFailure {
    StoreFailure(
      .damaged, found: "\(path) \(isThere ? "is empty" : "is missing"), though a study was begun with it.",
      remedy: "Stop working with this folder, keep it as it is, and restore the last backup (tandem ledger restore).")
  }

  /// Runs something whose errors of SQLite become failures that say what to do.
  static func translating<T>(_ path: String, _ body: () throws -> T) throws -> T {
    do { return try body() } catch { throw translated(error, path) }
  }

  /// An error of SQLite as a failure; any other error as it is.
  static func translated(_ error: any Error, _ path: String) -> any Error {
    guard let error = error as? DatabaseError else { return error }
    let said = "\(path): SQLite says '\(error.message ?? "nothing")' (\(error.extendedResultCode.rawValue))."
    switch error.resultCode {
    case .SQLITE_FULL:
      return StoreFailure(
        .full, found: said, remedy: "Nothing of this act was recorded. Make room on the disk, then repeat it.")
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
      return StoreFailure(
        .readOnly, found: said,
        remedy: "Nothing of this act was recorded. Open the ledger for writing, with the right to write its folder.")
    case .SQLITE_CORRUPT: return damaged(said)
    case .SQLITE_NOTADB:
      return StoreFailure(
        .notALedger, found: said, remedy: "Give the path of a ledger; if this was one, restore the last backup.")
    case .SQLITE_CANTOPEN:
      return StoreFailure(.unreachable, found: said, remedy: "Check that the folder exists and may be entered.")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      return StoreFailure(
        .busy, found: said, remedy: "Nothing of this act was recorded. Another program holds the ledger: repeat it.")
    case .SQLITE_CONSTRAINT:
      return StoreFailure(
        .invalidAppend, found: said, remedy: "Nothing was changed. This is a mistake in the program: please report it.")
    default:
      return StoreFailure(
        .io, found: said, remedy: "Nothing of this act was recorded. Check the disk, then repeat it.")
    }
  }
}
