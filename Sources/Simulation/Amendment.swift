import FoundationEssentials

/// The demonstration's amendment: the study's first version with one number changed, in a folder of its own. A version's
/// folder is never edited once it is in force.
public enum Amendment {
  /// The amendment's version.
  public static let version = "1.1"

  /// What is changed, in which file: after two dose-limiting toxicities, three doses of tocilizumab are kept in place of two.
  private static let changes = [
    ("study.yaml", "version: \"1.0\"", "version: \"1.1\""),
    ("conduct.yaml", "tocilizumabDoses: 2", "tocilizumabDoses: 3 # amendment 1.1, after the safety board's review"),
  ]

  /// Copies a version's folder to a folder of studies, under the study's and the amendment's names, and makes the changes
  /// in the copy.
  ///
  /// - Returns: the amendment's folder.
  /// - Throws: `CannotAmend` if a passage is not there; errors of the file system.
  public static func write(from folder: String, studies: String) throws -> String {
    let files = FileManager.default
    let study = URL(filePath: folder).standardizedFileURL.deletingLastPathComponent().lastPathComponent
    try files.createDirectory(atPath: "\(studies)/\(study)", withIntermediateDirectories: true)
    let target = "\(studies)/\(study)/\(version)"
    try files.copyItem(atPath: folder, toPath: target)
    for (name, before, after) in changes {
      let path = "\(target)/\(name)"
      let text = try String(contentsOf: URL(filePath: path), encoding: .utf8)
      guard text.contains(before) else { throw CannotAmend(file: path, passage: before) }
      try text.replacing(before, with: after, maxReplacements: 1)
        .write(to: URL(filePath: path), atomically: true, encoding: .utf8)
    }
    return target
  }

  /// A passage that the amendment changes is not in the study's file.
  public struct CannotAmend: Error, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// What was looked for in it.
    public let passage: String

    /// What was looked for, and what to do.
    public var description: String {
      "\(file): ‘\(passage)’ is not there, so that the demonstration's amendment cannot be made from this version. "
        + "Build the demonstration with the study that is shipped with the program."
    }
  }
}
