import ClinicalValues
import Foundation
import Testing

@testable import tandem

/// The UCUM functional tests, where their folder is beside the checkout (or named by TANDEM_CONFORMANCE).
struct UnitConformanceTests {
  /// Their file; nil where it is not there.
  static let file: String? = {
    let name = "ucum/UcumFunctionalTests.xml"
    if let named = ProcessInfo.processInfo.environment["TANDEM_CONFORMANCE"] {
      return URL(filePath: named).appending(path: name).path
    }
    var place = URL(filePath: #filePath)
    while place.path != "/" {
      place.deleteLastPathComponent()
      let candidate = place.appending(path: "shared/conformance/\(name)").path
      if FileManager.default.fileExists(atPath: candidate) { return candidate }
    }
    return nil
  }()

  @Test(.enabled(if: file != nil)) func `every case of the UCUM functional tests passes`() throws {
    let cases = try UnitConformanceFile.read(try #require(Self.file))
    #expect(!cases.isEmpty)
    for test in cases {
      let outcome = test.run()
      #expect(outcome == .pass, "\(test.section.rawValue) \(test.id)")
    }
  }
}
