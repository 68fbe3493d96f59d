import ClinicalValues
import Markup
import StudyDesign
import Testing
import Trial

@testable import Web

/// What somebody wrote is shown as it was written, whatever it looks like.
struct KeptWritingTests {
  private func shown(_ sentence: String, _ written: [String], in language: Language) async throws -> String {
    try await SiteStage().site.words(in: language).sentence(sentence, written: written).printed(as: .html)
  }

  @Test(arguments: ["vitalSigns", "2026-11-30T10:00", "D28/1/vitalSigns/2", "10*9/L"])
  func `what looks like an id, a date or a unit is none`(text: String) async throws {
    for language in Language.allCases {
      let shown = try await self.shown("Query 3 was answered. \(text).", [text], in: language)
      #expect(shown.contains("<bdi>\(text)</bdi>"), "\(shown)")
    }
  }

  @Test func `what the trial says around it is read as ever`() async throws {
    let shown = try await self.shown("vitalSigns since 2026-11-30: vitalSigns", [], in: .english)
    #expect(shown == "Vital signs since 30 Nov 2026: Vital signs")
    #expect(try await self.shown("On 2026-11-30: done", ["done"], in: .english) == "On 30 Nov 2026: <bdi>done</bdi>")
  }

  @Test func `the texts of an event are found by what they are called, and its ids are not`() throws {
    let event = TrialEvent.casebook(
      try ParticipantID("01-0001"),
      .saved(
        form: try FormKey("D6/1/vitalSigns/1"), entries: [Entry("A", .value("1"))], source: nil, reason: "vitalSigns"))
    #expect(event.writing == ["vitalSigns"])
    let locked = TrialEvent.people(.accountDisabled(account: try AccountID("anna.berg"), reason: "on leave"))
    #expect(locked.writing == ["on leave"])
  }
}
