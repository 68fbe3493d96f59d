import Markup
import Testing
import Trial

@testable import Web

/// What scripts of pages and programs are told of a refusal.
struct ProblemTests {
  private static let refusal = Refusal(
    "unfit-answer", because: "Body temperature must be from 30 to 45 Cel, not 101.3 Cel.",
    remedy: "Correct the answer.")

  @Test(arguments: Language.allCases)
  func `a script of a page is told what the page says, in the reader's language and with units as people print them`(
    language: Language
  ) async throws {
    let words = try await SiteStage().site.words(in: language)
    let failure = Failure(Self.refusal, words: words)
    let told = Problem.shape.text(Problem(failure: failure, path: "/", words: words, isOfPage: true))
    #expect(told.contains(words.sentence(Self.refusal.because).plainText))
    #expect(told.contains("101.3 °C") && !told.contains("Cel"))
    #expect(told.contains("must be") == (language == .english))
  }

  @Test func `a program is told the codes that are recorded`() async throws {
    let words = try await SiteStage().site.words(in: .english)
    let failure = Failure(Self.refusal, words: words)
    #expect(
      Problem.shape.text(Problem(failure: failure, path: "/", words: words, isOfPage: false)).contains("101.3 Cel"))
  }
}
