import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import Web

/// Answers compressed for the way.
struct GzipTests {
  @Test func `another program reads back what was compressed`() throws {
    let text = String(repeating: "Day 7 · Vital signs. ", count: 2000)
    let bytes = try #require(Gzip.compressed(Array(text.utf8)))
    #expect(bytes.count < 2000)
    let file = URL(filePath: NSTemporaryDirectory()).appending(path: "\(UUID()).gz")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let read = Pipe()
    process.executableURL = URL(filePath: "/bin/gzip")
    process.arguments = ["-dc", file.path]
    process.standardOutput = read
    try process.run()
    #expect(try read.fileHandleForReading.readToEnd() == Data(text.utf8))
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  @Test func `the length of an answer does not tell how well it compresses`() {
    let bytes = [UInt8](repeating: 65, count: 5000)
    #expect(Set((0..<50).compactMap { _ in Gzip.compressed(bytes)?.count }).count > 5)
  }

  @Test(arguments: [
    ("gzip, deflate, br", true), ("br", false), ("gzip;q=0", false), ("gzip; q=0.5", true), (nil, false),
  ])
  func `only who takes it is sent it`(accepted: String?, expected: Bool) async throws {
    #expect(Gzip.isAccepted(accepted) == expected)
    try await SiteStage().ask { asker in
      var headers = HTTPFields()
      headers[.acceptEncoding] = accepted
      let answer = try await asker.get("/sign-in", headers: headers)
      #expect(answer.headers[.contentEncoding] == (expected ? "gzip" : nil))
      #expect(answer.headers[.vary] == "Accept-Encoding")
    }
  }
}
