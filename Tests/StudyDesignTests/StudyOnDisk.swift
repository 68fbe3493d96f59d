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

  /// Takes the translations out of a copy, whose words are then changed.
  static func removeTranslations(from copy: URL) throws {
    let folder = copy.appending(path: "translations")
    if FileManager.default.fileExists(atPath: folder.path) { try FileManager.default.removeItem(at: folder) }
  }

  /// Takes the casebook out of a copy: its forms, schedule and endpoints, and what safety follows from in them; with it go the
  /// translations, which have its words.
  static func removeCasebook(from copy: URL) throws {
    try removeTranslations(from: copy)
    for part in ["forms", "schedule.yaml", "endpoints.yaml"].map({ copy.appending(path: $0) })
    where FileManager.default.fileExists(atPath: part.path) {
      try FileManager.default.removeItem(at: part)
    }
    let safety = copy.appending(path: "safety.yaml")
    let text = try String(contentsOf: safety, encoding: .utf8)
    guard let place = text.range(of: "\nforms:\n") else { return }
    try text[..<place.lowerBound].appending("\n").write(to: safety, atomically: true, encoding: .utf8)
  }
}
