import Instruments
import Ledger
import Markup
import Testing

@testable import Web

/// What adverse events are called, in every language of the pages.
struct TermWordsTests {
  @Test(arguments: Language.allCases.filter { $0 != .english })
  func `every term of CTCAE and every class of them has words in every language`(language: Language) throws {
    let catalog = try MessageCatalog.shipped()[language]
    let terms = Set(CTCAE.terms.flatMap { [$0.name, $0.systemOrganClass] })
    let missing = terms.subtracting(catalog.keys)
    #expect(missing.isEmpty, "\(missing.sorted().joined(separator: "\n"))")
  }

  @Test(arguments: [(Language.english, #"["Headache","Headache"]"#), (.chinese, #"["Headache","头痛"]"#)])
  func `a field offers every term with its words, from a file beside the page`(
    language: Language, headache: String
  ) throws {
    let assets = Assets.shipped(try MessageCatalog.shipped())
    let path = assets.path(TermList.name(language))
    let file = try #require(assets.asset(served: String(path.trimmingPrefix("/assets/"))))
    let text = String(decoding: file.bytes, as: UTF8.self)
    #expect(text.contains(headache))
    guard case .array(let terms) = try CanonicalJSON(parsing: text).value else {
      Issue.record("no list")
      return
    }
    #expect(terms.count == CTCAE.terms.count)
  }

  @Test(arguments: [
    ("Neutrophil count decreased", "中性粒细胞计数降低"), ("Nervous system disorders - Other, specify", "各类神经系统疾病 - 其他，请说明"),
    ("Intraoperative head and neck injury", "术中头颈部损伤"), ("What nobody calls so", "What nobody calls so"),
  ])
  func `a term stands in Chinese, and what is none as it is`(term: String, expected: String) async throws {
    let words = try await SiteStage().site.words(in: .chinese)
    #expect(words.study(term) == expected)
  }

  @Test func `a term that somebody wrote in their own words stays as they wrote it`() async throws {
    let words = try await SiteStage().site.words(in: .chinese)
    let shown = words.sentence("Query 3 was answered. Back pain.", written: ["Back pain."]).printed(as: .html)
    #expect(shown.contains("<bdi>Back pain"))
  }
}
