import Foundation
import Testing

@testable import StudyDesign

/// `translations/<language>.yaml` beside the words of the study.
@Suite struct TranslationTests {
  private static let sections = [
    WordSection(file: "study.yaml", words: ["Title", "At least 0.5 mg within 28 days"]),
    WordSection(file: "criteria.yaml", words: ["Adult"]),
  ]
  private static let whole = """
    study.yaml:
      Title: 标题
      At least 0.5 mg within 28 days: 28天内至少0.5 mg
    criteria.yaml:
      "Adult": "成年人"
    """

  /// What is said of a file: of its form, and where that is right of its words.
  private static func said(_ text: String, file: String = "translations/zh-Hans.yaml") -> [String] {
    let read = TranslationFile(text, file: file)
    let problems = read.problems.isEmpty ? TranslationCheck(file: read, sections: sections).problems() : read.problems
    return problems.map(\.description)
  }

  @Test func `the words of the study are looked up in a language`() {
    let translation = TranslationFile(Self.whole, file: "translations/zh-Hans.yaml").translation
    #expect(translation.language == "zh-Hans")
    #expect(translation["Adult"] == "成年人")
    #expect(translation["adult"] == nil)
    #expect(Self.said(Self.whole) == [])
  }

  private static let mistakes: [(replace: String, with: String, says: String)] = [
    (
      "Adult\":", "Adults\":",
      "5:3: error: The study has no words ‘Adults’. Remove the entry, or write its words exactly as they stand in the study. "
        + "[stale-translation]\n"
        + "4:1: error: ‘Adult’ of criteria.yaml is not translated. Add it under ‘criteria.yaml:’. [no-translation]"
    ),
    (
      "\"成年人\"", "\" \"", "5:12: error: ‘Adult’ has an empty translation. Write it in zh-Hans. [no-translation]"
    ),
    (
      "\"Adult\":", "Title: 题目\n  \"Adult\":",
      "5:3: error: ‘Title’ is translated already, in other words, on line 2. Remove one of the two: the same words are shown in "
        + "the same way wherever they stand. [duplicate]"
    ),
    ("\"Adult\":", "Title: 标题\n  \"Adult\":", ""),
    (
      "28天内至少0.5 mg", "四周内至少0.5 mg",
      "3:35: error: The translation of ‘At least 0.5 mg within 28 days’ lacks 28. Write every number of the study in digits, as "
        + "it stands there. [number-lost]"
    ),
    (
      "至少0.5 mg", "至少5 mg",
      "3:35: error: The translation of ‘At least 0.5 mg within 28 days’ lacks 0.5. Write every number of the study in digits, as "
        + "it stands there. [number-lost]"
    ),
    (
      "criteria.yaml:\n  \"Adult\": \"成年人\"", "",
      "1:1: error: ‘Adult’ of criteria.yaml is not translated. Add it under ‘criteria.yaml:’. [no-translation]"
    ),
    (
      "\"成年人\"", "[成年人]",
      "5:12: error: Expected a text as a translation, found a list. Write ‘\"words of the study\": \"words of the language\"’. "
        + "[expected-text]"
    ),
    (
      "\n  \"Adult\": \"成年人\"", " [Adult]",
      "4:16: error: Expected the study's words, each with its translation, found a list. docs/writing-a-study.md shows what "
        + "stands in it. [expected-mapping]"
    ),
    (
      "Title: 标题", "Title: 标题\n  Title: 标题",
      "3:3: error: The key ‘Title’ stands twice in one mapping. Remove one of the two. [duplicate-key]"
    ),
  ]

  @Test(arguments: mistakes)
  func `a mistake is told at its place`(_ mistake: (replace: String, with: String, says: String)) throws {
    let text = Self.whole.replacing(mistake.replace, with: mistake.with, maxReplacements: 1)
    #expect(text != Self.whole)
    let expected = mistake.says.split(separator: "\n").map { "translations/zh-Hans.yaml:\($0)" }
    #expect(Self.said(text) == expected)
  }

  @Test(arguments: [("de", true), ("zh-Hans", true), ("pt-BR", true), ("Chinese", false), ("zh_Hans", false)])
  func `a file is named by the tag of its language`(_ language: String, _ isTag: Bool) {
    let said = TranslationFile(Self.whole, file: "translations/\(language).yaml").problems.map(\.description)
    let refusal =
      "translations/\(language).yaml:1:1: error: ‘\(language)’ is no tag of a language. Name the file by BCP 47: "
      + "zh-Hans.yaml, de.yaml. [language-tag]"
    #expect(said == (isTag ? [] : [refusal]))
  }

  @Test func `a number is what stands in digits`() {
    #expect("0.6 x 10^9, 1,000 of 10,000.5; 1.5.".numbers == ["0.6", "10", "9", "1000", "10000.5", "1.5"])
    #expect("in 3,6 and 9 months".numbers == ["3", "6", "9"])
  }

  @Test func `a file is written as it is read, with a place for every word`() {
    let read = TranslationFile("study.yaml:\n  Title: \"\\\"标题\\\"\"", file: "translations/zh-Hans.yaml").translation
    let long = String(repeating: "word ", count: 300)
    let sections = Self.sections + [WordSection(file: "safety.yaml", words: [long])]
    let text = TranslationText(of: sections, by: read, heading: "Chinese.").text
    #expect(
      text == """
        # Chinese.

        study.yaml:
          "Title": "\\"标题\\""
          "At least 0.5 mg within 28 days": ""

        criteria.yaml:
          "Adult": ""

        safety.yaml:
          ? "\(long)"
          : ""

        """)
    let again = TranslationFile(text, file: "translations/zh-Hans.yaml")
    #expect(again.problems.isEmpty)
    #expect(again.entries.map(\.words.value) == sections.flatMap(\.words))
    #expect(again.translation["Title"] == "\"标题\"")
  }
}
