internal import Foundation
internal import Ledger

/// The key that all others hang on, from a file of its own that lies apart from the data.
///
/// The file holds 64 hexadecimal digits and may be read by its owner only. Whoever has the data without it has nothing
/// that names a person; without it the data cannot be opened by anybody.
public struct MasterKey: Sendable {
  private let key: SealingKey

  /// A key of 32 bytes, for tests and demonstrations.
  public init(bytes: [UInt8]) { self.key = SealingKey(bytes: bytes) }

  /// The key for one use.
  func key(for use: String) -> SealingKey { key.derived(for: use) }

  /// The key of a file.
  ///
  /// - Throws: `KeyFileFailure` if there is none, if others may read it, or if it holds no key.
  public static func load(_ path: String) throws(KeyFileFailure) -> MasterKey {
    guard FileManager.default.fileExists(atPath: path) else {
      throw KeyFileFailure("There is no key file \(path).", "Give the path of the key file that belongs to this data.")
    }
    guard isOwnersAlone(path) else {
      throw KeyFileFailure(
        "Others than its owner may read the key file \(path).",
        "Take their rights away (chmod 600) and consider whether somebody has read it.")
    }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8),
      let bytes = [UInt8](hexadecimal: text.trimmingCharacters(in: .whitespacesAndNewlines)), bytes.count == 32
    else {
      throw KeyFileFailure("\(path) holds no key of 64 hexadecimal digits.", "Restore the key file from its copy.")
    }
    return MasterKey(bytes: bytes)
  }

  /// Whether nobody but its owner has any right to a file: only then is what it holds a secret.
  public static func isOwnersAlone(_ path: String) -> Bool {
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let mode = attributes?[.posixPermissions] as? NSNumber else { return false }
    return mode.intValue & 0o077 == 0
  }

  /// Makes a new key and its file, which must not exist, with rights for its owner only.
  ///
  /// - Throws: `KeyFileFailure` if something is there already, or the file cannot be written.
  public static func create(_ path: String, entropy: Entropy = .system) throws(KeyFileFailure) -> MasterKey {
    let bytes = entropy.bytes(32)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL, 0o600)
    guard descriptor >= 0 else {
      throw KeyFileFailure(
        "The key file \(path) cannot be made: it exists, or its folder does not.", "Give another path.")
    }
    let text = Array((bytes.hexadecimal + "\n").utf8)
    let written = write(descriptor, text, text.count)
    let isDurable = fsync(descriptor) == 0
    close(descriptor)
    guard written == text.count, isDurable else {
      try? FileManager.default.removeItem(atPath: path)
      throw KeyFileFailure("The key file \(path) cannot be written.", "Make room on the disk, or give another path.")
    }
    return MasterKey(bytes: bytes)
  }
}

/// Why a key file cannot be used.
public struct KeyFileFailure: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was found.
  public let found: String
  /// What to do.
  public let remedy: String

  init(_ found: String, _ remedy: String) {
    self.found = found
    self.remedy = remedy
  }

  /// The id, and both sentences.
  public var description: String { "key-file: \(found) \(remedy)" }
}
