internal import Foundation

/// Files and folders that only their owner may read.
enum PrivateFile {
  /// Makes an empty file; one that is there is left as it is. Where it cannot be made, SQLite says why.
  static func make(_ path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
  }

  /// Makes a folder and those above it, where they are missing.
  static func makeFolder(_ path: String) throws {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
  }

  /// Whether the folder of a file exists.
  static func isFolderThere(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }
}

/// The file that a store lies in.
public enum StoreFile {
  /// How many bytes a file has; nil if there is none.
  public static func size(of path: String) -> Int? {
    // A number of another width than Int on Linux, which a cast to Int does not read.
    ((try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? NSNumber)?.intValue
  }
}
