import Foundation
import Testing

@testable import StudyDesign

/// `translations/zh-Hans.yaml` of the shipped study.
@Suite struct ShippedTranslationTests {
  private static let language = "zh-Hans"
  private static let file = StudyOnDisk.shipped.appending(path: "translations/\(language).yaml")
  private static let heading = """
    The study's own words in Simplified Chinese, by the file in which they stand first.
    Drug names are the generic names approved in China; terms are those of GCP, of CTCAE and of Chinese casebooks.
    No sponsor's text: like the reading of the protocol it must be confirmed before use.
    """

  /// The words of the study, whatever its translations lack.
  private static func words() throws -> [WordSection] {
    try StudyOnDisk.withCopy { copy in
      try StudyOnDisk.removeTranslations(from: copy)
      return try StudyChecker.tested.read(copy.path).words
    }
  }

  /// Written anew with UPDATE_EXAMPLES=1: then every new word has an empty translation, which the check asks for.
  @Test func `it stands in the order of the study`() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    let translation = TranslationFile(text, file: "translations/\(Self.language).yaml").translation
    let expected = TranslationText(of: try Self.words(), by: translation, heading: Self.heading).text
    if ProcessInfo.processInfo.environment["UPDATE_EXAMPLES"] == "1" {
      try expected.write(to: Self.file, atomically: true, encoding: .utf8)
    } else {
      #expect(text == expected, "docs/writing-a-study.md says how it is written anew.")
    }
  }

  @Test func `every unit, comparison and id of the study stands in its translation`() throws {
    let study = try Shipped.study
    let translation = try #require(study.translation(into: Self.language))
    for words in study.words.flatMap(\.words) {
      let translated = try #require(translation[words])
      let lost = Kept.tokens(in: words).filter { !translated.contains($0) }
      #expect(lost.isEmpty, "\(words) > \(translated)")
    }
  }

  @Test func `the words are looked up as a page does`() throws {
    let study = try Shipped.study
    #expect(study.words("Informed consent", in: Self.language) == "知情同意")
    #expect(study.words("Informed consent", in: "de") == nil)
    #expect(study.words("No such words", in: Self.language) == nil)
    #expect(study.translations.map(\.language) == [Self.language])
  }

  @Test func `the difference of two versions tells a changed translation`() throws {
    let before = try Shipped.study
    let said = try StudyOnDisk.withCopy { copy in
      let path = copy.appending(path: "translations/\(Self.language).yaml")
      let text = try String(contentsOf: path, encoding: .utf8)
      try text.replacing("\"Adult\": \"成年人\"", with: "\"Adult\": \"成人\"").write(
        to: path, atomically: true, encoding: .utf8)
      let after = try StudyChecker.tested.read(copy.path)
      #expect(after.digest != before.digest)
      return StudyDiff(from: before, to: after).changes
    }
    #expect(
      said == [
        StudyDiff.Change(
          part: .translations, subject: "zh-Hans Adult", kind: .changed, before: "成年人", after: "成人", affects: [])
      ])
  }

  @Test func `a word that changes asks for its translation`() throws {
    let said = try StudyOnDisk.withCopy { copy in
      let path = copy.appending(path: "criteria.yaml")
      let text = try String(contentsOf: path, encoding: .utf8)
      try text.replacing("    title: Adult\n", with: "    title: Grown-up\n").write(
        to: path, atomically: true, encoding: .utf8)
      return StudyChecker.tested.problems(in: copy.path).map { "\($0.message) \($0.remedy) [\($0.id)]" }
    }
    #expect(
      said.sorted() == [
        "The study has no words ‘Adult’. Remove the entry, or write its words exactly as they stand in the study. "
          + "[stale-translation]",
        "‘Grown-up’ of criteria.yaml is not translated. Add it under ‘criteria.yaml:’. [no-translation]",
      ])
  }
}

/// What a translation keeps as it is written.
private enum Kept {
  private static let units: Set<Substring> = [
    "mmHg", "umol", "μmol", "µg", "mg", "kg", "mL", "mm", "cm", "mmol", "uL", "dL", "ms", "Cel", "IU", "EU", "Beta",
  ]

  /// Units, comparisons, percent signs, and ids of criteria.
  static func tokens(in text: String) -> [String] {
    let marks = ["≥", "≤", "<", ">", "%", "°C", "m²", "m2"].filter { text.contains($0) }
    let words = text.split { !$0.isLetter && !$0.isNumber && !"-.".contains($0) }
    let ids = words.filter { $0.hasPrefix("INC-") || $0.hasPrefix("EXC-") }.map { id in
      id.hasSuffix(".") ? String(id.dropLast()) : String(id)
    }
    // “EU product information” is the Union and no unit.
    let named = text.split { !$0.isLetter }.filter { units.contains($0) && !($0 == "EU" && !text.contains("EU/mL")) }
    return marks + ids + named.map(String.init)
  }
}
