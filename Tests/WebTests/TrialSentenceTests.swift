import Foundation
import StudyDesign
import Testing
import Trial

@testable import Web

/// Sentences that the trial makes: refusals, tasks, lines of gates, events as they are told. Every language of the pages has them.
struct TrialSentenceTests {
  private static func reading(_ language: Language) async throws -> PhraseReading {
    let study = try await SiteStage().site.newest
    let phrases = try #require(try MessageCatalog.shipped().phrases[language])
    return PhraseReading(phrases, study: study?.translation(into: language.tag))
  }

  /// What tells of a sentence that it is not known: it has no reading, or one of its words was taken for something that somebody wrote.
  private static func isUnknown(_ sentence: String, _ reading: PhraseReading, written: Set<String> = []) -> Bool {
    guard let pieces = reading.reading(of: sentence) else { return true }
    return pieces.contains { piece in
      guard case .written(let text) = piece else { return false }
      return !written.contains(text) && text.wholeMatch(of: /X\d+|[0-9A-Z-]+/) == nil
    }
  }

  /// Sentences in the trial's sources: what begins like one and ends like one.
  static func sentences() throws -> Set<String> {
    var found: Set<String> = []
    for file in try Repository.sources(in: "Sources/Trial") where !file.path.hasPrefix("Telling/") {
      for literal in SwiftLiterals.all(in: file.text) {
        // What only developers read.
        guard literal.line.firstMatch(of: /precondition|fatalError|assert|InvalidCode\(|EventUnreadable/) == nil else {
          continue
        }
        found.formUnion(literal.texts.filter { $0.wholeMatch(of: /[A-Z‘'](.|\n)*[a-z] [a-z](.|\n)*[.?]/) != nil })
      }
    }
    return found
  }

  /// All texts of the gates: their lines, and what these rest on.
  static func ofGates() throws -> Set<String> {
    var found: Set<String> = []
    for file in try Repository.sources(in: "Sources/Trial/Gates") {
      for literal in SwiftLiterals.all(in: file.text) {
        let texts = literal.texts.filter { $0.wholeMatch(of: /[^ ,:].*[a-z]{2,} .*[^ :]/) != nil }
        // What is put in behind a full stop is a sentence of its own.
        found.formUnion(texts.map { $0.replacing(/\.X\d+$/, with: ".") })
      }
    }
    return found
  }

  @Test(arguments: Language.allCases.filter { $0 != .english })
  func `every refusal and every task is known in every language`(language: Language) async throws {
    let reading = try await Self.reading(language)
    let sentences = try Self.sentences()
    let unknown = sentences.filter { Self.isUnknown($0, reading) }.sorted()
    #expect(sentences.count > 600)
    #expect(unknown.isEmpty, "\(unknown.count) of \(sentences.count):\n\(unknown.joined(separator: "\n"))")
  }

  @Test(arguments: Language.allCases.filter { $0 != .english })
  func `every line of a gate is known in every language, with what it rests on`(language: Language) async throws {
    let reading = try await Self.reading(language)
    let texts = try Self.ofGates()
    let unknown = texts.filter { Self.isUnknown($0, reading) }.sorted()
    #expect(texts.count > 100)
    #expect(unknown.isEmpty, "\(unknown.count) of \(texts.count):\n\(unknown.joined(separator: "\n"))")
  }

  @Test(arguments: Language.allCases.filter { $0 != .english })
  func `every event is told in every language`(language: Language) async throws {
    let reading = try await Self.reading(language)
    let examples = try String(contentsOfFile: Repository.root + "/Tests/TrialTests/Examples/told.txt", encoding: .utf8)
      .split(separator: "\n").map { String($0.trimmingPrefix("  ")) }
    // A code alone is in every language the same.
    let unknown = examples.filter { $0.contains(" ") && Self.isUnknown($0, reading, written: Self.written) }
    #expect(examples.count > 200)
    #expect(unknown.isEmpty, "\(unknown.count) of \(examples.count):\n\(unknown.joined(separator: "\n"))")
  }

  /// What people wrote in the examples of events.
  private static let written: Set<String> = [
    "2 of 3; the limit is 0.8.", "21 days", "A healthy child", "A late result.", "A late result", "A. Driver",
    "Anaphylaxis.", "Asked for", "Broken", "By mistake.", "Came off", "Chills", "Cystitis", "Few.", "Growth", "ICE 2",
    "Is that right?", "It is.", "Measured after a hot bath.", "Misread", "Moved away.", "Moved", "No harm", "No power",
    "No slot.", "Not yet.", "On leave", "Raised twice.", "Seen.", "The device was broken.", "The network was down.",
    "The sheet", "Torn", "Ward chart.", "Within stability data.", "accident", "left over", "the sponsor",
  ]
}
