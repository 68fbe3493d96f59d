import ClinicalValues
import Foundation
import Ledger
import Testing

@testable import Trial

struct StudyEventTests {
  @Test func `an event of the study is the same bytes each time and reads back`() throws {
    let events: [StudyEvent] = [
      .opened(scope: .cohort("sle")), .holdSet(hold: holdFact()),
      .dltAnswered(question: 1, answer: DLTAnswer(basis: .unrelated)),
      .boardDecidedOnParticipant(participant: .first, goesOn: true, ballot: .of()),
      .protocolPutInForce(version: "1.0", digest: .example, from: TrialScenario().now, appliesTo: .all),
    ]
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for event in events {
      let data = try encoder.encode(event)
      #expect(try JSONDecoder().decode(StudyEvent.self, from: data) == event)
      #expect(try encoder.encode(event) == data)
    }
  }

  private func holdFact() -> Hold {
    Hold(
      number: 1, kind: .safety, activities: Activity.allCases, site: .berlin, cohort: nil, reason: "Why.",
      setBy: .safetyOfficer, rule: nil)
  }

  @Test func `commands have names of their own and describe each member`() throws {
    #expect(Set(Commands.study.map { $0.name }).count == Commands.study.count)
    for command in Commands.study {
      #expect(command.name.hasPrefix("study ") || command.name.hasPrefix("site "))
      #expect(command.fields.allSatisfy { !$0.help.isEmpty })
    }
  }
}
