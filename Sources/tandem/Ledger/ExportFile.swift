import FoundationEssentials
import Glibc
import Ledger

/// A file that an export is written to: under its name only once it is whole.
struct ExportFile {
  private let path: String
  private let descriptor: Int32
  private var partial: String { path + ".partial" }

  /// - Throws: `Unusable` if something is there already, or cannot be written.
  init(_ path: String) throws(Unusable) {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Unusable("‘\(path)’ exists already. Give a new name; nothing is overwritten.")
    }
    self.path = path
    descriptor = open(path + ".partial", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Unusable("‘\(path)’ cannot be written. Check the folder.") }
  }

  func write(_ line: [UInt8]) throws(Unusable) {
    var rest = line[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { throw Unusable("‘\(path)’ cannot be written further. Make room on the disk.") }
      rest = rest.dropFirst(count)
    }
  }

  /// Makes it durable and gives it its name.
  func finish() throws(Unusable) {
    guard fsync(descriptor) == 0, close(descriptor) == 0, rename(partial, path) == 0 else {
      throw Unusable("‘\(path)’ could not be finished. Check the disk and repeat it.")
    }
  }

  /// The lines that were written.
  func lines() throws(Unusable) -> LineReader { try ExportFile.reader(partial) }

  /// Leaves nothing behind.
  func discard() {
    close(descriptor)
    unlink(partial)
  }

  /// Reads an export in pieces.
  ///
  /// - Throws: `Unusable` if there is no such file.
  static func reader(_ path: String) throws(Unusable) -> LineReader {
    try InputFile.check(path)
    var isFolder = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder {
      throw Unusable("‘\(path)’ is a folder. Name the file of an export.")
    }
    guard let handle = fopen(path, "rb") else {
      throw Unusable("‘\(path)’ cannot be read. Check its name and who may read it.")
    }
    let file = OpenFile(handle)
    return LineReader { file.next() }
  }

  /// A file that is closed with its last reader.
  private final class OpenFile {
    private let handle: UnsafeMutablePointer<FILE>
    init(_ handle: UnsafeMutablePointer<FILE>) { self.handle = handle }
    deinit { fclose(handle) }

    /// The next piece; empty at the end.
    func next() -> [UInt8] {
      [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
        count = fread(buffer.baseAddress, 1, buffer.count, handle)
      }
    }
  }
}
