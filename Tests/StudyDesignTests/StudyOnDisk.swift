import Foundation
import Testing

@testable import StudyDesign

/// The study that ships with the program, and copies of it to plant mistakes in.
enum StudyOnDisk {
  static let shipped = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Studies/cd19-bcma-aid/1.0")

  /// Runs `body` on a copy of the shipped study, in a folder of its own that is removed afterwards.
  static func withCopy<T>(_ body: (URL) throws -> T) throws -> T {
    let root = FileManager.default.temporaryDirectory.appending(path: "tandem-\(UUID().uuidString)")
    let copy = root.appending(path: "cd19-bcma-aid/1.0")
    try FileManager.default.createDirectory(
      at: copy.deletingLastPathComponent(), withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: root) }
    try FileManager.default.copyItem(at: shipped, to: copy)
    return try body(copy)
  }
}
