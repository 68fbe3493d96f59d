import FoundationEssentials
import StudyDesign

/// A file to screen, and whether it was named or found in a folder.
struct RecordFile {
  let path: String
  /// Found in a folder: if it is no FHIR it is passed over.
  let isFound: Bool
}

/// Which files are meant by the arguments of a command.
enum RecordFiles {
  /// The files themselves, and of a folder its `.json` and `.ndjson` files by name, but for a study's list of what is expected of its
  /// examples.
  static func expand(_ arguments: [String]) -> [RecordFile] {
    arguments.flatMap { argument -> [RecordFile] in
      guard isDirectory(argument) else { return [RecordFile(path: argument, isFound: false)] }
      let folder = argument.count > 1 && argument.hasSuffix("/") ? String(argument.dropLast()) : argument
      // A folder that cannot be listed stands in its place as a file that cannot be read.
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
        return [RecordFile(path: folder, isFound: false)]
      }
      return names.filter { $0.hasSuffix(".json") || $0.hasSuffix(".ndjson") }.sorted()
        .map { RecordFile(path: "\(folder)/\($0)", isFound: true) }
        .filter { !isDirectory($0.path) && !isExpectations($0.path) }
    }
  }

  private static func isExpectations(_ path: String) -> Bool {
    let file = URL(filePath: path).standardizedFileURL.path
    let end = "/\(StudyExample.expectations)"
    return file.hasSuffix(end) && StudyLocation.isVersionFolder(String(file.dropLast(end.count)))
  }

  private static func isDirectory(_ path: String) -> Bool {
    var isDirectory = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory
  }
}
