import Testing

@testable import Web

struct LocalPathTests {
  @Test(arguments: [("/a?b=c", "/a?b=c"), ("//evil", "/"), ("https://evil", "/"), ("/a\\b", "/"), ("", "/")])
  func `only a path of this site is gone back to`(given: String, expected: String) {
    #expect(LocalPath(given).path == expected)
  }
}
