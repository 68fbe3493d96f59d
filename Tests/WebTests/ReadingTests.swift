import Testing
import Trial

@testable import Web

/// What comes from outside, read.
struct ReadingTests {
  @Test(arguments: [
    ("/a?b=c", "/a?b=c"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/a\\b", "/"), ("/a b", "/"),
    ("", "/"), (nil, "/"),
  ])
  func `only a path of this site is gone back to`(given: String?, expected: String) {
    #expect(LocalPath(given).path == expected)
  }

  @Test(arguments: [
    ("a=1&b=2", ["a": "1", "b": "2"]), ("a=x+y%26z", ["a": "x y&z"]), ("a", ["a": ""]), ("a=%E7%99%BD", ["a": "白"]),
    ("a=x%0D%0Ay%0D%0A%0Az%0D", ["a": "x\ny\n\nz\r"]), ("", [:]),
  ])
  func `fields are read as a browser sends them`(text: String, expected: [String: String]) throws {
    let fields = try #require(Fields(encoded: text))
    #expect(Dictionary(uniqueKeysWithValues: fields.pairs.map { ($0.name, $0.value) }) == expected)
    #expect(Fields(encoded: fields.encoded) == fields)
  }

  @Test(
    arguments: [
      (.value("x\r\ny"), .value("x\ny")), (.value("x\r\n", unit: "mg"), .value("x\n", unit: "mg")),
      (.cleared, .cleared),
    ] as [(Answer, Answer)])
  func `a text that was recorded as a browser sent it is the same as it is read now`(kept: Answer, read: Answer) {
    #expect(kept.withPlainLines == read)
  }

  @Test(arguments: ["a=%", "a=%G0", "a=%FF"])
  func `what is no form is refused`(text: String) { #expect(Fields(encoded: text) == nil) }

  @Test(arguments: [("", []), ("AA==", [0]), ("TWE=", [77, 97]), ("TWFu", [77, 97, 110])] as [(String, [UInt8])])
  func `base64 is read`(text: String, expected: [UInt8]) { #expect(Base64.decode(text) == expected) }

  @Test(arguments: ["A", "AA=", "A*==", "===="])
  func `what is no base64 is refused`(text: String) { #expect(Base64.decode(text) == nil) }
}
