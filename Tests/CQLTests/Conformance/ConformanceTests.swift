import ClinicalValues
import Foundation
import Testing

@testable import CQL

/// HL7's conformance tests, where their folder is beside the checkout (or named by TANDEM_CONFORMANCE).
@Suite struct ConformanceTests {
  /// The folder of the suites; nil where it is not there.
  static let folder: URL? = {
    if let named = ProcessInfo.processInfo.environment["TANDEM_CONFORMANCE"] {
      return URL(filePath: named).appending(path: "cql")
    }
    var place = URL(filePath: #filePath)
    while place.path != "/" {
      place.deleteLastPathComponent()
      let candidate = place.appending(path: "shared/conformance/cql")
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
    }
    return nil
  }()

  static let files: [String] =
    folder.map { folder in
      ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { $0.hasSuffix(".xml") }
        .sorted()
    } ?? []

  @Test(arguments: files)
  func `a suite passes but for the failures that are known`(_ file: String) throws {
    let folder = try #require(Self.folder)
    let suite = try ConformanceSuite(file: file, xml: Array(Data(contentsOf: folder.appending(path: file))))
    let runner = ConformanceRunner(now: noon)
    for test in suite.tests {
      let result = runner.run(test)
      let known = KnownFailures.reasons["\(file)/\(test.group)/\(test.name)"]
      switch result.outcome {
      case .skip: #expect(test.isForLaterVersion)
      case .pass:
        #expect(known == nil, "\(test.group)/\(test.name) passes now: take it off the list of known failures.")
      case .fail:
        #expect(
          known != nil,
          "\(test.group)/\(test.name): \(test.expression) gave \(result.actual), expected \(result.expected)")
      }
    }
  }

  @Test(arguments: files)
  func `both evaluators agree on every expression of a suite`(_ file: String) throws {
    let folder = try #require(Self.folder)
    let suite = try ConformanceSuite(file: file, xml: Array(Data(contentsOf: folder.appending(path: file))))
    for test in suite.tests {
      guard let (lowered, interpreted) = try? evaluated(test.expression) else { continue }
      switch (lowered, interpreted) {
      case (.success(let a), .success(let b)): #expect(a.isIdentical(to: b), "\(test.expression)")
      case (.failure, .failure): break
      default: #expect(Bool(false), "\(test.expression): \(lowered) and \(interpreted)")
      }
    }
  }
}
