import CQL
import FoundationEssentials

/// The folder of one protocol version, and the files in it by their names from there.
struct StudyFolder: Sendable {
  /// The folder, as the caller named it.
  let path: String

  /// The folder from the root of the file system.
  var absolutePath: String { URL(filePath: path).standardizedFileURL.path }

  /// A file's text; a file that is missing or not UTF-8 is a problem.
  func text(_ name: String) throws(Problem) -> String {
    let start = SourceLocation(file: name, line: 1, column: 1)
    let target = URL(filePath: "\(path)/\(name)").resolvingSymlinksInPath().path
    // Anything but a regular file, such as a pipe, may never end.
    guard let type = try? FileManager.default.attributesOfItem(atPath: target)[.type] as? FileAttributeType,
      type == .typeRegular, let data = FileManager.default.contents(atPath: target)
    else {
      throw Problem(
        "missing-file", at: start, "The file is not there, or cannot be read.",
        remedy: "A protocol version needs study.yaml, concepts.csv, criteria.yaml, conduct.yaml, product.yaml, "
          + "safety.yaml, source.md and library/*.cql.")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Problem("not-utf8", at: start, "The file is not UTF-8 text.", remedy: "Save it as UTF-8.")
    }
    return text
  }

  /// Whether there is a file of that name.
  func holds(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

  /// The names of the files in a subfolder that end so, sorted.
  func files(in folder: String, ending suffix: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")) ?? []
    return names.filter { $0.hasSuffix(suffix) && !$0.hasPrefix(".") }.sorted().map { "\(folder)/\($0)" }
  }
}

/// Which folder holds the protocol version that is meant.
public enum StudyLocation {
  /// The version's folder for a path that is one (it holds study.yaml), or a study's folder, whose highest version it means.
  /// Nil where neither is there.
  public static func versionFolder(at path: String) -> String? {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    if isVersionFolder(path) { return path }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let versions = names.filter { isVersionFolder("\(path)/\($0)") }
    return versions.max { isLower($0, than: $1) }.map { "\(path)/\($0)" }
  }

  /// The versions' folders in a study's folder, lowest version first.
  public static func versionFolders(in path: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.filter { isVersionFolder("\(path)/\($0)") }.sorted { isLower($0, than: $1) }.map { "\(path)/\($0)" }
  }

  /// Whether one version's name is below another's: number by number (1.9 is below 1.10), other text as text.
  static func isLower(_ a: String, than b: String) -> Bool {
    let (a, b) = (a.split(separator: "."), b.split(separator: "."))
    for (x, y) in zip(a, b) where x != y {
      if let x = Int(x), let y = Int(y), x != y { return x < y }
      return x < y
    }
    return a.count < b.count
  }

  /// Whether a folder is a version's: whether it holds study.yaml.
  public static func isVersionFolder(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(path)/study.yaml")
  }
}
