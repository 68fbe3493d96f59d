import FoundationEssentials
import Glibc

/// Files that commands write.
enum OutputFile {
  /// Refuses a file that exists.
  static func requireNew(_ path: String) throws(Unusable) {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw Unusable("‘\(path)’ exists already. Give a new name; nothing is overwritten.")
    }
  }

  /// Writes a text into a file, whole or not at all; a file that exists is only replaced where that is meant.
  ///
  /// - Throws: `Unusable` if the file exists, or cannot be written.
  static func write(_ text: String, to path: String, replacing: Bool = false) throws(Unusable) {
    if !replacing { try requireNew(path) }
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
    } catch {
      throw Unusable("‘\(path)’ cannot be written. Check the folder, and whether there is room.")
    }
  }
}
