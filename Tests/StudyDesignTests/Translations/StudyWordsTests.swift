import Foundation
import Testing

@testable import StudyDesign

/// All that a page can show of a study in its own words.
@Suite struct StudyWordsTests {
  @Test(arguments: [
    ("study.yaml", "Systemic sclerosis"), ("criteria.yaml", "Active despite standard treatment"),
    ("conduct.yaml", "Weight measured since LD 1"), ("product.yaml", "Viability"),
    ("safety.yaml", "the sponsor is aware (day 0), or new facts make it one"), ("schedule.yaml", "Lymphodepletion 1"),
    ("schedule.yaml", "followUp"), ("forms/iecHs.yaml", "Ferritin rapidly rising (clinical judgment)"),
    ("endpoints.yaml", "DORIS remission"), ("library/Inclusion.cql", "hemoglobin at least 60 g/L"),
    ("concepts.csv", "Hemoglobin [Mass/volume] in Blood"),
  ])
  func `words stand in the section of their file`(_ file: String, _ words: String) throws {
    let section = try #require(try Shipped.study.words.first { $0.file == file })
    #expect(section.words.contains(words))
  }

  @Test func `each text stands once, and none without a letter`() throws {
    let words = try Shipped.study.words.flatMap(\.words)
    #expect(Set(words).count == words.count)
    #expect(words.allSatisfy { $0.contains(where: \.isLetter) })
    #expect(!words.contains("12"))
  }

  @Test func `each criterion and each visit says in plain words what it is`() throws {
    let study = try Shipped.study
    let lay = study.criteria.compactMap(\.lay) + study.schedule.visits.compactMap(\.lay)
    #expect(lay.count == study.criteria.count + study.schedule.visits.count)
    // A sentence that a twelve-year-old reads has few words (Flesch-Kincaid grade at most 7).
    for text in lay { #expect(Readability.grade(text) <= 7, "\(text)") }
    // Only the criteria decide: nobody is told that they can join.
    for text in lay { #expect(!text.contains("you can join") && !text.contains("you are eligible"), "\(text)") }
  }

  @Test func `what somebody can ask themselves is a plain question, and each disease has one`() throws {
    let study = try Shipped.study
    let asked = study.criteria.filter { $0.ask != nil }
    for question in asked.compactMap(\.ask) {
      #expect(question.hasSuffix("?") && Readability.grade(question) <= 7, "\(question)")
    }
    for cohort in study.cohorts { #expect(asked.contains { $0.cohorts.map(\.value) == [cohort.id] }) }
  }
}

/// The shipped study, read once for all tests.
enum Shipped {
  private static let read = Result { try StudyChecker.tested.read(StudyOnDisk.shipped.path) }
  static var study: Study { get throws { try read.get() } }
}

/// How hard a text is to read.
enum Readability {
  /// The school grade at which a text is understood: Kincaid JP et al. (1975), Naval Technical Training Command, Research Branch
  /// Report 8-75, with syllables counted as groups of vowels.
  static func grade(_ text: String) -> Double {
    let sentences = max(1, text.count { ".:;!?".contains($0) })
    let words = text.split { !$0.isLetter && $0 != "'" }
    let syllables = words.reduce(0) { $0 + Readability.syllables($1) }
    return 0.39 * Double(words.count) / Double(sentences) + 11.8 * Double(syllables) / Double(words.count) - 15.59
  }

  private static func syllables(_ word: Substring) -> Int {
    var letters = word.lowercased()
    if letters.hasSuffix("e"), !letters.hasSuffix("le"), letters.count > 2 { letters.removeLast() }
    return max(1, letters.split { !"aeiouyö".contains($0) }.count)
  }
}
