import FoundationEssentials
import Glibc
import StudyDesign

/// Where the study is that a command means: the folder it was given, or the study shipped with the program.
enum StudyFolderChoice {
  /// The shipped study's name below `Studies/`.
  static let shipped = "cd19-bcma-aid"

  /// The version's folder; an explanation where there is none.
  static func resolve(_ given: String?) throws(Unusable) -> String {
    if let given {
      guard let folder = StudyLocation.versionFolder(at: given) else {
        throw Unusable(
          "‘\(given)’ holds no study: neither study.yaml nor a version's folder with one. "
            + "Give a version's folder (Studies/\(shipped)/1.0) or a study's folder (Studies/\(shipped)).")
      }
      return folder
    }
    for place in places {
      if let folder = StudyLocation.versionFolder(at: "\(place)/\(shipped)") { return folder }
    }
    throw Unusable(
      "The study shipped with the program was not found (looked in \(places.joined(separator: ", "))). "
        + "Name one with --study, or set TANDEM_STUDIES to the folder that holds \(shipped).")
  }

  /// What counts as a problem of how a folder is named, and what is but to be noted. A version's folder that was given itself is used
  /// whatever its name is, and how that differs from the study is a note; one that was looked up in a study's folder was found by its
  /// name.
  static func counted(
    _ naming: [Problem], of folder: String, given: String?
  ) -> (problems: [Problem], notes: [String]) {
    guard let given, StudyLocation.isVersionFolder(given) else { return (naming, []) }
    return ([], naming.map { "\(folder)/\($0.note)" })
  }

  /// Where studies may lie: the folder named by TANDEM_STUDIES; beside the program or above it (a built checkout); where an
  /// installation puts shared files.
  private static var places: [String] {
    if let named = Terminal.environment("TANDEM_STUDIES"), !named.isEmpty { return [named] }
    guard let program = programPath else { return ["Studies"] }
    var places: [String] = []
    var folder = URL(filePath: program).deletingLastPathComponent()
    places.append(folder.appending(path: "../share/tandem/Studies").standardizedFileURL.path)
    while folder.path != "/" && places.count < 12 {
      places.append(folder.appending(path: "Studies").path)
      folder = folder.deletingLastPathComponent()
    }
    return places
  }

  /// The program's file, links resolved.
  private static var programPath: String? {
    guard let path = realpath("/proc/self/exe", nil) else { return CommandLine.arguments.first }
    defer { free(path) }
    return String(cString: path)
  }
}
