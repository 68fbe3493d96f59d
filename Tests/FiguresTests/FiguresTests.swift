import Foundation
import FoundationXML
import Testing

@testable import Figures

@Suite struct `Figures` {
  /// `Examples/*.svg` are written anew with UPDATE_EXAMPLES=1: look at them before they are committed.
  @Test(arguments: Gallery.all)
  func `draws the committed picture`(_ example: Example) throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Examples/\(example.name).svg")
    let document = example.plot.figure.document
    if ProcessInfo.processInfo.environment["UPDATE_EXAMPLES"] == "1" {
      try document.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == document)
  }
}
