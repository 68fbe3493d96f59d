import ClinicalValues
import Conduct
import Foundation
import HTTPTypes
import HummingbirdTesting
import Ledger
import Markup
import Testing

@testable import Trial
@testable import Web

/// Who a participant is has a page of its own, for those who may see it.
struct IdentityPageTests {
  @Test(
    arguments: [
      (Role.coordinator, "01", true), (.nurse, "01", true), (.coordinator, "02", false), (.monitor, "01", false),
      (.dataManager, nil, false),
    ] as [(Role, String?, Bool)])
  func `it is offered at the participant's site to roles that see identity`(
    role: Role, site: String?, isOffered: Bool
  ) async throws {
    let stage = try await ParticipantStage()
    let acting = Acting(account: try AccountID("nora.diaz"), role: role, site: try site.map { try SiteID($0) })
    #expect(IdentityPage.isOffered(try stage.participant, to: acting) == isOffered)
  }

  @Test func `name, birth date and contact stand there, and what was not said`() throws {
    let person = Person(
      name: "Mia Wolf", birthDate: try #require(CalendarDate("1984-03-17")), contact: "mia@example.org")
    let printed = IdentityFacts(person: person, words: Words(.english, messages: [:])).markup.printed(as: .html)
    for text in ["<bdi>Mia Wolf</bdi>", "17 Mar 1984", "<bdi>mia@example.org</bdi>", "not said"] {
      #expect(printed.contains(text))
    }
  }

  @Test func `nobody without a right to it is let in`() {
    let routes = Routes.all.filter { $0.path.hasSuffix("/identity") && $0.path.hasPrefix("/participants/") }
    #expect(routes.count == 2)
    #expect(routes.allSatisfy { $0.access == .permitted(.seeIdentity) })
  }
}

/// What is kept of who a participant is is corrected from its page, which shows how it was kept before.
struct CorrectIdentityPageTests {
  private static let page = "/participants/01-0001/identity"

  /// A site whose first person acts in a role of site 01, and a participant who is known.
  private func stage(as role: Role) async throws -> SiteStage {
    let stage = try await SiteStage()
    let live = stage.site.live
    let (anna, id) = (try AccountID("anna.berg"), try ParticipantID("01-0001"))
    let day = try #require(CalendarDate("2026-01-01"))
    var events: [TrialEvent] = [
      .site(id.site, .siteAdded(name: "Berlin", zone: "Europe/Berlin")),
      .people(.roleWithdrawn(account: anna, role: .administrator, site: nil, reason: "Another takes over")),
      .people(.roleGranted(account: anna, role: role, site: id.site)),
    ]
    for subject in [Training.Subject.system, .protocolVersion("1.0")] {
      events.append(.people(.trained(account: anna, training: Training(subject, from: day))))
    }
    events += [
      .people(
        .delegationSigned(
          number: 1, account: anna, role: role, site: id.site, tasks: role.permissions, from: day, to: nil)),
      .people(.delegationAccepted(number: 1)), .way(id, .registered(site: id.site, cohort: "sle")),
    ]
    try await record(events, in: stage)
    let birthDate = try #require(CalendarDate("1984-03-17"))
    try await live.keepIdentity(
      of: id, Person(name: "Mia Wolf", birthDate: birthDate, contact: "mia@example.org"),
      by: Acting(account: anna, role: role, site: id.site), origin: .web)
    return stage
  }

  private func record(_ events: [TrialEvent], in stage: SiteStage) async throws {
    let (live, now) = (stage.site.live, stage.site.clock())
    for event in events {
      let new = try event.newEvent(
        happened: Moment(now), actor: Actor(account: "setup", role: ""), origin: .commandLine, reason: nil)
      let version = try await live.store.events(of: event.stream, after: 0).last?.version ?? 0
      _ = try await live.store.append(Append(expected: [event.stream: version], events: [new], recorded: now))
    }
  }

  private func token(_ name: String, in text: String) throws -> String {
    String(
      try #require(
        text.firstMatch(of: try Regex("name=\"\(name)\" value=\"([^\"]+)\"", as: (Substring, Substring).self))
      ).1)
  }

  @Test func `a birth date is corrected by a signature, and how it was kept stands below`() async throws {
    try await stage(as: .principalInvestigator).ask { asker in
      let anna = try await asker.signedIn()
      #expect(try await anna.get(Self.page).text.contains("Correct it"))
      let act = "/act/participant-correct-identity"
      let form = try await anna.get("\(act)?participant=01-0001").text
      let asked = try await anna.post(
        act,
        [
          "_csrf": try token("_csrf", in: form), "_once": try token("_once", in: form), "participant": "01-0001",
          "birthDate": "1984-03-18", "reason": "Misread the passport",
        ])
      #expect(asked.status == .ok && asked.text.contains("birth date") && !asked.text.contains("1984-03"))
      let done = try await anna.post(
        "\(act)/sign",
        [
          "_csrf": try token("_csrf", in: asked.text), "pending": try token("pending", in: asked.text),
          "password.0": SiteStage.password,
        ])
      #expect(done.status == .seeOther)
      let shown = try await anna.get(Self.page).text
      for text in ["18 Mar 1984", "Earlier entries", "Misread the passport", "17 Mar 1984"] {
        #expect(shown.contains(text), "\(text)")
      }
      #expect(!shown.contains("not kept"))
    }
  }

  @Test func `who looks after the participant changes the contact, and nothing else`() async throws {
    try await stage(as: .nurse).ask { asker in
      let anna = try await asker.signedIn()
      let page = try await anna.get(Self.page).text
      #expect(page.contains("Change the contact") && !page.contains("Correct it"))
      #expect(try await anna.get("/act/participant-correct-identity").status == .forbidden)
      let act = "/act/participant-change-contact"
      let form = try await anna.get("\(act)?participant=01-0001").text
      let done = try await anna.post(
        act,
        [
          "_csrf": try token("_csrf", in: form), "_once": try token("_once", in: form), "participant": "01-0001",
          "contact": "+49 30 1234567", "reason": "Moved",
        ])
      #expect(done.status == .seeOther)
      let shown = try await anna.get(Self.page).text
      #expect(shown.contains("+49 30 1234567") && shown.contains("mia@example.org"))
    }
  }

  @Test func `that a correction was recorded and not kept is told, and what is kept is shown`() async throws {
    let stage = try await stage(as: .nurse)
    let (live, id) = (stage.site.live, try ParticipantID("01-0001"))
    let nurse = Acting(account: try AccountID("anna.berg"), role: .nurse, site: id.site)
    // The event alone, as it is where the program stops before the identity store.
    try await live.perform(
      Request(ChangeContact(participant: id, reason: "Moved"), by: nurse, origin: .web), sign: { _ in [] })
    try await stage.ask { asker in
      let page = try await asker.signedIn().get(Self.page).text
      #expect(page.contains("A correction was recorded and not kept: Contact."))
      #expect(page.contains("mia@example.org") && page.contains("This was recorded and not kept."))
    }
  }

  @Test func `a birth date in a reason is shown to whom that is delegated now, not by role alone`() async throws {
    let stage = try await stage(as: .nurse)
    let (anna, id) = (try AccountID("anna.berg"), try ParticipantID("01-0001"))
    let file = Repository.root + "/Studies/cd19-bcma-aid/1.0/examples/01-sle-base.json"
    let text = try String(contentsOfFile: file, encoding: .utf8).replacing("1990-05-21", with: "1984-03-17")
    try await stage.site.live.importData(
      Array(text.utf8), file: "record.json", for: id, source: .hospitalRecord,
      by: Acting(account: anna, role: .nurse, site: id.site))
    let written = ["1984-03-17", "17 Mar 1984"]
    try await stage.ask { asker in
      let nurse = try await asker.signedIn()
      let page = try await nurse.get("/screening/01-0001").text
      #expect(written.contains { page.contains($0) })
      try await record(
        [
          .people(.delegationEnded(number: 1, reason: "Another takes over")),
          .people(
            .delegationSigned(
              number: 2, account: anna, role: .nurse, site: id.site,
              tasks: Role.nurse.permissions.filter { $0 != .seeIdentity },
              from: try #require(CalendarDate("2026-01-01")), to: nil)),
          .people(.delegationAccepted(number: 2)),
        ], in: stage)
      let bare = try await nurse.get("/screening/01-0001")
      #expect(bare.status == .ok && !written.contains { bare.text.contains($0) })
      #expect(bare.text.contains("•••"))
    }
  }
}
