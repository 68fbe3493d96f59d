import Conduct
import FoundationEssentials
import StudyDesign

/// All protocol versions of a study, read from its folder.
enum Shelf {
  /// The versions beside the one that was named, oldest first, each checked; each bears its name, by which it is looked up.
  ///
  /// - Throws: `Unusable` if there is no study, or if a version has problems; they go to standard error.
  static func read(_ given: String?) throws -> ProtocolShelf {
    let newest = try StudyFolderChoice.resolve(given)
    let folder = URL(filePath: newest).standardizedFileURL.deletingLastPathComponent().path
    let named = try StudyCommand.conducted(StudyCommand.read(newest), toBe: "conducted here")
    var studies: [Study] = []
    for path in StudyLocation.versionFolders(in: folder) {
      let study = path == URL(filePath: newest).standardizedFileURL.path ? named : try StudyCommand.read(path)
      // Another study beside it is none of its versions.
      if study.id == named.id { studies.append(study) }
    }
    return ProtocolShelf(studies.isEmpty ? [named] : studies)
  }
}
