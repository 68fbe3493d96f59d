import Foundation
import Testing

/// The built program, run as a person would run it.
enum Program {
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    /// The output as JSON objects.
    var objects: [[String: Any]] {
      get throws {
        try #require(
          try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [[String: Any]], "\(output.prefix(400))")
      }
    }
  }

  /// `tandem` beside the test bundle: `.build/<configuration>/tandem`.
  static let file: URL = {
    var folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(filePath: ".build/debug")
    let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") }
    if let bundle { folder = URL(filePath: bundle).deletingLastPathComponent() }
    let beside = folder.appending(path: "tandem")
    return FileManager.default.isExecutableFile(atPath: beside.path)
      ? beside : Repository.root.appending(path: ".build/debug/tandem")
  }()

  /// Runs the program to its end. Output goes through files, so that no pipe can fill up.
  static func run(
    _ arguments: [String], in folder: URL = Repository.root, environment: [String: String] = [:]
  ) throws -> Outcome {
    try withFolder { scratch in
      let output = scratch.appending(path: "output")
      let errors = scratch.appending(path: "errors")
      for url in [output, errors] { _ = FileManager.default.createFile(atPath: url.path, contents: nil) }
      let process = Process()
      process.executableURL = file
      process.arguments = arguments
      process.currentDirectoryURL = folder
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 }
      ) { $1 }
      process.standardOutput = try FileHandle(forWritingTo: output)
      process.standardError = try FileHandle(forWritingTo: errors)
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationReason == .exit, "tandem \(arguments.joined(separator: " ")) crashed")
      return Outcome(
        status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8),
        errors: try String(contentsOf: errors, encoding: .utf8))
    }
  }

  /// A folder of its own, removed afterwards.
  static func withFolder<T>(_ body: (URL) throws -> T) throws -> T {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tandem-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}
