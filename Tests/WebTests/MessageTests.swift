import Instruments
import StudyDesign
import Testing
import Trial

@testable import Web

/// Messages: what pages say, and what each language has for it.
struct MessageTests {
  /// The texts in the sources that go through `words[…]` or `words(…)`.
  static func used() throws -> Set<String> {
    var found: Set<String> = []
    for file in try Repository.sources(in: "Sources/Web") {
      for match in file.text.matches(of: /words(?:\[|\()\s*"((?:[^"\\]|\\.)+)"/) {
        found.insert(String(match.1).replacing("\\\"", with: "\""))
      }
      // Titles of the program's values stand in switches of a `Titled` type, one a case.
      if file.path.contains("Titles") || file.text.contains(": Titled {") {
        for match in file.text.matches(of: /case [^\n:]+: "([^"]+)"/) { found.insert(String(match.1)) }
      }
    }
    return found.union(Role.allCases.map(\.title)).union(DoseLimitingStanding.Standing.allCases.map(\.words))
      .union(BagEnd.allCases.map(\.words))
  }

  @Test(arguments: Language.allCases.filter { $0 != .english })
  func `every text of the pages has words in every language`(language: Language) throws {
    let catalog = try MessageCatalog.shipped()[language]
    let missing = try Self.used().subtracting(catalog.keys)
    #expect(missing.isEmpty, "\(missing.sorted().joined(separator: "\n"))")
  }

  @Test(arguments: Language.allCases.filter { $0 != .english })
  func `every way to judge a response has words in every language`(language: Language) async throws {
    let study = try #require(try await SiteStage().site.newest)
    let words = try await SiteStage().site.words(in: language)
    let ids = try #require(study.endpoints).cohorts.flatMap { $0.evaluations.map(\.instrument) }
    let titles = ids.compactMap { Instrument.named($0)?.title }
    #expect(!titles.isEmpty)
    for title in titles { #expect(words.study(title) != title) }
  }

  @Test(arguments: Language.allCases.filter { $0 != .english })
  func `a translation keeps the places to be filled`(language: Language) throws {
    for (english, other) in try MessageCatalog.shipped()[language] {
      let places = { (text: String) in text.matches(of: /\{\w+\}/).map { String($0.0) }.sorted() }
      #expect(places(english) == places(other), "\(english)")
      #expect(!other.isEmpty)
    }
  }

  @Test(arguments: [
    (nil, Language.english), ("zh-CN,zh;q=0.9,en;q=0.8", .chinese), ("de,en;q=0.7,zh;q=0.3", .english),
    ("zh;q=0,en", .english), ("fr", .english),
  ])
  func `the language is the best that the browser asks for`(accepted: String?, expected: Language) {
    #expect(Language.best(for: accepted) == expected)
  }
}
