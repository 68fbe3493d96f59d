import Crypto
import FoundationEssentials

/// The files of a protocol version's folder, each with the SHA-256 of its bytes, and one hash over all of them.
///
/// The listing is what `sha256sum` prints for every file, by name; so the hash of a version can be computed again without Tandem:
/// `find . -type f -not -path '*/.*' -printf '%P\n' | LC_ALL=C sort | xargs -d '\n' sha256sum | sha256sum`.
public struct VersionFiles: Sendable, Hashable {
  /// A file of the folder.
  public struct File: Sendable, Hashable {
    /// Its path from the folder, parts separated by `/`.
    public let path: String
    /// The SHA-256 of its bytes, as 64 hexadecimal digits.
    public let hash: String
  }

  /// The files by path; those whose name begins with a point are left out.
  public let files: [File]
  /// The SHA-256 of the listing, as 64 hexadecimal digits.
  public let digest: String

  /// Reads a folder; a file that cannot be read counts as one without bytes.
  public init(_ folder: String) {
    var files: [File] = []
    for path in VersionFiles.paths(in: folder) {
      let data = FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data()
      files.append(File(path: path, hash: VersionFiles.hash(data)))
    }
    self.files = files
    digest = VersionFiles.hash(Data(files.map { "\($0.hash)  \($0.path)\n" }.joined().utf8))
  }

  /// Every regular file below a folder, in the order of the bytes of its path.
  private static func paths(in folder: String) -> [String] {
    var found: [String] = []
    var waiting = [""]
    while let below = waiting.popLast() {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder + "/" + below)) ?? []
      for name in names where !name.hasPrefix(".") {
        let path = below.isEmpty ? name : "\(below)/\(name)"
        var isFolder = false
        guard FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder) else { continue }
        if isFolder { waiting.append(path) } else { found.append(path) }
      }
    }
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func hash(_ data: Data) -> String {
    let digits = Array("0123456789abcdef")
    return String(SHA256.hash(data: data).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
