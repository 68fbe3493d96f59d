import ClinicalValues
import Markup
import StudyDesign
import Testing

@testable import Trial
@testable import Web

/// What comes next with the cells, with the button of who does it.
struct ProductNextTests {
  private static let material = Result {
    Material.collection(CollectionNumber(participant: try ParticipantID("01-0001"), collection: 1))
  }

  private func next(
    _ stage: ParticipantStage, _ tasks: [StudyTask], by role: Role = .nurse, numbers: [Material] = [],
    isGateOpen: Bool = false
  ) throws -> String {
    let acts = ActLinks(role: role, back: "/", stage.words)
    let site = try SiteID("01")
    return ProductNext(
      participant: try stage.participant, plan: stage.study.conduct.product, tasks: tasks, numbers: numbers,
      isGateOpen: isGateOpen,
      links: TaskLinks(
        acts: acts, participants: stage.state.participants, forms: nil,
        now: try ParticipantStage.moment("2026-01-06T10:00").instant), acts: acts,
      acting: Acting(
        account: try AccountID("nora.diaz"), role: role, site: role.isOfSite ? site : nil)
    ).markup.printed(as: .html)
  }

  private func task(
    _ title: String, _ stage: ParticipantStage, roles: [Role], kind: StudyTask.Kind = .takeCustodyStep,
    about: StudyTask.Subject? = nil, waits: String? = nil
  ) throws -> StudyTask {
    StudyTask(
      kind, title, roles: roles, participant: stage.id, since: try #require(CalendarDate("2026-01-05")), waits: waits,
      about: about)
  }

  @Test(arguments: [
    ("packed", "/act/product-step?participant=01-0001&amp;step=packed&amp;material="),
    ("manufacturingStarted", "/act/product-manufacture?participant=01-0001&amp;collection="),
  ])
  func `a step has the button of the command that records it, with what is known filled in`(
    step: String, path: String
  ) async throws {
    let stage = try await ParticipantStage()
    let title = try #require(stage.study.conduct.product.steps.first { $0.id == step }?.title)
    let material = try Self.material.get()
    let due = try task("\(material): \(title).", stage, roles: [.nurse, .coordinator])
    let printed = try next(stage, [due])
    #expect(printed.contains(path + material.description))
    #expect(printed.contains("Done by: nurse, coordinator"))
    // Who reads only is told who does it.
    let read = try next(stage, [due], by: .monitor)
    #expect(!read.contains("/act/") && read.contains("Done by: nurse, coordinator"))
  }

  @Test func `what it waits for stands with it`() async throws {
    let stage = try await ParticipantStage()
    let waiting = try task(
      "\(try Self.material.get()): Anything.", stage, roles: [.nurse], waits: "It is in quarantine (1).")
    #expect(try next(stage, [waiting]).contains("It is in quarantine (1)."))
  }

  @Test func `before a collection come its labels, then the person, then the collecting`() async throws {
    let stage = try await ParticipantStage()
    let gate = try task(
      "01-0001 stands before the gate of leukapheresis.", stage, roles: [.nurse], kind: .passGate,
      about: .gate(.leukapheresis))
    let material = try Self.material.get()
    #expect(try next(stage, [gate], numbers: [material]).contains("/act/product-label-print?"))
    let labelled = try next(stage, [gate], isGateOpen: true)
    #expect(labelled.contains("/act/product-check-person?") && labelled.contains("/act/product-collect?"))
    // While a line of the gate is not true, the act behind it is not offered.
    let closed = try next(stage, [gate])
    #expect(!closed.contains("/act/product-collect?") && closed.contains("The gate is closed."))
  }

  @Test func `a number of material stands apart; a title that only looks like one is told whole`() async throws {
    let stage = try await ParticipantStage()
    let material = try Self.material.get()
    let tasks = [
      try task("\(material): Anything.", stage, roles: [.nurse]),
      try task("Next step: Anything.", stage, roles: [.nurse]),
    ]
    let printed = CustodyTaskList(tasks: tasks, zone: "Europe/Berlin", words: stage.words).markup.printed(as: .html)
    #expect(printed.contains("<code>\(material)</code>") && printed.contains("Next step: Anything."))
    #expect(!printed.contains("<code>Next step</code>"))
  }

  @Test func `where nothing waits that is said`() async throws {
    #expect(try next(try await ParticipantStage(), []).contains("No step of custody waits."))
  }
}
